"""Backup, loss of the data folder, restore: as a technician does it, also when it is killed."""

import json
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import open_index
from tests.contract.index.older_rows import Rows, rows_of
from tests.contract.index.outbox_rows import put_mail
from tests.journeys.program import run, start

ABOUT_THE_EVENT = (
    *("event", "name", "source", "model_pack", "created_at", "keep_until", "last_encoded_at"),
    *("pending", "encoded", "failed", "gone", "without_faces", "faces", "failed_photos"),
)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Return a folder with photos, a selfie and a data folder in which PARTY is encoded."""
    folder = Path(tempfile.mkdtemp(prefix="eventsnap-test-"))
    make_sample_event(folder / "photos")
    make_selfie(folder / "selfie.jpg")
    done = run(folder / "home", "--encode", "PARTY", "--source", folder / "photos")
    assert done.code == 0, done.err
    with embedded_server(folder / "home") as server, open_index(server.url) as index:
        event = index.events.find_event("PARTY").id
        put_mail(server.url, event, [])
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def rows(home: Path) -> Rows:
    with embedded_server(home) as server:
        return rows_of(server.url)


def asked(home: Path, selfie: Path) -> tuple[Any, Any]:
    """Return what --status and --match answer about what is in the index."""
    match = run(home, "--match", "PARTY", "--selfie", selfie, "--json").answer
    del match["milliseconds"]
    status = run(home, "--status", "PARTY", "--json").answer
    status = {name: status[name] for name in ABOUT_THE_EVENT}
    return status, match


def test_after_the_loss_of_the_data_folder_everything_is_as_it_was(
    place: Path, short_folder: Path
) -> None:
    file, again = short_folder / "party.backup", short_folder / "new"
    made = run(place / "home", "--backup", file, "--json")
    assert made.code == 0, made.err
    before, answers = rows(place / "home"), asked(place / "home", place / "selfie.jpg")
    assert made.answer["rows"]["face"] == answers[0]["faces"] > 50
    assert len(answers[1]["photos"]) > 5

    done = run(again, "--restore", file, "--json")

    assert done.code == 0, done.err
    assert (done.answer["waiting_deliveries"], done.answer["held_deliveries"]) == (1, 1)
    assert asked(again, place / "selfie.jpg") == answers
    before["event"][0]["deliveries_paused"] = True
    assert rows(again) == before
    encoded = run(again, "--encode", "PARTY", "--json").answer
    assert (encoded["encoded"], encoded["skipped"], encoded["gone"]) == (0, encoded["found"], 0)


def test_settings_come_along_and_secrets_are_named(place: Path, short_folder: Path) -> None:
    home, file = place / "home", short_folder / "party.backup"
    (home / "config.toml").write_text("[mail]\nhost = 'mail.example.org'\nuser = 'ada'\n")
    outside = {"EVENTSNAP_MAIL_PASSWORD": "sesame-open", "EVENTSNAP_KIOSK_SOUND": "true"}

    made = run(home, "--backup", file, **outside)
    (home / "config.toml").unlink()

    assert made.code == 0, made.err
    assert "biometric data" in made.out
    assert "mail.password" in made.out
    assert b"sesame-open" not in file.read_bytes()
    done = run(short_folder / "new", "--restore", file)
    assert done.code == 0, done.err
    assert "EVENTSNAP_MAIL_PASSWORD" in done.out
    assert "EVENTSNAP_KIOSK_SOUND" in done.out
    assert "erase them again" in done.out
    assert "1 delivery that waited is held back" in done.out
    assert "ada" in (short_folder / "new" / "config.toml").read_text()


def test_photos_in_the_data_folder_are_named_when_it_is_backed_up_and_restored(
    place: Path, short_folder: Path
) -> None:
    home, file, new = short_folder / "home", short_folder / "party.backup", short_folder / "new"
    imported = run(home, "--import", "PARTY", place / "photos", "--json")
    assert imported.code == 0, imported.err
    made = run(home, "--backup", file)
    folder = home / "photos" / "PARTY"
    assert f"PARTY  {folder}" in made.out
    shutil.rmtree(home)

    done = run(new, "--restore", file)

    assert done.code == 0, done.err
    assert f"PARTY  {new / 'photos' / 'PARTY'}" in done.out
    assert run(new, "--status", "PARTY", "--json").answer["source"] == str(new / "photos" / "PARTY")
    assert not (new / "photos").exists()  # an empty folder would say that all photos are gone


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--backup", "NEW"], 1, "no index here"),
        (["--backup", "MISSING/x"], 2, "no folder"),
        (["--backup", "SELFIE"], 2, "already"),
        (["--restore", "MISSING"], 2, "no file"),
        (["--restore", "SELFIE"], 1, "not a backup"),
        (["--restore", "PHOTOS"], 1, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_makes_nothing(
    place: Path, short_folder: Path, arguments: list[str], code: int, word: str
) -> None:
    names = {
        "NEW": short_folder / "new.backup",
        "MISSING": short_folder / "missing",
        "MISSING/x": short_folder / "missing" / "x",
        "SELFIE": place / "selfie.jpg",
        "PHOTOS": place / "photos",
    }

    done = run(short_folder / "home", *[names.get(one, one) for one in arguments])

    assert done.code == code, done.err
    assert word in done.err
    assert "Traceback" not in done.err
    assert list(short_folder.rglob("*")) == []


@pytest.fixture(scope="module")
def large(place: Path) -> Path:
    """Return a copy of the data folder whose event has a hundred times as many faces."""
    run(place / "large", "--encode", "PARTY", "--source", place / "photos")
    with embedded_server(place / "large") as server, psycopg.connect(server.url) as connection:
        connection.execute("""
            insert into face (event_id, photo_id, score, quality, embedding, box, landmarks)
            select event_id, photo_id, score, quality, embedding, box, landmarks
            from face, generate_series(1, 250)
        """)
    return place / "large"


@pytest.mark.slow
def test_a_backup_that_is_killed_leaves_no_half_file(large: Path, short_folder: Path) -> None:
    file, chance, kills = short_folder / "party.backup", random.Random(3), 0
    while kills < 6:
        process = start(large, "--backup", file)
        while process.poll() is None and not list(short_folder.glob(".*.partial")):
            time.sleep(0.002)
        try:
            process.wait(timeout=chance.uniform(0, 0.4))
            file.unlink()  # it got through
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
        assert not file.exists()

    done = run(large, "--backup", file, "--json")

    assert done.code == 0, done.err
    assert [one.name for one in short_folder.iterdir()] == [
        file.name
    ]  # the half ones are gone as well


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_an_empty_index_and_can_be_repeated(
    large: Path, short_folder: Path
) -> None:
    file, chance, kills = short_folder / "party.backup", random.Random(4), 0
    faces = run(large, "--backup", file, "--json").answer["rows"]["face"]
    new = short_folder / "new"
    run(new, "--status")  # so that the database is there, and not made each time
    began = time.monotonic()
    run(short_folder / "whole", "--restore", file)
    whole = time.monotonic() - began
    for _ in range(40):
        process = start(new, "--restore", file)
        try:
            process.wait(timeout=chance.uniform(0.3, whole))
            run(new, "--delete", "PARTY", "--yes")  # it got through: begin anew
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
            events = run(new, "--status", "--json").answer["events"]
            if events:  # killed after the last moment: all is there
                assert events[0]["faces"] > 0
                run(new, "--delete", "PARTY", "--yes")
        if kills == 6:
            break

    done = run(new, "--restore", file, "--json")

    assert done.code == 0, done.err
    assert done.answer["rows"]["face"] == faces
    assert json.dumps(rows(new)["photo"]) == json.dumps(rows(large)["photo"])
