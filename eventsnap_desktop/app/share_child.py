"""`--share-child`: the process that answers phones, for the kiosk or window that started it.

It has a process of its own because decoding and packing photos for a hundred phones would otherwise
hold up the pictures that a kiosk's guest sees of themselves (docs/delivery.md has the figures).
"""

import logging
import os
import signal
import sys
import threading
from argparse import Namespace
from contextlib import ExitStack
from functools import partial
from typing import IO

from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.giving_way import give_way
from eventsnap_desktop.app.share_reports import (
    PipeLog,
    ShareOrder,
    ShareReport,
    read_order,
    report_line,
    served_at,
)
from eventsnap_desktop.app.share_serving import SharedEvent, make_server, tls_of
from eventsnap_desktop.delivery.share_listening import (
    PATIENCE,
    Port,
    ask_who,
    find_port,
    listen,
    ports_from,
)
from eventsnap_desktop.delivery.share_server import open_certificate
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError, UsageError

log = logging.getLogger(__name__)

_LOOKS_EVERY = 1.0  # seconds, whether phones have to be answered by us
_WAITS_FOR_OTHERS = 60.0  # seconds, for a page of ours that hangs: its own program starts it again
_TRIES_EVERY = 3.0  # seconds, while the database is away
_LAST_SECONDS = 10.0


def run_share_child(chosen: Namespace) -> int:
    """Answer phones until the program that started us ends, or wants it."""
    del chosen
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for that program, which ends us
    order, up, parent = _take_pipes()
    ended = threading.Event()
    threading.Thread(target=_await_end, args=(parent, ended), name="parent", daemon=True).start()
    give_way()
    _log_to(PipeLog(up), order.settings.log_level)
    child = ShareChild(order, up, ended)
    try:
        return child.run()
    except EventSnapError as error:
        child.report(ShareReport(problem=str(error)))
        return ExitCode.COULD_NOT_RUN


class ShareChild:
    """Answers phones where nobody else of this machine does for the same database."""

    def __init__(self, order: ShareOrder, up: IO[str], ended: threading.Event) -> None:
        self._order, self._up, self._ended = order, up, ended
        self._reported: ShareReport | None = None
        self._host, self._scheme = served_at(order.settings.share)

    def run(self) -> int:
        """Wait for the turn, and answer phones; return the exit code."""
        wanted, before, patience = self._order.settings.share.port, self._order.port, PATIENCE
        tls = tls_of(self._order.settings.share)
        if tls is not None:
            open_certificate(tls)  # what is wrong with it is said before it is our turn
        with ExitStack() as stack:
            shared: SharedEvent | None = None
            while not self._ended.is_set():
                port = self._find(ports_from(wanted, before), patience)
                if port is None:
                    break
                if not port.is_free:
                    # Its links are out: that port is taken over, no other.
                    before, patience = port.number, _WAITS_FOR_OTHERS
                    self.report(ShareReport(port.number, is_own=False))
                    self._ended.wait(_LOOKS_EVERY)
                    continue
                if shared is None:
                    shared = self._open(stack)
                if shared is not None and not self._serve(shared, port.number):
                    return ExitCode.BUG  # the server ended by itself: begin anew
        return ExitCode.DONE

    def report(self, report: ShareReport) -> None:
        """Tell how it is, where that is new."""
        if report == self._reported:
            return
        self._reported = report
        try:
            self._up.write(report_line(report))
            self._up.flush()
        except (OSError, ValueError):
            self._ended.set()

    def _find(self, ports: list[int], patience: float) -> Port | None:
        ask = partial(ask_who, self._host, scheme=self._scheme)
        return find_port(self._host, ports, self._order.name, ask, self._ended.wait, patience)

    def _open(self, stack: ExitStack) -> SharedEvent | None:
        """Return what is served, None while the database is away."""
        try:
            return stack.enter_context(SharedEvent(self._order.settings))
        except TryAgainError as error:
            self.report(ShareReport(problem=str(error)))
            self._ended.wait(_TRIES_EVERY)
            return None

    def _serve(self, shared: SharedEvent, port: int) -> bool:
        """Answer phones until we are to end; False when the server ended by itself."""
        listening = listen(self._host, port)
        if listening is None:
            return True  # somebody else was faster
        server = make_server(shared, listening, self._order.name)
        server.start()
        wanted = self._order.settings.share.port
        if server.port == self._order.port != wanted:
            log.info("phones are answered on port %d, as before: links name it", server.port)
        elif server.port != wanted:
            log.warning("port %d is taken, phones are answered on %d", wanted, server.port)
        self.report(ShareReport(server.port))
        try:
            while server.is_running:
                if self._ended.wait(_LOOKS_EVERY):
                    return True
            return False
        finally:
            server.stop()


def _take_pipes() -> tuple[ShareOrder, IO[str], int]:
    """Return the order, the pipe up, and the one whose end is that of the program above us.

    Nothing is left in their places: what a library prints must not get into them.
    """
    parent, up = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(parent, 65536)
        if not piece:
            raise UsageError("--share-child is started by the program itself only")
        line += piece
    try:
        order = read_order(line.decode())
    except ValueError:  # not chained: it would repeat what was given
        raise UsageError("--share-child was told nothing that it can do") from None
    return order, os.fdopen(up, "w", encoding="utf-8"), parent


def _await_end(parent: int, ended: threading.Event) -> None:
    # os.read, not sys.stdin: a daemon thread must not hold a lock of Python's when it exits.
    while os.read(parent, 1024):
        pass
    ended.set()
    threading.Event().wait(_LAST_SECONDS)
    os._exit(ExitCode.DONE)


def _log_to(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    for one in list(root.handlers):
        root.removeHandler(one)
    root.addHandler(handler)
    root.setLevel(level)
    ours = logging.getLogger(__name__.partition(".")[0])
    ours.setLevel(min(logging.INFO, logging.getLevelName(level)))
    if sys.stderr is not None:
        sys.stderr.flush()
