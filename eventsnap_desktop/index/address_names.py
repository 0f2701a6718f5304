"""Which database an address means, in words that hold no secret."""

from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

_TELLS = ("host", "hostaddr", "port", "dbname", "user", "service")


def database_name(url: str | None, home: Path) -> str:
    """Return a name that is the same for every program of this machine with the same database.

    ``url`` None is the built-in one of the data folder ``home``. Nothing can be read out of the
    name, and a password is not in it at all: whoever asks may be told.
    """
    if url is None:
        told = f"built-in {home.resolve()}"
    else:
        try:
            parts = conninfo_to_dict(url)
        except psycopg.Error:
            parts = {}
        told = "server " + " ".join(f"{one}={parts[one]}" for one in _TELLS if parts.get(one))
    return f"eventsnap {sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
