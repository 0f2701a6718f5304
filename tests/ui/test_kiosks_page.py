"""The kiosks page: how kiosks are doing, and what is set for them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from eventsnap_desktop.app.kiosk_lock import KioskFiles
from eventsnap_desktop.domain.errors import DatabaseAwayError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import KioskSettings, KioskState
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.flows.staff_pin import check_pin
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.kiosk_preview import PreviewScreen
from eventsnap_desktop.ui.organizer.kiosks_page import KiosksPage

Did = list[tuple[str, Callable[[], None] | None]]
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def event(waiting_event: Desk) -> EventId:
    chosen = waiting_event.current.id
    assert chosen is not None
    return chosen


@pytest.fixture
def page(waiting_event: Desk, qtbot: QtBot) -> KiosksPage:
    made = KiosksPage(waiting_event)
    qtbot.addWidget(made)
    made.resize(1060, 740)
    made.show()
    qtbot.waitUntil(lambda: made._loaded is not None)
    return made


def open_settings(page: KiosksPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page._views.button(1), CLICK)


def stored(page: KiosksPage, event: EventId) -> KioskSettings:
    return page.desk.organizing.kiosk_settings(event)


def save(page: KiosksPage, qtbot: QtBot) -> Did:
    heard: Did = []
    page.did.connect(heard.append)
    qtbot.mouseClick(page.setup.bar.save, CLICK)
    qtbot.waitUntil(lambda: bool(heard))
    return heard


def test_without_kiosks_the_page_says_so(page: KiosksPage) -> None:
    assert page.board.cards == ()
    assert "No kiosk" in page.board._empty.text


def test_each_kiosk_is_a_card_with_its_state(
    page: KiosksPage, event: EventId, qtbot: QtBot, database_url: str
) -> None:
    for name, state in (
        ("Bar", KioskState.IN_SESSION),
        ("Foyer", KioskState.CAMERA_LOST),
        ("Tent", KioskState.IDLE),
        ("Yard", KioskState.STOPPED),
    ):
        page.desk.kiosks.report(name, event, state, "")
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "update kiosk set heartbeat_at = now() - %s where name in ('Tent', 'Yard')",
            (timedelta(minutes=2),),
        )
    qtbot.waitUntil(lambda: len(page.board.cards) == 4)
    page.refresh()

    words = ["In session", "Camera lost", "Silent", "Stopped"]
    qtbot.waitUntil(lambda: [card.state_text for card in page.board.cards] == words)


def test_starting_a_kiosk_says_why_it_cannot(
    page: KiosksPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTSNAP_KIOSK_NAME", "Entrance")
    page.board._windowed.click()

    with KioskFiles(page.desk.settings.settings.home, "Entrance").held():
        qtbot.mouseClick(page.board._start, CLICK)
        assert not page.board._start.isEnabled()
        qtbot.waitUntil(page.banner.isVisible)

    assert "The kiosk “Entrance” runs already" in page.banner.text
    assert page.board._start.isEnabled()


def test_what_is_edited_is_seen_in_the_preview_and_saved_on_purpose(
    page: KiosksPage, event: EventId, qtbot: QtBot
) -> None:
    open_settings(page, qtbot)
    form = page.setup.form
    assert page.setup.bar.hint.isHidden()

    qtbot.keyClicks(form.greeting, "Hello guests")
    form.accent.show_accent("#c2410c")
    form.session.setValue(120)

    state = page.setup.preview.state
    assert state is not None
    assert (state.greeting, state.accent) == ("Hello guests", "#c2410c")
    assert page.setup.bar.hint.isVisible()
    assert stored(page, event) == KioskSettings()
    heard = save(page, qtbot)

    assert page.setup.bar.hint.isHidden()
    now = stored(page, event)
    assert (now.greeting, now.accent, now.session_seconds) == ("Hello guests", "#c2410c", 120)
    assert now.consent_version == "1"
    undo = heard[0][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: page.setup.form.greeting.text() == "")
    assert stored(page, event).greeting == ""


def test_changes_can_be_discarded(page: KiosksPage, qtbot: QtBot) -> None:
    open_settings(page, qtbot)
    page.setup.form.email.click()
    assert page.setup.bar.hint.isVisible()
    assert not page.setup.form.photos_a_mail.isEnabled()

    qtbot.mouseClick(page.setup.bar.discard, CLICK)

    assert not page.setup.is_changed
    assert page.setup.form.email.isChecked()


def test_other_consent_words_get_another_version(
    page: KiosksPage, event: EventId, qtbot: QtBot
) -> None:
    open_settings(page, qtbot)
    editor = page.setup.form.consent
    german = next(tab for tab in editor._tabs.buttons() if tab.property("language") == "de")
    german.click()
    assert "Gesicht" in editor._summary.toPlainText()

    editor._summary.setPlainText("Ein anderer Text")
    save(page, qtbot)

    now = stored(page, event)
    assert now.consent_version == "2"
    assert {text.language: text.summary for text in now.consent_texts}["de"] == "Ein anderer Text"
    assert editor._restore.isEnabled()


def test_an_empty_consent_text_cannot_be_saved(page: KiosksPage, qtbot: QtBot) -> None:
    open_settings(page, qtbot)
    editor = page.setup.form.consent

    editor._full.clear()

    assert "empty" in editor.problem()
    assert not page.setup.bar.save.isEnabled()


def test_a_language_is_offered_or_not(page: KiosksPage, event: EventId, qtbot: QtBot) -> None:
    open_settings(page, qtbot)
    editor = page.setup.form.consent
    editor._offered.click()
    assert editor.languages == ("de",)
    save(page, qtbot)
    assert stored(page, event).languages == ("de",)
    assert stored(page, event).consent_version == "1"


def test_a_pin_is_stored_as_a_hash_only(page: KiosksPage, event: EventId, qtbot: QtBot) -> None:
    open_settings(page, qtbot)
    pin = page.setup.form.pin
    qtbot.keyClicks(pin._first, "4711")
    qtbot.keyClicks(pin._second, "47ab1")
    assert pin._second.text() == "471"
    assert not pin._set.isEnabled()
    qtbot.keyClicks(pin._second, "1")

    qtbot.keyClick(pin._second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(pin.pin_hash))
    assert pin._first.text() == pin._second.text() == ""
    save(page, qtbot)

    kept = stored(page, event).pin_hash
    assert "4711" not in kept
    assert check_pin("4711", kept)


def test_a_pale_accent_is_warned_of(page: KiosksPage, qtbot: QtBot) -> None:
    open_settings(page, qtbot)
    accent = page.setup.form.accent

    accent.show_accent("#fff2b0")
    assert "pale" in accent.hint
    accent.show_accent("#1f2937")
    assert "easy to read" in accent.hint
    accent.show_accent("red")
    assert accent.accent == ""
    assert "written like" in accent.hint


def test_a_logo_is_shown_and_a_broken_one_is_told(
    page: KiosksPage, qtbot: QtBot, tmp_path: Path
) -> None:
    open_settings(page, qtbot)
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    good, bad = f"{tmp_path}/logo.png", f"{tmp_path}/bad.png"
    picture.save(good)

    page.setup.form.logo.take_logo(good)
    qtbot.waitUntil(lambda: page.setup.preview.state is not None and bool(page.setup._logo))
    page.setup.form.logo.take_logo(bad)
    qtbot.waitUntil(page.setup.form.logo._problem.isVisible)

    assert page.setup._logo is None


def test_colour_and_logo_are_chosen_in_dialogs(
    page: KiosksPage, qtbot: QtBot, tmp_path: Path
) -> None:
    open_settings(page, qtbot)
    accent, logo = page.setup.form.accent, page.setup.form.logo
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.save(str(tmp_path / "logo.png"))

    qtbot.mouseClick(accent._choose, CLICK)
    assert accent._dialog is not None
    accent._dialog.setCurrentColor(QColor("#0f766e"))
    accent._dialog.accept()
    qtbot.mouseClick(logo._choose, CLICK)
    assert logo._dialog is not None
    logo._dialog.setDirectory(str(tmp_path))
    logo._dialog.selectFile("logo.png")
    logo._dialog.accept()

    assert accent.accent == "#0f766e"
    assert logo.logo == str(tmp_path / "logo.png")


def test_a_failed_look_is_told_until_the_next_works(page: KiosksPage, qtbot: QtBot) -> None:
    page._on_not_loaded(DatabaseAwayError("The database does not answer"))
    assert page.banner.isVisible()

    page.refresh()

    qtbot.waitUntil(page.banner.isHidden)


def test_the_preview_turns_and_shows_the_consent_screen(page: KiosksPage, qtbot: QtBot) -> None:
    open_settings(page, qtbot)
    page.setup.form.organizer.setText("Studio K")
    page.setup.form.consent._summary.setPlainText("{organizer} asks you")

    page.setup._screens.button(1).click()
    page.setup._turns.button(1).click()

    state = page.setup.preview.state
    assert state is not None
    assert state.screen is PreviewScreen.CONSENT
    assert state.portrait
    assert state.consent == "Studio K asks you"
    assert not page.setup.preview.grab().isNull()


def test_a_draft_waits_while_another_event_is_looked_at(page: KiosksPage, qtbot: QtBot) -> None:
    desk = page.desk
    first = desk.current.overview
    other = desk.organizing.add("other", EventDetails("Other", "", None, None))
    open_settings(page, qtbot)
    qtbot.keyClicks(page.setup.form.greeting, "Draft")

    desk.current.show(desk.organizing.overview(other.id))
    qtbot.waitUntil(lambda: page._loaded is not None)
    assert page.setup.form.greeting.text() == ""
    desk.current.show(first)
    qtbot.waitUntil(lambda: page._loaded is not None)

    assert page.setup.form.greeting.text() == "Draft"
    assert page.setup.is_changed


def test_without_an_event_no_kiosk_can_be_started(desk: Desk, qtbot: QtBot) -> None:
    page = KiosksPage(desk)
    qtbot.addWidget(page)
    page.show()
    open_settings(page, qtbot)

    assert not page.board._start.isEnabled()
    assert page._stack.currentWidget() is page._no_event
