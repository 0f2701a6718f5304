"""A photo as it leaves: a JPEG without what it need not tell, scaled and branded as is set."""

import io
import struct
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pillow_heif
from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

from eventsnap_desktop.delivery.exif_block import Kept, made_exif
from eventsnap_desktop.delivery.metadata import JpegBrokenError, clean_jpeg, is_jpeg
from eventsnap_desktop.delivery.watermark import frame_width, with_frame, with_text
from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.domain.outgoing import Branding, NeverError, OutgoingPhoto, OutputSettings

QUALITY = 90
MOST_PIXELS = 250_000_000
"""Larger pictures are not unpacked: the largest camera sensors have 150 megapixels."""

Decode = Callable[[bytes], Image.Image]
"""Bytes of what Pillow cannot read, such as a camera's RAW, to an upright sRGB picture."""

_FORMATS: Final = ("PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF", "BMP")
_SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_UNREADABLE = "A photo cannot be read any more"
_CANNOT_DECODE: Final = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    SyntaxError,
    EOFError,
    MemoryError,
    struct.error,
    PhotoUnreadableError,
)
"""What Pillow, libheif and ``Decode`` raise for bytes that are no picture, or half of one."""

Image.MAX_IMAGE_PIXELS = None  # ours is checked before anything is unpacked; Pillow would warn
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")  # odd tags are no news
pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class _Look:
    """What is done to the pixels; 0 and "" for nothing."""

    side: int
    watermark: str
    frame: str

    def changes(self, size: tuple[int, int]) -> bool:
        return bool(self.watermark.strip() or frame_width(size, self.frame)) or self.scales(size)

    def scales(self, size: tuple[int, int]) -> bool:
        return 0 < self.side < max(size)


@dataclass(frozen=True, slots=True)
class _Original:
    """A picture that is not yet unpacked, and how large; ``clean`` is it as a JPEG that may leave.

    ``exif`` is what a JPEG of its upright pixels tells.
    """

    image: Image.Image
    size: tuple[int, int]
    clean: bytes
    exif: bytes


def prepare(
    data: bytes,
    photo: OutgoingPhoto,
    settings: OutputSettings,
    branding: Branding,
    *,
    longer_side: int | None = None,
    font: Path | None = None,
    decode: Decode | None = None,
) -> bytes:
    """Return the photo as a JPEG whose longer side is at most ``longer_side`` and what is set.

    A JPEG whose pixels stay as they are is not encoded anew: only its metadata goes. All else
    becomes sRGB in 8 bits, upright. ``font`` is the watermark's. NeverError when it cannot be read.
    """
    look = _look(settings, branding, longer_side)
    original = _read(data, photo, settings, decode)
    if original.clean and not look.changes(original.size):
        return original.clean
    return _encoded(_finished(_pixels(original.image, look.side), look, font), original.exif)


def encoded_sizes(
    data: bytes,
    photo: OutgoingPhoto,
    settings: OutputSettings,
    branding: Branding,
    sides: tuple[int, ...],
    *,
    font: Path | None = None,
    decode: Decode | None = None,
) -> dict[int, int]:
    """Return how many bytes ``prepare`` makes at each of several longer sides; NeverError.

    The photo is decoded once, which is most of the work.
    """
    original = _read(data, photo, settings, decode)
    found: dict[int, int] = {}
    pixels: Image.Image | None = None
    for side in sorted(sides, reverse=True):
        look = _look(settings, branding, side)
        if original.clean and not look.changes(original.size):
            found[side] = len(original.clean)
            continue
        pixels = _pixels(original.image, look.side) if pixels is None else pixels
        found[side] = len(_encoded(_finished(pixels, look, font), original.exif))
    return found


def upright_picture(
    data: bytes, photo: OutgoingPhoto, at_least: int = 0, *, decode: Decode | None = None
) -> Image.Image:
    """Return the photo upright, in sRGB, without metadata; for prints. NeverError.

    It may be smaller than the original, but its longer side has ``at_least`` pixels if that has.
    """
    return _pixels(_open(data, photo, decode), at_least)


def _read(
    data: bytes, photo: OutgoingPhoto, settings: OutputSettings, decode: Decode | None
) -> _Original:
    kept = Kept(settings.keep_date, settings.keep_camera, settings.keep_place)
    clean = b""
    if is_jpeg(data):
        with suppress(JpegBrokenError):
            clean = clean_jpeg(data, kept)
    # Of a clean JPEG Pillow reads the pixels only: no damaged block, no second picture.
    image = _open(clean or data, photo, decode)
    return _Original(image, image.size, clean, made_exif(_exif(image, data), kept, upright=True))


def _look(settings: OutputSettings, branding: Branding, longer_side: int | None) -> _Look:
    sides = [side for side in (settings.longer_side, longer_side) if side]
    return _Look(
        min(sides, default=0),
        settings.watermark or branding.watermark,
        settings.frame or branding.frame,
    )


def _open(data: bytes, photo: OutgoingPhoto, decode: Decode | None) -> Image.Image:
    """Return the picture, its pixels not yet unpacked where Pillow can read it."""
    try:
        opened = _opened(data)
        if decode is not None and _is_preview(opened, photo):
            opened = decode(data)
    except _CANNOT_DECODE:
        if decode is None:
            raise NeverError(_UNREADABLE) from None  # unchained: a decoder may repeat what it read
        try:
            opened = decode(data)
        except _CANNOT_DECODE:
            raise NeverError(_UNREADABLE) from None
    if opened.width * opened.height > MOST_PIXELS:
        raise NeverError("A photo has more pixels than can be handed out")
    return opened


def _opened(data: bytes) -> Image.Image:
    if is_jpeg(data):  # Pillow's own way would look for more pictures behind the first
        return JpegImagePlugin.JpegImageFile(io.BytesIO(data))
    return Image.open(io.BytesIO(data), formats=_FORMATS)


def _is_preview(opened: Image.Image, photo: OutgoingPhoto) -> bool:
    """Whether Pillow found but the small preview that many RAW files, which are TIFFs, begin with.

    The index knows how large the photo is.
    """
    return opened.format == "TIFF" and max(opened.size) < max(photo.width, photo.height)


def _exif(opened: Image.Image, data: bytes) -> bytes:
    if data[:4] in (b"II*\0", b"MM\0*"):
        return data
    block = opened.info.get("exif")
    return block if isinstance(block, bytes) else b""


def _pixels(opened: Image.Image, side: int) -> Image.Image:
    """Return RGB in 8 bits, sRGB, upright; not much larger than ``side`` where it is set."""
    try:
        if side and opened.format == "JPEG":
            # A JPEG is decoded at 1/2, 1/4 or 1/8 in less time; never under what is wanted.
            scale = side / max(opened.size)
            opened.draft(None, (round(opened.width * scale), round(opened.height * scale)))
        opened.load()
        image = _srgb(ImageOps.exif_transpose(opened))
    except _CANNOT_DECODE:
        raise NeverError(_UNREADABLE) from None
    image.info = {}  # else Pillow would write the original's comment
    return image


def _srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    flat = _flat(image)
    if profile and flat.mode in ("RGB", "L", "CMYK"):
        # A profile that is damaged, or for other pixels, counts as none.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(flat, source, _SRGB, outputMode="RGB")
            if converted is not None:
                return converted
    return flat.convert("RGB")


def _flat(image: Image.Image) -> Image.Image:
    """Return 8 bits a channel, on white where it was transparent."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _finished(image: Image.Image, look: _Look, font: Path | None) -> Image.Image:
    """Return the picture scaled, then with text and border; all of it within the longer side."""
    frame = frame_width(_scaled_size(image.size, look.side), look.frame)
    side = max(1, look.side - 2 * frame) if look.side else 0
    size = _scaled_size(image.size, side)
    if size != image.size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    return with_frame(with_text(image, look.watermark, font), frame, look.frame)


def _scaled_size(size: tuple[int, int], side: int) -> tuple[int, int]:
    if not 0 < side < max(size):
        return size
    scale = side / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _encoded(image: Image.Image, exif: bytes) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY, subsampling="4:2:0", exif=exif)
    return buffer.getvalue()
