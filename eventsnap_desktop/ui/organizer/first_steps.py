"""What the first-run assistant asks of the program, before any database is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.ports import PhotoSource


@dataclass(frozen=True, slots=True)
class PackOffer:
    """A model pack as the assistant shows it.

    ``megabytes`` is what has to be fetched at most, 0 for a pack that comes with the program;
    ``accepted`` is whether its licence was acknowledged before.
    """

    name: str
    present: bool
    megabytes: int
    licence: str
    accepted: bool
    problem: str


@dataclass(frozen=True, slots=True)
class PackProgress:
    """How much of an archive has arrived, in bytes; ``total`` is None while nobody knows."""

    archive: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class OwnServers:
    """The user's own database and photo storage; an empty address stands for the built-in one."""

    database_url: str = ""
    endpoint: str = ""
    access_key: str = ""
    secret_key: str = ""
    bucket: str = ""


class FirstSteps(Protocol):
    """The work of the assistant; every call may block, so use a job."""

    @property
    def home(self) -> Path:
        """The data folder; never blocks."""

    @property
    def fixed_by_environment(self) -> tuple[str, ...]:
        """The environment variables that decide about database or storage; never blocks."""

    def test_database(self, url: str) -> str:
        """Try a database's address; return a sentence that it works, raise with what is wrong."""

    def test_storage(self, endpoint: str, access_key: str, secret_key: str, bucket: str) -> str:
        """Try an S3 server; return a sentence that it works, raise with what is wrong."""

    def store_secret(self, name: str, value: str) -> None:
        """Put a secret into the system's keyring; EventSnapError where there is none."""

    def save_settings(self, changes: Mapping[str, Any]) -> None:
        """Write settings into the config file; None means "as by default"."""

    def open_source(self, uri: str) -> PhotoSource:
        """Open a photo source with what was saved; SourceRefusedError for a bad address."""

    def list_packs(self) -> list[PackOffer]:
        """Return the known model packs."""

    def accept_licence(self, name: str) -> None:
        """Record that a known pack's licence was acknowledged."""

    def fetch_pack(self, name: str, report: Callable[[PackProgress], None], cancel: Cancel) -> None:
        """Fetch a known pack whose licence was accepted; ModelPackError, Cancelled."""

    def import_pack(self, path: Path, cancel: Cancel) -> list[str]:
        """Take packs whose licence was accepted from a file; return their names, ModelPackError."""
