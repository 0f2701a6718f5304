"""Named queries, stored texts and notices."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.index.notices import notices
from eventsnap_desktop.index.queries import parse_queries, queries
from eventsnap_desktop.index.text import from_stored, to_stored

SQL_FILES = sorted(
    entry.name.removesuffix(".sql")
    for entry in (files("eventsnap_desktop.index") / "sql").iterdir()
)
FILE_NAMES = st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape"))


@given(FILE_NAMES | st.text())
def test_any_file_name_can_be_stored_and_comes_back(name: str) -> None:
    assert "\x00" not in to_stored(name)
    to_stored(name).encode()
    if not re.search("[\ud800-\udfff\U0010dc80-\U0010dcff\U0010fffd]", name):
        assert to_stored(name) == name.replace("\x00", "\U0010fffd")
    if not re.search("[\ud800-\udc7f\udd00-\udfff\U0010dc80-\U0010dcff\U0010fffd]", name):
        assert from_stored(to_stored(name)) == name


@given(st.lists(FILE_NAMES, unique=True))
def test_different_names_stay_different(names: list[str]) -> None:
    assert len({to_stored(name) for name in names}) == len(names)


@given(st.integers(1, 2**31 - 1), st.lists(st.integers(1, 2**63 - 1), max_size=2000))
def test_notices_hold_every_photo_and_are_short_enough_to_send(
    event: int, photos: list[int]
) -> None:
    payloads = notices(event, photos)
    assert all(len(payload.encode()) < 8000 for payload in payloads)
    assert all(json.loads(payload)["event"] == event for payload in payloads)
    assert [one for payload in payloads for one in json.loads(payload)["photos"]] == photos


def test_a_file_of_queries_is_split_by_names() -> None:
    text = "-- name: one\n-- The first.\nselect 1;\n\n-- name: two\n-- The second.\nselect\n  2\n"
    assert parse_queries(text) == {"one": b"select 1", "two": b"select\n  2"}


@pytest.mark.parametrize(
    "text",
    [
        "-- name: one\nselect 1;",
        "-- name: one\n-- Only a sentence.\n",
        "-- name: one\n-- A.\nselect 1;\n-- name: one\n-- B.\nselect 2;",
    ],
    ids=["no sentence", "no statement", "twice"],
)
def test_a_query_without_sentence_or_statement_or_with_a_taken_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_queries(text)


@pytest.mark.parametrize("name", SQL_FILES)
def test_every_query_takes_values_as_parameters_only(name: str) -> None:
    for query in queries(name).values():
        assert b"{" not in query
        # %% is a percent sign for PostgreSQL's format(), which quotes names.
        assert re.search(rb"%(?!\([a-z_]+\)s)", query.replace(b"%%", b"")) is None
