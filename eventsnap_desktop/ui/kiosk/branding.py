"""The event's own words and picture on the guest's screens."""

from dataclasses import dataclass

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True, eq=False)
class Branding:
    """``greeting`` is the event's own, "" for the program's; ``logo`` None for none.

    ``slideshow_seconds`` is how long a photo of the first screen is seen.
    """

    event_name: str
    greeting: str = ""
    logo: QImage | None = None
    slideshow_seconds: float = 8.0
