"""What delivering needs of the index, of photo sources, and of the ways photos leave."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from eventsnap_desktop.domain.deletions import SheetsOfDeleted
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.guests import SessionId
from eventsnap_desktop.domain.outgoing import (
    Branding,
    DeliveryJob,
    OutgoingPhoto,
    OutputSettings,
    PrintPlaces,
    Share,
    ShareToken,
    TakenBack,
    Withdrawal,
)
from eventsnap_desktop.domain.photos import PhotoId


class Outbox(Protocol):
    """The deliveries that wait, shared by all processes. Methods may raise DatabaseAwayError."""

    def claim(
        self,
        kinds: Sequence[DeliveryKind],
        places: PrintPlaces,
        lease: float,
        event_id: EventId | None = None,
    ) -> DeliveryJob | None:
        """Take on the delivery that is due longest, for ``lease`` seconds; None when none is due.

        Prints only of these ``places``. Nobody else gets it meanwhile; when this process ends, the
        lease does. Events whose deliveries are paused are left alone.
        """

    def claim_withdrawal(
        self, places: PrintPlaces, lease: float, event_id: EventId | None = None
    ) -> Withdrawal | None:
        """Take on a print that is not to be made after a try; None when there is none.

        It was given up or cancelled, or its event was deleted.
        """

    def withdrawn(self, number: DeliveryId, after: float = 0.0, back: int = 0) -> None:
        """Note that nothing of a print waits any more, or to look again in so many seconds.

        ``back`` is how many sheets were taken back.
        """

    def sheets_of_deleted(self, event_id: EventId, machine: str) -> SheetsOfDeleted:
        """Return what became of a deleted event's sheets, as seen from a machine, without why."""

    def keep(self, job: DeliveryJob, lease: float) -> bool:
        """Extend the lease; False when the delivery was cancelled or taken over meanwhile."""

    def tell(self, job: DeliveryJob, sentence: str) -> None:
        """Store how far it is, for guest and organizer: such as a code of domain/progress words."""

    def done(self, job: DeliveryJob) -> None:
        """Note that it was made; nothing where it was cancelled meanwhile."""

    def try_again(self, job: DeliveryJob, sentence: str, after: float) -> None:
        """Note why it did not work, and that it is due again in so many seconds."""

    def put_off(self, job: DeliveryJob, after: float = 0.0, sentence: str | None = None) -> None:
        """Give back what was not tried: due in so many seconds, 0 for at once."""

    def is_cancelled(self, job: DeliveryJob) -> bool:
        """Tell whether it was cancelled since it was taken on, or deleted with its event."""

    def hurry(self, kinds: Sequence[DeliveryKind]) -> int:
        """Have what failed before tried now: what it waited for works again; return how many."""

    def failed(self, job: DeliveryJob, sentence: str) -> None:
        """Note that it cannot be made."""

    def output_settings(self, event_id: EventId) -> OutputSettings:
        """Return what is set for what leaves the event."""

    def branding(self, event_id: EventId) -> Branding:
        """Return what the event puts on what it hands out."""

    def mails_of_today(self, event_id: EventId) -> int:
        """Return how many e-mails of the event were sent since midnight, local time."""


class ShareDesk(Protocol):
    """Links for phones. Methods may raise DatabaseAwayError."""

    def share(
        self,
        event_id: EventId,
        session: SessionId | None,
        photos: Sequence[OutgoingPhoto],
        language: str,
        expires_at: datetime,
    ) -> ShareToken:
        """Make a link to photos; only its hash is stored."""

    def show_also(self, token: ShareToken, photos: Sequence[OutgoingPhoto]) -> None:
        """Replace the photos of a link: new ones came while the guest looked."""

    def find(self, token: ShareToken) -> Share | None:
        """Return what a link shows, None when there is none, it is over, or was revoked."""

    def revoke(self, event_id: EventId, token: ShareToken | None = None) -> int:
        """Have a link, or all of an event, not work any more; return how many."""

    def photo(self, token: ShareToken, photo: PhotoId) -> OutgoingPhoto | None:
        """Return one photo of a link that works, None for any other."""


ReadPhoto = Callable[[str, OutgoingPhoto], bytes]
"""(event code, photo) to the original's bytes; SourceAwayError, PhotoGoneError."""


class Carrier(Protocol):
    """One way photos leave: e-mail, print."""

    def deliver(
        self,
        job: DeliveryJob,
        settings: OutputSettings,
        branding: Branding,
        read: ReadPhoto,
        tell: Callable[[str], None],
    ) -> None:
        """Make one delivery; with the same key it arrives once, as far as the way allows.

        Raises NotNowError (try again), NeverError (somebody has to look at it), and what ``read``
        raises. ``tell`` stores how far it is.
        """


@runtime_checkable
class Withdrawing(Protocol):
    """A carrier that can take back what it handed over."""

    def withdraw(self, wish: Withdrawal) -> TakenBack:
        """Take back what is not out yet; NotNowError when that is to be tried again."""


class Printers(Protocol):
    """The printers of this machine. Used by one thread at a time."""

    def places(self, but: Sequence[str] = ()) -> PrintPlaces:
        """Return whose prints are made here, without those that ask for one of ``but``."""

    def of(self, wanted: str) -> Sequence[str]:
        """Return the printers that an order means by its words; none where none is here."""
