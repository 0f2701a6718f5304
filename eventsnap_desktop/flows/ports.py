"""What the flows need of the stages, as small Protocols; the stages fit them without knowing it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import BinaryIO, Protocol, TypeVar

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.events import Event, EventCounts, EventId
from eventsnap_desktop.domain.faces import EncodedPicture
from eventsnap_desktop.domain.matches import FoundFace
from eventsnap_desktop.domain.photos import (
    FailedPhoto,
    PendingPhoto,
    PhotoId,
    SourcePhoto,
)
from eventsnap_desktop.domain.photos import PhotoResult as PhotoResult  # noqa: PLC0414 - passed on
from eventsnap_desktop.domain.photos import SyncCounts as SyncCounts  # noqa: PLC0414 - passed on
from eventsnap_desktop.domain.work import Cancel


class PhotoSource(Protocol):
    """Where photos come from; every method may raise SourceAwayError or SourceRefusedError."""

    @property
    def uri(self) -> str:
        """The source's address without secrets."""

    def check(self) -> None:
        """Raise with a sentence when the source cannot be read."""

    def list_photos(self) -> Iterator[SourcePhoto]:
        """Stream what the source holds, pictures by their name only, in no promised order."""

    def stat(self, key: str) -> SourcePhoto | None:
        """Return one photo as the listing would, or None when it is not there."""

    def read(self, key: str) -> bytes:
        """Return a photo's bytes; PhotoGoneError, or PhotoUnreadableError when it is too large."""

    def watch(self, on_change: Callable[[str | None], None], cancel: Cancel) -> None:
        """Call ``on_change`` with a key that appeared or changed, or None for "something did".

        Blocks until ``cancel``. Only a hint: it may miss changes. Returns at once, after saying so
        in the log, where the source gives no hints; a lost connection is tried again with back-off.
        """


class ImportTarget(Protocol):
    """A source that photos can be put into."""

    def keys_folded(self) -> dict[str, str]:
        """Return all keys by their folded form, to keep new names apart from old ones.

        Folded are case and the way accents are written: what some file system takes for one name.
        """

    def put(self, key: str, content: BinaryIO, size: int | None) -> None:
        """Write one photo from a stream, wholly or not at all; FileExistsError when it is there.

        ``size`` is in bytes, None where it is not known beforehand.
        """


class EventIndex(Protocol):
    """Events in the database."""

    def find_event(self, code: str) -> Event:
        """Return the event, or raise UnknownEventError."""

    def list_events(self) -> list[Event]:
        """Return all events, newest first."""

    def create_event(self, code: str, name: str, source: str) -> Event:
        """Create an event with its partition, or return the one that has this code."""

    def set_source(self, event_id: EventId, source: str) -> None:
        """Remember where an event's photos come from."""

    def claim_model_pack(self, event_id: EventId, digest: str) -> None:
        """Bind an event without vectors to a pack; PackMismatchError if it has another's."""

    def counts(self, event_id: EventId) -> EventCounts:
        """Return how far the event is."""

    def failed_photos(self, event_id: EventId) -> list[FailedPhoto]:
        """Return every failed photo with its reason, by key."""

    def delete_event(self, event_id: EventId) -> EventCounts:
        """Drop the event's partition and rows in one transaction; return what there was."""


class PhotoIndex(Protocol):
    """Photos and faces of one event while it is encoded."""

    def encoding(self, event_id: EventId) -> AbstractContextManager[None]:
        """Hold the event for encoding; EventBusyError when another process does."""

    def sync(
        self, event_id: EventId, listing: Iterable[SourcePhoto], max_attempts: int
    ) -> SyncCounts:
        """Bring the photo rows in line with a complete listing, in one transaction.

        New and changed keys become pending, missing ones gone, failed ones with fewer than
        ``max_attempts`` attempts pending again. An unchanged event changes no row.
        """

    def sync_one(self, event_id: EventId, photo: SourcePhoto) -> bool:
        """Bring one photo's row in line (a hint came); return whether it is pending now."""

    def mark_gone(self, event_id: EventId, photo_id: PhotoId) -> None:
        """Note that a photo vanished from the source; its faces leave with it."""

    def next_pending(
        self, event_id: EventId, limit: int, without: Sequence[PhotoId]
    ) -> list[PendingPhoto]:
        """Return pending photos, newest first, leaving out those in work."""

    def pending_among(
        self, event_id: EventId, keys: Sequence[str], without: Sequence[PhotoId]
    ) -> list[PendingPhoto]:
        """Return those of some keys that are pending, leaving out those in work."""

    def count_pending(self, event_id: EventId) -> int:
        """Return how many photos wait."""

    def write(self, event_id: EventId, results: Sequence[PhotoResult]) -> None:
        """Store results in one transaction: each photo's faces replace those before, and NOTIFY."""


class FaceIndex(Protocol):
    """Search among the faces of one event."""

    def search(self, event_id: EventId, template: Embedding, threshold: float) -> list[FoundFace]:
        """Return every face at or above the threshold, best first; exact, nothing left out."""

    def count_faces(self, event_id: EventId) -> int:
        """Return how many faces a search looks at."""

    def erase_faces(self, event_id: EventId, faces: Sequence[FoundFace]) -> int:
        """Delete faces and correct their photos' counts in one transaction; return how many."""


class DecodedPicture(Protocol):
    """A picture ready for detection; the flow only passes it on."""

    @property
    def taken_at(self) -> datetime | None:
        """When the camera says it was taken."""


PictureT = TypeVar("PictureT", bound=DecodedPicture)


class Vision(Protocol[PictureT]):
    """Bytes to faces, in two steps so that they can run on different threads."""

    def decode(self, data: bytes) -> PictureT:
        """Return the picture; PhotoUnreadableError with a reason when the bytes are not one."""

    def encode(self, pictures: Sequence[PictureT]) -> list[EncodedPicture]:
        """Return the faces of each picture."""
