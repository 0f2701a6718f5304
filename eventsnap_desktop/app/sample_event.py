"""Makes the demo's sample event and selfie out of pictures that installed packages ship."""

import importlib.util
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from eventsnap_desktop.app.sample_shots import SELFIE, SHOTS, Area, Shipped, Shot
from eventsnap_desktop.domain.errors import EventSnapError

log = logging.getLogger(__name__)

_SEED = 20240608
_BEGIN = datetime(2024, 6, 8, 19, 30)  # noqa: DTZ001 - cameras write local time without a zone
_ORIENTATION, _DATE_TAKEN, _CAMERA_DATA = 0x0112, 0x9003, 0x8769
_UPRIGHT, _QUARTER_TURN = 1, 6  # EXIF; 6: turn the pixels 90 degrees clockwise to see them upright


@dataclass(frozen=True, slots=True)
class SamplePhoto:
    """One photo of the sample event, and whether the guest is in it."""

    key: str
    what: str
    shows_guest: bool


def make_sample_event(folder: Path) -> list[SamplePhoto]:
    """Write the sample photos into ``folder``; the same files every time.

    Photos whose picture is not installed (scikit-image ships most of those without people) are
    left out. Raises EventSnapError when the group picture itself is missing.
    """
    if shipped_file(Shipped.GROUP) is None:
        raise EventSnapError(
            "The demo's group picture is missing from the insightface package",
            "Install the program again.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, shot in enumerate(SHOTS):
        photo = SamplePhoto(f"IMG_{2001 + number}.{shot.form}", shot.what, shot.shows_guest)
        picture = take(shot, np.random.default_rng([_SEED, number]))
        if picture is None:
            log.info("left %s out: its picture is not installed", photo.key)
            continue
        _save(picture, folder / photo.key, shot, _BEGIN + timedelta(minutes=4 * number))
        made.append(photo)
    return made


def make_selfie(file: Path) -> None:
    """Write the guest's selfie: their face from the group picture, disturbed like a webcam's.

    Mirrored, turned by 4 degrees, enlarged 1.7 times, blurred, brighter, noisy, JPEG quality 75.
    """
    source = _opened(Shipped.GROUP)
    assert source is not None
    picture = _cut(source, SELFIE, turn=4, scale=1.7, mirrored=True)
    picture = picture.filter(ImageFilter.GaussianBlur(1.2))
    picture = ImageEnhance.Brightness(picture).enhance(1.12)
    picture = ImageEnhance.Contrast(picture).enhance(0.9)
    picture = _with_noise(picture, np.random.default_rng(_SEED), deviation=6)
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, quality=75)


def take(shot: Shot, random: np.random.Generator) -> Image.Image | None:
    """Return the photo of one shot, upright, or None when a picture it needs is not installed."""
    source = _opened(shot.picture)
    surface = _opened(shot.surface) if shot.surface else None
    if source is None or (shot.surface and surface is None):
        return None
    area = shot.area or Area(0, 0, source.width, source.height)
    turn = 0.0 if surface else shot.turn
    picture = _lit(_cut(source, area, turn, shot.scale, shot.mirrored), shot)
    if surface:
        picture = _laid_on(surface, picture, shot.turn)
    return _with_noise(picture, random, deviation=2)


def shipped_file(picture: Shipped) -> Path | None:
    """Return where an installed package has a picture, or None when it does not."""
    package, _, name = picture.partition(":")
    spec = importlib.util.find_spec(package)  # finds the folder without importing the package
    # The frozen program has the pictures' folders without the packages' modules.
    folders = [] if spec is None else list(spec.submodule_search_locations or [])
    return next((file for one in folders if (file := Path(one) / name).is_file()), None)


def _opened(picture: Shipped) -> Image.Image | None:
    file = shipped_file(picture)
    if file is None:
        return None
    with Image.open(file) as opened:
        return opened.convert("RGB")


def _cut(source: Image.Image, area: Area, turn: float, scale: float, mirrored: bool) -> Image.Image:
    """Return a piece of a picture, turned around its middle before it is cut out."""
    if turn:
        middle = ((area.left + area.right) / 2, (area.top + area.bottom) / 2)
        source = source.rotate(turn, Image.Resampling.BICUBIC, center=middle)
    width, height = area.right - area.left, area.bottom - area.top
    size = (round(width * scale), round(height * scale))
    piece = source.resize(size, Image.Resampling.LANCZOS, box=area)
    return ImageOps.mirror(piece) if mirrored else piece


def _lit(picture: Image.Image, shot: Shot) -> Image.Image:
    """Return the picture in the shot's light: brightness, warmth, black and white, focus."""
    values = np.asarray(picture, np.float32) * shot.light
    values *= np.array([shot.warmth, 1.0, 1.0 / shot.warmth], np.float32)
    picture = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    if shot.grey:
        picture = picture.convert("L").convert("RGB")
    return picture.filter(ImageFilter.GaussianBlur(shot.blur)) if shot.blur else picture


def _laid_on(surface: Image.Image, picture: Image.Image, turn: float) -> Image.Image:
    """Return the picture as a print with a white border and a shadow, lying on a surface."""
    border = max(8, picture.width // 24)
    printed = ImageOps.expand(picture, border, "#f6f3ec").convert("RGBA")
    printed = printed.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    size = (round(printed.width * 1.5), round(printed.height * 1.3))
    ground = ImageOps.fit(surface, size, Image.Resampling.LANCZOS)
    corner = ((size[0] - printed.width) // 2, (size[1] - printed.height) // 2)
    shade = Image.new("L", size)
    shade.paste(printed.getchannel("A").point(lambda alpha: alpha * 0.6), _moved(corner, 10))
    ground.paste("#101010", (0, 0), shade.filter(ImageFilter.GaussianBlur(12)))
    ground.paste(printed, corner, printed)
    return ground


def _moved(corner: tuple[int, int], by: int) -> tuple[int, int]:
    return corner[0] + by, corner[1] + by


def _with_noise(picture: Image.Image, random: np.random.Generator, deviation: float) -> Image.Image:
    """Return the picture with a sensor's noise, ``deviation`` in grey levels."""
    values = np.asarray(picture, np.float32)
    noisy = values + random.normal(0, deviation, values.shape).astype(np.float32)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def _save(picture: Image.Image, file: Path, shot: Shot, taken: datetime) -> None:
    """Write a photo with the time it was "taken", and the orientation tag where it needs one."""
    exif = Image.Exif()
    exif.get_ifd(_CAMERA_DATA)[_DATE_TAKEN] = taken.strftime("%Y:%m:%d %H:%M:%S")
    exif[_ORIENTATION] = _QUARTER_TURN if shot.sideways else _UPRIGHT
    if shot.sideways:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    picture.save(file, quality=shot.quality, exif=exif)
