"""Prints a page that shows whether a printer works: its name, the time, a frame, grey steps."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from PIL import Image, ImageDraw, ImageFont

from eventsnap_desktop.delivery.print_layout import BLEED
from eventsnap_desktop.delivery.print_pool import Pool
from eventsnap_desktop.delivery.print_queue import PrintQueue, Sheet
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.outgoing import PrintLayout

_SIZE = (1800, 1200)  # pixels: 6 x 4 inches at 300 dpi


def print_trial_page(queues: Sequence[PrintQueue], now: datetime) -> str:
    """Hand a test page to the queue that guests' prints would go to, and return its name.

    EventSnapError says why that was not possible. Each call is a page.
    """
    pool = Pool(queues)
    queue = pool.free()
    if queue is None:
        raise EventSnapError(f"The test page was not printed. {pool.problems()}")
    page = _with_bleed(trial_page(queue.name, now))
    title = f"eventsnap-test-{uuid4().hex}"
    queue.hand_over(Sheet(title, PrintLayout.PHOTO_4X6, page))
    return queue.name


def _with_bleed(page: Image.Image) -> Image.Image:
    whole = Image.new("RGB", (page.width + 2 * BLEED, page.height + 2 * BLEED), "white")
    whole.paste(page, (BLEED, BLEED))
    return whole


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
