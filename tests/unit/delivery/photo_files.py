"""Photos as cameras and phones write them, with all that they tell; and what a JPEG tells."""

import io
from datetime import UTC, datetime
from typing import Any

import numpy as np
import piexif
from PIL import Image, JpegImagePlugin

from eventsnap_desktop.domain.outgoing import OutgoingPhoto
from eventsnap_desktop.domain.photos import PhotoId

SECRETS = (b"Jane Doe", b"SN-4711", b"photoshop:City", b"a secret comment", b"Caption of Jane")
"""What the photos of ``talkative_jpeg`` tell besides date, camera and place."""

_XMP = (
    b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta photoshop:City='Berlin' exif:GPSLatitude='52,31N'/>"
)
_IPTC = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x78\0\x0fCaption of Jane"


def outgoing(
    number: int = 1, key: str = "IMG_1.jpg", size: tuple[int, int] = (96, 64)
) -> OutgoingPhoto:
    """Return a photo of a delivery."""
    return OutgoingPhoto(PhotoId(number), key, *size, datetime(2030, 5, 1, 12, tzinfo=UTC))


def scene(width: int = 96, height: int = 64, seed: int = 1) -> Image.Image:
    """Return a picture with large areas and fine detail; every corner has a colour of its own."""
    noise = np.random.default_rng(seed).integers(0, 40, (height, width, 3))
    image = noise.astype(np.uint8)
    image[: height // 2, : width // 2, 0] += 200
    image[height // 2 :, : width // 2, 1] += 200
    image[: height // 2, width // 2 :, 2] += 200
    image[height // 2 :, width // 2 :] += 200
    return Image.fromarray(image)


def exif_of_a_phone(orientation: int = 1) -> bytes:
    """Return an EXIF block with place, owner, serial number, maker note and thumbnail."""
    thumbnail = io.BytesIO()
    scene(32, 24, seed=2).save(thumbnail, "JPEG")
    tags: dict[str, Any] = {
        "0th": {
            piexif.ImageIFD.Orientation: orientation,
            piexif.ImageIFD.Make: b"Phonemaker",
            piexif.ImageIFD.Model: b"Phone 9",
            piexif.ImageIFD.Artist: b"Jane Doe",
        },
        "Exif": {
            piexif.ExifIFD.DateTimeOriginal: b"2030:05:01 12:34:56",
            piexif.ExifIFD.OffsetTimeOriginal: b"+02:00",
            piexif.ExifIFD.CameraOwnerName: b"Jane Doe",
            piexif.ExifIFD.BodySerialNumber: b"SN-4711",
            piexif.ExifIFD.MakerNote: b"Apple iOS\0Jane Doe" * 9,
        },
        "GPS": {
            piexif.GPSIFD.GPSLatitudeRef: b"N",
            piexif.GPSIFD.GPSLatitude: ((52, 1), (31, 1), (1234, 100)),
            piexif.GPSIFD.GPSLongitudeRef: b"E",
            piexif.GPSIFD.GPSLongitude: ((13, 1), (24, 1), (5678, 100)),
            piexif.GPSIFD.GPSDateStamp: b"2030:05:01",
        },
        "1st": {},
        "thumbnail": thumbnail.getvalue(),
    }
    block: bytes = piexif.dump(tags)
    return block


def jpeg(image: Image.Image, **options: Any) -> bytes:
    """Return a JPEG."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **{"quality": 85, **options})
    return buffer.getvalue()


def talkative_jpeg(image: Image.Image, orientation: int = 1, **options: Any) -> bytes:
    """Return a JPEG that tells all that one can, with a second picture and a film behind it."""
    plain = jpeg(image, exif=exif_of_a_phone(orientation), comment=b"a secret comment", **options)
    more = b"".join(
        b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body
        for marker, body in ((0xE1, _XMP), (0xED, _IPTC), (0xE2, b"MPF\0II*\0" + bytes(20)))
    )
    behind = jpeg(scene(16, 16, seed=3), comment=b"a secret comment") + b"\0\0ftypmp42 Jane Doe"
    return plain[:2] + more + plain[2:] + behind


def tags_of(data: bytes) -> dict[str, Any]:
    """Return the EXIF tags of a JPEG, by another reader than the program's."""
    found: dict[str, Any] = piexif.load(data)
    return found


def opened(data: bytes) -> Image.Image:
    """Return a JPEG's pixels as they are stored."""
    image = JpegImagePlugin.JpegImageFile(io.BytesIO(data))
    image.load()
    return image
