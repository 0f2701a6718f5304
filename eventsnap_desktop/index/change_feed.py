"""Listens to what the database tells of changes, over every restart of it."""

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.errors import Cancelled, DatabaseAwayError, DatabaseRefusedError
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.work import Cancel, Patience
from eventsnap_desktop.index.database import ANSWER_WITHIN, Database
from eventsnap_desktop.index.failures import translated
from eventsnap_desktop.index.notices import read_notice
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.stoppable import connect_until

log = logging.getLogger(__name__)

# How long it takes at most until a wish to stop is noticed, in seconds.
_LOOK_EVERY = 0.1
_LONGEST_WAIT = 2.0


class ChangeFeed:
    """What changes in one database, by whomever; fits the flows' ChangeFeed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listen(
        self,
        on_notice: Callable[[Notice], None],
        on_state: Callable[[bool], None],
        cancel: Cancel,
    ) -> None:
        """Pass on every notice until ``cancel``; blocks, and returns within a quarter second.

        ``on_state`` is told False when the database is lost and True when it is there (again);
        after a loss one notice about EVERYTHING is passed on. A database that is away or refuses
        is tried again and again; an embedded one is started, which a wish to stop waits for.
        """
        state = _State(on_state)
        patience = Patience(math.inf, first=_LOOK_EVERY, longest=_LONGEST_WAIT)
        while not cancel.requested:
            try:
                with self._database.reviving(), self._listening(cancel) as connection:
                    patience.succeeded()
                    if state.is_there():
                        on_notice(Notice(Subject.EVERYTHING))
                    _pass_on(connection, on_notice, cancel)
            except Cancelled:
                return
            except (DatabaseAwayError, DatabaseRefusedError) as error:
                log.debug("changes are not heard of: %s", error.message)
                state.is_lost()
                cancel.wait(patience.next_wait() or _LONGEST_WAIT)

    @contextmanager
    def _listening(self, cancel: Cancel) -> Iterator[Connection[TupleRow]]:
        with translated():
            connection = connect_until(
                self._database.address, cancel, ANSWER_WITHIN, look_every=_LOOK_EVERY
            )
        try:
            with translated():
                connection.execute(queries("feed")["listen"])
            yield connection
        finally:
            connection.close()


class _State:
    """Whether the database is there; says so when that changes."""

    def __init__(self, on_state: Callable[[bool], None]) -> None:
        self._on_state = on_state
        self._there: bool | None = None

    def is_there(self) -> bool:
        """Note that it is there; return whether it was lost before."""
        was_lost = self._there is False
        self._change(True)
        return was_lost

    def is_lost(self) -> None:
        """Note that it is lost."""
        self._change(False)

    def _change(self, there: bool) -> None:
        if there is not self._there:
            self._there = there
            self._on_state(there)


def _pass_on(
    connection: Connection[TupleRow], on_notice: Callable[[Notice], None], cancel: Cancel
) -> None:
    while not cancel.requested:
        with translated():
            # Returns as soon as something was told, not only after its time.
            told = list(connection.notifies(timeout=_LOOK_EVERY, stop_after=1))
        for one in told:
            notice = read_notice(one.payload)
            if notice is None:
                log.debug("a notice of %s characters is none of ours", len(one.payload))
            else:
                on_notice(notice)
