"""The work of the organizer's window that joins several parts of the program."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from eventsnap_desktop.app.assembly import Program, encode_chain, encode_options, thresholds_for
from eventsnap_desktop.app.picture_decoding import decode_picture
from eventsnap_desktop.domain.backups import BackupProgress, Manifest
from eventsnap_desktop.domain.deletions import Deletion
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.faces import EncodedSelfie
from eventsnap_desktop.domain.outgoing import Branding, OutgoingPhoto, OutputSettings
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.encode import EncodeReport, encode_event
from eventsnap_desktop.flows.encode_progress import EncodeProgress
from eventsnap_desktop.flows.import_photos import ImportProgress, ImportReport, import_photos
from eventsnap_desktop.flows.ports import PhotoSource
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import (
    LoadedSettings,
    Origin,
    load_settings,
    save_settings,
)
from eventsnap_desktop.settings.log_file import log_folder
from eventsnap_desktop.settings.secrets import store_secret
from eventsnap_desktop.ui.organizer.desk import VisionFacts
from eventsnap_desktop.ui.widgets.resource_files import resource

if TYPE_CHECKING:  # the windows open sooner when what they may not need is imported later
    from eventsnap_desktop.app.vision_chain import VisionChain

_KIOSK_SECONDS = 3.0  # in which a kiosk says that it cannot start


class DeskWorks:
    """Fits ui/organizer/desk.Works; every method may be called from any thread."""

    def __init__(self, program: Program, loaded: LoadedSettings, index: Index) -> None:
        self._program, self._loaded, self._index = program, loaded, index
        self._vision: VisionChain | None = None
        self._kiosks: list[subprocess.Popen[bytes]] = []  # each polled again: no zombies
        self._opening = Lock()

    def vision_facts(self) -> VisionFacts:
        """Open the model pack if need be; ModelPackError when there is none."""
        vision = self._open_vision()
        thresholds = thresholds_for(vision.pack, self._program.settings)
        return VisionFacts(
            vision.provider.name,
            vision.provider.reason,
            vision.pack.name,
            thresholds,
            vision.pack.digest,
        )

    def load_selfie(self, name: str, data: bytes) -> Callable[[], EncodedSelfie]:
        """Return what flows.identify.identify takes for one selfie's bytes."""
        del name

        def load() -> EncodedSelfie:
            vision = self._open_vision()
            picture = vision.decode(data)
            encoded = vision.encode([picture])[0]
            return EncodedSelfie(encoded, lambda face: vision.encoder.embed_mirrored(picture, face))

        return load

    def encode(
        self, event: Event, watch: bool, report: Callable[[EncodeProgress], None], cancel: Cancel
    ) -> EncodeReport:
        """Bring the event up to date with its source; all errors of flows.encode."""
        source = self._program.open_source(event.source)
        vision = self._open_vision()
        chain = encode_chain(source, vision, self._index)
        options = encode_options(self._program.settings, vision.provider, source, watch)
        return encode_event(event, chain, options, report, cancel)

    def import_paths(
        self,
        event: Event,
        paths: Sequence[Path],
        report: Callable[[ImportProgress], None],
        cancel: Cancel,
    ) -> ImportReport:
        """Put files, folders and ZIPs into the event's source."""
        return import_photos(paths, self._program.open_source(event.source), report, cancel)

    def open_source(self, uri: str) -> PhotoSource:
        """Open a photo source; SourceRefusedError when the address is no good."""
        return self._program.open_source(uri)

    def thumbnail(self, event: Event, key: str, side: int) -> bytes:
        """Read a photo and return it upright as a small JPEG."""
        return self._program.read_thumbnail(event, key, side)

    def outgoing_photo(
        self,
        photo: OutgoingPhoto,
        data: bytes,
        settings: OutputSettings,
        branding: Branding,
        longer_side: int | None,
    ) -> bytes:
        """Return a photo's bytes as the JPEG that guests get; NeverError, PhotoUnreadableError."""
        from eventsnap_desktop.delivery.outgoing_photo import prepare

        return prepare(
            data,
            photo,
            settings,
            branding,
            longer_side=longer_side,
            font=resource("fonts", "Inter-SemiBold.otf"),
            decode=partial(decode_picture, self._program.settings),
        )

    def save_settings(self, changes: Mapping[str, Any]) -> LoadedSettings:
        """Write settings into the config file; return what holds from the next start on."""
        home = self._program.settings.home
        save_settings(home, changes)
        return load_settings({"home": home})

    def store_secret(self, name: str, value: str) -> None:
        """Put a secret into the system's keyring; EventSnapError where there is none."""
        store_secret(name, value)

    def test_database(self, url: str) -> str:
        """Try a database's address ("" is the built-in one); return a sentence that it works."""
        from eventsnap_desktop.app.trying_servers import try_database

        return try_database(url)

    def test_storage(self, endpoint: str, access_key: str, secret_key: str, bucket: str) -> str:
        """Try an S3 server; return a sentence that it works, raise with what is wrong."""
        from eventsnap_desktop.app.trying_servers import try_storage

        return try_storage(
            endpoint, access_key, secret_key, self._program.settings.storage.region, bucket
        )

    def test_mail(self, entered: Mapping[str, Any], address: str, language: str) -> str:
        """Send a test e-mail by what is entered; return a sentence with the server's answer."""
        from eventsnap_desktop.app.trying_mail import try_mail

        return try_mail(self._program.settings, entered, address, language)

    def start_kiosk(self, event_code: str, screen: int, windowed: bool) -> None:
        """Start a kiosk that outlives this window; EventSnapError when it ends at once."""
        from eventsnap_desktop.app.kiosk_starting import kiosk_command, start_detached

        home = self._program.settings.home
        pack = self._program.settings.model.pack
        chosen = self._loaded.origins.get("model.pack") is Origin.ARGUMENT
        command = kiosk_command(
            event_code,
            home,
            windowed=windowed,
            screen=screen,
            model_pack=pack if chosen else None,
        )
        said = log_folder(home) / f"kiosk-start-{screen + 1}.txt"
        self._kiosks = [one for one in self._kiosks if one.poll() is None]
        self._kiosks.append(start_detached(command, said, _KIOSK_SECONDS))

    def delete_event(self, event: EventId) -> Deletion:
        """Delete an event for good, and take back what of it waits at printers."""
        from eventsnap_desktop.app.deleting import delete_event

        return delete_event(self._program, self._index, event)

    def back_up(
        self, file: Path, report: Callable[[BackupProgress], None], cancel: Cancel
    ) -> Manifest:
        """Write a backup, over a file of that name; all errors of flows.backup."""
        from eventsnap_desktop.app.backup_mode import back_up

        return back_up(file, self._loaded, report, cancel, replace=True)

    def doctor(self) -> list[tuple[str, str, str, str]]:
        """Return the doctor's findings: (state, subject, what is, what to do)."""
        from eventsnap_desktop.app.doctor import examine

        found = examine(self._loaded)
        return [(str(one.level), one.topic, one.said, one.advice) for one in found]

    def _open_vision(self) -> "VisionChain":
        with self._opening:
            if self._vision is None:
                self._vision = self._program.open_vision()
            return self._vision
