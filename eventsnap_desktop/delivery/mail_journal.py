"""Which e-mails a server has taken, written down at once, so that a killed program knows it."""

import logging
import time
from pathlib import Path

log = logging.getLogger(__name__)

_KEPT = 7 * 86_400.0  # seconds: longer than any delivery is tried
_TOO_LONG = 256 * 1024  # bytes; then the old lines are left out


class MailJournal:
    """A file of Message-IDs, which tell nothing of a guest; programs of one data folder share it.

    Between a server's answer and the note of it in the database lie some milliseconds, in which a
    program may be killed; a line is written in a fraction of one. What cannot be read or written
    is logged only: then an e-mail may come twice.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._shorten()

    def note(self, message_id: str) -> None:
        """Write down that an e-mail was taken: a line so short is written wholly or not at all."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab", buffering=0) as lines:
                lines.write(f"{time.time():.0f} {message_id}\n".encode())
        except OSError as error:
            log.warning("an e-mail that was taken was not written down: %s", type(error).__name__)

    def taken(self) -> set[str]:
        """Return the Message-IDs of the last days."""
        return {message_id for _, message_id in self._recent()}

    def _recent(self) -> list[tuple[float, str]]:
        try:
            text = self._file.read_text(encoding="ascii", errors="replace")
        except OSError:
            return []
        since = time.time() - _KEPT
        found = []
        for line in text.splitlines():
            when, _, message_id = line.partition(" ")
            if message_id and when.isdigit() and float(when) >= since:
                found.append((float(when), message_id))
        return found

    def _shorten(self) -> None:
        """Leave out what is old, when a program starts and the file has grown."""
        try:
            if not self._file.exists() or self._file.stat().st_size < _TOO_LONG:
                return
            kept = "".join(f"{when:.0f} {message_id}\n" for when, message_id in self._recent())
            new = self._file.with_suffix(".new")
            new.write_text(kept, encoding="ascii", errors="replace")
            new.replace(self._file)
        except OSError as error:
            log.info("the journal of e-mails was not shortened: %s", type(error).__name__)
