"""Connects to the database so that the wish to stop is noticed while the server is silent."""

from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from time import monotonic

from psycopg import Connection, OperationalError, pq
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.work import Cancel


def connect_until(
    address: str, cancel: Cancel, seconds: float, look_every: float
) -> Connection[TupleRow]:
    """Return a connection in autocommit mode; Cancelled, or psycopg.OperationalError.

    psycopg's own ``connect`` would wait for a server whose cable was pulled, whatever is wished.
    These are the steps of libpq's manual, section "Database Connection Control Functions".
    """
    raw = pq.PGconn.connect_start(address.encode())
    try:
        _poll(raw, cancel, seconds, look_every)
    except BaseException:
        raw.finish()
        raise
    raw.nonblocking = 1
    connection: Connection[TupleRow] = Connection(raw)
    connection.autocommit = True
    return connection


def _poll(raw: pq.abc.PGconn, cancel: Cancel, seconds: float, look_every: float) -> None:
    deadline = monotonic() + seconds
    waits_for = pq.PollingStatus.WRITING
    if raw.status == pq.ConnStatus.BAD:
        raise OperationalError(raw.get_error_message())
    while waits_for != pq.PollingStatus.OK:
        if waits_for == pq.PollingStatus.FAILED:
            raise OperationalError(raw.get_error_message())
        if _is_ready(raw.socket, waits_for, look_every):
            waits_for = pq.PollingStatus(raw.connect_poll())
        cancel.raise_if_requested()
        if monotonic() > deadline:
            raise OperationalError("the server does not answer")


def _is_ready(socket: int, waits_for: pq.PollingStatus, seconds: float) -> bool:
    event = EVENT_READ if waits_for == pq.PollingStatus.READING else EVENT_WRITE
    # Made anew each time: libpq may have gone on to another socket.
    with DefaultSelector() as selector:
        selector.register(socket, event)
        return bool(selector.select(seconds))
