"""The figures of an evening: how many photos came when, how fast, and who found some."""

from datetime import datetime, timedelta

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.overview import Bucket, Coverage
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.slices import choose_slices


class CoverageDesk:
    """The figures of one database; fits the flows' CoverageDesk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("coverage")

    def coverage(
        self, event_id: EventId, most_buckets: int, since: datetime | None = None
    ) -> Coverage:
        """Return the figures, in at most so many slices of time; DatabaseAwayError.

        The slices begin with the first photo that was taken at or after ``since``.
        """
        values = {"event": event_id}
        with self._database.transaction() as connection:
            connection.execute(queries("faces")["look_at_one_moment"])
            buckets, seconds = self._buckets(connection, event_id, most_buckets, since)
            guests = connection.execute(self._sql["guests"], values).fetchone()
            lags = connection.execute(self._sql["lags"], values).fetchone()
            rest = connection.execute(self._sql["rest"], values).fetchone()
        served, without, median = guests or (0, 0, None)
        median_lag, slow_lag = (lags[0] if lags else None) or (None, None)
        without_faces, waiting = rest or (0, 0)
        return Coverage(
            buckets=buckets,
            bucket_seconds=seconds,
            guests_served=served,
            guests_without=without,
            median_photos=median,
            median_lag=median_lag,
            slow_lag=slow_lag,
            photos_without_faces=without_faces,
            deliveries_waiting=waiting,
        )

    def _buckets(
        self,
        connection: Connection[TupleRow],
        event_id: EventId,
        most: int,
        since: datetime | None,
    ) -> tuple[tuple[Bucket, ...], int]:
        wanted = {"event": event_id, "since": since}
        span = connection.execute(self._sql["span"], wanted).fetchone()
        first, last = span or (None, None)
        if first is None or last is None:
            return (), 60
        start, seconds = choose_slices(first, last, most)
        values = {**wanted, "start": start, "width": timedelta(seconds=seconds)}
        rows = connection.execute(self._sql["slices"], values).fetchall()
        return _without_gaps(rows, start, last, timedelta(seconds=seconds)), seconds


def _without_gaps(
    rows: list[TupleRow], start: datetime, last: datetime, width: timedelta
) -> tuple[Bucket, ...]:
    filled = {begin: (photos, faces) for begin, photos, faces in rows}
    begins = [start + number * width for number in range((last - start) // width + 1)]
    return tuple(Bucket(begin, *filled.get(begin, (0, 0))) for begin in begins)
