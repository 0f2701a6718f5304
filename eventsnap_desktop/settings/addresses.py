"""Database addresses: whether one holds a password, and how it may be shown."""

import re
from urllib.parse import urlsplit

_PASSWORD_WORD = re.compile(r"password\s*=", re.IGNORECASE)


def has_password(address: str) -> bool:
    """Tell whether a database address (URL or ``key=value`` words) holds a password.

    What cannot be parsed counts as holding one.
    """
    if _PASSWORD_WORD.search(address):
        return True
    try:
        return bool(urlsplit(address).password) or "@" in urlsplit(address).path
    except ValueError:
        return True


def without_secrets(address: str) -> str:
    """Return host, port and database of an address, fit to be shown; never user or password."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in {"postgresql", "postgres"} or "@" in parts.path:
            return "a database address"
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "a database address"
    return f"{host or 'this machine'}{parts.path}"
