"""Puts files, folders and ZIPs into an event's source, and says what became of each file."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from itertools import count
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from eventsnap_desktop.domain.errors import PhotoGoneError, PhotoUnreadableError
from eventsnap_desktop.domain.photos import SourcePhoto
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.ports import ImportTarget
from eventsnap_desktop.storage.archives import ArchiveLimits
from eventsnap_desktop.storage.formats import HEAD_BYTES, is_archive, picture_ending
from eventsnap_desktop.storage.incoming import Incoming, find_incoming
from eventsnap_desktop.storage.names import fold_key, is_photo_name

_NOT_A_PICTURE = "not a picture"
_EMPTY = "empty"
_BLOCK = 1 << 20


class Target(ImportTarget, Protocol):
    """A source that photos can be put into and whose photos can be compared with new ones."""

    @property
    def uri(self) -> str:
        """The source's address without secrets; a folder's path where it has no ``://``."""

    def stat(self, key: str) -> SourcePhoto | None:
        """Return one photo as the listing would, or None when it is not there."""

    def read(self, key: str) -> bytes:
        """Return a photo's bytes."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: files looked at, photos added, and the file that was looked at last."""

    seen: int
    added: int
    name: str


@dataclass(frozen=True, slots=True)
class RenamedPhoto:
    """A photo that got another key than its name asked for."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not imported, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many files were left out for one reason that needs no list of names."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; every file it met is counted in exactly one of the numbers.

    ``renamed`` photos are among those ``added``. Of those ``already_there`` the source has the same
    bytes under the same name.
    """

    added: int
    already_there: int
    renamed: tuple[RenamedPhoto, ...]
    left_out: tuple[LeftOut, ...]
    refused: tuple[RefusedFile, ...]
    cancelled: bool


def import_photos(
    paths: Sequence[Path],
    target: Target,
    report: Callable[[ImportProgress], None],
    cancel: Cancel,
    limits: ArchiveLimits | None = None,
) -> ImportReport:
    """Copy every picture that ``paths`` name into ``target``, none over another, none twice.

    A key is the path below the given folder or inside the archive. Where other bytes have the name
    (or one that differs in case), `` (2)`` and so on is added. The content says what a picture is.
    A bad file is refused with its reason and costs no other; SourceAwayError and SourceRefusedError
    of the target end the import, and a second run adds what is missing.
    """
    own = None if "://" in target.uri else Path(target.uri).resolve()
    work = _Import(target, target.keys_folded())
    for seen, incoming in enumerate(find_incoming(paths, limits or ArchiveLimits(), own), 1):
        if cancel.requested:
            return work.result(cancelled=True)
        work.take(incoming)
        report(ImportProgress(seen, work.added, incoming.name))
    return work.result(cancelled=False)


@dataclass(slots=True)
class _Import:
    """One import: what it met so far."""

    target: Target
    taken: dict[str, str]
    added: int = 0
    already_there: int = 0
    renamed: list[RenamedPhoto] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def result(self, cancelled: bool) -> ImportReport:
        return ImportReport(
            self.added,
            self.already_there,
            tuple(self.renamed),
            tuple(LeftOut(reason, number) for reason, number in sorted(self.left_out.items())),
            tuple(self.refused),
            cancelled,
        )

    def take(self, incoming: Incoming) -> None:
        """Import one file, or note why not."""
        if incoming.left_out:
            self.left_out[incoming.left_out] += 1
        elif incoming.refusal:
            self.refused.append(RefusedFile(incoming.name, incoming.refusal))
        else:
            try:
                with incoming.open() as stream:
                    self._take_stream(incoming, stream)
            except PhotoUnreadableError as error:
                self.refused.append(RefusedFile(incoming.name, error.message))

    def _take_stream(self, incoming: Incoming, stream: BinaryIO) -> None:
        head = stream.read(HEAD_BYTES)
        ending = picture_ending(head)
        if ending is not None:
            self._place(incoming, stream, ending)
        elif is_archive(head):
            reason = "It is an archive: import it on its own, or unpack it first"
            self.refused.append(RefusedFile(incoming.name, reason))
        else:
            self.left_out[_NOT_A_PICTURE if head else _EMPTY] += 1

    def _place(self, incoming: Incoming, stream: BinaryIO, ending: str) -> None:
        """Find the first free name and put the photo there, unless its bytes are there already."""
        size, digest = _measure(stream)
        wanted = _listed_key(incoming.key, ending)
        blocked = 0
        for number in count(1):
            key = wanted if number == 1 else _numbered(wanted, number)
            if fold_key(key) not in self.taken and self._put(key, stream, size):
                self.added += 1
                if key != incoming.key:
                    self.renamed.append(RenamedPhoto(incoming.name, key))
                return
            there = self.taken.setdefault(fold_key(key), key)
            if self._has(there, size, digest, stream):
                self.already_there += 1
                return
            blocked += self.target.stat(there) is None
            if blocked > 3:  # not a photo of this name, but a file where a folder would have to be
                raise PhotoUnreadableError("Another file has the name of its folder")

    def _put(self, key: str, stream: BinaryIO, size: int) -> bool:
        stream.seek(0)
        try:
            self.target.put(key, stream, size)
        except FileExistsError:
            return False  # by another program, or by a try of ours whose answer was lost
        self.taken[fold_key(key)] = key
        return True

    def _has(self, key: str, size: int, digest: str, stream: BinaryIO) -> bool:
        """Return whether the photo at ``key`` has the stream's bytes."""
        photo = self.target.stat(key)
        if photo is None or photo.size != size:
            return False
        if photo.etag == digest:  # an S3 server's etag of a plain upload
            return True
        try:
            there = self.target.read(key)
        except (PhotoGoneError, PhotoUnreadableError):
            return False
        stream.seek(0)
        return _same(there, stream)


def _measure(stream: BinaryIO) -> tuple[int, str]:
    """Return a stream's length in bytes and its MD5, which tells changes and is no protection."""
    stream.seek(0)
    digest, size = md5(usedforsecurity=False), 0
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()


def _same(there: bytes, stream: BinaryIO) -> bool:
    at = 0
    while block := stream.read(_BLOCK):
        if there[at : at + len(block)] != block:
            return False
        at += len(block)
    return at == len(there)


def _listed_key(key: str, ending: str) -> str:
    """Return the key with the picture's ending added if a listing would not show it otherwise."""
    return key if is_photo_name(key.rpartition("/")[2]) else key + ending


def _numbered(key: str, number: int) -> str:
    path = PurePosixPath(key)
    folder = key.rpartition("/")[0]
    name = f"{path.stem} ({number}){path.suffix}"
    return f"{folder}/{name}" if folder else name
