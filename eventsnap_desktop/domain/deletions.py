"""What a deleted event leaves: a receipt, and sheets that printers must not print any more."""

from dataclasses import dataclass

from eventsnap_desktop.domain.events import EventCounts


@dataclass(frozen=True, slots=True)
class SheetsOfDeleted:
    """What became of a deleted event's sheets that may have waited at print servers.

    ``back`` were taken back, ``left`` may still come out at this machine, ``why`` says what kept
    them from being taken back; ``elsewhere`` were ordered at other machines and are left to these.
    """

    back: int = 0
    left: int = 0
    elsewhere: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """An event that was deleted: what there was of it, and what became of its waiting sheets."""

    counts: EventCounts
    sheets: SheetsOfDeleted
