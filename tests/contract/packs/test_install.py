"""Packs arrive whole or not at all: from a server, a zip, a wheel, a folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from eventsnap_desktop.domain.errors import Cancelled, LicenceNotAcceptedError, ModelPackError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision import pack_entries
from eventsnap_desktop.vision.pack_install import fetch_pack, import_pack
from eventsnap_desktop.vision.packs import ModelPack, find_pack
from tests.contract.packs.pack_server import Behaviour, serving
from tests.contract.packs.small_release import (
    ANTELOPE,
    BUFFALO,
    DETECTOR,
    FILES,
    GLINT,
    LITE_DETECTOR,
    LITE_RECOGNIZER,
    PACKS,
    R50,
    release,
    zipped,
)

TOML = """
name = "mine"
detector = "a.onnx"
recognizer = "b.onnx"
[thresholds]
sure = 0.5
maybe = 0.4
grow = 0.5
"""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def fetch(name: str, home: Path, behaviour: Behaviour, accept: bool = True) -> ModelPack:
    with serving(behaviour) as base:
        there = release(base, behaviour.files | {k: FILES[k] for k in FILES})
        return fetch_pack(name, home, accept, lambda *_: None, Cancel(), there)


def take(path: Path, home: Path, accept: bool = True) -> list[str]:
    return import_pack(path, home, accept, Cancel(), PACKS)


def names(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "models").iterdir() if path.name != ".lock")


def paths(behaviour: Behaviour) -> list[str]:
    return [path.rpartition("/")[2] for path, _ in behaviour.asked]


def test_a_pack_is_fetched_unpacked_and_nothing_else_stays(tmp_path: Path) -> None:
    pack = fetch("standard", tmp_path, Behaviour(dict(FILES)))

    assert pack.detector.read_bytes() == DETECTOR
    assert pack.recognizer.read_bytes() == R50
    assert names(tmp_path) == ["det.onnx", "r50.onnx"]


def test_a_fetched_pack_is_not_fetched_again(tmp_path: Path) -> None:
    fetch("standard", tmp_path, Behaviour(dict(FILES)))
    again = Behaviour(dict(FILES))

    fetch("standard", tmp_path, again, accept=False)

    assert again.asked == []


def test_an_archive_that_holds_everything_needed_is_enough(tmp_path: Path) -> None:
    behaviour = Behaviour(dict(FILES))

    pack = fetch("seed", tmp_path, behaviour)

    assert (pack.detector.read_bytes(), pack.recognizer.read_bytes()) == (DETECTOR, GLINT)
    assert paths(behaviour) == ["antelope.zip"]


def test_only_what_is_missing_is_fetched(tmp_path: Path) -> None:
    fetch("standard", tmp_path, Behaviour(dict(FILES)))
    (tmp_path / "models" / "det.onnx").unlink()
    behaviour = Behaviour(dict(FILES))

    fetch("seed", tmp_path, behaviour)
    fetch("standard", tmp_path, behaviour)

    assert paths(behaviour) == ["antelope.zip"]


def test_a_damaged_file_is_fetched_anew(tmp_path: Path) -> None:
    fetch("standard", tmp_path, Behaviour(dict(FILES)))
    (tmp_path / "models" / "r50.onnx").write_bytes(b"bit rot")

    assert fetch("standard", tmp_path, Behaviour(dict(FILES))).recognizer.read_bytes() == R50


def test_without_the_licence_accepted_nothing_is_asked_for(tmp_path: Path) -> None:
    behaviour = Behaviour(dict(FILES))

    with pytest.raises(LicenceNotAcceptedError, match=r"research.*--accept-model-license"):
        fetch("standard", tmp_path, behaviour, accept=False)

    assert behaviour.asked == []
    assert list(tmp_path.iterdir()) == []


def test_a_licence_accepted_before_need_not_be_accepted_again(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError):
        fetch("standard", tmp_path, Behaviour(dict(FILES), statuses=[404]))

    fetch("standard", tmp_path, Behaviour(dict(FILES)), accept=False)


def test_an_unknown_pack_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError, match="lite, standard, seed"):
        fetch("huge", tmp_path, Behaviour(dict(FILES)))


def test_a_pack_without_an_archive_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError, match="wheel"):
        fetch("lite", tmp_path, Behaviour(dict(FILES)))


def test_an_archive_with_the_wrong_models_leaves_nothing(tmp_path: Path) -> None:
    wrong = zipped({"det.onnx": b"x", "r50.onnx": b"y"})
    with serving(Behaviour({"buffalo.zip": wrong})) as base:
        there = release(base, {"buffalo.zip": wrong, "antelope.zip": ANTELOPE})

        with pytest.raises(ModelPackError, match="standard"):
            fetch_pack("standard", tmp_path, True, lambda *_: None, Cancel(), there)

    assert names(tmp_path) == []


def test_two_processes_at_once_fetch_once(tmp_path: Path) -> None:
    behaviour = Behaviour(dict(FILES))
    program = """
import sys
from pathlib import Path
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision.pack_install import fetch_pack
from tests.contract.packs.small_release import release
home, there = Path(sys.argv[1]), release(sys.argv[2])
pack = fetch_pack("standard", home, True, lambda *_: None, Cancel(), there)
print(pack.digest)
"""
    with serving(behaviour) as base:
        command = [sys.executable, "-c", program, str(tmp_path), base]
        root = Path(__file__).parents[3]
        both = [
            subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(2)
        ]
        said = [process.communicate()[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1]
    assert paths(behaviour) == ["buffalo.zip"]
    assert names(tmp_path) == ["det.onnx", "r50.onnx"]


def test_who_waits_for_another_process_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    program = """
import sys
from fasteners import InterProcessLock
with InterProcessLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "models" / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        cancel = Cancel()
        cancel.request()
        with pytest.raises(Cancelled):
            import_pack(tmp_path, tmp_path, True, cancel, PACKS)
        assert holder.stdin is not None
        holder.stdin.close()


def test_what_a_killed_import_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "models" / ".incoming-abc"
    left.mkdir(parents=True)
    (left / "0.onnx").write_bytes(b"half")

    fetch("standard", tmp_path, Behaviour(dict(FILES)))

    assert names(tmp_path) == ["det.onnx", "r50.onnx"]


def test_a_models_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "models").touch()
    (tmp_path / "pack.zip").write_bytes(BUFFALO)

    with pytest.raises(ModelPackError, match="cannot be written"):
        take(tmp_path / "pack.zip", tmp_path)


def test_a_zip_from_a_stick_is_taken(tmp_path: Path) -> None:
    stick = tmp_path / "whatever-it-is-called.zip"
    stick.write_bytes(BUFFALO)

    assert take(stick, tmp_path / "home") == ["standard"]
    pack = find_pack("standard", tmp_path / "home" / "models", PACKS)
    assert pack.recognizer.read_bytes() == R50


def test_a_known_pack_from_a_stick_needs_its_licence_too(tmp_path: Path) -> None:
    stick = tmp_path / "buffalo.zip"
    stick.write_bytes(BUFFALO)

    with pytest.raises(LicenceNotAcceptedError):
        take(stick, tmp_path / "home", accept=False)

    assert names(tmp_path / "home") == []


def test_a_wheel_with_a_pack_that_is_not_fetched_is_taken_without_a_question(
    tmp_path: Path,
) -> None:
    wheel = tmp_path / "some-0.1.0-py3-none-any.whl"
    wheel.write_bytes(
        zipped({"some/model/d.onnx": LITE_DETECTOR, "some/model/r.onnx": LITE_RECOGNIZER})
    )

    assert take(wheel, tmp_path / "home", accept=False) == ["lite"]


def test_a_folder_with_files_and_zips_is_taken(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "models.zip").write_bytes(zipped({"r50.onnx": R50}))
    (stick / "det.onnx").write_bytes(DETECTOR)
    (stick / "readme.txt").write_text("hello")

    assert take(stick, tmp_path / "home") == ["standard"]


def test_half_a_pack_is_kept_until_the_other_half_comes(tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_bytes(zipped({"r50.onnx": R50}))
    (tmp_path / "two.zip").write_bytes(zipped({"det.onnx": DETECTOR}))

    assert take(tmp_path / "one.zip", tmp_path) == []
    assert take(tmp_path / "two.zip", tmp_path) == ["standard"]


def test_a_model_with_other_bytes_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"r50.onnx": R50[:-1]}))

    with pytest.raises(ModelPackError, match=r"r50\.onnx.*sha256 differs"):
        take(tmp_path / "x.zip", tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a zip at all", "damaged or not a zip"),
        (BUFFALO[: len(BUFFALO) // 2], "damaged or not a zip"),
        (b"", "damaged or not a zip"),
        (zipped({"holiday.jpg": b"x"}), "no file of a model pack"),
        (zipped({f"{n}.txt": b"" for n in range(2001)}), "too many files"),
    ],
)
def test_a_file_that_is_no_pack_is_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(ModelPackError, match=said):
        take(tmp_path / "x.zip", tmp_path / "home")
    assert names(tmp_path / "home") == []


def test_a_zip_whose_bytes_rotted_is_a_sentence(tmp_path: Path) -> None:
    rotten = bytearray(BUFFALO)
    rotten[20_000:20_010] = b"0123456789"
    (tmp_path / "x.zip").write_bytes(rotten)

    with pytest.raises(ModelPackError, match="damaged"):
        take(tmp_path / "x.zip", tmp_path / "home")
    assert names(tmp_path / "home") == []


def test_a_path_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError, match="cannot be read"):
        take(tmp_path / "nothing.zip", tmp_path / "home")


def test_an_encrypted_zip_is_a_sentence(tmp_path: Path) -> None:
    content = bytearray(zipped({"r50.onnx": R50}))
    content[6] |= 1  # the flag "encrypted" of the entry itself
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # and in the directory
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(ModelPackError, match="encrypted"):
        take(tmp_path / "x.zip", tmp_path / "home")


def test_a_zip_bomb_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_entries, "LARGEST_FILE", 10 * 2**20)
    (tmp_path / "x.zip").write_bytes(zipped({"r50.onnx": bytes(30 * 2**20)}))

    with pytest.raises(ModelPackError, match="larger than any model file"):
        take(tmp_path / "x.zip", tmp_path / "home")
    assert names(tmp_path / "home") == []


def test_an_own_pack_is_copied_and_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(
        zipped({"p/pack.toml": TOML.encode(), "p/a.onnx": b"a", "p/b.onnx": b"b", "p/c.onnx": b""})
    )

    assert take(tmp_path / "p.zip", tmp_path / "home", accept=False) == ["mine"]
    pack = find_pack("mine", tmp_path / "home" / "models", PACKS)
    assert pack.detector.read_bytes() == b"a"
    assert sorted(path.name for path in pack.detector.parent.iterdir()) == [
        "a.onnx",
        "b.onnx",
        "pack.toml",
    ]
    assert take(tmp_path / "p.zip", tmp_path / "home") == ["mine"]


def test_an_own_pack_is_not_overwritten_by_another_of_its_name(tmp_path: Path) -> None:
    files = {"pack.toml": TOML.encode(), "a.onnx": b"a", "b.onnx": b"b"}
    (tmp_path / "p.zip").write_bytes(zipped(files))
    (tmp_path / "q.zip").write_bytes(zipped(files | {"b.onnx": b"other"}))
    take(tmp_path / "p.zip", tmp_path / "home")

    with pytest.raises(ModelPackError, match="already another model pack “mine”"):
        take(tmp_path / "q.zip", tmp_path / "home")
    pack = find_pack("mine", tmp_path / "home" / "models", PACKS)
    assert pack.recognizer.read_bytes() == b"b"


@pytest.mark.parametrize("name", ["../../a.onnx", "/etc/a.onnx", "..\\a.onnx", "C:a.onnx"])
def test_an_entry_with_a_path_does_not_leave_the_models_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "p.zip").write_bytes(zipped({name: R50, "b.onnx": DETECTOR}))
    home = tmp_path / "deep" / "down" / "home"

    take(tmp_path / "p.zip", home)

    outside = [path for path in tmp_path.rglob("*.onnx") if home / "models" not in path.parents]
    assert outside == []
    assert set(names(home)) <= {"det.onnx", "r50.onnx"}
