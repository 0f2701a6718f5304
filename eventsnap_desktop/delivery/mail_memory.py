"""What this process remembers of e-mails it could not send completely, until they are."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from eventsnap_desktop.delivery.mail_journal import MailJournal

_MOST = 1000
"""Deliveries to remember at once; one of more that is forgotten is sent completely again."""


@dataclass(slots=True)
class JobMemory:
    """Of one delivery: the Message-IDs that were taken, who was refused and why, its link.

    ``link_until`` is when the link ends.
    """

    taken: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    link: str = ""
    link_until: datetime | None = None


class MailMemory:
    """Remembers by a delivery's key; only Message-IDs outlive the program, in the journal."""

    def __init__(self, journal: MailJournal | None = None) -> None:
        self._journal = journal
        self._jobs: OrderedDict[str, JobMemory] = OrderedDict()
        self._lock = Lock()

    def of(self, key: str) -> JobMemory:
        """Return what is known of a delivery; changes to it are remembered."""
        with self._lock:
            found = self._jobs.get(key)
            if found is None:
                taken = self._journal.taken() if self._journal is not None else set()
                found = self._jobs[key] = JobMemory(taken)
            self._jobs.move_to_end(key)
            while len(self._jobs) > _MOST:
                self._jobs.popitem(last=False)
            return found

    def took(self, memory: JobMemory, message_id: str) -> None:
        """Note that the server took an e-mail, as soon as it has said so."""
        memory.taken.add(message_id)
        if self._journal is not None:
            self._journal.note(message_id)

    def forget(self, key: str) -> None:
        """Forget a delivery: it is made."""
        with self._lock:
            self._jobs.pop(key, None)
