"""A machine is told from others by what its system says, or by a file in its data folder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eventsnap_desktop.app import machine_identity as module
from eventsnap_desktop.app.machine_identity import FILE, machine_identity


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that the system has its identity in; it is not there yet."""
    monkeypatch.setattr("sys.platform", "linux")
    file = tmp_path / "machine-id-of-the-system"
    monkeypatch.setattr(module, "_LINUX", (tmp_path / "nothing", file))
    return file


def test_every_process_of_a_machine_has_one_identity_whatever_its_data_folder(
    system: Path, tmp_path: Path
) -> None:
    system.write_text("0123456789abcdef0123456789abcdef\n")
    here = machine_identity(tmp_path / "one")
    assert machine_identity(tmp_path / "two") == here
    assert len(here) == 32
    assert "0123456789abcdef" not in here
    system.write_text("fedcba9876543210fedcba9876543210\n")
    assert machine_identity(tmp_path / "one") != here
    assert not (tmp_path / "one").exists()


def test_machines_copied_from_one_disk_are_told_apart_by_a_file(
    system: Path, tmp_path: Path
) -> None:
    system.write_text("0123456789abcdef0123456789abcdef")
    for name in ("tent", "bar"):
        (tmp_path / name).mkdir()
        (tmp_path / name / FILE).write_text(f"{name}\n", "utf-8")
    assert machine_identity(tmp_path / "tent") != machine_identity(tmp_path / "bar")
    (tmp_path / "bar" / FILE).write_text(" tent ", "utf-8")
    assert machine_identity(tmp_path / "tent") == machine_identity(tmp_path / "bar")


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xff\xfe"])
def test_a_file_that_says_nothing_changes_nothing(
    system: Path, tmp_path: Path, content: bytes
) -> None:
    system.write_text("0123456789abcdef0123456789abcdef")
    here = machine_identity(tmp_path)
    (tmp_path / FILE).write_bytes(content)
    assert machine_identity(tmp_path) == here


def test_a_system_without_an_identity_gets_one_for_good(system: Path, tmp_path: Path) -> None:
    assert not system.exists()
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(machine_identity, [tmp_path / "home"] * 32))
    assert found == {machine_identity(tmp_path / "home")}
    assert machine_identity(tmp_path / "other") not in found
    assert [file.name for file in (tmp_path / "home").iterdir()] == [FILE]


def test_where_nothing_can_be_written_the_name_is_the_identity(
    system: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "no folder"
    file.touch()
    assert machine_identity(file / "home") == machine_identity(file / "other")
    assert "its name only" in caplog.text
    caplog.clear()


def test_this_machine_has_one(tmp_path: Path) -> None:
    assert machine_identity(tmp_path) == machine_identity(tmp_path)
