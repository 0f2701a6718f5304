"""Everything the organizer's pages work with, handed to each of them by the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from eventsnap_desktop.domain.backups import BackupProgress, Manifest
from eventsnap_desktop.domain.deletions import Deletion
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.faces import EncodedSelfie
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.domain.outgoing import Branding, OutgoingPhoto, OutputSettings
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver_ports import ShareDesk
from eventsnap_desktop.flows.encode import EncodeReport
from eventsnap_desktop.flows.encode_progress import EncodeProgress
from eventsnap_desktop.flows.import_photos import ImportProgress, ImportReport
from eventsnap_desktop.flows.link_ports import LinkDesk, PhonePage
from eventsnap_desktop.flows.organizer_ports import (
    CoverageDesk,
    DeliveryDesk,
    EventDesk,
    KioskDesk,
    PhotoBrowser,
)
from eventsnap_desktop.flows.ports import EventIndex, FaceIndex, PhotoSource
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.ui.bridge.change_relay import ChangeRelay
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails


@dataclass(frozen=True, slots=True)
class VisionFacts:
    """What really runs: the provider, why not a better one ("" if none is), the model pack.

    ``digest`` is the pack's, as in ``Event.model_pack``.
    """

    provider: str
    reason: str
    pack: str
    thresholds: Thresholds
    digest: str = ""


class Works(Protocol):
    """The work that needs more than one part of the program; each call blocks, so use a job.

    Vision is opened by the first call that needs it, which takes a second or two.
    """

    def vision_facts(self) -> VisionFacts:
        """Open the model pack if need be; ModelPackError when there is none."""

    def load_selfie(self, name: str, data: bytes) -> Callable[[], EncodedSelfie]:
        """Return what flows.identify.identify takes for one selfie's bytes."""

    def encode(
        self, event: Event, watch: bool, report: Callable[[EncodeProgress], None], cancel: Cancel
    ) -> EncodeReport:
        """Bring the event up to date with its source; all errors of flows.encode."""

    def import_paths(
        self,
        event: Event,
        paths: Sequence[Path],
        report: Callable[[ImportProgress], None],
        cancel: Cancel,
    ) -> ImportReport:
        """Put files, folders and ZIPs into the event's source."""

    def open_source(self, uri: str) -> PhotoSource:
        """Open a photo source; UsageError or SourceRefusedError when the address is no good."""

    def thumbnail(self, event: Event, key: str, side: int) -> bytes:
        """Read a photo and return it upright as a JPEG whose longer side is at most ``side``.

        PhotoGoneError, PhotoUnreadableError, SourceAwayError.
        """

    def outgoing_photo(
        self,
        photo: OutgoingPhoto,
        data: bytes,
        settings: OutputSettings,
        branding: Branding,
        longer_side: int | None,
    ) -> bytes:
        """Return a photo's bytes as the JPEG that guests get; NeverError, PhotoUnreadableError."""

    def save_settings(self, changes: Mapping[str, Any]) -> LoadedSettings:
        """Write settings into the config file; return what holds from the next start on."""

    def store_secret(self, name: str, value: str) -> None:
        """Put a secret into the system's keyring; EventSnapError where there is none."""

    def test_database(self, url: str) -> str:
        """Try a database's address ("" is the built-in one); return a sentence that it works."""

    def test_storage(self, endpoint: str, access_key: str, secret_key: str, bucket: str) -> str:
        """Try an S3 server; return a sentence that it works, raise with what is wrong."""

    def test_mail(self, entered: Mapping[str, Any], address: str, language: str) -> str:
        """Send a test e-mail by these mail settings; return a sentence with the server's answer.

        ``entered`` are fields of the settings' group ``mail``; those that are missing are as they
        are set. EventSnapError with what is wrong.
        """

    def start_kiosk(self, event_code: str, screen: int, windowed: bool) -> None:
        """Start a kiosk's process on a screen (0 is the first); it outlives this program.

        EventSnapError when it ends at once; that takes seconds to be seen.
        """

    def delete_event(self, event: EventId) -> Deletion:
        """Delete an event for good, and take back what of it waits at printers.

        EventBusyError, DatabaseAwayError; a printer keeps no event.
        """

    def back_up(
        self, file: Path, report: Callable[[BackupProgress], None], cancel: Cancel
    ) -> Manifest:
        """Write a backup, over a file of that name; all errors of flows.backup."""

    def doctor(self) -> list[tuple[str, str, str, str]]:
        """Return the doctor's findings: (state, subject, what is, what to do)."""


class CurrentEvent(QObject):
    """The event that the pages show; one a window."""

    changed = Signal(object)
    """The EventOverview, or None; also when only its figures changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._overview: EventOverview | None = None

    @property
    def overview(self) -> EventOverview | None:
        """The event and its figures, None while none is chosen."""
        return self._overview

    @property
    def chosen(self) -> Event | None:
        """The event, None while none is chosen."""
        return None if self._overview is None else self._overview.event

    @property
    def id(self) -> EventId | None:
        """The event's id, None while none is chosen."""
        return None if self._overview is None else self._overview.event.id

    def show(self, overview: EventOverview | None) -> None:
        """Choose an event, or bring its figures up to date."""
        if overview != self._overview:
            self._overview = overview
            self.changed.emit(overview)


@dataclass(frozen=True, slots=True)
class Desk:
    """The open index in its parts, the work, and the crossing between threads and widgets."""

    jobs: Jobs
    changes: ChangeRelay
    current: CurrentEvent
    works: Works
    settings: LoadedSettings
    events: EventIndex
    organizing: EventDesk
    browsing: PhotoBrowser
    faces: FaceIndex
    every_face: FaceIndex  # those of hidden photos too, for erasing
    deliveries: DeliveryDesk
    shares: ShareDesk
    links: LinkDesk
    phone_page: PhonePage
    kiosks: KioskDesk
    coverage: CoverageDesk
    cache_folder: Path
    thumbnails: Thumbnails
