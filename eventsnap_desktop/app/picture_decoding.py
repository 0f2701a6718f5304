"""Decodes what Pillow cannot read, such as a camera's RAW, for what leaves the program."""

from typing import TYPE_CHECKING

from eventsnap_desktop.settings.schema import Settings

if TYPE_CHECKING:
    from PIL.Image import Image


def decode_picture(settings: Settings, data: bytes) -> "Image":
    """Fit delivery/outgoing_photo.Decode: an upright sRGB picture; PhotoUnreadableError."""
    from PIL import Image

    from eventsnap_desktop.vision.decode import decode

    bgr = decode(data, max_pixels=settings.encode.max_megapixels * 1_000_000).image
    return Image.fromarray(bgr[:, :, ::-1].copy())
