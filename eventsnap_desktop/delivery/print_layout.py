"""Where everything lies on a print: pure geometry, the same for the paper and for its preview."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsnap_desktop.delivery.print_crop import crop_into
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import PrintLayout

DPI = 300
BLEED = 20
"""Pixels beyond each edge of the paper: photo printers enlarge a borderless page by that much (a
DNP DS620 takes 1240 x 1844 pixels for 4x6 inches), and cut it off."""

PHOTOS_A_STRIP = 3
STRIPS = 2

_SHORT_AND_LONG = {
    PrintLayout.PHOTO_4X6: (1200, 1800),
    PrintLayout.PHOTO_5X7: (1500, 2100),
    PrintLayout.PHOTO_6X8: (1800, 2400),
    PrintLayout.STRIP: (1200, 1800),
}

# Pixels at 300 dpi of a paper whose shorter side is 1200; larger papers have larger ones.
_UNIT = 1200
_FRAME, _INSET = 42, 28
_BAND, _BAND_WITH_QR = 186, 272
_QR, _LOGO_WIDTH, _GAP = 228, 270, 30
_STRIP_MARGIN, _STRIP_GAP = 48, 24
_STRIP_LOGO, _STRIP_LINES = 84, 116


@dataclass(frozen=True, slots=True)
class PhotoShape:
    """A photo's upright size and the guests' faces in it, in its pixels."""

    width: float
    height: float
    faces: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What a sheet has beside its photos."""

    frame: bool = False
    caption: bool = False
    logo: bool = False
    qr: bool = False

    @property
    def has_band(self) -> bool:
        """Whether there is a band below the photo."""
        return self.caption or self.logo or self.qr


@dataclass(frozen=True, slots=True)
class Placed:
    """The photo of this number: its part ``crop``, in its pixels, fills ``place`` of the sheet."""

    number: int
    place: Box
    crop: Box


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet in pixels at 300 dpi, from the paper's upper left corner.

    Photos may reach up to ``BLEED`` pixels beyond the paper. ``bands`` are of the frame's colour or
    white. A strip's sheet has each of captions, logos and codes twice.
    """

    width: int
    height: int
    photos: tuple[Placed, ...]
    bands: tuple[Box, ...] = ()
    captions: tuple[Box, ...] = ()
    logos: tuple[Box, ...] = ()
    codes: tuple[Box, ...] = ()


def photos_a_sheet(layout: PrintLayout) -> int:
    """Return how many photos go on one sheet."""
    return PHOTOS_A_STRIP if layout is PrintLayout.STRIP else 1


def paper_pixels(layout: PrintLayout) -> tuple[int, int]:
    """Return the shorter and the longer side of a layout's paper."""
    return _SHORT_AND_LONG[layout]


def placements(
    layout: PrintLayout, photos: Sequence[PhotoShape], parts: SheetParts | None = None
) -> SheetPlan:
    """Return where the photos and parts of one sheet lie; there is at least one photo."""
    parts = parts or SheetParts()
    if layout is PrintLayout.STRIP:
        return _strips(photos[:PHOTOS_A_STRIP], parts)
    return _one_photo(layout, photos[0], parts)


def _one_photo(layout: PrintLayout, photo: PhotoShape, parts: SheetParts) -> SheetPlan:
    short, long = _SHORT_AND_LONG[layout]
    width, height = (long, short) if photo.width >= photo.height else (short, long)
    scale = short / _UNIT
    frame = _FRAME * scale if parts.frame else 0
    band = (_BAND_WITH_QR if parts.qr else _BAND) * scale if parts.has_band else 0
    outside = 0 if parts.frame else BLEED
    bottom = height - (band or frame)
    left, top = frame - outside, frame - outside
    place = Box(
        left,
        top,
        width - frame + outside - left,
        (bottom if band else bottom + outside) - top,
    )
    plan = SheetPlan(width, height, (_placed(0, photo, place),))
    if not band:
        return plan
    return _with_band(plan, Box(0, bottom, width, band), parts, scale)


def _with_band(plan: SheetPlan, band: Box, parts: SheetParts, scale: float) -> SheetPlan:
    """Return the plan with logo, caption and code from left to right in a band."""
    inset, gap = _INSET * scale, _GAP * scale
    left, right = band.x + inset * 2, band.x + band.width - inset * 2
    inside = band.height - 2 * inset
    middle = band.y + band.height / 2
    logos: tuple[Box, ...] = ()
    codes: tuple[Box, ...] = ()
    if parts.logo:
        logos = (Box(left, band.y + inset, _LOGO_WIDTH * scale, inside),)
        left += _LOGO_WIDTH * scale + gap
    if parts.qr:
        side = _QR * scale
        codes = (Box(right - side, middle - side / 2, side, side),)
        right -= side + gap
    captions = (Box(left, band.y + inset, right - left, inside),) if parts.caption else ()
    whole = Box(-BLEED, band.y, band.width + 2 * BLEED, band.height + BLEED)
    return SheetPlan(plan.width, plan.height, plan.photos, (whole,), captions, logos, codes)


def _strips(photos: Sequence[PhotoShape], parts: SheetParts) -> SheetPlan:
    """Return two equal strips beside each other, on a sheet that is cut in the middle."""
    short, long = _SHORT_AND_LONG[PrintLayout.STRIP]
    strip = short / STRIPS
    bottom = long - (_strip_band(parts) if parts.has_band else _STRIP_MARGIN)
    room = bottom - _STRIP_MARGIN - _STRIP_GAP * (len(photos) - 1)
    if parts.has_band:
        room -= _STRIP_GAP
    width, height = strip - 2 * _STRIP_MARGIN, room / len(photos)
    placed: list[Placed] = []
    captions: list[Box] = []
    logos: list[Box] = []
    codes: list[Box] = []
    for number in range(STRIPS):
        left = number * strip + _STRIP_MARGIN
        for at, photo in enumerate(photos):
            top = _STRIP_MARGIN + at * (height + _STRIP_GAP)
            placed.append(_placed(at, photo, Box(left, top, width, height)))
        top = bottom
        if parts.logo:
            logos.append(Box(left, top, width, _STRIP_LOGO))
            top += _STRIP_LOGO + _STRIP_GAP / 2
        if parts.caption:
            captions.append(Box(left, top, width, _STRIP_LINES))
            top += _STRIP_LINES + _STRIP_GAP / 2
        if parts.qr:
            codes.append(Box(left + (width - _QR) / 2, top, _QR, _QR))
    whole = (Box(-BLEED, -BLEED, short + 2 * BLEED, long + 2 * BLEED),)
    return SheetPlan(short, long, tuple(placed), whole, tuple(captions), tuple(logos), tuple(codes))


def _strip_band(parts: SheetParts) -> float:
    """Return how high what is below the photos of a strip is, with the margin at its end."""
    heights = [
        height
        for there, height in (
            (parts.logo, _STRIP_LOGO),
            (parts.caption, _STRIP_LINES),
            (parts.qr, _QR),
        )
        if there
    ]
    return sum(heights) + (len(heights) - 1) * _STRIP_GAP / 2 + _STRIP_MARGIN


def _placed(number: int, photo: PhotoShape, place: Box) -> Placed:
    width, height = max(1.0, photo.width), max(1.0, photo.height)
    crop = crop_into(width, height, photo.faces, place.width / place.height)
    return Placed(number, place, crop)
