"""Windows shows the version that the program names."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bundle.version_file import write_version_file


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """PyInstaller's own reader; what it needs to look into programs is for Windows only."""
    monkeypatch.setitem(sys.modules, "pefile", ModuleType("pefile"))
    monkeypatch.setattr("PyInstaller.compat.win32api", None, raising=False)
    module = importlib.import_module("PyInstaller.utils.win32.versioninfo")
    reader: Callable[[str], Any] = module.load_version_info_from_text_file
    return reader


@pytest.mark.parametrize(
    ("version", "high", "low"),
    [("0.1.0", 0x0000_0001, 0), ("2.14.3rc1", 0x0002_000E, 0x0003_0000), ("3", 0x0003_0000, 0)],
)
def test_pyinstaller_reads_the_version(
    tmp_path: Path, read: Callable[[str], Any], version: str, high: int, low: int
) -> None:
    write_version_file(version, tmp_path / "version.txt")

    info = read(str(tmp_path / "version.txt"))

    assert (info.ffi.fileVersionMS, info.ffi.fileVersionLS) == (high, low)
    words = {one.name: one.val for one in info.kids[0].kids[0].kids}
    assert (words["ProductName"], words["FileVersion"]) == ("EventSnap", version)
