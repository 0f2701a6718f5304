"""One number for how well a face can be recognised, from its size, sharpness, pose and light.

Each part runs from 0 (useless) to 1 (as good as it gets) and the quality is their geometric mean,
so one bad part is enough to make a face bad. The ends of each ramp were set by looking at what
the recognizer still tells apart (docs/matching.md).
"""

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage, FloatArray, Landmarks
from eventsnap_desktop.domain.faces import FaceMeasures

_SIZE = (8.0, 80.0)  # pixels of the shorter side of the box, in the picture the crop is cut from
_SHARPNESS = (1.5, 12.0)  # see sharpness()
_YAW = (1.2, 0.15)  # see yaw()
_PITCH = (1.2, 0.3)  # see pitch()
_DARK = (20.0, 70.0)  # mean grey level of the face
_BRIGHT = (250.0, 215.0)


def measure(crop: BgrImage, landmarks: Landmarks, size: float) -> FaceMeasures:
    """Measure an aligned crop (112, 112, 3), its landmarks (any scale) and its size in pixels."""
    grey = cv2.cvtColor(np.ascontiguousarray(crop[24:104, 16:96]), cv2.COLOR_BGR2GRAY)
    inner = np.asarray(grey, np.float32)
    return FaceMeasures(
        size=size,
        sharpness=sharpness(inner),
        yaw=yaw(landmarks),
        pitch=pitch(landmarks),
        eye_distance=eye_distance(landmarks),
        brightness=float(inner.mean()),
    )


def quality(measures: FaceMeasures) -> float:
    """Return the geometric mean of the four parts, 0 to 1."""
    size = _ramp(measures.size, *_SIZE)
    sharp = _ramp(measures.sharpness, *_SHARPNESS)
    pose = _ramp(measures.yaw, *_YAW) * _ramp(measures.pitch, *_PITCH)
    light = _ramp(measures.brightness, *_DARK) * _ramp(measures.brightness, *_BRIGHT)
    return float((size * sharp * pose * light) ** 0.25)


def sharpness(grey: FloatArray) -> float:
    """Return the spread of the Laplacian over the spread of the grey levels, in percent.

    Pech-Pacheco's variance of the Laplacian (2000), divided by contrast so that a dim face is not
    taken for a blurred one. A face enlarged from few pixels is as smooth as one out of focus.
    """
    image = np.asarray(grey, np.float32)
    contrast = float(image.std())
    if contrast < 1:
        return 0.0
    return 100 * float(cv2.Laplacian(image, cv2.CV_32F).std()) / contrast / 4


def yaw(landmarks: Landmarks) -> float:
    """Return how far the head is turned: 0 frontal, about 1 in full profile.

    How far the nose tip lies beside the middle of the eyes plus beside the middle of the mouth,
    along the eye line, over the distance from eyes to mouth. Rotation does not count.
    """
    left, right, nose, mouth_left, mouth_right = landmarks.astype(np.float64)
    eyes, mouth = (left + right) / 2, (mouth_left + mouth_right) / 2
    axis, _ = _unit(right - left)
    height = _unit(mouth - eyes)[1]
    return (abs(float((nose - eyes) @ axis)) + abs(float((nose - mouth) @ axis))) / height


def pitch(landmarks: Landmarks) -> float:
    """Return how far the head is up or down: 0 when the nose tip is where a level head has it."""
    left, right, nose, mouth_left, mouth_right = landmarks.astype(np.float64)
    eyes, mouth = (left + right) / 2, (mouth_left + mouth_right) / 2
    axis, length = _unit(mouth - eyes)
    # 0.5 is where ArcFace's own template has the nose on the way from the eyes to the mouth.
    return abs(float((nose - eyes) @ axis) / length - 0.5) / 0.5


def eye_distance(landmarks: Landmarks) -> float:
    """Return the distance of the eyes over that from eyes to mouth: 0.9 frontal, 0 in profile."""
    left, right, _, mouth_left, mouth_right = landmarks.astype(np.float64)
    height = _unit((mouth_left + mouth_right) / 2 - (left + right) / 2)[1]
    return float(np.linalg.norm(right - left)) / height


def _unit(vector: FloatArray) -> tuple[FloatArray, float]:
    length = float(np.linalg.norm(vector))
    return (vector / length, length) if length > 1e-6 else (np.array([1.0, 0.0]), 1e-6)


def _ramp(value: float, worst: float, best: float) -> float:
    return float(np.clip((value - worst) / (best - worst), 0.0, 1.0))
