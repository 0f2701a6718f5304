"""A database at any version of the schema, with rows in every table and in every column."""

from typing import Any

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from eventsnap_desktop.index.database import connect
from eventsnap_desktop.index.own_tables import own_tables
from eventsnap_desktop.index.schema import known_migrations, migrate

# What each version brought. Rows of version 1 are there whichever is made; a new migration adds
# what it made room for (test_upgrades.py says when a table has been forgotten).
_ROWS: dict[int, bytes] = {
    1: b"""
        insert into event (code, name, source, model_pack, settings, keep_until) values
            ('wedding', 'A wedding', 'minio://photos/wedding', repeat('a', 64),
                '{"kiosk": {"logo": "/nowhere/logo.png"}}', '2100-01-01 12:00+02'),
            ('empty', E'\\u00dcber "alles"\\n', '', null, '{}', null),
            ('fair', 'A fair', 'minio://photos/fair', repeat('b', 64), '{}', null);
        select create_face_partition(1), create_face_partition(2), create_face_partition(3);
        insert into photo (event_id, key, etag, bytes, modified_at, state, attempts, width, height,
            face_count, taken_at, encoded_at, content, failure) values
            (1, 'a.jpg', 'v1', 1000, '2026-05-01 12:00Z', 'encoded', 0, 600, 400, 2,
                '2026-05-01 12:00:00.123456Z', '2026-05-01 13:00Z', 'digest', null),
            (1, E'\\u00e4 \\t\\\\N.jpg', 'v2', 2000, '2026-05-01 12:01Z', 'failed', 3, null,
                null, 0, null, null, null, 'It is broken'),
            (1, 'c.jpg', 'v1', 3000, '2026-05-01 12:02Z', 'gone', 0, 600, 400, 0,
                null, null, null, null),
            (3, 'a.jpg', 'v1', 1000, '2026-05-01 12:00Z', 'encoded', 0, 600, 400, 1,
                null, '2026-05-01 13:00Z', 'digest', null);
        insert into face (event_id, photo_id, score, quality, embedding, box, landmarks)
        select event, photo, 0.9, 0.1 * number,
            (select array_agg(sin(number * n)::real / 16 order by n)
                from generate_series(1, 512) n)::halfvec,
            array[10.5, 20, 30, 40.25], array[1, 2, 3, 4, 5, 6, 7, 8, 9, 10.125]
        from (values (1, 1, 1), (1, 1, 2), (3, 4, 3)) as made (event, photo, number);
        insert into consent (event_id, kiosk, text_version, language)
        values (1, 'tent', '1', 'en'), (3, 'bar', '2', 'de');
        insert into session (event_id, consent_id, kiosk, ended_at, matches, outcome)
        values (1, 1, 'tent', '2026-05-01 14:00Z', 3, 'left'), (3, 2, 'bar', null, null, null);
        insert into outbox (event_id, session_id, kind, payload, state, attempts, next_try_at,
            last_error, idempotency_key) values
            (1, 1, 'email', '{"photos": [1], "to": ["a@x.org"]}', 'done', 0, now(), null, 'x'),
            (1, 1, 'email', '{"photos": [1], "to": ["b@x.org"]}', 'waiting', 2, now(), 'Away', 'y'),
            (3, 2, 'print', '{"photos": [4], "printer": "p", "copies": 1}', 'failed', 1, now(),
                'Out of paper', 'z');
        insert into event (code, name) values ('deleted', '');
        delete from event where code = 'deleted';
    """,
    2: b"""
        update event set archived = true, cover = 'a.jpg', deliveries_paused = true
        where code = 'fair';
        update photo set hidden = true where key = 'c.jpg';
        insert into kiosk (event_id, name, state, detail) values (1, 'tent', 'idle', 'so so');
    """,
    3: b"update photo set slideshow = true where event_id = 3;",
    4: b"""
        update outbox set done_at = now() where state = 'done';
        update outbox set claimed_by = 'gone', claimed_until = now() + interval '1 hour',
            failing_since = now(), detail = 'Sending' where state = 'waiting';
        insert into share (token_hash, event_id, session_id, language, photos, expires_at)
        values (sha256('token'), 1, 1, 'de', '[{"id": 1, "faces": [[1, 2, 3, 4]]}]',
            now() + interval '1 day');
    """,
    5: b"update outbox set handed_over = true where kind = 'print';",
    6: b"update share set opened = true;",
    7: b"""
        insert into withdrawal (id, deleted_event, key, payload, sheets, claimed_by, claimed_until,
            taken_back) values
            (9001, 9, 'k', '{"photos": [1], "printer": "p", "copies": 1}', 1, null, null, null),
            (9002, 9, 'l', '{"photos": [2], "printer": "p", "machine": "m"}', 2, 'me', now(), 2);
    """,
}

Rows = dict[str, list[dict[str, Any]]]
"""The rows of every table, by column, in one order."""


def make_database(url: str, version: int) -> None:
    """Bring an empty database to a version of the schema, and fill it."""
    with connect(url) as connection:
        migrate(connection, known_migrations()[:version])
        for number in range(1, version + 1):
            if number in _ROWS:
                connection.execute(_ROWS[number])


def rows_of(url: str) -> Rows:
    """Return everything that is stored."""
    with psycopg.connect(url, options="-c timezone=UTC") as connection:
        return {table.name: _rows(connection, table.name) for table in own_tables(connection)}


def with_columns_of(older: Rows, newer: Rows) -> Rows:
    """Return the newer rows with those tables and columns only that the older ones have."""
    return {
        table: [{name: row[name] for name in rows[0]} for row in newer[table]] if rows else []
        for table, rows in older.items()
    }


def _rows(connection: Connection[TupleRow], table: str) -> list[dict[str, Any]]:
    query = sql.SQL("select to_jsonb(t) from {} t order by t::text").format(sql.Identifier(table))
    return [row[0] for row in connection.execute(query)]
