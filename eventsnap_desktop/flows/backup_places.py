"""Which of an event's files lie in the data folder, and where they belong in another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eventsnap_desktop.domain.backups import StoredEvent
from eventsnap_desktop.index.text import from_stored, to_stored
from eventsnap_desktop.storage.file_names import key_of_name, name_of_key


@dataclass(frozen=True, slots=True)
class PhotoFolder:
    """A folder of an event's photos that a backup does not hold."""

    event: str
    folder: Path
    photos: int


@dataclass(frozen=True, slots=True)
class MovedSource:
    """A source in a data folder that is gone, and its place in the new one, as texts are stored."""

    event: str
    old: str
    new: str

    @property
    def folder(self) -> Path:
        """The new place."""
        return _path(self.new)


def photos_in(home: Path, events: Iterable[StoredEvent]) -> list[PhotoFolder]:
    """Return the folders in the data folder that hold the photos of events."""
    return [
        PhotoFolder(from_stored(event.code), _path(event.source), event.photos)
        for event in events
        if _inside(home, event.source) is not None
    ]


def logos(events: Iterable[StoredEvent]) -> list[Path]:
    """Return the pictures that events show as their logo; a backup does not hold them."""
    return sorted({_path(event.logo) for event in events if event.logo})


def moved_sources(old: Path, new: Path, events: Iterable[StoredEvent]) -> list[MovedSource]:
    """Return the sources of a former data folder that are not there any more."""
    moved = []
    for event in events:
        inside = _inside(old, event.source)
        if inside is not None and old != new and not _path(event.source).exists():
            place = to_stored(key_of_name(str(new / inside)))
            moved.append(MovedSource(from_stored(event.code), event.source, place))
    return moved


def _path(stored: str) -> Path:
    return Path(name_of_key(from_stored(stored)))


def _inside(home: Path, source: str) -> Path | None:
    """Return where in the data folder a source lies, None for any other."""
    if not source or "://" in source or "\0" in from_stored(source):
        return None
    path = _path(source)
    for folder in (home, home.resolve()):
        if path.is_relative_to(folder):
            return path.relative_to(folder)
    return None
