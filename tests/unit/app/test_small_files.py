"""The small files of a data folder come back, and what is there already is not lost."""

from pathlib import Path

import pytest

from eventsnap_desktop.app.small_files import files_to_keep, put_files_back
from eventsnap_desktop.domain.errors import EventSnapError

LICENCES, MAILS = "licences.toml", "delivered/e-mails"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    (folder / "delivered").mkdir(parents=True)
    (folder / "config.toml").write_text("log_level = 'INFO'\n")
    (folder / LICENCES).write_text("[[acknowledged]]\npack = 'lite'\n")
    (folder / MAILS).write_text("1 <a@x>\n")
    return folder


def test_they_come_back_into_an_empty_folder(old: Path, tmp_path: Path) -> None:
    files = files_to_keep(old)
    new = tmp_path / "new"

    assert put_files_back(new, files) is None

    assert files_to_keep(new) == files
    assert set(files) == {"config.toml", LICENCES, MAILS}


def test_what_a_folder_has_stays_and_nothing_comes_twice(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    (new / "delivered").mkdir(parents=True)
    (new / MAILS).write_text("2 <b@x>\n")

    for _ in range(2):
        put_files_back(new, files_to_keep(old))

    assert (new / MAILS).read_text() == "2 <b@x>\n1 <a@x>\n"


def test_no_other_file_is_ever_written(tmp_path: Path) -> None:
    put_files_back(tmp_path / "new", {"../evil": b"x", "database/data": b"x"})

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_said(old: Path, tmp_path: Path) -> None:
    (tmp_path / "delivered").write_text("a file where a folder should be")

    with pytest.raises(EventSnapError, match="cannot be written"):
        put_files_back(tmp_path, {MAILS: b"1 <a@x>\n"})
