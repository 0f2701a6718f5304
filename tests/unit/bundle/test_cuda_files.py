"""The CUDA variant holds every library that onnxruntime will look for, where it looks."""

import ctypes
from pathlib import Path

import onnxruntime
import pytest

from bundle.cuda_files import MissingCudaError, cuda_files, wanted_libraries
from bundle.toc import Entry

SYSTEMS = pytest.mark.parametrize("windows", [False, True], ids=["linux", "windows"])


def installed(site: Path, windows: bool) -> Path:
    """Lay out the packages' folder as the extra `cuda` does, with empty files."""
    for path in wanted_libraries(windows):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).touch()
    return site


def unpacked(entries: list[Entry], folder: Path) -> Path:
    """Lay out a bundle of these entries; return where it has onnxruntime."""
    for entry in entries:
        target = folder / entry.place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(entry.source.read_bytes())
    (folder / "onnxruntime").mkdir()
    return folder / "onnxruntime"


@SYSTEMS
def test_all_that_is_looked_for_is_in_its_place(tmp_path: Path, windows: bool) -> None:
    site = installed(tmp_path, windows)

    places = {entry.place for entry in cuda_files(windows, site)}

    assert {str(path) for path in wanted_libraries(windows)} <= places
    assert len(wanted_libraries(windows)) >= 7  # cuBLAS (2), cuFFT, the runtime, cuDNN …
    assert any(place.startswith("nvidia/cudnn/") for place in places)


def test_preload_dlls_finds_all_in_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """onnxruntime's own function is run on the bundle's layout, and asked what it opened."""
    site, opened = installed(tmp_path / "site", windows=False), []
    inside = unpacked(cuda_files(False, site), tmp_path / "bundle")
    monkeypatch.setattr(onnxruntime, "__file__", str(inside / "__init__.py"))
    monkeypatch.setattr(ctypes, "CDLL", lambda name, *_, **__: opened.append(Path(name)))

    onnxruntime.preload_dlls()

    bundle = tmp_path / "bundle"
    assert opened == [bundle / path for path in wanted_libraries(windows=False)]


@SYSTEMS
def test_a_missing_library_stops_the_build(tmp_path: Path, windows: bool) -> None:
    site = installed(tmp_path, windows)
    lost = wanted_libraries(windows)[3]
    (site / lost).unlink()

    with pytest.raises(MissingCudaError, match=lost.name.replace(".", r"\.")):
        cuda_files(windows, site)


def test_what_the_named_libraries_load_comes_along(tmp_path: Path) -> None:
    site = installed(tmp_path, windows=False)
    folder = site / "nvidia" / "cudnn" / "lib"
    (folder / "libcudnn_engine_of_tomorrow.so.9").touch()
    (folder / "notes.txt").touch()

    places = {entry.place for entry in cuda_files(False, site)}

    assert "nvidia/cudnn/lib/libcudnn_engine_of_tomorrow.so.9" in places
    assert "nvidia/cudnn/lib/notes.txt" not in places
