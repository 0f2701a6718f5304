"""Plays a picture, a folder of pictures or a video as if it were a camera."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import cv2
import numpy as np

from eventsnap_desktop.camera.frames import CameraLostError, CameraRefusedError
from eventsnap_desktop.domain.arrays import BgrImage

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
_LONGER_SIDE = 1920  # pixels: no camera gives more
_FPS = 25.0
_EACH_PICTURE = 1.5  # seconds that a folder's picture is shown
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 4.0  # seconds between tries to play what is away


class FileCamera:
    """Fits frames.Camera. Videos and folders begin again at their end; a picture stays.

    Raises CameraRefusedError when there is nothing to play. Time passes as with a camera: a picture
    comes at most ``fps`` times a second. A file that is moved away is a camera pulled out.
    """

    def __init__(self, path: Path, fps: float = _FPS) -> None:
        if not path.exists():
            raise CameraRefusedError(f"There is no file {path}", "Choose a picture or a video.")
        self._path, self._every = path, 1.0 / fps
        self._closed = False
        self._next_at = monotonic()
        self._pause, self._away = _FIRST_PAUSE, False
        self._frames = self._open()
        self._waiting: BgrImage | None = next(self._frames, None)
        if self._waiting is None:
            raise CameraRefusedError(
                f"There is no picture that can be shown in {path}",
                "Choose a picture, a folder of pictures, or a video.",
            )

    def newest(self, wait: float) -> BgrImage | None:
        """Return the next picture when its time has come, None when that is later than ``wait``."""
        if self._closed:
            raise CameraLostError("The camera was closed")
        left = self._next_at - monotonic()
        sleep(max(0.0, min(left, wait)))
        if left > wait:
            if self._away:
                raise self._lost()
            return None
        if self._away:
            self._come_back()
        frame, self._waiting = self._waiting, None
        if frame is None:
            frame = next(self._frames, None)
        if frame is None:
            self._away = True
            self._next_at = monotonic() + self._pause
            raise self._lost()
        self._next_at = max(self._next_at + self._every, monotonic())
        return frame.copy()

    def close(self) -> None:
        """Stop playing."""
        self._closed = True
        self._frames = iter(())
        self._waiting = None

    def _come_back(self) -> None:
        """Play from the beginning, when there is something to play again."""
        self._frames = self._open() if self._path.exists() else iter(())
        self._waiting = next(self._frames, None)
        self._away = self._waiting is None
        self._pause = min(self._pause * 2, _LONGEST_PAUSE) if self._away else _FIRST_PAUSE

    def _lost(self) -> CameraLostError:
        return CameraLostError(f"{self._path.name} cannot be read any more")

    def _open(self) -> Iterator[BgrImage]:
        if self._path.is_dir():
            files = [one for one in sorted(self._path.iterdir()) if _is_picture(one)]
            return _folder(files, max(1, round(_EACH_PICTURE / self._every)))
        if _is_picture(self._path):
            return _folder([self._path], 1)
        return _video(self._path)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in _PICTURES and path.is_file()


def _folder(files: list[Path], repeats: int) -> Iterator[BgrImage]:
    """Yield each readable picture ``repeats`` times, around and around; one alone is read once."""
    alone = _read(files[0]) if len(files) == 1 else None
    while alone is not None and files[0].exists():
        yield alone
    some = len(files) > 1
    while some:
        some = False
        for file in files:
            picture = _read(file)
            if picture is not None:
                some = True
                yield from [picture] * repeats


def _video(path: Path) -> Iterator[BgrImage]:
    """Yield a video's pictures, around and around."""
    capture = cv2.VideoCapture(str(path))
    try:
        seen = 0
        while True:
            there, frame = capture.read()
            if there:
                seen += 1
                yield _fitting(np.asarray(frame, np.uint8))
            elif seen == 0:
                return
            else:
                seen = 0
                capture.release()
                capture = cv2.VideoCapture(str(path))
    finally:
        capture.release()


def _read(path: Path) -> BgrImage | None:
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)  # imread knows no names beyond ASCII
    except OSError:
        return None
    if data.size == 0:
        return None
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return None if decoded is None else _fitting(np.asarray(decoded, np.uint8))


def _fitting(picture: BgrImage) -> BgrImage:
    height, width = picture.shape[:2]
    longer = max(height, width)
    if longer <= _LONGER_SIDE:
        return picture
    scale = _LONGER_SIDE / longer
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
