"""File names for exported photos that every system can take, made of keys nobody can trust."""

import re

_LONGEST = 180  # UTF-8 bytes: below every file system's 255, with room for a number
_LONGEST_ENDING = 12

# What Windows forbids, control characters, lone surrogates and the private-use characters that
# storage/file_names.py writes for bytes that are no text.
_FORBIDDEN = re.compile('[<>:"|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\uf780-\uf7ff\u202a-\u202e]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def safe_name(key: str) -> str:
    """Return a file name for a photo: the last part of its key, without what may not be in one.

    It has no folder, is never hidden, reserved, empty or too long, and keeps its ending.
    """
    name = re.split(r"[/\\]", key)[-1]
    name = _FORBIDDEN.sub("_", name).strip(" .")
    stem, ending = _parted(name)
    while len((stem + ending).encode()) > _LONGEST:
        stem = stem[:-1]
    name = (stem.rstrip(" .") or "photo") + ending
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def numbered(name: str, number: int) -> str:
    """Return the name with `` (2)`` and so on before its ending; 1 leaves it as it is."""
    stem, ending = _parted(name)
    return name if number == 1 else f"{stem} ({number}){ending}"


def _parted(name: str) -> tuple[str, str]:
    dot = name.rfind(".")
    if dot <= 0 or len(name) - dot > _LONGEST_ENDING:
        return name, ""
    return name[:dot], name[dot:]
