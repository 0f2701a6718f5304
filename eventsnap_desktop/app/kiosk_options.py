"""What the start of a kiosk decides: its name, its screen, and where it gives its sign of life."""

import platform
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
    """Return the name of the kiosk on a screen (from 0) of the machine that is called ``name``.

    Without a name the computer's is taken; each further screen's kiosk has its number added.
    """
    machine = name or platform.node() or "kiosk"
    return f"{machine} {screen + 1}" if screen else machine
