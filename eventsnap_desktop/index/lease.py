"""Holds an event for encoding by a lock that the server frees as soon as its holder is gone."""

import logging
from contextlib import suppress
from datetime import datetime
from threading import Lock

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.errors import EventBusyError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.index.failures import translated
from eventsnap_desktop.index.queries import queries

log = logging.getLogger(__name__)


class Lease:
    """A session-level advisory lock on a connection of its own; safe for several threads.

    The lock ends with the connection: when the holder is killed, and when the server restarts.
    ``ensure`` takes it again in the second case.
    """

    def __init__(self, address: str, event_id: EventId) -> None:
        self._address, self._event_id = address, event_id
        self._guard = Lock()
        self._connection: Connection[TupleRow] | None = None
        self._before: tuple[int, datetime] | None = None

    def ensure(self) -> None:
        """Make sure that the event is ours, or raise EventBusyError or DatabaseAwayError."""
        with self._guard, translated():
            if not self._is_alive():
                self._take()

    def release(self) -> None:
        """Let others encode the event; never raises."""
        with self._guard:
            if self._connection is not None:
                # The server notices a closed connection a moment later; this it has done at once.
                with suppress(psycopg.Error):
                    self._connection.execute(queries("lease")["release"])
            self._close()

    def _is_alive(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(queries("lease")["ping"])
        except psycopg.Error:
            self._close()
            return False
        return True

    def _take(self) -> None:
        named = queries("lease")
        connection = psycopg.connect(self._address, autocommit=True)
        try:
            # So that the server notices within seconds when the holder's machine is gone.
            connection.execute(named["notice_loss"])
            if self._before is not None:
                # The server may not know yet that our connection before this one broke.
                pid, since = self._before
                connection.execute(named["end_former"], {"pid": pid, "since": since})
            row = connection.execute(named["take"], {"event": self._event_id}).fetchone()
            if row is None or not row[0]:
                raise EventBusyError(
                    "The event is being encoded by another process",
                    "Wait until it is done, or stop it.",
                )
            me = connection.execute(named["me"]).fetchone()
        except BaseException:
            connection.close()
            raise
        self._connection, self._before = connection, None if me is None else (me[0], me[1])
        log.debug("event %s is held for encoding", self._event_id)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
