"""The page for phones, answered by a process of its own that this one starts and guards."""

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address
from threading import Event, Lock, Thread
from time import monotonic

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.kiosk_starting import program as this_program
from eventsnap_desktop.app.share_port import PortMemory
from eventsnap_desktop.app.share_reports import (
    ShareOrder,
    ShareReport,
    order_line,
    read_line,
    served_at,
)
from eventsnap_desktop.app.share_watch import ShareWatch, Watching
from eventsnap_desktop.delivery.share_address import is_address, phone_address, share_url
from eventsnap_desktop.delivery.share_listening import ask_who
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.outgoing import NotNowError, ShareToken
from eventsnap_desktop.index.address_names import database_name
from eventsnap_desktop.settings.secrets import reveal

log = logging.getLogger(__name__)

_STARTS_WITHIN = 60.0  # seconds that ``start`` waits to be able to say how it is
_ENDS_WITHIN = 15.0  # seconds, before the process is ended
_LONGEST_PAUSE = 30.0  # seconds between two starts
_LIVED = 60.0  # seconds after which a process that ends has not failed again

# CREATE_NO_WINDOW; 0 is what POSIX wants.
_WINDOWS_FLAGS = 0x0800_0000 if sys.platform == "win32" else 0

_UNKNOWN = ShareReport()


class Sharing:
    """One a process: ``start`` and ``stop`` block, the rest does not. Stopped before the index is.

    Fits flows/link_ports.PhonePage. Where another program of ours on this machine answers phones
    for the same database, it answers our links too, and when it ends our process takes its port
    over. A process that dies, or does not answer any more, is started again, on the same port:
    links that are out stay good. So do they when this program begins anew.
    """

    def __init__(
        self,
        program: Program,
        own_address: Callable[[], str] = phone_address,
        command: Sequence[str] | None = None,
        watching: Watching | None = None,
    ) -> None:
        self._settings = program.settings
        self._share = program.settings.share
        self._own_address = own_address
        self._command = [*(command or this_program()), "--share-child"]
        self._lock, self._ending, self._told = Lock(), Event(), Event()
        self._process: subprocess.Popen[str] | None = None
        self._threads: tuple[Thread, ...] = ()
        self._report = _UNKNOWN
        self._ports, self._name, self._port = PortMemory(program.settings.home), "", 0
        host, scheme = served_at(self._share)
        ask = partial(ask_who, host, scheme=scheme)
        self._watch = ShareWatch(
            lambda port, within: ask(port, within=within), watching or Watching()
        )
        self._stuck_at: datetime | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether phones are to be answered at all, by the settings."""
        return self._share.enabled

    @property
    def is_running(self) -> bool:
        """Whether phones are answered, by our process or another one of this machine."""
        return self._report.port > 0

    @property
    def is_own(self) -> bool:
        """Whether it is our process that answers, where phones are answered."""
        return self._report.is_own

    @property
    def problem(self) -> str:
        """Why phones are not answered, "" when they are or are not meant to be."""
        return self._report.problem

    @property
    def stuck_at(self) -> datetime | None:
        """When the page last had to be started again because it did not answer; None for never."""
        return self._stuck_at

    @property
    def address(self) -> str:
        """What links begin with, such as ``http://192.168.1.20:8473``; "" while none works."""
        port, share = self._report.port, self._share
        if not port:
            return ""
        host = share.host if _is_one(share.host) else self._own_address()
        scheme = "https" if share.certificate else "http"
        return share_url(share.public_url, scheme, host, port)

    @property
    def process_id(self) -> int | None:
        """The number of the process that is ours, None while there is none."""
        process = self._process
        return None if process is None else process.pid

    def link(self, token: ShareToken) -> str:
        """Return what a phone opens for a token; NotNowError while no phone is answered."""
        begins = self.address
        if not begins:
            raise NotNowError("The page for phones is not served at the moment")
        return f"{begins}/g/{token}"

    def start(self) -> None:
        """Begin to answer phones where that is set; ``problem`` says why it does not work."""
        if self.begin():
            self._told.wait(_STARTS_WITHIN)

    def begin(self) -> bool:
        """Have it begin beside; return whether it does: it may be switched off, or has begun."""
        with self._lock:
            if not self._share.enabled or self._threads:
                return False
            self._ending.clear()
            self._told.clear()
            self._threads = (
                Thread(target=self._keep_running, name="share-guard", daemon=True),
                Thread(target=self._keep_watching, name="share-watch", daemon=True),
            )
            for thread in self._threads:
                thread.start()
            return True

    def stop(self) -> None:
        """Answer no phone any more; links work again when somebody serves the page again."""
        with self._lock:
            threads, self._threads = self._threads, ()
            self._ending.set()
            self._hang_up()
            if self._process is not None and not self._told.is_set():
                self._process.terminate()  # it serves nobody yet, and may take long to be able to
        if not threads:
            return
        threads[0].join(_ENDS_WITHIN)
        if threads[0].is_alive():
            process = self._process
            if process is not None:
                log.warning("the phones' process does not end by itself and is ended")
                process.kill()
        for thread in threads:
            thread.join()
        self._report = _UNKNOWN

    def _keep_watching(self) -> None:
        """Have the process begin anew when the page that links name does not answer any more."""
        while not self._ending.wait(self._watch.pause):
            report = self._report
            if self._watch.is_stuck(report.port, report.is_own):
                with self._lock:
                    process = self._process
                is_same = report is self._report  # else it has begun anew while it was asked
                if process is not None and is_same and not self._ending.is_set():
                    log.warning("the page for phones does not answer and is started again")
                    self._stuck_at = datetime.now(UTC)
                    process.kill()

    def _keep_running(self) -> None:
        """Start the process again whenever it ends, with longer and longer pauses."""
        pause = 0.5
        while not self._ending.is_set():
            begun = monotonic()
            try:
                self._run_once()
            except (EventSnapError, OSError) as error:  # no memory, no process left, a keyring
                self._hear(ShareReport(problem=f"Phones cannot be answered ({_words(error)})"))
            if self._ending.is_set():
                break
            lived = monotonic() - begun > _LIVED
            pause = 0.5 if lived else min(pause * 2, _LONGEST_PAUSE)
            if self._report.problem:
                pause = _LONGEST_PAUSE  # it has said what is wrong: that takes somebody's time
            self._ending.wait(pause)

    def _run_once(self) -> None:
        url = reveal(self._settings, "database.url")
        self._name = database_name(url, self._settings.home)
        before = self._port or self._ports.recall(self._name, self._share.port)
        order = order_line(ShareOrder(self._settings, self._name, before))
        with self._lock:
            if self._ending.is_set():
                return
            process = self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                creationflags=_WINDOWS_FLAGS,
            )
        try:
            self._talk(process, order)
        finally:
            with self._lock:
                self._process = None

    def _talk(self, process: "subprocess.Popen[str]", order: str) -> None:
        """Say what to serve, and listen until the process ends."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(order)
            process.stdin.flush()
            for line in process.stdout:
                report = read_line(line)
                if report is not None:
                    self._hear(report)
        except (OSError, ValueError) as error:  # it ended, or we hung up
            log.debug("the phones' process cannot be talked to: %s", type(error).__name__)
        process.stdout.close()
        code = process.wait()
        with self._lock:
            self._hang_up()
        if not self._ending.is_set() and not self._report.problem:
            log.warning("the phones' process ended (%s) and is started again", code)
            self._report = _UNKNOWN

    def _hear(self, report: ShareReport) -> None:
        if report.port and report.port != self._port:
            self._port = report.port
            self._ports.note(self._name, self._share.port, self._port)
        if report.problem and report.problem != self._report.problem:
            log.warning("phones are not answered: %s", report.problem)
        self._report = report
        self._told.set()

    def _hang_up(self) -> None:
        """Close the pipe that tells the process that we live."""
        process = self._process
        if process is not None and process.stdin is not None:
            try:
                process.stdin.close()
            except OSError:
                log.debug("the phones' process had ended before")


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)


def _is_one(host: str) -> bool:
    """Whether phones can be told this host: not "" and not "all of them"."""
    return bool(host) and not (is_address(host) and ip_address(host).is_unspecified)
