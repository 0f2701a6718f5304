"""What is on a print beside its photos, how large, in which colour: for paper and preview."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from eventsnap_desktop.delivery.print_layout import SheetParts
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings

PAPER = "#ffffff"
"""The colour of what no frame has."""

LINE = 1.25
"""From one line of a caption to the next, of its letters' size."""

_FIRST, _ONLY = 0.42, 0.5  # of the box's height
_SECOND_LINE = 0.72  # of the letters above it
_SMALLEST = 26  # pixels at 300 dpi: 6 points
_LINES, _LONGEST = 2, 120  # characters a line
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def sheet_parts(settings: OutputSettings, branding: Branding, *, has_link: bool) -> SheetParts:
    """Return what a sheet of these settings has beside its photos."""
    return SheetParts(
        frame=bool(frame_colour(settings, branding)),
        caption=bool((settings.print_caption or branding.caption).strip()),
        logo=settings.print_logo and bool(branding.logo),
        qr=settings.print_qr and has_link,
    )


def frame_colour(settings: OutputSettings, branding: Branding) -> str:
    """Return the frame's colour, "" where there is none or it is no colour."""
    colour = (settings.frame or branding.frame).strip()
    return colour if _COLOUR.fullmatch(colour) else ""


def caption_lines(caption: str, branding: Branding, taken: date) -> tuple[str, ...]:
    """Return a caption's lines; {event}, {organizer} and {date} in it are filled in."""
    words = {
        "{event}": branding.event_name,
        "{organizer}": branding.organizer,
        "{date}": taken.isoformat(),
    }
    for name, word in words.items():
        caption = caption.replace(name, word)
    lines = [" ".join(line.split())[:_LONGEST] for line in caption.splitlines()]
    return tuple([line for line in lines if line][:_LINES])


def font_sizes(
    lines: Sequence[str], width: float, height: float, measure: Callable[[str, float], float]
) -> list[float]:
    """Return the letters' heights for the lines of a caption in a box, in its pixels at 300 dpi.

    ``measure`` returns how wide a line is at a size. What is too wide gets smaller, down to 6
    points; no line is larger than the one above it.
    """
    sizes: list[float] = []
    largest = height * (_ONLY if len(lines) == 1 else _FIRST)
    for line in lines:
        size = largest
        while size > _SMALLEST and measure(line, size) > width:
            size = max(_SMALLEST, min(size - 1, size * width / measure(line, size)))
        sizes.append(size)
        largest = size * _SECOND_LINE
    return sizes


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read better on a colour like #c2410c."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2  # WCAG 2, nearly
    return "#ffffff" if luminance < 0.18 else "#1a1a1a"
