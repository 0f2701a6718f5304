"""Turns file names into keys and back, those included that are not valid text.

A file system may hold any bytes as a name; Python shows those that are not UTF-8 as lone
surrogates, which PostgreSQL cannot store. In a key such a byte 0x80-0xFF becomes the private-use
character U+F780-U+F7FF (the MirBSD OPTU mapping). A name that really contains one of these
characters has its UTF-8 bytes written in the same way, so no two names
share a key.
"""

import os
import re

_ESCAPED = re.compile("[\uf780-\uf7ff]")
_LONE = re.compile("[\udc80-\udcff]")
_OFFSET = 0xF700


def key_of_name(name: str) -> str:
    """Return a file name (or relative path with ``/``) as a key that is valid text."""
    if name.isascii():
        return name
    text = os.fsencode(name).decode("utf-8", "surrogateescape")
    text = _ESCAPED.sub(lambda found: _escape(found[0].encode()), text)
    return _LONE.sub(lambda found: chr(ord(found[0]) - 0xDC00 + _OFFSET), text)


def name_of_key(key: str) -> str:
    """Return the file name of a key: the inverse of ``key_of_name``."""
    if key.isascii():
        return key
    return os.fsdecode(b"".join(_bytes_of(char) for char in key))


def _bytes_of(char: str) -> bytes:
    return bytes([ord(char) - _OFFSET]) if _ESCAPED.match(char) else char.encode("utf-8")


def _escape(raw: bytes) -> str:
    return "".join(chr(byte + _OFFSET) for byte in raw)
