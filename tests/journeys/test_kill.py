"""Killed at any moment, a rerun ends with the same rows as an undisturbed run."""

import random
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from eventsnap_desktop.app.sample_event import make_sample_event
from eventsnap_desktop.index.embedded import embedded_server
from tests.journeys.program import run, start

_KILLS = 20
_ROWS = """
select photo.key, photo.state, photo.face_count, face.box, face.landmarks, face.quality,
       face.embedding::text
from photo left join face on face.event_id = photo.event_id and face.photo_id = photo.id
order by photo.key, face.box
"""


def _rows(home: Path) -> list[tuple[object, ...]]:
    with embedded_server(home) as server, psycopg.connect(server.url) as connection:
        return connection.execute(_ROWS).fetchall()


@pytest.mark.slow
def test_twenty_kills_leave_the_rows_of_an_undisturbed_run(short_folder: Path) -> None:
    photos, calm, killed = (short_folder / name for name in ("photos", "calm", "killed"))
    made = make_sample_event(photos)
    undisturbed = run(calm, "--encode", "KILL", "--source", photos, "--json")
    assert undisturbed.code == 0, undisturbed.err
    began = time.monotonic()
    run(killed, "--encode", "KILL", "--source", photos)
    whole = time.monotonic() - began
    chance, kills, finished = random.Random(7), 0, 0

    while kills < _KILLS:
        process = start(killed, "--encode", "KILL", "--source", photos)
        try:
            finished += process.wait(timeout=chance.uniform(0.2, whole)) == 0
            run(killed, "--delete", "KILL", "--yes")  # it got through: begin a new event
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    last = run(killed, "--encode", "KILL", "--source", photos, "--json")

    assert last.code == 0, last.err
    assert last.answer["found"] == len(made)
    assert _rows(killed) == _rows(calm)
