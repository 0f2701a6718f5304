"""A broken config file costs only what is broken in it, and is kept."""

import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.settings.config_file import read_config, write_config
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.settings.schema import fields

SECRET = "correct-horse-battery"


def warnings_of(home: Path, text: str) -> str:
    (home / "config.toml").write_text(text)
    return "\n".join(load_settings({}).warnings)


def test_one_bad_key_is_reset_and_the_others_count(home: Path) -> None:
    text = "[encode]\nfetch_threads = 1000\nmax_attempts = 7\n[storage]\nregion = 'eu'\n"

    warnings = warnings_of(home, text)

    loaded = load_settings({})
    assert loaded.settings.encode.fetch_threads == 0
    assert (loaded.settings.encode.max_attempts, loaded.settings.storage.region) == (7, "eu")
    assert "encode.fetch_threads" in warnings
    assert "less than or equal to 64" in warnings
    assert (home / "config.toml.bak").read_text() == text


def test_after_one_warning_the_file_is_clean(home: Path) -> None:
    assert warnings_of(home, "[encode]\nfetch_threads = 'x'\nmax_attempts = 7\n")

    assert load_settings({}).warnings == ()
    assert tomllib.loads((home / "config.toml").read_text()) == {"encode": {"max_attempts": 7}}


@pytest.mark.parametrize("content", [b"encode = [", b"\xff\xfe\x00", b"a = " + b"[" * 5000])
def test_a_file_that_is_not_toml_leaves_the_defaults(home: Path, content: bytes) -> None:
    (home / "config.toml").write_bytes(content)

    loaded = load_settings({})

    assert loaded.settings.encode.max_attempts == 3
    assert "not TOML" in loaded.warnings[0]
    assert (home / "config.toml.bak").read_bytes() == content


def test_a_far_too_large_file_is_not_read(home: Path) -> None:
    (home / "config.toml").write_bytes(b"#" * (2 * 2**20))

    assert "too large" in load_settings({}).warnings[0]


def test_an_unknown_key_is_named_with_the_one_that_was_meant(home: Path) -> None:
    warnings = warnings_of(home, "[encode]\nfetch_thread = 4\n")

    assert "“encode.fetch_thread”" in warnings
    assert "Did you mean encode.fetch_threads?" in warnings


def test_a_group_that_is_not_a_table_is_named(home: Path) -> None:
    assert "[encode]" in warnings_of(home, "encode = 3\n")


def test_the_data_folder_cannot_be_set_in_the_file_it_holds(home: Path) -> None:
    assert "EVENTSNAP_HOME" in warnings_of(home, "home = '/elsewhere'\n")


def test_a_second_broken_file_does_not_overwrite_the_first_backup(home: Path) -> None:
    warnings_of(home, "one [")
    warnings_of(home, "two [")

    assert (home / "config.toml.bak").read_text() == "one ["
    assert (home / "config.toml.bak2").read_text() == "two ["


def test_thresholds_that_contradict_each_other_are_both_reset(home: Path) -> None:
    warnings = warnings_of(home, "[match]\nsure = 0.3\nmaybe = 0.4\n")

    assert "match.maybe" in warnings
    match = load_settings({}).settings.match
    assert match.sure is None
    assert match.maybe is None


def test_a_switch_is_not_a_number(home: Path) -> None:
    assert "encode.fetch_threads" in warnings_of(home, "[encode]\nfetch_threads = true\n")


@pytest.mark.parametrize(
    "line",
    [
        f"[storage]\nsecret_key = '{SECRET}'",
        f"[storage]\naccess_key = '{SECRET}'",
        f"[mail]\npassword = '{SECRET}'",
        f"[database]\nurl = 'postgresql://me:{SECRET}@host/db'",
        f"[database]\nurl = 'host=h password={SECRET}'",
        f"[database]\nurl = 'postgresql://me:{SECRET}/@host/db'",
    ],
)
def test_a_secret_in_the_file_is_not_taken_and_not_repeated(home: Path, line: str) -> None:
    warnings = warnings_of(home, line)

    assert "is a secret" in warnings
    assert SECRET not in warnings
    assert SECRET not in (home / "config.toml").read_text()
    assert (home / "config.toml.bak").stat().st_mode & 0o077 == 0
    settings = load_settings({}).settings
    assert settings.database.url is None
    assert settings.storage.secret_key is None
    assert settings.mail.password is None


def test_a_database_address_without_a_password_may_stand_in_the_file(home: Path) -> None:
    assert warnings_of(home, "[database]\nurl = 'postgresql://host/db'\n") == ""

    url = load_settings({}).settings.database.url
    assert url is not None
    assert url.get_secret_value() == "postgresql://host/db"


def test_secrets_are_left_out_when_the_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    values = {
        "database.url": f"postgresql://me:{SECRET}@host/db",
        "storage.secret_key": SECRET,
        "mail.password": SECRET,
        "storage.region": "eu",
    }

    write_config(path, values)

    assert tomllib.loads(path.read_text()) == {"storage": {"region": "eu"}}


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").touch()

    with pytest.raises(EventSnapError, match="cannot be saved"):
        write_config(tmp_path / "home" / "config.toml", {"storage.region": "eu"})


def test_a_config_file_that_is_a_folder_is_survived(home: Path) -> None:
    (home / "config.toml").mkdir()

    loaded = load_settings({})

    assert "cannot be read" in loaded.warnings[0]
    assert [path.name for path in home.iterdir()] == ["config.toml"]


def test_a_byte_order_mark_does_not_matter(home: Path) -> None:
    (home / "config.toml").write_bytes(b"\xef\xbb\xbflog_level = 'info'\n")

    assert load_settings({}).settings.log_level == "INFO"


NAMES = [name for name, _ in fields()]
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20),
    st.datetimes(),
    st.sampled_from(["cpu", "eu", "postgresql://h/d", "0.5", 8, 0.4, 64]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
    ),
    max_leaves=5,
)
FILES = st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text("abz", min_size=1)), VALUES)


def nested(flat: dict[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, value in flat.items():
        group, _, field = name.rpartition(".")
        place = table.setdefault(group, {}) if group else table
        if isinstance(place, dict):
            place[field] = value
    return table


@given(FILES)
def test_no_parsed_file_stops_the_program_and_the_second_look_is_clean(
    flat: dict[str, Any],
) -> None:
    survives(tomli_w.dumps(nested(flat)).encode())


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_program(content: bytes) -> None:
    survives(content)


def survives(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_bytes(content)
        before = read_config(path)

        first = load_settings({"home": folder})
        second = load_settings({"home": folder})

        assert second.settings == first.settings
        assert second.warnings == ()
        if first.warnings:
            assert (Path(folder) / "config.toml.bak").read_bytes() == content
        else:
            assert path.read_bytes() == content
            assert set(before.values) == {n for n, o in first.origins.items() if o == "file"}
