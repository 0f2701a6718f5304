"""The staff's PIN for kiosks: only a salted hash of it is kept."""

import base64
import hashlib
import hmac
import re
import secrets

from eventsnap_desktop.domain.errors import UsageError

# scrypt with 16 MB: the least of the equal settings that OWASP's Password Storage Cheat Sheet
# lists (N=2^14, r=8, p=5). A PIN has few digits, so each try has to be dear.
_COST, _BLOCK, _PARALLEL = 2**14, 8, 5
_MEMORY = 64 * 2**20
_SALT_BYTES, _HASH_BYTES = 16, 32

_PIN = re.compile(r"[0-9]{4,8}")


def make_pin_hash(pin: str) -> str:
    """Return what is stored for a PIN of 4 to 8 digits, UsageError for anything else.

    It takes about a quarter of a second, on purpose.
    """
    if not _PIN.fullmatch(pin):
        raise UsageError("A staff PIN has 4 to 8 digits", "Use digits only.")
    salt = secrets.token_bytes(_SALT_BYTES)
    found = _hash(pin, salt, _COST, _BLOCK, _PARALLEL)
    return f"scrypt:{_COST}:{_BLOCK}:{_PARALLEL}:{_text(salt)}:{_text(found)}"


def check_pin(pin: str, pin_hash: str) -> bool:
    """Tell whether a PIN is the one that a hash was made of; never for a hash that is none.

    The time it takes does not tell how much of the PIN was right.
    """
    try:
        kind, cost, block, parallel, salt, wanted = pin_hash.split(":")
        if kind != "scrypt":
            return False
        found = _hash(pin, _bytes(salt), int(cost), int(block), int(parallel))
        return hmac.compare_digest(found, _bytes(wanted))
    except (ValueError, UnicodeError):
        return False


def _hash(pin: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        pin.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=_HASH_BYTES
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
