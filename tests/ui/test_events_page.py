"""Events are made, chosen, changed, archived and deleted, by mouse and by keys."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.domain.overview import EventDetails, EventOverview
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.event_card import EventCard, days_left
from eventsnap_desktop.ui.organizer.event_codes import code_for
from eventsnap_desktop.ui.organizer.event_delete import EventDelete
from eventsnap_desktop.ui.organizer.event_form import EventDraft, EventForm
from eventsnap_desktop.ui.organizer.events_page import EventsPage


def shown(desk: Desk, qtbot: QtBot) -> EventsPage:
    page = EventsPage(desk)
    qtbot.addWidget(page)
    page.resize(1060, 720)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


def cards(page: EventsPage) -> list[EventCard]:
    return [card for card in page.findChildren(EventCard) if card.isVisible()]


def add(desk: Desk, code: str, folder: Path) -> EventOverview:
    event = desk.organizing.add(code, EventDetails(code.title(), str(folder), None, None))
    return desk.organizing.overview(event.id)


def open_dialog(page: EventsPage, qtbot: QtBot) -> EventForm | EventDelete:
    def dialogs() -> list[EventForm | EventDelete]:
        return [*page.findChildren(EventForm), *page.findChildren(EventDelete)]

    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialogs()))
    return next(one for one in dialogs() if one.isVisible())


def test_without_events_it_says_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    qtbot.waitUntil(lambda: "Your first event" in page._empty.text)

    with qtbot.waitSignal(page.sample_wanted):
        qtbot.mouseClick(page._sample, Qt.MouseButton.LeftButton)


def test_an_event_is_made_with_a_code_from_its_name_and_a_folder_of_its_own(
    desk: Desk, qtbot: QtBot
) -> None:
    page = shown(desk, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = open_dialog(page, qtbot)
    assert isinstance(form, EventForm)
    assert not form.ok.isEnabled()

    qtbot.keyClicks(form.name, "Miller & Sons")
    assert form.code.text() == "miller-sons"
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: len(cards(page)) == 1)
    event = desk.current.chosen
    assert event is not None
    assert (event.code, event.name) == ("miller-sons", "Miller & Sons")
    assert Path(event.source).is_dir()
    assert event.keep_until is not None


def test_a_source_that_is_not_there_keeps_the_form_open(desk: Desk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    page.new_event()
    form = open_dialog(page, qtbot)
    assert isinstance(form, EventForm)
    qtbot.keyClicks(form.name, "Party")
    form.source.clear()
    qtbot.keyClicks(form.source, "/nowhere/at-all")

    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: bool(form.banner.text))
    assert form.isVisible()
    assert desk.organizing.overviews(True) == []


def test_a_code_that_is_taken_is_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    add(desk, "party", tmp_path)
    page = shown(desk, qtbot)
    page.new_event()
    form = open_dialog(page, qtbot)
    assert isinstance(form, EventForm)
    qtbot.keyClicks(form.name, "Party")

    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "party" in form.banner.text)
    assert form.isVisible()


def test_a_code_that_cannot_be_one_is_marked(desk: Desk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot)
    page.new_event()
    form = open_dialog(page, qtbot)
    assert isinstance(form, EventForm)
    qtbot.keyClicks(form.name, "Party")
    qtbot.keyClicks(form.code, " no good!")

    assert form.code.property("invalid")
    assert not form.ok.isEnabled()


def test_a_click_chooses_and_enter_opens(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    add(desk, "first", tmp_path)
    add(desk, "second", tmp_path)
    page = shown(desk, qtbot)
    qtbot.waitUntil(lambda: len(cards(page)) == 2)
    older = next(card for card in cards(page) if card.overview.event.code == "first")

    qtbot.mouseClick(older, Qt.MouseButton.LeftButton)
    assert desk.current.chosen == older.overview.event
    older.setFocus()
    qtbot.keyClick(older, Qt.Key.Key_Left)
    assert desk.current.chosen is not None
    assert desk.current.chosen.code == "second"
    with qtbot.waitSignal(page.asked) as asked:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert asked.args == ["photos"]


def test_an_event_is_changed_and_keeps_its_code(waiting_event: Desk, qtbot: QtBot) -> None:
    page = shown(waiting_event, qtbot)
    qtbot.waitUntil(lambda: len(cards(page)) == 1)
    qtbot.keyClick(page, Qt.Key.Key_F2)
    form = open_dialog(page, qtbot)
    assert isinstance(form, EventForm)
    assert not form.code.isEnabled()

    form.name.clear()
    qtbot.keyClicks(form.name, "Winter party")
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(
        lambda: waiting_event.organizing.overviews(True)[0].event.name == "Winter party"
    )
    details = waiting_event.organizing.details(waiting_event.organizing.overviews(True)[0].event.id)
    assert details.cover is None


def test_an_archived_event_leaves_the_list_until_that_is_undone(
    waiting_event: Desk, qtbot: QtBot
) -> None:
    page = shown(waiting_event, qtbot)
    qtbot.waitUntil(lambda: len(cards(page)) == 1)
    with qtbot.waitSignal(page.did) as did:
        page.set_archived(cards(page)[0].overview, True)
    qtbot.waitUntil(lambda: len(cards(page)) == 0)

    _, undo = did.args[0]
    undo()

    qtbot.waitUntil(lambda: len(cards(page)) == 1)


def test_deleting_needs_the_code_and_leaves_a_receipt(
    sample_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    page = shown(sample_event, qtbot)
    qtbot.waitUntil(lambda: len(cards(page)) == 1)
    overview = cards(page)[0].overview
    qtbot.keyClick(page, Qt.Key.Key_Delete)
    dialog = open_dialog(page, qtbot)
    assert isinstance(dialog, EventDelete)
    qtbot.keyClicks(dialog.typed, "part")
    assert not dialog.delete.isEnabled()
    qtbot.keyClicks(dialog.typed, "y")

    qtbot.mouseClick(dialog.delete, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: bool(dialog.receipt))
    assert f"Faces deleted: {overview.counts.faces}" in dialog.receipt
    assert "Sheets" not in dialog.receipt
    assert sample_event.organizing.overviews(True) == []
    assert list(photos_folder.iterdir())
    qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sample_event.current.overview is None)


def test_what_another_window_does_is_seen(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(desk, qtbot)
    qtbot.waitUntil(lambda: "Your first event" in page._empty.text)

    add(desk, "elsewhere", tmp_path)

    qtbot.waitUntil(lambda: len(cards(page)) == 1)


def test_many_events_can_be_searched(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(8):
        add(desk, f"event{number}", tmp_path)
    page = shown(desk, qtbot)
    qtbot.waitUntil(lambda: len(cards(page)) == 8)

    qtbot.keyClicks(page._search, "EVENT3")

    assert [card.overview.event.code for card in cards(page)] == ["event3"]


def test_a_cover_is_shown(sample_event: Desk, qtbot: QtBot) -> None:
    page = shown(sample_event, qtbot)

    qtbot.waitUntil(lambda: bool(cards(page)) and cards(page)[0]._cover.image is not None)


@given(st.text(max_size=80))
def test_a_code_made_of_a_name_is_a_code_or_nothing(name: str) -> None:
    code = code_for(name)

    assert not code or checked_code(code) == code


@pytest.mark.parametrize(("days", "left", "soon"), [(30, 30, False), (3, 3, True), (-2, -2, True)])
def test_the_days_until_an_event_is_deleted(days: int, left: int, soon: bool) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)

    found = days_left(now + timedelta(days=days), now)

    assert found is not None
    assert (found.days, found.is_soon) == (left, soon)
    assert days_left(None, now) is None


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, ""),
        (40.5, ""),
        (6.5, "Is deleted by itself in 6 day(s)"),
        (0.5, "Is deleted by itself today"),
        (-0.5, "Its day is over: deleted by itself soon"),
    ],
)
def test_a_card_says_in_its_last_week_that_its_event_goes_by_itself(
    days: float | None, said: str, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    until = None if days is None else datetime.now(UTC) + timedelta(days=days)
    event = desk.organizing.add("party", EventDetails("Party", str(tmp_path), until, None))
    card = EventCard(desk.organizing.overview(event.id))
    qtbot.addWidget(card)
    card.show()

    told = [one.text() for one in card.findChildren(QLabel) if one.isVisible() and one.text()]

    assert [one for one in told if "by itself" in one] == ([said] if said else [])
    assert said in card.accessibleName()
    assert ("40 day(s) left" in told) == (days == 40.5)


def test_the_form_says_what_the_program_does_on_the_day(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    until = datetime.now(UTC) + timedelta(days=5)
    details = EventDetails("Party", str(tmp_path), until, None)
    form = EventForm(desk.jobs, desk.works, tmp_path, EventDraft("party", details))
    qtbot.addWidget(form)
    form.show()

    assert "the program deletes the index by itself" in form.note.text()
    assert "deliveries, made or not" in form.note.text()
    form.until.setDate(QDate.currentDate().addDays(-1))
    assert "That day is over" in form.note.text()
    form.kept.click()
    assert "kept until you delete it" in form.note.text()
    assert form.draft().details.keep_until is None
    form.kept.click()
    form.until.setDate(QDate.currentDate())
    assert "When that day is over" in form.note.text()


def test_the_photos_of_a_source_that_vanished_do_not_hide_the_event(
    sample_event: Desk, photos_folder: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(photos_folder)

    page = shown(sample_event, qtbot)

    qtbot.waitUntil(lambda: len(cards(page)) == 1)


def test_a_code_spells_letters_that_others_lack() -> None:
    assert code_for("Müller & Söhne 2030") == "mueller-soehne-2030"
    assert code_for("Été à Nîmes!") == "ete-a-nimes"
    assert code_for("宴会") == ""
