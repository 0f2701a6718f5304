"""Videos of people of the labelled photos, as a camera would film them."""

from collections.abc import Sequence
from math import sin
from pathlib import Path

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage

_SIZE = (960, 720)
_SELFIE = 480  # pixels of a selfie's height in the video
_FPS = 25
_SECONDS = 1.2  # that each pose is held


def film(selfies: Sequence[tuple[Path, bool]], video: Path) -> None:
    """Write a video in which one person holds poses; each is a selfie, mirrored where True."""
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), _FPS, _SIZE)
    assert writer.isOpened()
    for file, mirrored in selfies:
        pose = _scaled(file, mirrored)
        for number in range(round(_SECONDS * _FPS)):
            writer.write(_scene(pose, sway=round(3 * sin(number / 6))))
    writer.release()


def _scaled(file: Path, mirrored: bool) -> BgrImage:
    picture = cv2.imread(str(file))
    assert picture is not None
    height, width = picture.shape[:2]
    size = (round(width * _SELFIE / height), _SELFIE)
    scaled = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.flip(scaled, 1) if mirrored else scaled, np.uint8)


def _scene(pose: BgrImage, sway: int) -> BgrImage:
    """Return the pose in the middle of a grey room."""
    width, height = _SIZE
    scene = np.full((height, width, 3), 120, np.uint8)
    rows, columns = pose.shape[:2]
    top, left = (height - rows) // 2, (width - columns) // 2 + sway
    scene[top : top + rows, left : left + columns] = pose
    return scene
