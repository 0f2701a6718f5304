"""What EXIF says that matters here: which way up, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from eventsnap_desktop.vision.tiff_tags import Tag, TagReader

_ORIENTATION, _EXIF_DIRECTORY = 0x0112, 0x8769
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011
_EARLIEST, _LATEST = 1990, 2100  # no digital camera before; a clock that far off says nothing


@dataclass(frozen=True, slots=True)
class Exif:
    """Orientation 1 to 8, and the time the picture was taken, timezone-aware."""

    orientation: int = 1
    taken_at: datetime | None = None


def read_exif(block: bytes | None) -> Exif:
    """Read an EXIF block, with or without its "Exif" prefix, or a whole TIFF file.

    Never raises: what is damaged counts as not there.
    """
    if not block:
        return Exif()
    reader = TagReader.open(block.removeprefix(b"Exif\0\0"))
    if reader is None:
        return Exif()
    main = reader.directory(reader.first).tags
    detail: dict[int, Tag] = {}
    if (offset := reader.number(main.get(_EXIF_DIRECTORY))) is not None:
        detail = reader.directory(offset).tags
    turned = reader.number(main.get(_ORIENTATION))
    return Exif(
        orientation=turned if turned is not None and 1 <= turned <= 8 else 1,
        taken_at=_moment(
            reader.text(detail.get(_TAKEN)),
            reader.text(detail.get(_TAKEN_OFFSET)),
        ),
    )


def _moment(text: str, offset: str) -> datetime | None:
    try:
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
    except ValueError:
        return None
    if not _EARLIEST <= moment.year < _LATEST:
        return None
    return moment.replace(tzinfo=_zone(offset))


def _zone(offset: str) -> timezone:
    """Return the zone of an EXIF offset such as "+02:00", UTC where it is none."""
    sign, hours, minutes = offset[:1], offset[1:3], offset[4:6]
    if len(offset) != 6 or sign not in "+-" or offset[3] != ":":
        return UTC
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        return UTC
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    if shift > timedelta(hours=14) or int(minutes) > 59:
        return UTC
    return timezone(shift if sign == "+" else -shift)
