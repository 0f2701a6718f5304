"""Starts the kiosk's program, starts it again after a crash or a hang, and ends it gently."""

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.kiosk_alive import AliveFile
from eventsnap_desktop.domain.errors import EventSnapError

log = logging.getLogger(__name__)

_COULD_NOT_START = (ExitCode.COULD_NOT_RUN, ExitCode.USAGE)
_FIRST_CRASHES = 5  # in a row, of a kiosk that was never up: a library is missing, for example


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits, all in seconds.

    A crash within ``soon`` after a start counts as "again". A kiosk that is up may be ``silent``
    for so long, one that starts may take ``starting`` (a large database recovers for minutes).
    ``gentle`` is the time it gets to end by itself: one that is just opening its database must have
    opened it before it can stop it.
    """

    soon: float = 20.0
    longest_pause: float = 30.0
    silent: float = 60.0
    starting: float = 600.0
    gentle: float = 60.0
    look_every: float = 0.2


class Supervisor:
    """Guards one program. ``check`` raises EventSnapError when there is no use in another start."""

    def __init__(
        self,
        command: Sequence[str],
        alive: AliveFile,
        check: Callable[[], None],
        patience: Patience | None = None,
    ) -> None:
        self._command, self._alive, self._check = list(command), alive, check
        self._patience = patience or Patience()
        self._stop = threading.Event()
        self._stopped_by = 0
        self._was_up = False
        self._reason = ""

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End the program gently, and then ``run``; may be called by a signal's handler."""
        self._stopped_by = number
        self._stop.set()

    def run(self) -> int:
        """Guard until the program ends on purpose or is stopped; return the exit code.

        A program that was up once is started again for ever. EventSnapError when it crashes again
        and again without having been up at all.
        """
        crashes = 0
        while True:
            self._check()
            begin = time.monotonic()
            code = self._run_once()
            if self._stop.is_set():
                return self._stopped_code()
            if code in (ExitCode.DONE, ExitCode.STOPPED):
                return code
            if code in _COULD_NOT_START and not self._was_up:
                return code
            if code == ExitCode.RESTART or time.monotonic() - begin >= self._patience.soon:
                crashes = 0
            crashes += 1
            if crashes >= _FIRST_CRASHES and not self._was_up:
                raise EventSnapError(
                    f"The kiosk cannot start: {self._reason}, {crashes} times",
                    "What it said before may tell why; see also the log.",
                )
            pause = self._pause(crashes - 1)
            log.warning("the kiosk is started again in %s s: %s", pause, self._reason)
            if self._stop.wait(pause):
                return self._stopped_code()

    def _pause(self, crashes: int) -> float:
        """Return 0, 1, 2, 4, … seconds up to the longest."""
        if crashes == 0:
            return 0.0
        return min(2.0 ** min(crashes - 1, 10), self._patience.longest_pause)

    def _stopped_code(self) -> int:
        return ExitCode.STOPPED if self._stopped_by == signal.SIGINT else ExitCode.DONE

    def _run_once(self) -> int:
        try:
            self._alive.prepare()
            process = subprocess.Popen(self._command, stdin=subprocess.PIPE)
        except OSError as error:  # no memory, no process left: it may pass
            if not self._was_up:
                raise EventSnapError(f"The kiosk cannot be started ({error.strerror})") from error
            self._reason = f"it could not be started ({type(error).__name__})"
            return -1
        log.info("the kiosk's program runs as process %s", process.pid)
        try:
            code = self._watch(process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            self._hang_up(process)
        return code

    def _watch(self, process: "subprocess.Popen[bytes]") -> int:
        """Look after the program until it has ended, by itself or by us; return its exit code."""
        stamp, quiet, last = 0, 0.0, time.monotonic()
        while process.poll() is None:
            if self._stop.wait(self._patience.look_every):
                return self._end(process)
            now = time.monotonic()
            # A machine that slept has not been silent: one look counts for a second at most.
            quiet, last = quiet + min(now - last, 1.0), now
            seen = self._alive.stamp()
            if seen != stamp:
                stamp, quiet = seen, 0.0
            limit = self._patience.silent if stamp else self._patience.starting
            if quiet > limit:
                process.kill()
                process.wait()
                self._was_up = self._was_up or stamp != 0
                self._reason = f"no sign of life for {limit:g} s"
                return -1
        self._was_up = self._was_up or self._alive.stamp() != 0
        self._reason = explain(process.returncode)
        return process.returncode

    def _end(self, process: "subprocess.Popen[bytes]") -> int:
        log.info("the kiosk ends")
        if sys.platform == "win32":  # its terminate() would not be gentle
            self._hang_up(process)
        else:
            process.terminate()
        try:
            return process.wait(self._patience.gentle)
        except subprocess.TimeoutExpired:
            log.warning("the kiosk does not end by itself and is ended")
            process.kill()
            return process.wait()

    def _hang_up(self, process: "subprocess.Popen[bytes]") -> None:
        """Close the pipe that tells the program that we live."""
        if process.stdin is not None:
            process.stdin.close()


def explain(code: int) -> str:
    """Return how a program ended, for the log."""
    if code == ExitCode.RESTART:
        return "a restart is wanted"
    if code < 0:
        try:
            return f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"it was ended by signal {-code}"
    return f"it ended with code {code}" if code < 2**16 else f"it ended with code {code:#x}"
