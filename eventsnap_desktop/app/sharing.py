"""The page for phones, served by this process: a kiosk's, or the organizer's."""

import logging
import os
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.photo_reading import PhotoReader
from eventsnap_desktop.delivery.share_address import phone_address, share_url
from eventsnap_desktop.domain.errors import EventSnapError, UsageError
from eventsnap_desktop.domain.outgoing import NotNowError, ShareToken
from eventsnap_desktop.flows.share_photos import SharedPhotos
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.schema import Settings, ShareSettings

if TYPE_CHECKING:
    from PIL.Image import Image

    from eventsnap_desktop.delivery.share_server import ShareServer, Tls

log = logging.getLogger(__name__)


class Sharing:
    """One a process: ``start`` and ``stop`` block, the rest does not. Closed before the index is.

    ``resources`` is the folder of the program's resources.
    """

    def __init__(
        self,
        program: Program,
        index: Index,
        resources: Path,
        own_address: Callable[[], str] = phone_address,
    ) -> None:
        self._program, self._index, self._resources = program, index, resources
        self._share = program.settings.share
        self._own_address = own_address
        self._server: ShareServer | None = None
        self._lock = Lock()
        self.problem = ""
        """Why phones are not answered, "" when they are or are not meant to be."""

    @property
    def is_running(self) -> bool:
        """Whether phones are answered."""
        server = self._server
        return server is not None and server.is_running

    @property
    def address(self) -> str:
        """What links begin with, such as ``http://192.168.1.20:8473``; "" while none works."""
        server, share = self._server, self._share
        if server is None or not server.is_running:
            return ""
        host = share.host if _is_one(share.host) else self._own_address()
        return share_url(share.public_url, server.scheme, host, server.port)

    def link(self, token: ShareToken) -> str:
        """Return what a phone opens for a token; NotNowError while no phone is answered."""
        begins = self.address
        if not begins:
            raise NotNowError("The page for phones is not served at the moment")
        return f"{begins}/g/{token}"

    def start(self) -> None:
        """Begin to answer phones where that is set; ``problem`` says why it does not work."""
        with self._lock:
            if not self._share.enabled or self.is_running:
                return
            try:
                server = self._make_server()
                server.start()
            except EventSnapError as error:
                self.problem = str(error)
                log.warning("phones are not answered: %s", error.message)
                return
            self._server, self.problem = server, ""

    def stop(self) -> None:
        """Answer no phone any more; links work again when somebody serves the page again."""
        with self._lock:
            server, self._server = self._server, None
            if server is not None:
                server.stop()

    def _make_server(self) -> "ShareServer":
        # Imported when they are used: a kiosk's first screen does not wait for a web framework.
        from eventsnap_desktop.delivery.share_app import ShareLimits, make_share_app
        from eventsnap_desktop.delivery.share_page import SharePages
        from eventsnap_desktop.delivery.share_server import ShareServer

        cores = os.cpu_count() or 1
        limits = ShareLimits(picture_threads=max(1, min(4, cores // 2)))
        pages = SharePages(self._resources / "share")
        app = make_share_app(self._index.shares, self._photos(), pages, limits)
        bound = self._share.host if _is_address(self._share.host) else ""
        return ShareServer(app, bound, self._share.port, _tls(self._share))

    def _photos(self) -> SharedPhotos:
        reader = PhotoReader(self._program, self._index)
        return SharedPhotos(
            reader.read,
            partial(_thumbnail, self._program.settings),
            self._index.outbox.output_settings,
            presign=reader.presign if self._share.presigned else None,
            font=self._resources / "fonts" / "Inter-SemiBold.otf",
            decode=partial(_decode, self._program.settings),
        )


def _is_one(host: str) -> bool:
    """Whether phones can be told this host: not "" and not "all of them"."""
    return bool(host) and not (_is_address(host) and ip_address(host).is_unspecified)


def _is_address(host: str) -> bool:
    """Whether it can be listened on; a name may stand for 127.0.0.1 on the machine itself."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _tls(share: ShareSettings) -> "Tls | None":
    from eventsnap_desktop.delivery.share_server import Tls

    if not share.certificate and not share.key:
        return None
    if not share.certificate or not share.key:
        raise UsageError(
            "A certificate for phones needs its key, and a key its certificate",
            "Set both share.certificate and share.key, or neither.",
        )
    return Tls(Path(share.certificate).expanduser(), Path(share.key).expanduser())


def _thumbnail(settings: Settings, data: bytes, side: int) -> bytes:
    from eventsnap_desktop.vision.thumbnail import make_thumbnail

    return make_thumbnail(data, side, settings.encode.max_megapixels * 1_000_000)


def _decode(settings: Settings, data: bytes) -> "Image":
    """Return the picture of what Pillow cannot read, such as a camera's RAW."""
    from PIL import Image

    from eventsnap_desktop.vision.decode import decode

    bgr = decode(data, max_pixels=settings.encode.max_megapixels * 1_000_000).image
    return Image.fromarray(bgr[:, :, ::-1].copy())
