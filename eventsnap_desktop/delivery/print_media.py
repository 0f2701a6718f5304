"""Which of a printer's papers a sheet goes on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from eventsnap_desktop.delivery.print_layout import BLEED, DPI, paper_pixels
from eventsnap_desktop.domain.outgoing import PrintLayout

_SIZE = re.compile(r"_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(in|mm)(?:$|\.)")
_MILLIMETRES = 25.4 / DPI  # a pixel
_AS_GOOD_AS_EQUAL = 5.0  # mm: a Selphy's postcard has 100 x 148, 4x6 inches have 101.6 x 152.4
_NEARLY_EQUAL = 1.0  # mm


@dataclass(frozen=True, slots=True)
class Media:
    """A paper by its PWG 5101.1 name; ``has_bleed``: its page is larger than what comes out."""

    name: str
    has_bleed: bool


def media_for(layout: PrintLayout, names: Iterable[str]) -> Media | None:
    """Return the paper nearest to a layout's size, None where the printer has none like it.

    Drivers of photo printers have pages a little larger than their paper: the bleed. Where any size
    is possible, it is made.
    """
    width, height = (side * _MILLIMETRES for side in paper_pixels(layout))
    bleed = 2 * BLEED * _MILLIMETRES
    best: tuple[tuple[bool, bool, float], Media] | None = None
    any_size = False
    for name in names:
        any_size |= name.startswith("custom_min_")
        size = _millimetres(name)
        if size is None:
            continue
        for has_bleed, more in ((False, 0.0), (True, bleed)):
            away = max(abs(size[0] - width - more), abs(size[1] - height - more))
            if away > _AS_GOOD_AS_EQUAL:
                continue
            rank = (away > _NEARLY_EQUAL, not has_bleed, away)
            if best is None or rank < best[0]:
                best = rank, Media(name, has_bleed)
    if best is not None:
        return best[1]
    size_name = f"{width:g}x{height:g}mm"
    return Media(f"custom_{size_name}_{size_name}", False) if any_size else None


def _millimetres(name: str) -> tuple[float, float] | None:
    """Return the shorter and the longer side of a PWG name like na_index-4x6_4x6in."""
    found = _SIZE.search(name)
    if found is None or name.startswith(("custom_min_", "custom_max_")):
        return None
    scale = 25.4 if found[3] == "in" else 1.0
    sides = sorted((float(found[1]) * scale, float(found[2]) * scale))
    return sides[0], sides[1]
