"""Five landmarks to the upright 112x112 crop that ArcFace was trained with."""

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage, FloatArray, Landmarks

CROP = 112

# Where ArcFace's training crops have the eyes, nose and mouth corners (Deng et al., CVPR 2019).
TEMPLATE: Landmarks = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ],
    dtype=np.float32,
)


def similarity_transform(points: Landmarks, target: Landmarks) -> FloatArray:
    """Return float64 (2, 3) that moves ``points`` (n, 2) nearest to ``target`` (n, 2).

    Rotation, one scale and translation by least squares, closed form: with points as complex
    numbers z and w, w = a z + b has a = sum(conj(z') w') / sum(|z'|^2) on centred points. Without
    reflections this equals Umeyama (1991). Landmarks that all coincide give the identity's scale.
    """
    z = points[:, 0].astype(np.float64) + 1j * points[:, 1]
    w = target[:, 0].astype(np.float64) + 1j * target[:, 1]
    z_mean, w_mean = z.mean(), w.mean()
    spread = float(np.sum(np.abs(z - z_mean) ** 2))
    a = np.sum(np.conj(z - z_mean) * (w - w_mean)) / spread if spread > 0 else 1.0
    b = w_mean - a * z_mean
    return np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])


def align(image: BgrImage, landmarks: Landmarks) -> BgrImage:
    """Return the face as BGR uint8 (112, 112, 3); black where the picture ends."""
    matrix = similarity_transform(landmarks, TEMPLATE)
    crop = cv2.warpAffine(image, matrix, (CROP, CROP), borderValue=0)
    return np.asarray(crop, np.uint8)
