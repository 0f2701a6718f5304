"""A webcam by its number: opened in a good mode, drained to the newest picture, opened again."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol

import cv2
import numpy as np

from eventsnap_desktop.camera.frames import CameraLostError
from eventsnap_desktop.domain.arrays import BgrImage

log = logging.getLogger(__name__)

_MJPG = cv2.VideoWriter.fourcc(*"MJPG")
_KEPT_BY_DRIVER = 4  # pictures that V4L2 keeps, however old they are
_WAITED = 0.004  # seconds: a grab that takes longer did wait for a picture, so that is new
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0  # seconds between tries to open a camera that is away
_BLACK_FRAMES = 3  # how often the first picture may fail: some cameras need a moment


class Capture(Protocol):
    """What this file uses of cv2.VideoCapture."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Whether the device is open."""

    def set(self, propId: int, value: float, /) -> bool:  # noqa: N803 - OpenCV's name
        """Ask the driver for something; it may do otherwise and still say yes."""

    def get(self, propId: int, /) -> float:  # noqa: N803 - OpenCV's name
        """Return what the driver really does."""

    def grab(self) -> bool:
        """Take the next picture out of the driver, waiting for it if there is none."""

    def retrieve(self) -> tuple[bool, Any]:
        """Decode the picture that was grabbed last."""

    def release(self) -> None:
        """Let go of the device."""


@dataclass(frozen=True, slots=True)
class CameraMode:
    """What a camera really delivers; ``fourcc`` is the format on the wire, such as MJPG."""

    width: int
    height: int
    fps: float
    fourcc: str


class Webcam:
    """Fits frames.Camera. Opening happens with the first picture, on the thread that wants it.

    A driver may block for some seconds when a camera is pulled out; ``wait`` is kept otherwise.
    """

    def __init__(
        self,
        number: int,
        size: tuple[int, int] = (1280, 720),
        fps: float = 30.0,
        opener: "Callable[[int], Capture | None] | None" = None,
        clock: Callable[[], float] = monotonic,
        rest: Callable[[float], None] = sleep,
    ) -> None:
        self._number, self._size, self._fps = number, size, fps
        self._opener = opener or _open_device
        self._clock, self._rest = clock, rest
        self._capture: Capture | None = None
        self._pause, self._try_at = _FIRST_PAUSE, clock()
        self._closed = False
        self.mode: CameraMode | None = None

    def newest(self, wait: float) -> BgrImage | None:
        """Return the newest picture; CameraLostError when the camera is away."""
        if self._closed:
            raise CameraLostError("The camera was closed")
        capture = self._capture or self._open(wait)
        for _ in range(_KEPT_BY_DRIVER + 1):
            began = self._clock()
            if not capture.grab():
                raise self._lost("The camera gives no pictures any more")
            if self._clock() - began > _WAITED:
                break
        there, frame = capture.retrieve()
        if not there or frame is None:
            return None  # one picture came damaged over the wire; the next will do
        return np.ascontiguousarray(frame, np.uint8)

    def close(self) -> None:
        """Let go of the device."""
        self._closed = True
        self._release()

    def _open(self, wait: float) -> Capture:
        left = self._try_at - self._clock()
        if left > 0:
            self._rest(min(left, wait))
        if self._clock() < self._try_at:
            raise CameraLostError("The camera is away", _advice())
        capture = self._opener(self._number)
        if capture is None:
            raise self._lost(f"There is no camera {self._number}")
        self._capture = capture
        if not capture.isOpened():
            raise self._lost(f"Camera {self._number} cannot be opened")
        self.mode = self._choose_mode(capture)
        if not any(capture.grab() for _ in range(_BLACK_FRAMES)):
            raise self._lost(f"Camera {self._number} gives no pictures")
        self._pause = _FIRST_PAUSE
        return capture

    def _choose_mode(self, capture: Capture) -> CameraMode:
        """Ask for MJPG, size and speed in this order (another is ignored); return what came."""
        capture.set(cv2.CAP_PROP_FOURCC, _MJPG)
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._size[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._size[1])
        capture.set(cv2.CAP_PROP_FPS, self._fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        mode = CameraMode(
            round(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            round(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
            capture.get(cv2.CAP_PROP_FPS),
            _letters(int(capture.get(cv2.CAP_PROP_FOURCC))),
        )
        log.info("camera %s gives %s", self._number, mode)
        if (mode.width, mode.height) != self._size:
            log.warning("camera %s was asked for %s x %s", self._number, *self._size)
        return mode

    def _lost(self, message: str) -> CameraLostError:
        self._release()
        self._try_at = self._clock() + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        return CameraLostError(message, _advice())

    def _release(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _open_device(number: int) -> Capture | None:
    """Open a device the way its system does it best; None where it is plain that there is none."""
    system: str = sys.platform  # a plain text, so that mypy looks at all three ways
    if system == "linux":
        if not Path(f"/dev/video{number}").exists():
            return None
        return cv2.VideoCapture(number, cv2.CAP_V4L2)
    if system == "win32":
        # DSHOW opens at once where MSMF takes 4 to 20 seconds, but it does not know every camera.
        direct = cv2.VideoCapture(number, cv2.CAP_DSHOW)
        if direct.isOpened():
            return direct
        direct.release()
        return cv2.VideoCapture(number, cv2.CAP_MSMF)
    return cv2.VideoCapture(number, cv2.CAP_AVFOUNDATION)


def _letters(fourcc: int) -> str:
    raw = bytes((fourcc >> shift) & 0xFF for shift in (0, 8, 16, 24))
    return raw.decode("ascii", "replace").strip("\0 ")


def _advice() -> str:
    return "Is it plugged in, and does no other program use it?"
