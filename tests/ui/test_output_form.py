"""What leaves an event: edited beside a preview, saved on purpose, seen as guests see it."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.outgoing import Attaching, Branding, OutputSettings, PrintLayout
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.outbox_page import OutboxPage
from eventsnap_desktop.ui.organizer.output_form import OutputForm
from eventsnap_desktop.ui.organizer.output_pictures import (
    OutputView,
    mail_preview,
    photo_picture,
    sheet_picture,
)
from eventsnap_desktop.ui.organizer.output_setup import OutputSetup

WAIT = 30_000
CLICK = Qt.MouseButton.LeftButton
EVERYTHING = OutputSettings(
    attaching=Attaching.LINK,
    mail_megabytes=20,
    mails_a_day=500,
    mail_subject="Your photos of {event}",
    mail_text="Dear guest,\n\nhere they are.",
    longer_side=2048,
    watermark="Studio",
    frame="#c2410c",
    keep_date=False,
    keep_camera=True,
    keep_place=True,
    print_layout=PrintLayout.STRIP,
    print_caption="{event}\n{date}",
    print_logo=True,
    print_qr=True,
    share_hours=24,
    wifi_name="Guests",
    wifi_password="tanzen2026",
)


@pytest.fixture
def event(waiting_event: Desk) -> EventId:
    chosen = waiting_event.current.id
    assert chosen is not None
    return chosen


@pytest.fixture
def page(waiting_event: Desk, qtbot: QtBot) -> OutboxPage:
    made = OutboxPage(waiting_event)
    qtbot.addWidget(made)
    made.resize(1060, 740)
    made.show()
    made.show_view(2)
    qtbot.waitUntil(lambda: made.output.is_loaded, timeout=WAIT)
    return made


def setup_of(page: OutboxPage) -> OutputSetup:
    return page.output.setup


def changed(setup: OutputSetup) -> bool:
    return setup.is_changed


def stored(page: OutboxPage, event: EventId) -> OutputSettings:
    return page.desk.organizing.output_settings(event)


def test_every_setting_is_shown_and_returned(theme: object, qtbot: QtBot) -> None:
    form = OutputForm()
    qtbot.addWidget(form)
    default = OutputSettings()
    assert [
        one.name
        for one in fields(default)
        if getattr(default, one.name) == getattr(EVERYTHING, one.name)
    ] == []

    form.show_settings(EVERYTHING)
    assert form.settings == EVERYTHING
    form.show_settings(default)
    assert form.settings == default


def test_what_is_edited_is_seen_at_once_and_saved_on_purpose(
    page: OutboxPage, event: EventId, qtbot: QtBot
) -> None:
    setup = setup_of(page)
    heard: list[tuple[str, Callable[[], None] | None]] = []
    page.did.connect(heard.append)
    assert setup.bar.hint.isHidden()

    qtbot.keyClicks(setup.form.subject, "Photos of {event}")
    qtbot.waitUntil(lambda: setup.preview.mail.subject == "Photos of Summer party", timeout=WAIT)
    assert setup.bar.hint.isVisible()
    assert stored(page, event) == OutputSettings()
    qtbot.mouseClick(setup.bar.save, CLICK)
    qtbot.waitUntil(lambda: bool(heard), timeout=WAIT)

    assert setup.bar.hint.isHidden()
    assert stored(page, event) == OutputSettings(mail_subject="Photos of {event}")
    undo = heard[0][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: setup.form.subject.text() == "", timeout=WAIT)
    assert stored(page, event) == OutputSettings()


def test_changes_can_be_discarded(page: OutboxPage, qtbot: QtBot) -> None:
    setup = setup_of(page)
    setup.form.attaching.button(2).click()
    assert not setup.form.megabytes.isEnabled()
    assert changed(setup)

    qtbot.mouseClick(setup.bar.discard, CLICK)

    assert not changed(setup)
    assert setup.form.megabytes.isEnabled()


def test_each_event_keeps_its_draft(page: OutboxPage, event: EventId, qtbot: QtBot) -> None:
    desk = page.desk
    setup = setup_of(page)
    qtbot.keyClicks(setup.form.watermark, "Studio")
    first = desk.current.overview
    other = desk.organizing.add("other", EventDetails("Other", "", None, None))
    desk.organizing.set_output_settings(other.id, OutputSettings(watermark="Else"))

    desk.current.show(desk.organizing.overview(other.id))
    qtbot.waitUntil(lambda: setup.form.watermark.text() == "Else", timeout=WAIT)
    assert not changed(setup)
    desk.current.show(first)
    qtbot.waitUntil(lambda: setup.form.watermark.text() == "Studio", timeout=WAIT)

    assert changed(setup)
    assert stored(page, event) == OutputSettings()


def test_the_preview_shows_what_is_worked_on(page: OutboxPage, qtbot: QtBot) -> None:
    setup = setup_of(page)
    setup.form.frame.take("#00ff00")
    qtbot.waitUntil(lambda: setup.preview.photo.image is not None, timeout=WAIT)
    assert setup.preview.currentWidget() is setup.preview.photo
    image = setup.preview.photo.image
    assert image is not None
    assert image.pixelColor(2, 2).green() > 200

    setup.form.layout_choice.setCurrentIndex(3)
    qtbot.waitUntil(lambda: setup.preview.sheet.image is not None, timeout=WAIT)
    sheet = setup.preview.sheet.image
    assert sheet is not None
    assert setup.preview.currentWidget() is setup.preview.sheet
    assert sheet.height() > sheet.width()


def test_the_code_of_the_wifi_is_seen_as_guests_see_it(page: OutboxPage, qtbot: QtBot) -> None:
    setup = setup_of(page)
    name, password = setup.form.wifi._name, setup.form.wifi._password
    qtbot.keyClicks(name, "Guests; free")
    qtbot.keyClicks(password, "short")
    assert password.echoMode() is QLineEdit.EchoMode.Password
    assert "at least 8" in setup.form.problem()
    assert not setup.bar.save.isEnabled()
    qtbot.keyClicks(password, "enough")
    assert setup.form.problem() == ""
    assert setup.bar.save.isEnabled()

    setup.show_view(OutputView.WIFI)

    assert setup.preview.wifi.words == r"WIFI:T:WPA;S:Guests\; free;P:shortenough;;"
    setup.form.wifi.show_password.click()
    assert password.echoMode() is QLineEdit.EchoMode.Normal


def test_a_logo_is_offered_only_where_there_is_one(
    page: OutboxPage, event: EventId, qtbot: QtBot
) -> None:
    setup = setup_of(page)
    assert not setup.form.logo.isEnabled()
    page.desk.organizing.set_kiosk_settings(event, KioskSettings(logo="/x/logo.png"))
    page.refresh()
    qtbot.waitUntil(setup.form.logo.isEnabled, timeout=WAIT)


def test_all_links_of_an_event_end(page: OutboxPage, event: EventId, qtbot: QtBot) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    token = page.desk.shares.share(event, None, [], "en", until)
    heard: list[tuple[str, object]] = []
    page.did.connect(heard.append)

    page.output.revoke_links()
    qtbot.waitUntil(lambda: bool(heard), timeout=WAIT)

    assert "1 link" in heard[0][0]
    assert page.desk.shares.find(token) is None


def test_pictures_are_those_of_what_really_goes_out() -> None:
    plain = photo_picture(OutputSettings(), Branding())
    marked = photo_picture(OutputSettings(watermark="Studio", longer_side=900), Branding())
    assert max(marked.width(), marked.height()) == 900
    assert corner(marked) != corner(plain.scaled(900, 600))
    sheet = sheet_picture(replace(OutputSettings(), frame="#ff0000"), Branding())
    assert round(max(sheet.width(), sheet.height()) / min(sheet.width(), sheet.height()), 2) == 1.5
    assert sheet.pixelColor(2, 2) == QColor("#ff0000")


def corner(image: QImage) -> QImage:
    return image.copy(image.width() - 200, image.height() - 40, 200, 40)


def test_the_previewed_e_mail_says_where_its_link_opens() -> None:
    settings = OutputSettings(attaching=Attaching.LINK, wifi_name="Guests")
    local = mail_preview(settings, Branding("Party"), "en")
    everywhere = mail_preview(settings, Branding("Party"), "en", everywhere=True)
    assert "“Guests” only" in local.page
    assert "“Guests”" not in everywhere.page
    assert all("The link works until" in one.page for one in (local, everywhere))
