"""A drawn picture in the place of a photo, with nobody in it, to show how outputs look."""

import io
import math
from enum import IntEnum

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_SIZE = (1800, 1200)
_HORIZON = 0.66  # of the height
_LIGHTS = 15

Colour = tuple[int, int, int]


class SampleHour(IntEnum):
    """The time of day in the picture; three of them make a strip."""

    EVENING = 0
    NOON = 1
    NIGHT = 2


_SKIES: dict[SampleHour, tuple[Colour, Colour]] = {
    SampleHour.EVENING: ((70, 92, 148), (250, 184, 130)),
    SampleHour.NOON: ((72, 144, 214), (204, 230, 244)),
    SampleHour.NIGHT: ((14, 20, 44), (72, 66, 112)),
}
_HILLS: dict[SampleHour, tuple[Colour, Colour, Colour]] = {
    SampleHour.EVENING: ((112, 96, 128), (78, 84, 98), (52, 66, 62)),
    SampleHour.NOON: ((126, 168, 160), (96, 148, 104), (78, 128, 74)),
    SampleHour.NIGHT: ((48, 48, 84), (34, 38, 62), (24, 30, 42)),
}


def sample_photo(hour: SampleHour = SampleHour.EVENING) -> Image.Image:
    """Return hills, a tent and a string of lights, RGB in landscape."""
    width, height = _SIZE
    image = _sky(hour)
    draw = ImageDraw.Draw(image)
    _draw_sun(draw, hour)
    for number, colour in enumerate(_HILLS[hour]):
        base = height * (_HORIZON + 0.09 * number)
        swing = height * (0.07 - 0.015 * number)
        line = [
            (x, base - swing * math.sin(x / width * (3.1 + number) * math.pi + 1.7 * number))
            for x in range(0, width + 20, 20)
        ]
        draw.polygon([(0, height), *line, (width + 20, height)], fill=colour)
    _draw_tent(draw)
    return _with_lights(image, hour)


def sample_jpeg(hour: SampleHour = SampleHour.EVENING) -> bytes:
    """Return the same as a JPEG."""
    buffer = io.BytesIO()
    sample_photo(hour).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def _sky(hour: SampleHour) -> Image.Image:
    top, bottom = _SKIES[hour]
    column = Image.new("RGB", (1, 256))
    for y in range(256):
        part = min(1.0, y / 255 / _HORIZON)
        mixed = [round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True)]
        column.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    return column.resize(_SIZE, Image.Resampling.BICUBIC)


def _draw_sun(draw: ImageDraw.ImageDraw, hour: SampleHour) -> None:
    width, height = _SIZE
    where = {
        SampleHour.EVENING: (0.24, 0.5),
        SampleHour.NOON: (0.36, 0.4),
        SampleHour.NIGHT: (0.16, 0.36),
    }
    colour = (244, 240, 222) if hour is SampleHour.NIGHT else (255, 232, 176)
    x, y = where[hour][0] * width, where[hour][1] * height
    size = 52 if hour is SampleHour.NIGHT else 78
    draw.ellipse((x - size, y - size, x + size, y + size), fill=colour)


def _draw_tent(draw: ImageDraw.ImageDraw) -> None:
    width, height = _SIZE
    left, right, ground = width * 0.58, width * 0.82, height * 0.86
    roof, eaves, middle = height * 0.52, height * 0.66, width * 0.7
    for number in range(6):  # the side in stripes
        begin = left + (right - left) * number / 6
        end = left + (right - left) * (number + 1) / 6
        colour = (236, 230, 218) if number % 2 else (206, 92, 74)
        draw.polygon([(begin, eaves), (end, eaves), (end, ground), (begin, ground)], fill=colour)
        draw.polygon([(middle, roof), (end + 14, eaves), (begin - 14, eaves)], fill=colour)
    door = width * 0.028
    draw.rectangle((middle - door, height * 0.73, middle + door, ground), fill=(58, 46, 48))
    draw.line((middle, roof, middle, roof - 70), fill=(90, 80, 84), width=6)
    flag = [(middle, roof - 70), (middle + 74, roof - 52), (middle, roof - 34)]
    draw.polygon(flag, fill=(240, 186, 82))


def _with_lights(image: Image.Image, hour: SampleHour) -> Image.Image:
    """Return the picture with a string of lights that glow."""
    width, height = _SIZE
    places = []
    for number in range(_LIGHTS * 4 + 1):
        part = number / (_LIGHTS * 4)
        sag = math.sin(part * math.pi) * 0.1 + math.sin(part * 3 * math.pi) ** 2 * 0.025
        places.append((part * width, height * (0.12 + sag)))
    glow = Image.new("RGB", _SIZE)
    shine = ImageDraw.Draw(glow)
    ImageDraw.Draw(image).line(places, fill=(52, 46, 54), width=5)
    size = 15 if hour is SampleHour.NOON else 24
    for x, y in places[2::4]:
        shine.ellipse((x - size, y - size + 18, x + size, y + size + 18), fill=(255, 190, 90))
    lit = ImageChops.screen(image, glow.filter(ImageFilter.GaussianBlur(16)))
    draw = ImageDraw.Draw(lit)
    for x, y in places[2::4]:
        draw.ellipse((x - 11, y + 5, x + 11, y + 31), fill=(255, 236, 196))
    return lit
