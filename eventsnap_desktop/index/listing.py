"""Takes a source's listing into the database and compares it with the photos there."""

from collections.abc import Iterable

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import SourcePhoto, SyncCounts
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import to_stored


def copy_listing(connection: Connection[TupleRow], listing: Iterable[SourcePhoto]) -> None:
    """Stream a listing into a table that vanishes with the caller's transaction.

    The client holds one photo at a time. What the listing raises comes through.
    """
    sql = queries("sync")
    connection.execute(sql["create_listing"])
    with connection.cursor() as cursor, cursor.copy(sql["copy_listing"]) as copy:
        copy.set_types(["text", "text", "int8", "timestamptz"])
        for photo in listing:
            copy.write_row(
                (to_stored(photo.key), to_stored(photo.etag), photo.size, photo.modified)
            )
    connection.execute(sql["analyze_listing"])
    connection.execute(sql["drop_repeats"])


def compare_listing(
    connection: Connection[TupleRow], event_id: EventId, max_attempts: int
) -> tuple[SyncCounts, list[int]]:
    """Bring the photos in line with the copied listing; return the counts and who left.

    Runs in the caller's transaction, under the event's lock. Writes no row that stays as it was.
    """
    sql = queries("sync")
    values = {"event": event_id, "max_attempts": max_attempts}
    found = _one_row(connection, sql["count_listing"], values)[0]
    changed, back = _one_row(connection, sql["change"], values)
    connection.execute(sql["retry"], values)
    new = connection.execute(sql["insert_new"], values).rowcount
    gone = [row[0] for row in connection.execute(sql["remove_missing"], values)]
    counts = SyncCounts(found, new + back, changed, len(gone), found - new - back - changed)
    return counts, gone


def _one_row(
    connection: Connection[TupleRow], query: bytes, values: dict[str, int]
) -> tuple[int, ...]:
    row = connection.execute(query, values).fetchone()
    return tuple(row or ())
