"""The command line as scripts and people use it, on the sample event."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from eventsnap_desktop.index.embedded import EmbeddedServer
from eventsnap_desktop.ui.bridge.picture_files import PictureFiles
from tests.fixtures.broken_files import write_broken_files
from tests.journeys.program import PROGRAM, environment, run, start


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Return a folder with photos, a selfie and a data folder in which PARTY is encoded."""
    folder = Path(tempfile.mkdtemp(prefix="eventsnap-test-"))
    make_sample_event(folder / "photos")
    make_selfie(folder / "selfie.jpg")
    done = run(folder / "home", "--encode", "PARTY", "--source", folder / "photos", "--json")
    assert done.code == 0, done.err
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _picture(path: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.asarray(cv2.imread(str(path)), np.uint8)


def test_encode_answers_with_one_object_of_the_promised_shape(place: Path) -> None:
    done = run(place / "home", "--encode", "PARTY", "--json")

    assert set(done.answer) == {
        *("event", "found", "encoded", "skipped", "without_faces", "failed", "gone", "faces"),
        *("seconds", "photos_per_second", "provider", "model_pack", "cancelled"),
    }
    assert (done.code, done.answer["encoded"]) == (0, 0)
    assert done.answer["skipped"] == done.answer["found"]


def test_match_answers_with_one_object_of_the_promised_shape(place: Path) -> None:
    done = run(place / "home", "--match", "PARTY", "--selfie", place / "selfie.jpg", "--json")

    answer = done.answer
    assert done.code == 0
    assert answer["selfies"] == [
        {"file": str(place / "selfie.jpg"), "accepted": True, "reason": None}
    ]
    assert {"key", "similarity", "band", "box"} <= set(answer["photos"][0])
    similarities = [photo["similarity"] for photo in answer["photos"]]
    assert similarities == sorted(similarities, reverse=True)
    assert answer["thresholds"]["sure"] > answer["thresholds"]["maybe"]
    assert answer["searched_faces"] > 0


def test_match_finds_the_guest_and_nobody_else(place: Path, tmp_path: Path) -> None:
    truth = {shot.key: shot.shows_guest for shot in make_sample_event(tmp_path)}

    done = run(place / "home", "--match", "PARTY", "--selfie", place / "selfie.jpg", "--json")

    found = {photo["key"] for photo in done.answer["photos"] if photo["band"] == "sure"}
    assert found
    assert all(truth[key] for key in found)
    assert len(found) >= 0.8 * sum(truth.values())


def test_people_read_a_table(place: Path) -> None:
    done = run(place / "home", "--match", "PARTY", "--selfie", place / "selfie.jpg")

    assert "sure" in done.out
    assert "IMG_" in done.out


def _unusable_selfies(folder: Path, group: Path) -> dict[str, Path]:
    """Write one selfie of each kind that cannot be searched with; the key says what is wrong."""
    image = _picture(group)
    face = image[240:440, 420:620]
    small = np.full((480, 640, 3), 128, np.uint8)
    small[200:236, 300:336] = cv2.resize(face, (36, 36), interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(cv2.resize(face, (480, 480)), (0, 0), 14)
    pictures = {
        "no face": np.full((300, 300, 3), 200, np.uint8),
        "more than one": image[200:460, 380:960],
        "blurred": blurred,
        "pixels": small,
    }
    paths = {}
    for number, (word, picture) in enumerate(pictures.items()):
        paths[word] = folder / f"{number}.png"
        cv2.imwrite(str(paths[word]), picture)
    return paths


@pytest.mark.parametrize("word", ["no face", "more than one", "blurred", "pixels"])
def test_a_selfie_that_cannot_be_used_has_its_reason(
    place: Path, group_picture: Path, tmp_path: Path, word: str
) -> None:
    selfie = _unusable_selfies(tmp_path, group_picture)[word]

    done = run(place / "home", "--match", "PARTY", "--selfie", selfie, "--json")

    assert done.code == 4
    assert done.answer["photos"] == []
    assert word in done.answer["selfies"][0]["reason"]


def test_one_usable_selfie_of_two_is_enough(place: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    selfies = ["--selfie", tmp_path / "empty.jpg", "--selfie", place / "selfie.jpg"]

    done = run(place / "home", "--match", "PARTY", *selfies, "--json")

    assert done.code == 0
    assert [one["accepted"] for one in done.answer["selfies"]] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--match", "NOBODY", "--selfie", "SELFIE"], 1, "NOBODY"),
        (["--encode", "NEW"], 1, "NEW"),
        (["--encode", "NEW", "--source", "MISSING"], 1, "folder"),
        (["--encode", "bad code!", "--source", "PHOTOS"], 2, "event code"),
        (["--match", "PARTY"], 2, "--selfie"),
        (["--match", "PARTY", "--selfie", "MISSING"], 2, "no file"),
        (["--watch"], 2, "--watch"),
        (["--nonsense"], 2, "nonsense"),
        (["--model-pack", "wrong", "--match", "PARTY", "--selfie", "SELFIE"], 1, "wrong"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    place: Path, arguments: list[str], code: int, word: str
) -> None:
    names = {
        "SELFIE": str(place / "selfie.jpg"),
        "PHOTOS": str(place / "photos"),
        "MISSING": str(place / "missing"),
    }

    done = run(place / "home", *[names.get(one, one) for one in arguments])

    assert done.code == code, done.err
    assert word in done.err
    assert "Traceback" not in done.err


def test_faces_describes_pictures_without_a_database(group_picture: Path, tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("not a picture")

    done = run(tmp_path / "home", "--faces", group_picture, tmp_path / "text.jpg", "--json")

    good, bad = done.answer
    assert done.code == 3
    assert (good["width"], good["height"], good["error"]) == (1280, 886, None)
    assert len(good["faces"]) == 6
    face = good["faces"][0]
    assert (len(face["box"]), len(face["landmarks"]), len(face["embedding"])) == (4, 5, 512)
    assert np.linalg.norm(face["embedding"]) == pytest.approx(1, abs=1e-3)
    assert bad["error"]
    assert not (tmp_path / "home" / "database").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_faces_waits_for_no_pipe_and_reads_no_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")

    done = run(tmp_path / "home", "--faces", tmp_path / "pipe.jpg", "/dev/zero", "--json")

    assert done.code == 3
    said = [one["error"] for one in done.answer]
    assert said == ["it is a pipe or a device, not a file."] * 2


def test_status_tells_one_event_and_all(place: Path) -> None:
    one = run(place / "home", "--status", "PARTY", "--json").answer
    every = run(place / "home", "--status", "--json").answer

    assert one["event"] == "PARTY"
    assert one["encoded"] > 0
    assert "PARTY" in {event["event"] for event in every["events"]}


def test_import_takes_folders_and_zips_once(place: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.write(place / "selfie.jpg", "inside/one.jpg")
        archive.writestr("../outside.jpg", b"x")
        archive.writestr("note.txt", "hello")
    arguments = ["--import", "ZIPS", place / "photos", tmp_path / "more.zip", "--json"]

    first = run(tmp_path / "home", *arguments)
    second = run(tmp_path / "home", *arguments)
    encoded = run(tmp_path / "home", "--encode", "ZIPS", "--json")

    assert first.code == 3  # the entry that leads outside was refused
    assert second.answer["added"] == 0
    assert encoded.answer["encoded"] == first.answer["added"] > 10


def test_erase_takes_one_person_out_and_leaves_the_others(place: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "--encode", "ERASE", "--source", place / "photos")
    before = run(home, "--status", "ERASE", "--json").answer["faces"]
    selfie = ["--selfie", place / "selfie.jpg"]

    refused = run(home, "--erase", "ERASE", *selfie)
    done = run(home, "--erase", "ERASE", *selfie, "--yes", "--json")
    after = run(home, "--match", "ERASE", *selfie, "--json").answer
    again = run(home, "--encode", "ERASE", "--json").answer

    assert refused.code == 130  # nobody was there to say yes
    assert done.answer["erased_faces"] == len(done.answer["photos"]) > 0
    assert not [photo for photo in after["photos"] if photo["band"] == "sure"]
    assert again["encoded"] == 0
    left = run(home, "--status", "ERASE", "--json").answer["faces"]
    assert left == before - done.answer["erased_faces"]


def test_delete_drops_the_index_and_keeps_the_photos(place: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "--encode", "GONE", "--source", place / "photos")
    small = PictureFiles(home / "cache" / "thumbnails")
    small.write("GONE", "a.jpg", b"a thumbnail")
    photos = sorted((place / "photos").iterdir())

    done = run(home, "--delete", "GONE", "--yes", "--json")

    assert done.answer["deleted"]["faces"] > 0
    assert run(home, "--status", "GONE").code == 1
    assert sorted((place / "photos").iterdir()) == photos
    assert small.read("GONE", "a.jpg") is None


def test_an_interrupt_stops_with_130_and_keeps_what_was_done(place: Path, tmp_path: Path) -> None:
    process = start(tmp_path / "home", "--encode", "STOP", "--source", place / "photos", "--watch")
    log = tmp_path / "home" / "database" / "server.log"
    _wait(log.exists)
    _wait(lambda: run(tmp_path / "home", "--status", "STOP", "--json").code == 0)
    _wait(lambda: run(tmp_path / "home", "--status", "STOP", "--json").answer["encoded"] > 0)
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=30) == 0  # watching ends only this way
    assert run(tmp_path / "home", "--status", "STOP", "--json").answer["encoded"] > 0


@contextmanager
def not_ignored(number: signal.Signals) -> Iterator[None]:
    """Have programs started in the block hear a signal that we ignore, as nohup makes us."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_search_that_is_told_to_end_leaves_no_database_server_behind(
    place: Path, name: str
) -> None:
    home, number = place / "home", signal.Signals[name]
    server = EmbeddedServer(home)
    assert not server.is_running
    selfies = ["--selfie", str(place / "selfie.jpg")] * 2000  # more than a minute's work
    with (
        not_ignored(number),
        subprocess.Popen(
            [str(PROGRAM), "--match", "PARTY", *selfies],
            env=environment(home),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        ) as process,
    ):
        _wait(lambda: server.is_running)
        process.send_signal(number)
        said = process.communicate(timeout=100)[1]

    assert process.returncode == 130
    assert said.decode().endswith("Stopped.\n")
    assert not server.is_running


def _wait(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.mark.slow
def test_five_hundred_broken_files_cost_no_good_photo(place: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    broken = write_broken_files(photos)
    good = sorted((place / "photos").iterdir())[:20]
    for path in good:
        shutil.copy(path, photos / path.name)

    done = run(tmp_path / "home", "--encode", "BROKEN", "--source", photos, "--json")

    answer = done.answer
    assert done.code == 3, done.err
    assert answer["encoded"] == 20
    assert len(answer["failed"]) == answer["found"] - 20 >= 0.95 * len(broken)
    assert all(failed["reason"] for failed in answer["failed"])
