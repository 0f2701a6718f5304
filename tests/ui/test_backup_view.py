"""The backup of the organizer's window: made beside everything else, and told what is not in it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.ui.organizer.backup_view import BackupView
from eventsnap_desktop.ui.organizer.desk import Desk
from tests.contract.backup.made import check


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> BackupView:
    made = BackupView(desk)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


def test_a_backup_is_made_over_the_file_that_was_chosen(
    view: BackupView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    inside = desk.settings.settings.home / "photos" / "fair"
    desk.organizing.add("fair", EventDetails("A fair", str(inside), None, None))
    file = tmp_path / "party.backup"
    file.write_text("old")

    view.back_up(str(file))

    qtbot.waitUntil(lambda: view.result != "")
    assert "Backed up" in view.result
    assert "fair" in [event.code for event in check(file).events]
    shown = "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())
    assert f"fair: {inside}" in shown
    assert view._begin.isVisible()


def test_a_place_where_it_cannot_be_is_said(view: BackupView, qtbot: QtBot, tmp_path: Path) -> None:
    view.back_up(str(tmp_path / "missing" / "x.backup"))

    qtbot.waitUntil(lambda: "no folder" in view.result)
    assert not view._bar.isVisible()
