"""Links for phones in the database: unguessable, stored as hashes only, and over at their time."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from psycopg.types.json import Jsonb

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import SessionId
from eventsnap_desktop.domain.outgoing import OutgoingPhoto, Share, ShareToken
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.shared_links import LinkFigures, LinkId, SharedLink
from eventsnap_desktop.index.database import Database
from eventsnap_desktop.index.events import deleted_event
from eventsnap_desktop.index.outgoing_photos import (
    photos_from_json,
    photos_to_json,
    read_photos,
    to_outgoing,
)
from eventsnap_desktop.index.output_settings import branding_from_json
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.text import from_stored, to_stored

_BYTES = 32
_LARGEST_ID = 2**63 - 1


class ShareDesk:
    """The links of one database; fits the flows' ShareDesk and LinkDesk, and the page's ShareBook.

    Every method may raise DatabaseAwayError, and can then be repeated.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = queries("shares")

    def share(
        self,
        event_id: EventId,
        session: SessionId | None,
        photos: Sequence[OutgoingPhoto],
        language: str,
        expires_at: datetime,
    ) -> ShareToken:
        """Make a link to photos, and forget those that ended long ago; UnknownEventError."""
        token = ShareToken(secrets.token_urlsafe(_BYTES))
        values = {
            "hash": _hash(token),
            "event": event_id,
            "session": session,
            "language": to_stored(language),
            "photos": Jsonb(photos_to_json(photos)),
            "expires": expires_at,
        }
        with self._database.connection() as connection:
            connection.execute(self._sql["forget_old"])
            if connection.execute(self._sql["add"], values).fetchone() is None:
                raise deleted_event()
        return token

    def show_also(self, token: ShareToken, photos: Sequence[OutgoingPhoto]) -> None:
        """Replace the photos of a link; nothing where it does not work any more."""
        values = {"hash": _hash(token), "photos": Jsonb(photos_to_json(photos))}
        with self._database.connection() as connection:
            connection.execute(self._sql["replace"], values)

    def find(self, token: ShareToken) -> Share | None:
        """Return what a link shows, None when there is none, it is over, or was revoked."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["find"], {"hash": _hash(token)}).fetchone()
            if row is None:
                return None
            event, code, language, stored, expires, name, settings = row
            photos = read_photos(connection, EventId(event), photos_from_json(stored))
        return Share(
            event_id=EventId(event),
            event_code=from_stored(code),
            language=from_stored(language),
            photos=photos,
            expires_at=expires,
            branding=branding_from_json(from_stored(name), settings),
        )

    def stamp(self, token: ShareToken) -> str | None:
        """Return what changes whenever ``find`` returns something else; None where it does None."""
        with self._database.connection() as connection:
            row = connection.execute(self._sql["stamp"], {"hash": _hash(token)}).fetchone()
        return None if row is None else str(row[0])

    def revoke(self, event_id: EventId, token: ShareToken | None = None) -> int:
        """Have a link, or all of an event, not work any more; return how many did."""
        values = {"event": event_id, "hash": None if token is None else _hash(token)}
        with self._database.connection() as connection:
            return connection.execute(self._sql["revoke"], values).rowcount

    def note_opened(self, token: ShareToken) -> None:
        """Note that a link's page was shown: that, and not when or by whom."""
        with self._database.connection() as connection:
            connection.execute(self._sql["note_opened"], {"hash": _hash(token)})

    def links(self, event_id: EventId, limit: int) -> list[SharedLink]:
        """Return the links that work, newest first."""
        with self._database.connection() as connection:
            values = {"event": event_id, "limit": limit}
            rows = connection.execute(self._sql["links"], values).fetchall()
        return [
            SharedLink(LinkId(number), created, expires, photos, opened, from_stored(kiosk))
            for number, created, expires, photos, opened, kiosk in rows
        ]

    def figures(self, event_id: EventId, since: datetime) -> LinkFigures:
        """Return how many links work, and how many were made since a time."""
        with self._database.connection() as connection:
            values = {"event": event_id, "since": since}
            row = connection.execute(self._sql["figures"], values).fetchone()
        return LinkFigures(*(row or ()))

    def end(self, event_id: EventId, links: Sequence[LinkId]) -> int:
        """Have some links not work any more; return how many did."""
        values = {"event": event_id, "hashes": [bytes.fromhex(one) for one in links]}
        with self._database.connection() as connection:
            return connection.execute(self._sql["end"], values).rowcount

    def photo(self, token: ShareToken, photo: PhotoId) -> OutgoingPhoto | None:
        """Return one photo of a link that works, None for any other."""
        if not 0 < photo <= _LARGEST_ID:
            return None
        values = {"hash": _hash(token), "photo": int(photo)}
        with self._database.connection() as connection:
            row = connection.execute(self._sql["photo"], values).fetchone()
        if row is None:
            return None
        return to_outgoing(row[:5], photos_from_json(row[5]).get(photo, ()))


def _hash(token: ShareToken) -> bytes:
    """Return what is stored of a token. It is random, so that a plain hash cannot be turned back.

    Any text is taken, whatever somebody puts into an address.
    """
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
