"""File names for exported photos that every system can take, made of keys nobody can trust."""

import re
from collections.abc import Callable, Iterator
from itertools import count

from eventsnap_desktop.storage.names import fold_key

_LONGEST = 180  # UTF-8 bytes: below every file system's 255, with room for a number
_LONGEST_ENDING = 12
_MOST_FOLDERS = 12

# What Windows forbids, control characters, lone surrogates and the private-use characters that
# storage/file_names.py writes for bytes that are no text.
_FORBIDDEN = re.compile('[<>:"|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\uf780-\uf7ff\u202a-\u202e]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_JPEG_ENDINGS = (".jpg", ".jpeg")


def safe_name(key: str) -> str:
    """Return a file name for a photo: the last part of its key, without what may not be in one.

    It has no folder, is never hidden, reserved, empty or too long, and keeps its ending.
    """
    return _safe_part(re.split(r"[/\\]", key)[-1], "photo")


def safe_path(key: str) -> str:
    """Return the same with the folders of the key before it, divided by ``/``; none leads up."""
    *folders, _ = re.split(r"[/\\]", key)
    parts = [_safe_part(one, "") for one in folders]
    return "/".join([*[one for one in parts if one][:_MOST_FOLDERS], safe_name(key)])


def as_jpeg(name: str) -> str:
    """Return the name with the ending of a JPEG."""
    stem, ending = _parted(name)
    return name if ending.lower() in _JPEG_ENDINGS else f"{stem}.jpg"


def numbered(name: str, number: int) -> str:
    """Return the name with `` (2)`` and so on before its ending; 1 leaves it as it is."""
    stem, ending = _parted(name)
    return name if number == 1 else f"{stem} ({number}){ending}"


class ExportNames:
    """Names that no other photo of an export has, whatever the file system takes for one.

    With ``keep_folders`` they are paths below the place. ``is_file`` tells whether something that
    is not a folder has a folder's path already.
    """

    def __init__(
        self, keep_folders: bool, is_file: Callable[[str], bool] = lambda _: False
    ) -> None:
        self._keep_folders, self._is_file = keep_folders, is_file
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def candidates(self, key: str, jpeg: bool) -> Iterator[str]:
        """Yield the key's name, then the same with (2), (3) and so on."""
        name = safe_name(key)
        if self._keep_folders and self._has_room(path := safe_path(key)):
            name = path
        name = as_jpeg(name) if jpeg else name
        for number in count(1):
            candidate = numbered(name, number)
            folded = fold_key(candidate)
            if folded not in self._files and folded not in self._folders:
                yield candidate

    def take(self, name: str) -> None:
        """Note that a photo has this name."""
        self._files.add(fold_key(name))
        self._folders.update(map(fold_key, _folders_of(name)))

    def _has_room(self, path: str) -> bool:
        """Whether none of a path's folders has the name of a file."""
        folders = list(_folders_of(path))
        taken = any(fold_key(one) in self._files for one in folders)
        return not taken and not any(map(self._is_file, folders))


def _folders_of(path: str) -> Iterator[str]:
    parts = path.split("/")
    for number in range(1, len(parts)):
        yield "/".join(parts[:number])


def _safe_part(part: str, otherwise: str) -> str:
    name = _FORBIDDEN.sub("_", part).strip(" .")
    stem, ending = _parted(name)
    while len((stem + ending).encode()) > _LONGEST:
        stem = stem[:-1]
    name = (stem.rstrip(" .") or otherwise) + ending
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def _parted(name: str) -> tuple[str, str]:
    dot = name.rfind(".")
    if dot <= name.rfind("/") + 1 or len(name) - dot > _LONGEST_ENDING:
        return name, ""
    return name[:dot], name[dot:]
