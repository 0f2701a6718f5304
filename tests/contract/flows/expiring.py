"""Events that end by their date, as tests of several folders make them."""

from datetime import UTC, datetime, timedelta

import psycopg

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.index.opening import Index


def in_days(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def add_event(
    index: Index, code: str, keep_until: datetime | None, source: str = "folder:/photos"
) -> Event:
    return index.organizing.add(code, EventDetails(code.title(), source, keep_until, None))


def announced(url: str, hours: float = 24) -> None:
    """Have all that was announced been announced so many hours earlier."""
    with psycopg.connect(url) as connection:
        connection.execute(
            """update event set settings = jsonb_set(settings, '{expiry,warned_at}',
                to_jsonb((settings #>> '{expiry,warned_at}')::double precision - %s * 3600))
            where settings ? 'expiry'""",
            [hours],
        )
