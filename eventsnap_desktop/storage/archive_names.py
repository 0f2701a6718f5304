"""What the names inside a ZIP archive say, and which of them are traps."""

import re
import struct
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field (APPNOTE.TXT 4.6.9)
_DRIVE = re.compile(r"[A-Za-z]:")
_ARCHIVE = re.compile(r"\.(zip|7z|rar|tar|t?gz|t?bz2|t?xz|zst|iso|cab|lzh|arj)$", re.IGNORECASE)


def name_in_archive(info: zipfile.ZipInfo) -> str:
    r"""Return an entry's path with ``/``, in the letters it was written in.

    A name without the UTF-8 flag is CP437 by the book, but macOS and old zip programs write UTF-8
    there too: what is valid UTF-8 is taken for it. Windows programs write ``\`` between folders.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        try:
            name = _unicode_path(info.extra, raw) or raw.decode("utf-8")
        except UnicodeDecodeError:
            name = info.orig_filename
    return name.replace("\\", "/")


def name_refusal(info: zipfile.ZipInfo, name: str) -> str:
    """Return why an entry of this name is not taken, or ""."""
    if "\0" in info.orig_filename or "\0" in name:
        return "Its name holds a NUL character"
    if name.startswith("/") or _DRIVE.match(name):
        return "Its name is an absolute path"
    if ".." in name.split("/"):
        return "Its name leads out of the archive"
    if _ARCHIVE.search(name):
        return "It is an archive inside the archive"
    return ""


def key_in_archive(name: str) -> str:
    """Return the key of an entry's path: empty and ``.`` parts are left out."""
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name from the Unicode path field if it belongs to this name, else None."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:
            (checksum,) = struct.unpack_from("<I", body, 1)
            if checksum == zlib.crc32(raw):
                return body[5:].decode("utf-8")
        at += 4 + size
    return None
