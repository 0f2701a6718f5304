"""Servers that stop and start while an event is encoded."""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

import pytest

from eventsnap_desktop.domain.errors import DatabaseAwayError, SourceAwayError
from eventsnap_desktop.flows.encode import EncodeReport
from eventsnap_desktop.flows.encode_progress import EncodeProgress
from eventsnap_desktop.flows.ports import PhotoSource
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.storage.opening import open_source
from tests.contract.flows.encoding import OPTIONS, event_of, run_encode, write_photos
from tests.fixtures.postgres import RestartableDatabase
from tests.fixtures.s3 import S3Place
from tests.fixtures.text_vision import TextVision

PHOTOS = {f"{number:03}.jpg": f"faces {number % 5}" for number in range(300)}
FACES = sum(number % 5 for number in range(300))


class Interruption:
    """Runs a fault in the middle of an encode, on a thread of its own, and keeps what was said."""

    def __init__(self, fault: Callable[[], None], after: int = 40) -> None:
        self._thread = threading.Thread(target=fault)
        self._after = after
        self.said: list[str] = []

    def __call__(self, progress: EncodeProgress) -> None:
        """Look at the progress; begin the fault once enough is encoded."""
        self.said.append(progress.waiting)
        if progress.encoded >= self._after and self._thread.ident is None:
            self._thread.start()

    def finish(self) -> None:
        """Wait for the fault's end."""
        assert self._thread.ident is not None, "the encode was over before the fault began"
        self._thread.join()


def _slow() -> TextVision:
    return TextVision(before_encode=lambda: sleep(0.02))


def _encode(index: Index, source: PhotoSource | Path, fault: Interruption) -> EncodeReport:
    try:
        return run_encode(index, source, _slow(), on_progress=fault)
    finally:
        fault.finish()


def test_a_database_that_restarts_costs_no_photo(
    restartable_database: RestartableDatabase, tmp_path: Path
) -> None:
    write_photos(tmp_path, PHOTOS)

    def restart() -> None:
        restartable_database.stop()
        sleep(1.5)
        restartable_database.start()

    fault = Interruption(restart)
    with open_index(restartable_database.url) as index:
        report = _encode(index, tmp_path, fault)
        counts = index.events.counts(event_of(index, "").id)

    assert (report.encoded, report.failed, report.cancelled) == (300, (), False)
    assert (counts.encoded, counts.faces) == (300, FACES)
    assert any("waiting for the database" in sentence for sentence in fault.said)


def test_an_embedded_database_that_was_killed_is_started_again(
    restartable_database: RestartableDatabase, tmp_path: Path
) -> None:
    write_photos(tmp_path, PHOTOS)
    server = restartable_database.server
    number = server.log_file.parent / "data" / "postmaster.pid"

    def kill() -> None:
        os.kill(int(number.read_text().splitlines()[0]), signal.SIGKILL)

    fault = Interruption(kill)
    with open_index(restartable_database.url, server.ensure_running) as index:
        report = _encode(index, tmp_path, fault)
        counts = index.events.counts(event_of(index, "").id)

    assert report.encoded == 300
    assert counts.faces == FACES


def test_a_database_that_stays_away_ends_the_run_with_a_sentence(
    restartable_database: RestartableDatabase, tmp_path: Path
) -> None:
    write_photos(tmp_path, PHOTOS)
    fault = Interruption(restartable_database.stop)
    started = monotonic()

    with open_index(restartable_database.url) as index:
        with pytest.raises(DatabaseAwayError) as refused:
            run_encode(
                index,
                tmp_path,
                _slow(),
                options=replace(OPTIONS, database_patience=1),
                on_progress=fault,
            )
        fault.finish()

    assert str(refused.value)
    assert monotonic() - started < 60
    restartable_database.start()
    with open_index(restartable_database.url) as index:
        assert run_encode(index, tmp_path).found == 300
        assert index.events.counts(event_of(index, "").id).faces == FACES


def _fill(place: S3Place) -> PhotoSource:
    client = place.client()
    for name, text in PHOTOS.items():
        client.put_object(place.bucket, name, BytesIO(text.encode()), len(text))
    return open_source(place.uri, place.connection)


def test_an_s3_server_that_restarts_costs_no_photo(index: Index, restartable_s3: S3Place) -> None:
    source = _fill(restartable_s3)

    def restart() -> None:
        restartable_s3.server.stop()
        sleep(6)  # longer than the source's own retries last
        restartable_s3.server.start()

    fault = Interruption(restart)
    report = _encode(index, source, fault)

    assert (report.encoded, report.faces, report.failed) == (300, FACES, ())
    assert any("waiting for the photo source" in sentence for sentence in fault.said)


def test_an_s3_server_that_stays_away_ends_the_run_and_the_next_one_goes_on(
    index: Index, restartable_s3: S3Place
) -> None:
    source = _fill(restartable_s3)
    fault = Interruption(restartable_s3.server.stop)

    with pytest.raises(SourceAwayError) as refused:
        run_encode(
            index,
            source,
            _slow(),
            options=replace(OPTIONS, source_patience=1),
            on_progress=fault,
        )
    fault.finish()
    restartable_s3.server.start()
    run_encode(index, source)
    counts = index.events.counts(event_of(index, "").id)

    assert str(refused.value)
    assert (counts.encoded, counts.faces, counts.failed) == (300, FACES, 0)
