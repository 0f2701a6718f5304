"""An event that is encoded without a window ends on its day, and is not begun anew."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from eventsnap_desktop.app import encode_mode, expiring
from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.command_line import parser
from eventsnap_desktop.app.encode_mode import run_encode
from eventsnap_desktop.app.last_days import LastDays
from eventsnap_desktop.app.sample_event import make_sample_event
from eventsnap_desktop.app.watched_day import WatchedDay
from eventsnap_desktop.domain.errors import UnknownEventError, UsageError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.expire import announce
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings
from tests.contract.flows.expiring import add_event, announced, in_days


def day_of(index: Index, home: Path, code: str, cancel: Cancel) -> WatchedDay:
    return WatchedDay(Program(load_settings({"home": home}).settings), index, code, cancel)


def test_its_encode_is_stopped_and_then_it_is_deleted(
    index: Index, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = add_event(index, "party", in_days(-1))
    announce(index.expiry)
    announced(database_url)
    cancel = Cancel()
    day = day_of(index, tmp_path, "party", cancel)

    with ExitStack() as encode:
        encode.enter_context(index.photos.encoding(event.id))
        with day.watched():
            assert cancel.wait(60)
            assert index.events.list_events() == [event]
            encode.close()

    assert index.events.list_events() == []
    assert "party: its day" in capsys.readouterr().err
    with pytest.raises(UsageError, match="not begun anew"):
        day.event_to_encode("folder:/photos")


def test_other_events_end_beside_it(index: Index, database_url: str, tmp_path: Path) -> None:
    add_event(index, "other", in_days(-1))
    announce(index.expiry)
    announced(database_url)
    party = add_event(index, "party", in_days(3))
    cancel = Cancel()

    with index.photos.encoding(party.id), day_of(index, tmp_path, "party", cancel).watched():
        pass

    assert [one.code for one in index.events.list_events()] == ["party"]
    assert not cancel.requested


def test_an_event_that_never_was_is_made_where_its_photos_are_known(
    index: Index, tmp_path: Path
) -> None:
    day = day_of(index, tmp_path, "party", Cancel())

    with pytest.raises(UnknownEventError):
        day.event_to_encode()
    assert day.event_to_encode("folder:/photos").code == "party"


def test_an_event_that_was_deleted_before_its_day_may_be_begun_anew(
    index: Index, tmp_path: Path
) -> None:
    first = add_event(index, "party", in_days(30))
    day = day_of(index, tmp_path, "party", Cancel())
    day.event_to_encode()
    index.events.delete_event(first.id)

    assert day.event_to_encode("folder:/photos").keep_until is None
    LastDays(tmp_path).check_not_over("party")


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"party": 5}', '{"party": "soon"}'])
def test_a_broken_memory_of_days_keeps_nobody_from_encoding(text: str, tmp_path: Path) -> None:
    (tmp_path / "last-days.json").write_text(text, encoding="utf-8")

    LastDays(tmp_path).check_not_over("party")
    LastDays(tmp_path).note("party", in_days(-1))
    with pytest.raises(UsageError):
        LastDays(tmp_path).check_not_over("party")
    LastDays(tmp_path).note("party", None)
    LastDays(tmp_path).check_not_over("party")


def test_a_command_that_watches_ends_well_when_the_day_is_over(
    index: Index, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sample_event(tmp_path / "photos")
    event = add_event(index, "party", in_days(30), str(tmp_path / "photos"))
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", database_url)
    monkeypatch.setattr(expiring, "LOOK_EVERY", 0.2)
    monkeypatch.setattr(encode_mode, "give_way", lambda: None)  # it would be for all tests after it
    home = str(tmp_path / "home")
    chosen = parser().parse_args(
        ["--encode", "party", "--watch", "--home", home, "--model-pack", "lite"]
    )

    def end_the_day() -> None:
        give_up = time.monotonic() + 90
        while index.events.counts(event.id).encoded == 0 and time.monotonic() < give_up:
            time.sleep(0.1)
        details = index.organizing.details(event.id)
        index.organizing.change(event.id, replace(details, keep_until=in_days(-1)))
        announce(index.expiry)
        announced(database_url)
        while index.events.list_events() and time.monotonic() < give_up:
            time.sleep(0.1)
        if index.events.list_events():
            os.kill(os.getpid(), signal.SIGINT)  # or the test would never end

    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(end_the_day)
        code = run_encode(chosen)
        ending.result()

    assert (code, index.events.list_events()) == (0, [])
    assert len(list((tmp_path / "home" / "receipts").iterdir())) == 1
    assert len(list((tmp_path / "photos").iterdir())) > 10
