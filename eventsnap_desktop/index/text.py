"""Brings any text into PostgreSQL, which takes neither NUL nor half a UTF-16 pair, and back."""

# File names that are not UTF-8 reach Python with such halves (PEP 383). Each gets a place in the
# last private plane of Unicode, so that the very same name comes back.
_FIRST, _LAST, _SHIFT = 0xDC80, 0xDCFF, 0x100000
_NUL = 0x10FFFD
_INTO = {code: code + _SHIFT for code in range(_FIRST, _LAST + 1)} | {0: _NUL}
_OUT = {stored: code for code, stored in _INTO.items()}


def to_stored(text: str) -> str:
    """Return the text as it can be stored; ``from_stored`` returns the very same."""
    stored = text.translate(_INTO)
    return stored.encode("utf-8", "replace").decode() if not _is_storable(stored) else stored


def from_stored(text: str) -> str:
    """Return the text as it was given to ``to_stored``."""
    return text.translate(_OUT)


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
