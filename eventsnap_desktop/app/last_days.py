"""Remembers until when the events were kept that this machine encoded.

A service that is started anew each time the machine is would otherwise begin an event again that
was deleted on its day, with all faces, and without a day.
"""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

from eventsnap_desktop.domain.errors import UsageError

log = logging.getLogger(__name__)


class LastDays:
    """The days by events' codes, in a small file of the data folder."""

    def __init__(self, home: Path) -> None:
        self._file = home / "last-days.json"

    def note(self, code: str, keep_until: datetime | None) -> None:
        """Remember an event's day, or that it has none."""
        days = self._read()
        before = dict(days)
        if keep_until is None:
            days.pop(code, None)
        else:
            days[code] = keep_until.astimezone(UTC).isoformat()
        if days == before:
            return
        part = self._file.with_suffix(".part")
        try:
            part.write_text(json.dumps(days, indent=2) + "\n", encoding="utf-8")
            part.replace(self._file)
        except OSError as error:
            log.warning("an event's day cannot be remembered: %s", error.strerror)

    def check_not_over(self, code: str) -> None:
        """Raise UsageError for an event whose day is over; to be asked where it is not there."""
        try:
            day = datetime.fromisoformat(self._read()[code])
        except (KeyError, ValueError):
            return
        if day <= datetime.now(UTC):
            raise UsageError(
                f"The event {code} was kept until {day:%Y-%m-%d} and is deleted: it is not begun "
                "anew by itself",
                "Choose another code, or make the event in the organizer's window.",
            )

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        days = found if isinstance(found, dict) else {}
        return {code: day for code, day in days.items() if isinstance(day, str)}
