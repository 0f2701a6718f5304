"""The photos behind a link, as phones get them: read, smaller, without what need not go out."""

from collections.abc import Callable
from pathlib import Path

from eventsnap_desktop.delivery.outgoing_photo import Decode, prepare
from eventsnap_desktop.delivery.share_ports import PhotoFile
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import OutgoingPhoto, OutputSettings, Share
from eventsnap_desktop.flows.deliver_ports import ReadPhoto
from eventsnap_desktop.flows.export_names import safe_name

Thumbnail = Callable[[bytes, int], bytes]
"""(bytes of a photo, longer side) to an upright JPEG without metadata; PhotoUnreadableError."""

Presign = Callable[[str, OutgoingPhoto, str], str | None]
"""(event code, photo, file's name) to an address the original is saved from; None for none."""

_JPEG = (".jpg", ".jpeg")


class SharedPhotos:
    """Fits delivery/share_ports.SharePhotos; called from several threads.

    ``presign`` publishes originals straight from an S3 storage: with all their metadata.
    """

    def __init__(
        self,
        read: ReadPhoto,
        thumbnail: Thumbnail,
        settings: Callable[[EventId], OutputSettings],
        *,
        presign: Presign | None = None,
        font: Path | None = None,
        decode: Decode | None = None,
    ) -> None:
        self._read, self._thumbnail, self._settings = read, thumbnail, settings
        self._presign, self._font, self._decode = presign, font, decode

    def folder(self, share: Share) -> str:
        """Return the event's name as that of a folder."""
        name = share.branding.event_name.strip() or share.event_code
        return safe_name(name.replace("/", "-").replace("\\", "-"))

    def picture(self, share: Share, photo: OutgoingPhoto, side: int) -> bytes:
        """Return the photo as a JPEG to look at, branded like the one that is saved."""
        small = self._thumbnail(self._read(share.event_code, photo), side)
        settings, branding = self._settings(share.event_id), share.branding
        if not any((settings.watermark, settings.frame, branding.watermark, branding.frame)):
            return small
        return prepare(small, photo, settings, branding, font=self._font)

    def file(self, share: Share, photo: OutgoingPhoto) -> PhotoFile:
        """Return the photo as it is handed out."""
        data = self._read(share.event_code, photo)
        content = prepare(
            data,
            photo,
            self._settings(share.event_id),
            share.branding,
            font=self._font,
            decode=self._decode,
        )
        return PhotoFile(_jpeg_name(photo.key), content)

    def link(self, share: Share, photo: OutgoingPhoto) -> str | None:
        """Return an address to save the original from, where they are published so."""
        if self._presign is None:
            return None
        return self._presign(share.event_code, photo, safe_name(photo.key))


def _jpeg_name(key: str) -> str:
    """Return a photo's file name: what goes out is a JPEG, whatever it was."""
    name = safe_name(key)
    if name.lower().endswith(_JPEG):
        return name
    return f"{name.rpartition('.')[0] or name}.jpg"
