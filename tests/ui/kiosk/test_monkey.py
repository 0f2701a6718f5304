"""A monkey at the kiosk for some seconds; monkey.py plays for longer."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from eventsnap_desktop.index.opening import Index
from tests.ui.kiosk.crowd import Crowd, settings_with_pin, with_crowd
from tests.ui.kiosk.made_up_event import change_parts, make_event
from tests.ui.kiosk.many_visits import photos_of_all
from tests.ui.kiosk.monkey_play import Faults, Monkey
from tests.ui.kiosk.running import PATIENCE, RunningKiosk

SEED, SECONDS = 20250726, 12


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Return what is logged as an error."""
    handler = Faults()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def test_whatever_is_pressed_nothing_breaks_and_nobody_sees_anybody_else(
    index: Index,
    selfie_file: Path,
    tmp_path: Path,
    start_kiosk: Callable[..., RunningKiosk],
    monkeypatch: pytest.MonkeyPatch,
    faults: Faults,
) -> None:
    event = make_event(index, tmp_path / "photos", photos_of_all())
    index.organizing.set_kiosk_settings(event.id, settings_with_pin())
    crowd = Crowd(SEED, real=0.1)
    change_parts(monkeypatch, partial(with_crowd, crowd))
    kiosk = start_kiosk("party", selfie_file)
    kiosk.window.close_wanted.disconnect(kiosk.program.end)  # guests' windows have no such button
    QGuiApplication.clipboard().clear()  # of what other tests copied
    monkey = Monkey(kiosk.program, crowd, SEED)

    with kiosk.qtbot.waitSignal(monkey.done, timeout=PATIENCE + SECONDS * 1000):
        monkey.play(SECONDS)

    assert monkey.problems == []
    assert faults.said == []
    assert kiosk.exit_code is None
    assert monkey.visits > 0
    assert len(monkey.seen) > 5
