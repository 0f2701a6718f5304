"""A database of every earlier version is brought up to date with all that is in it."""

import numpy as np
import pytest

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.events import EventCounts
from eventsnap_desktop.domain.guests import SessionId
from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.opening import open_index
from eventsnap_desktop.index.own_tables import own_tables, table_names
from eventsnap_desktop.index.schema import known_migrations, schema_version
from tests.contract.index.older_rows import make_database, rows_of, with_columns_of
from tests.contract.index.test_schema import dump

NEWEST = len(known_migrations())
VERSIONS = range(1, NEWEST + 1)


@pytest.mark.parametrize("version", VERSIONS)
def test_opening_an_earlier_version_keeps_every_row_and_makes_the_newest_schema(
    empty_database_url: str, database_url: str, version: int
) -> None:
    make_database(empty_database_url, version)
    before = rows_of(empty_database_url)

    with open_index(empty_database_url):
        pass

    assert with_columns_of(before, rows_of(empty_database_url)) == before
    with connect(empty_database_url) as connection:
        assert schema_version(connection) == NEWEST
        connection.execute("select drop_face_partition(id) from event")
    assert dump(empty_database_url) == dump(database_url)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_version_can_be_worked_with(empty_database_url: str, version: int) -> None:
    make_database(empty_database_url, version)

    with open_index(empty_database_url) as index:
        event = index.events.find_event("wedding")
        assert index.events.counts(event.id) == EventCounts(0, 1, 1, 1, 0, 2)
        [first, second] = index.faces.search(event.id, _vector_of_a_face(index_of=1), -1.0)
        assert (first.key, round(first.similarity, 2)) == ("a.jpg", 1.0)
        assert second.similarity < 0.5
        assert len(index.guests.deliveries(SessionId(1))) == 2
        assert index.deliveries.counts(event.id).waiting == 1
        new = index.events.create_event("new", "", "")
        assert new.id > 4  # of one that was deleted
        index.events.delete_event(event.id)
        assert {one.code for one in index.events.list_events()} == {"empty", "fair", "new"}


def test_the_rows_that_are_tried_fill_every_table(empty_database_url: str) -> None:
    make_database(empty_database_url, NEWEST)

    assert not [name for name, rows in rows_of(empty_database_url).items() if not rows]


def test_every_table_is_known_as_ours_and_stands_after_those_it_refers_to(
    database_url: str,
) -> None:
    with connect(database_url) as connection:
        found = connection.execute("""
            select relname from pg_class where relkind in ('r', 'p') and not relispartition
                and relnamespace = 'public'::regnamespace
        """)
        names = {name for (name,) in found}
        order = [table.name for table in own_tables(connection)]
    assert names - {"schema_version"} == set(order) == set(table_names())
    for later, earlier in (("face", "event"), ("session", "consent"), ("outbox", "session")):
        assert order.index(later) > order.index(earlier)


def _vector_of_a_face(index_of: int) -> Embedding:
    vector = np.sin(index_of * np.arange(1, 513, dtype=np.float64)) / 16
    return (vector / np.linalg.norm(vector)).astype(np.float32)
