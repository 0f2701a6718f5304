"""Where the index of the settings is: a server of one's own, or the built-in one."""

from collections.abc import Iterator
from contextlib import contextmanager

from eventsnap_desktop.index.embedded import EmbeddedServer, embedded_server
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.settings.secrets import reveal


def is_made(settings: Settings) -> bool:
    """Tell whether there may be an index: a server is set, or the data folder has a database."""
    if reveal(settings, "database.url"):
        return True
    return EmbeddedServer(settings.home).is_made


@contextmanager
def index_address(settings: Settings) -> Iterator[str]:
    """Lend the address, which may hold a password; the built-in server runs meanwhile."""
    url = reveal(settings, "database.url")
    if url:
        yield url
        return
    with embedded_server(settings.home) as server:
        yield server.url
