"""An event's logo as e-mails show it: a small PNG."""

import io
import logging
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

log = logging.getLogger(__name__)

_SHARPER = 2  # pixels of the file to one of the e-mail: for screens that have them
_WIDEST, _HIGHEST = 220, 72  # pixels of the e-mail
_MOST_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class MailLogo:
    """A PNG, and the size at which it is shown, in pixels of the e-mail."""

    data: bytes
    width: int
    height: int


def read_logo(path: str) -> MailLogo | None:
    """Return a picture file as a logo; None where there is none, or it cannot be read."""
    if not path:
        return None
    try:
        with Image.open(Path(path)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ValueError("more pixels than a logo has")
            image = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        log.warning("the logo cannot be put into e-mails: %s", type(error).__name__)
        return None
    image.thumbnail((_WIDEST * _SHARPER, _HIGHEST * _SHARPER), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    width, height = (max(1, round(side / _SHARPER)) for side in image.size)
    return MailLogo(buffer.getvalue(), width, height)
