"""The files inside a zip, a wheel or a folder, read one by one with a limit on their size."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision.pack_catalog import LARGEST_FILE, ModelFile

_CHUNK = 2**20
_MOST_ENTRIES = 2_000
_MODEL_NAME = re.compile(r"[\w][\w .()+-]*\.onnx")
_ARCHIVE_ENDINGS = {".zip", ".whl"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its name without folders, the folder it is in, and how to read it.

    The name is never used as a path: a file from a zip is written only under a name of our own
    or a plain one.
    """

    name: str
    folder: str
    open: Callable[[], IO[bytes]]

    @property
    def is_model(self) -> bool:
        """Whether it has a plain name and a model's ending; macOS puts ``._`` twins beside."""
        return _MODEL_NAME.fullmatch(self.name) is not None

    def copy_to(self, target: Path, cancel: Cancel) -> str:
        """Copy the file and return its sha256 in hex; ModelPackError when it is damaged or huge."""
        digest, written = hashlib.sha256(), 0
        with _readable(self.name), self.open() as source, target.open("wb") as file:
            while chunk := source.read(_CHUNK):
                cancel.raise_if_requested()
                written += len(chunk)
                if written > LARGEST_FILE:
                    raise ModelPackError(f"{self.name} is larger than any model file")
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()


def unpack(
    entries: Sequence[Entry], wanted: Sequence[ModelFile], folder: Path, cancel: Cancel
) -> dict[ModelFile, Path]:
    """Copy those entries into ``folder`` whose bytes are a wanted file's, whatever their name."""
    by_digest = {file.sha256: file for file in wanted}
    found: dict[ModelFile, Path] = {}
    for number, entry in enumerate(entries):
        if not entry.is_model:
            continue
        target = folder / f"{number}.onnx"
        file = by_digest.get(entry.copy_to(target, cancel))
        if file is None or file in found:
            target.unlink()
        else:
            found[file] = target
    return found


@contextmanager
def entries_of(path: Path) -> Iterator[list[Entry]]:
    """List the files of a zip, or of a folder and the zips directly in it.

    ModelPackError when the path is neither, or cannot be read.
    """
    with ExitStack() as opened:
        try:
            if path.is_dir():
                archives = [one for one in path.iterdir() if one.suffix in _ARCHIVE_ENDINGS]
                entries = _files_of(path)
                for archive in sorted(archives):
                    entries += _zipped(archive, opened)
            else:
                entries = _zipped(path, opened)
        except OSError as error:
            raise ModelPackError(
                f"{path} cannot be read ({error.strerror})", "Name a zip file or a folder."
            ) from error
        yield entries


def _files_of(folder: Path) -> list[Entry]:
    entries = []
    for pattern in ("*", "*/*"):
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                entries.append(Entry(path.name, str(path.parent), _opener(path)))
            if len(entries) > _MOST_ENTRIES:
                raise ModelPackError(f"{folder} holds too many files for a model pack")
    return entries


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _zipped(path: Path, opened: ExitStack) -> list[Entry]:
    with _readable(path.name):
        archive = opened.enter_context(zipfile.ZipFile(path))
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MOST_ENTRIES:
        raise ModelPackError(f"{path} holds too many files for a model pack")
    return [_entry(archive, info) for info in infos]


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Entry:
    place = PurePosixPath(info.filename.replace("\\", "/"))
    return Entry(place.name, str(place.parent), lambda: archive.open(info))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Turn what zipfile raises for broken, encrypted or unusual archives into a sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelPackError(
            f"{name} is damaged or not a zip file ({error})",
            "Get it again from where it came from.",
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise ModelPackError(
            f"{name} cannot be unpacked: it is encrypted or packed in an unusual way",
            "Unpack it yourself and hand over the folder.",
        ) from error
