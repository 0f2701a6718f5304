"""Prints a page that shows whether a printer works: its name, the time, a frame, grey steps."""

import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError

_SIZE = (1800, 1200)  # pixels: 6 x 4 inches at 300 dpi
_SECONDS = 20.0


def print_trial_page(printer: str, now: datetime) -> None:
    """Hand a test page to a print queue; EventSnapError says why that was not possible."""
    with tempfile.TemporaryDirectory(prefix="eventsnap-") as folder:
        file = Path(folder) / "test-page.png"
        trial_page(printer, now).save(file, dpi=(300, 300))
        _hand_over(printer, file)


def trial_page(printer: str, now: datetime) -> Image.Image:
    """Return the page, 6 x 4 inches at 300 dpi."""
    page = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((45, 45, _SIZE[0] - 46, _SIZE[1] - 46), outline="black", width=6)
    draw.text((120, 140), "EventSnap", fill="black", font=ImageFont.load_default(150))
    draw.text((120, 360), f"{printer}\n{now:%Y-%m-%d %H:%M}", "black", ImageFont.load_default(70))
    for step in range(11):
        left, grey = 120 + step * 142, round(step * 25.5)
        draw.rectangle((left, 700, left + 141, 840), fill=(grey, grey, grey))
    for step, colour in enumerate(("cyan", "magenta", "yellow", "red", "lime", "blue")):
        draw.rectangle((120 + step * 260, 880, 379 + step * 260, 1020), fill=colour)
    return page


def _hand_over(printer: str, file: Path) -> None:
    if sys.platform == "win32":
        script = (
            f"Start-Process -FilePath '{file}' -Verb PrintTo -ArgumentList '\"{printer}\"' -Wait"
        )
        command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]
    else:
        command = ["lp", "-d", printer, "-o", "fit-to-page", "--", str(file)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TryAgainError("The print server did not answer in time") from error
    except OSError as error:
        raise EventSnapError(f"Nothing can be printed here ({error.strerror})") from error
    if done.returncode != 0:
        said = (done.stderr.strip() or "no reason given").splitlines()[0].removeprefix("lp: ")
        raise EventSnapError(f"The test page was not printed: {said}")
