"""What the organizer sees of one delivery when they look closer, and of a day's deliveries."""

from dataclasses import dataclass, field
from datetime import datetime

from eventsnap_desktop.domain.deliveries import Delivery
from eventsnap_desktop.domain.photos import PhotoId


@dataclass(frozen=True, slots=True)
class DeliveryDetails:
    """One delivery with what names the guest: only for whoever asks for this one.

    ``addresses`` are an e-mail's; ``copies`` and ``printer`` a print's. ``done_at`` is when it was
    made; ``is_in_work`` says that a process makes it now.
    """

    delivery: Delivery
    photos: tuple[PhotoId, ...]
    language: str
    done_at: datetime | None
    is_in_work: bool
    # No address gets into a log with a repr.
    addresses: tuple[str, ...] = field(default=(), repr=False)
    copies: int = 1
    printer: str = ""


@dataclass(frozen=True, slots=True)
class OutboxDay:
    """What an event handed out since a time, and what has to wait.

    ``mails`` are counted by address, ``prints`` by sheet, ``shares`` by link. ``waiting_mails`` are
    e-mails that are due and were not sent, whenever they were asked for.
    """

    mails: int = 0
    prints: int = 0
    shares: int = 0
    failed: int = 0
    waiting_mails: int = 0
