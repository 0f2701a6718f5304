"""What the start of a kiosk decides: its name, its screen, and where it gives its sign of life."""

from dataclasses import dataclass

from eventsnap_desktop.app.kiosk_alive import AliveFile


@dataclass(frozen=True, slots=True)
class KioskOptions:
    """``screen`` counts from 0, None for the first one; ``windowed`` opens 1280x800 instead.

    ``alive`` is touched by the session from the GUI's thread, for the first time as soon as a guest
    could use the kiosk, then every ``kiosk_alive.EVERY_SECONDS``.
    """

    name: str
    alive: AliveFile
    screen: int | None = None
    windowed: bool = False


def kiosk_name(name: str, screen: int | None) -> str:
    """Return the name of the kiosk on a screen: the second screen's is another kiosk."""
    return name if not screen else f"{name} {screen + 1}"
