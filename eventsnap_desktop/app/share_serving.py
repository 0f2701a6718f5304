"""What the page's process serves: the photos behind the links of one database."""

import os
import socket
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.photo_reading import PhotoReader
from eventsnap_desktop.app.picture_decoding import decode_picture
from eventsnap_desktop.delivery.share_app import ShareLimits, make_share_app
from eventsnap_desktop.delivery.share_page import SharePages
from eventsnap_desktop.delivery.share_server import ShareServer, Tls
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.flows.share_photos import SharedPhotos
from eventsnap_desktop.index.embedded import EmbeddedServer
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.settings.schema import Settings, ShareSettings
from eventsnap_desktop.settings.secrets import reveal
from eventsnap_desktop.ui.widgets.resource_files import resources
from eventsnap_desktop.vision.thumbnail import make_thumbnail


class SharedEvent:
    """The open index, with its photos as they go out.

    A built-in database is used as it runs: whoever started this process holds it, and starts it
    again where that is needed. A database that we started would give way as we do.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._stack = ExitStack()
        self._index: Index | None = None

    def __enter__(self) -> "SharedEvent":
        url = reveal(self.settings, "database.url") or EmbeddedServer(self.settings.home).url
        self._index = self._stack.enter_context(open_index(url))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def index(self) -> Index:
        """The index, while it is open."""
        assert self._index is not None
        return self._index

    def photos(self) -> SharedPhotos:
        """Return the photos of its links."""
        settings, index = self.settings, self.index
        reader = PhotoReader(Program(settings), index)
        most_pixels = settings.encode.max_megapixels * 1_000_000
        return SharedPhotos(
            reader.read,
            lambda data, side: make_thumbnail(data, side, most_pixels),
            index.outbox.output_settings,
            presign=reader.presign if settings.share.presigned else None,
            font=resources() / "fonts" / "Inter-SemiBold.otf",
            decode=partial(decode_picture, settings),
        )


def make_server(shared: SharedEvent, listening: socket.socket, name: str) -> ShareServer:
    """Return a server that answers on a socket; UsageError for a certificate without its key."""
    cores = os.cpu_count() or 1
    limits = ShareLimits(picture_threads=max(1, min(4, cores // 2)))
    pages = SharePages(resources() / "share")
    app = make_share_app(shared.index.shares, shared.photos(), pages, limits, name=name)
    return ShareServer(app, listening, tls_of(shared.settings.share))


def tls_of(share: ShareSettings) -> Tls | None:
    """Return what the page is encrypted with, None for nothing; UsageError for half of it."""
    if not share.certificate and not share.key:
        return None
    if not share.certificate or not share.key:
        raise UsageError(
            "A certificate for phones needs its key, and a key its certificate",
            "Set both share.certificate and share.key, or neither.",
        )
    return Tls(Path(share.certificate).expanduser(), Path(share.key).expanduser())
