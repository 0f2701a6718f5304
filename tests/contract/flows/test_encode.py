"""The encode flow on a real database and a real folder."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest

from eventsnap_desktop.domain.errors import PackMismatchError, SourceAwayError, SourceRefusedError
from eventsnap_desktop.domain.photos import SourcePhoto
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.storage.folder import FolderSource
from tests.contract.flows.encoding import OPTIONS, event_of, run_encode, write_photos
from tests.fixtures.text_vision import TextVision

SOME = {"a.jpg": "faces 2", "b.jpg": "faces 0", "sub/c.jpg": "faces 5"}


class FlakySource(FolderSource):
    """A folder whose reads fail a few times, or for good."""

    def __init__(self, root: Path, failures: int) -> None:
        super().__init__(root)
        self._failures = failures

    def read(self, key: str) -> bytes:
        """Fail first, then read."""
        if self._failures > 0:
            self._failures -= 1
            raise SourceAwayError("the server does not answer")
        return super().read(key)


def _rows(url: str) -> list[tuple[object, ...]]:
    """Return every row of photos and faces with where it is stored and who wrote it."""
    with psycopg.connect(url) as connection:
        photos = connection.execute("select 'p', ctid::text, xmin::text, key from photo").fetchall()
        faces = connection.execute("select 'f', ctid::text, xmin::text, id from face").fetchall()
    return sorted(photos + faces, key=str)


def test_photos_with_and_without_faces_are_encoded(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)

    report = run_encode(index, tmp_path)

    assert (report.found, report.encoded, report.faces, report.without_faces) == (3, 3, 7, 1)
    assert index.events.counts(event_of(index, "").id).faces == 7


def test_a_second_run_fetches_nothing_and_writes_no_row(
    index: Index, database_url: str, tmp_path: Path
) -> None:
    write_photos(tmp_path, SOME)
    run_encode(index, tmp_path)
    before = _rows(database_url)

    report = run_encode(index, FlakySource(tmp_path, failures=10_000))

    assert (report.encoded, report.skipped) == (0, 3)
    assert _rows(database_url) == before


def test_a_touched_photo_is_not_encoded_again(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)
    run_encode(index, tmp_path)
    os.utime(tmp_path / "a.jpg", (1, 1))

    vision = TextVision()
    report = run_encode(index, tmp_path, vision)

    assert vision.decoded == 0
    assert (report.encoded, report.skipped) == (0, 3)


def test_a_changed_photo_replaces_its_faces(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)
    run_encode(index, tmp_path)
    write_photos(tmp_path, {"a.jpg": "faces 10"})

    report = run_encode(index, tmp_path)

    assert (report.encoded, report.faces) == (1, 10)
    assert index.events.counts(event_of(index, "").id).faces == 15


def test_a_deleted_photo_is_gone_with_its_faces(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)
    run_encode(index, tmp_path)
    (tmp_path / "a.jpg").unlink()

    report = run_encode(index, tmp_path)

    counts = index.events.counts(event_of(index, "").id)
    assert report.gone == 1
    assert (counts.gone, counts.faces) == (1, 5)


def test_one_bad_photo_never_costs_another(index: Index, tmp_path: Path) -> None:
    bad = {"broken.jpg": "broken", "bug.jpg": "bug", "model.jpg": "faces 13"}
    good = {f"good{number}.jpg": "faces 1" for number in range(20)}
    write_photos(tmp_path, bad | good)

    report = run_encode(index, tmp_path)

    assert report.encoded == 20
    assert {photo.key for photo in report.failed} == set(bad)
    assert all(photo.reason for photo in report.failed)


def test_failed_photos_are_tried_again_up_to_the_limit(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, {"broken.jpg": "broken"})
    options = replace(OPTIONS, max_attempts=2)
    fetched = []

    class Counting(FolderSource):
        def read(self, key: str) -> bytes:
            fetched.append(key)
            return super().read(key)

    reports = [run_encode(index, Counting(tmp_path), options=options) for _ in range(4)]

    assert len(fetched) == 2
    assert [len(report.failed) for report in reports] == [1, 1, 1, 1]


def test_a_source_that_comes_back_costs_nothing(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)
    waits = []

    report = run_encode(
        index,
        FlakySource(tmp_path, failures=3),
        on_progress=lambda progress: waits.append(progress.waiting),
    )

    assert report.encoded == 3
    assert any("waiting for the photo source" in wait for wait in waits)
    assert waits[-1] == ""


def test_a_source_that_stays_away_ends_the_run_in_time(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)

    with pytest.raises(SourceAwayError, match="does not answer"):
        run_encode(
            index,
            FlakySource(tmp_path, failures=10_000),
            options=replace(OPTIONS, source_patience=0.5),
        )


def test_a_missing_folder_is_refused_at_once(index: Index, tmp_path: Path) -> None:
    with pytest.raises(SourceRefusedError):
        run_encode(index, tmp_path / "missing")


def test_another_model_pack_is_refused(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)
    run_encode(index, tmp_path)
    write_photos(tmp_path, {"new.jpg": "faces 1"})

    with pytest.raises(PackMismatchError, match="encode"):
        run_encode(index, tmp_path, pack="1" * 64)


def test_stopping_keeps_what_was_written_and_the_next_run_goes_on(
    index: Index, tmp_path: Path
) -> None:
    write_photos(tmp_path, {f"{number:03}.jpg": "faces 1" for number in range(200)})
    cancel = Cancel()

    def stop_soon(progress: object) -> None:
        if getattr(progress, "encoded", 0) > 0:
            cancel.request()

    slow = TextVision(before_encode=lambda: sleep(0.01))
    first = run_encode(index, tmp_path, slow, cancel=cancel, on_progress=stop_soon)
    second = run_encode(index, tmp_path)

    assert first.cancelled
    assert 0 < first.encoded < 200
    assert first.encoded + second.encoded == 200
    assert (first.skipped, second.skipped) == (0, first.encoded)


def test_newest_photos_are_encoded_first(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, {f"{number:03}.jpg": f"faces {number}" for number in range(20, 60)})
    for number in range(20, 60):
        os.utime(tmp_path / f"{number:03}.jpg", (1_000_000 + number, 1_000_000 + number))
    order: list[int] = []

    class Noting(FolderSource):
        def read(self, key: str) -> bytes:
            order.append(int(key[:3]))
            return super().read(key)

    run_encode(index, Noting(tmp_path))

    assert order[0] >= 58
    assert order[-1] <= 21


def test_watching_overtakes_a_backlog(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, {f"{number:04}.jpg": "faces 1" for number in range(1500)})
    for path in tmp_path.iterdir():
        os.utime(path, (2_000_000_000, 2_000_000_000))  # all of the backlog looks newer
    cancel = Cancel()
    slow = TextVision(before_encode=lambda: sleep(0.05))
    runner = threading.Thread(
        target=lambda: run_encode(
            index, tmp_path, slow, options=replace(OPTIONS, watch=True), cancel=cancel
        )
    )
    event = event_of(index, str(tmp_path))
    runner.start()
    try:
        _wait(lambda: index.events.counts(event.id).encoded > 5)
        write_photos(tmp_path, {"new.jpg": "faces 400"})
        _wait(lambda: index.events.counts(event.id).faces >= 400)
        backlog = index.events.counts(event.id).pending
    finally:
        cancel.request()
        runner.join()

    assert backlog > 500


def _wait(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not happen"
        sleep(0.02)


def test_a_photo_that_vanishes_while_it_waits_is_gone_not_failed(
    index: Index, tmp_path: Path
) -> None:
    write_photos(tmp_path, SOME)

    class Vanishing(FolderSource):
        def read(self, key: str) -> bytes:
            if key == "a.jpg":
                (tmp_path / "a.jpg").unlink(missing_ok=True)
            return super().read(key)

    report = run_encode(index, Vanishing(tmp_path))

    assert (report.encoded, report.gone, report.failed) == (2, 1, ())


def test_a_listing_that_breaks_off_makes_nothing_gone(index: Index, tmp_path: Path) -> None:
    write_photos(tmp_path, SOME)
    run_encode(index, tmp_path)

    class Broken(FolderSource):
        def list_photos(self) -> Iterator[SourcePhoto]:
            yield next(iter(super().list_photos()))
            raise SourceAwayError("the cable was pulled")

    with pytest.raises(SourceAwayError):
        run_encode(index, Broken(tmp_path), options=replace(OPTIONS, source_patience=0.3))

    assert index.events.counts(event_of(index, "").id).gone == 0
