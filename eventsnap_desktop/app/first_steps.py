"""The work of the first-run assistant: servers tried, settings and secrets kept, packs fetched."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.trying_servers import try_database, try_storage
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.ports import PhotoSource
from eventsnap_desktop.settings.loading import LoadedSettings, Origin, load_settings, save_settings
from eventsnap_desktop.settings.schema import variable
from eventsnap_desktop.settings.secrets import store_secret
from eventsnap_desktop.ui.organizer.first_steps import PackOffer, PackProgress
from eventsnap_desktop.vision.pack_catalog import KnownPack
from eventsnap_desktop.vision.pack_install import Release, fetch_pack, import_pack
from eventsnap_desktop.vision.pack_licences import is_accepted, require_acceptance
from eventsnap_desktop.vision.packs import PackState, Presence, list_packs

_SERVERS = (
    "database.url",
    "database.url_in_keyring",
    "storage.endpoint",
    "storage.access_key",
    "storage.secret_key",
)


class FirstStepsWorks:
    """Fits ui/organizer/first_steps.FirstSteps; no database is needed."""

    def __init__(self, loaded: LoadedSettings, release: Release | None = None) -> None:
        self._loaded, self._release = loaded, release or Release()

    @property
    def home(self) -> Path:
        """The data folder."""
        return self._loaded.settings.home

    @property
    def fixed_by_environment(self) -> tuple[str, ...]:
        """The environment variables that decide about database or storage."""
        origins = self._loaded.origins
        fixed = [name for name in _SERVERS if origins.get(name) is Origin.ENVIRONMENT]
        return tuple(variable(name) for name in fixed)

    def test_database(self, url: str) -> str:
        """Try a database's address; return a sentence that it works, raise with what is wrong."""
        return try_database(url)

    def test_storage(self, endpoint: str, access_key: str, secret_key: str, bucket: str) -> str:
        """Try an S3 server; return a sentence that it works, raise with what is wrong."""
        region = self._loaded.settings.storage.region
        return try_storage(endpoint, access_key, secret_key, region, bucket)

    def store_secret(self, name: str, value: str) -> None:
        """Put a secret into the system's keyring; EventSnapError where there is none."""
        store_secret(name, value)

    def save_settings(self, changes: Mapping[str, Any]) -> None:
        """Write settings into the config file; what holds from then on is used here too."""
        save_settings(self.home, changes)
        self._loaded = load_settings({"home": self.home})

    def open_source(self, uri: str) -> PhotoSource:
        """Open a photo source with what was saved."""
        return Program(self._loaded.settings).open_source(uri)

    def list_packs(self) -> list[PackOffer]:
        """Return the known model packs, checked."""
        packs = self._release.packs
        states = list_packs(self.home / "models", packs)
        return [self._offer(packs[one.name], one) for one in states if one.name in packs]

    def accept_licence(self, name: str) -> None:
        """Record that a known pack's licence was acknowledged."""
        require_acceptance(self._release.packs[name], True, self.home)

    def fetch_pack(self, name: str, report: Callable[[PackProgress], None], cancel: Cancel) -> None:
        """Fetch a known pack whose licence was accepted; ModelPackError, Cancelled."""

        def tell(archive: str, done: int, total: int | None) -> None:
            report(PackProgress(archive, done, total))

        fetch_pack(name, self.home, False, tell, cancel, self._release)

    def import_pack(self, path: Path, cancel: Cancel) -> list[str]:
        """Take packs whose licence was accepted from a file; return their names, ModelPackError."""
        return import_pack(path, self.home, True, cancel, self._release.packs)

    def _offer(self, pack: KnownPack, state: PackState) -> PackOffer:
        size = sum(self._release.archives[name].bytes for name in pack.archives)
        return PackOffer(
            pack.name,
            state.presence is Presence.PRESENT,
            size // 1_000_000,
            pack.licence,
            is_accepted(pack, self.home),
            state.problem,
        )
