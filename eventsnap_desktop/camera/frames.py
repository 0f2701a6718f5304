"""What gives live pictures, whichever device or file is behind it."""

from typing import Protocol

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError


class CameraLostError(TryAgainError):
    """The camera gives no pictures for now: unplugged, asleep, or in use by another program."""


class CameraRefusedError(EventSnapError):
    """There can be no pictures until somebody acts: no such file, no picture in it."""


class Camera(Protocol):
    """A camera that films until it is closed. One thread at a time may use it.

    The pictures are as the camera sees them, not mirrored.
    """

    def newest(self, wait: float) -> BgrImage | None:
        """Return the newest picture, None when there is no new one within ``wait`` seconds.

        Raises CameraLostError when the camera gives none at all; calling again tries to open it
        anew, at growing intervals.
        """

    def close(self) -> None:
        """Let go of the camera; its light goes off. Closing twice is allowed."""
