"""Reads photos of any event from its source, for what leaves the program."""

from threading import Lock
from time import monotonic

from eventsnap_desktop.app.assembly import Program, Source
from eventsnap_desktop.domain.outgoing import OutgoingPhoto
from eventsnap_desktop.index.opening import Index

_KEPT_FOR = 30.0  # seconds that an event's source is taken to be where it was
_LINK_SECONDS = 3600


class PhotoReader:
    """Opens each event's source when it is needed; used from several threads."""

    def __init__(self, program: Program, index: Index) -> None:
        self._program, self._index = program, index
        self._sources: dict[str, tuple[float, str, Source]] = {}
        self._lock = Lock()

    def read(self, event_code: str, photo: OutgoingPhoto) -> bytes:
        """Fit flows/deliver_ports.ReadPhoto."""
        return self._source(event_code).read(photo.key)

    def presign(self, event_code: str, photo: OutgoingPhoto, name: str) -> str | None:
        """Fit flows/share_photos.Presign: None where the source is a folder."""
        from eventsnap_desktop.storage.s3 import S3Source

        source = self._source(event_code)
        if not isinstance(source, S3Source):
            return None
        return source.link(photo.key, name, _LINK_SECONDS)

    def _source(self, event_code: str) -> Source:
        with self._lock:
            kept = self._sources.get(event_code)
            if kept is not None and kept[0] > monotonic():
                return kept[2]
            uri = self._index.events.find_event(event_code).source
            same = kept is not None and kept[1] == uri
            source = kept[2] if kept is not None and same else self._program.open_source(uri)
            self._sources[event_code] = (monotonic() + _KEPT_FOR, uri, source)
            return source
