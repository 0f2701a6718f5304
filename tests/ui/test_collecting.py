"""Garbage dies on the GUI's thread, however much workers make of it."""

import gc
import threading
from typing import ClassVar

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from eventsnap_desktop.ui.bridge.collecting import GuiCollector
from eventsnap_desktop.ui.bridge.jobs import Jobs


class Ring:
    """Something that only a collection can free; notes the thread on which it was."""

    died_on: ClassVar[set[int]] = set()

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Ring.died_on.add(threading.get_ident())


def test_what_workers_leave_behind_dies_on_the_gui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    Ring.died_on.clear()
    collector = GuiCollector()
    collector.start()
    ended: list[object] = []
    try:
        jobs.call(lambda: [Ring() for _ in range(5000)] and None, owner=jobs, done=ended.append)
        qtbot.waitUntil(lambda: bool(ended))
        qtbot.waitUntil(lambda: bool(Ring.died_on))
    finally:
        collector.stop()

    assert Ring.died_on == {threading.get_ident()}


def test_python_collects_by_itself_again_afterwards() -> None:
    was = gc.isenabled()
    owner = QObject()
    collector = GuiCollector(owner)
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    if not was:
        gc.disable()
