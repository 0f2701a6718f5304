"""SCRFD's network: a canvas in, candidate boxes and landmarks out (Guo et al., ICLR 2022)."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage, BoxArray, FloatArray
from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.vision.runtime import Model

_STRIDES = (8, 16, 32)
_ANCHORS = 2  # two anchors stand at every cell of a feature map
_MEAN, _STD = 127.5, 128.0  # what the network was trained with, on RGB


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Detections in pixels: boxes (n, 4) x1 y1 x2 y2, landmarks (n, 5, 2), scores (n,)."""

    boxes: BoxArray
    landmarks: FloatArray
    scores: FloatArray

    def __len__(self) -> int:
        """Return the number of detections."""
        return len(self.scores)

    def take(self, rows: FloatArray | list[int]) -> "Candidates":
        """Return the detections at these indices or under this mask."""
        return Candidates(self.boxes[rows], self.landmarks[rows], self.scores[rows])

    def moved(self, scale: float, left: float, top: float) -> "Candidates":
        """Return the detections with the offset taken off, then multiplied by ``scale``."""
        offset = np.array([left, top], np.float32)
        boxes = (self.boxes - np.tile(offset, 2)) * np.float32(scale)
        return Candidates(boxes, (self.landmarks - offset) * np.float32(scale), self.scores)


def joined(parts: list[Candidates]) -> Candidates:
    """Return all detections of several passes."""
    return Candidates(
        np.concatenate([part.boxes for part in parts]),
        np.concatenate([part.landmarks for part in parts]),
        np.concatenate([part.scores for part in parts]),
    )


def check_is_scrfd(model: Model) -> None:
    """Raise ModelPackError unless the graph has the nine outputs of SCRFD with landmarks."""
    if model.output_count != 9:
        raise ModelPackError(
            "The detector of this model pack is not a SCRFD model with landmarks",
            "Use a file such as scrfd_500m_bnkps.onnx or det_10g.onnx.",
        )


def run_scrfd(model: Model, canvas: BgrImage, threshold: float) -> Candidates:
    """Return every candidate at or above the score threshold, in pixels of the canvas.

    The canvas' sides are multiples of 32.
    """
    outputs = model.run(network_input(canvas))
    height, width = canvas.shape[:2]
    boxes, landmarks, scores = [], [], []
    for level, stride in enumerate(_STRIDES):
        score = outputs[level].reshape(-1)
        rows = np.flatnonzero(score >= threshold)
        centres = _centres(height // stride, width // stride, stride)[rows]
        distance = outputs[level + 3].reshape(-1, 4)[rows] * stride
        offsets = outputs[level + 6].reshape(-1, 5, 2)[rows] * stride
        boxes.append(np.hstack([centres - distance[:, :2], centres + distance[:, 2:]]))
        landmarks.append(centres[:, None, :] + offsets)
        scores.append(score[rows])
    return Candidates(np.concatenate(boxes), np.concatenate(landmarks), np.concatenate(scores))


def network_input(canvas: BgrImage) -> FloatArray:
    """Return float32 (1, 3, h, w), RGB, about -1 to 1."""
    size = (canvas.shape[1], canvas.shape[0])
    blob = cv2.dnn.blobFromImage(canvas, 1 / _STD, size, (_MEAN, _MEAN, _MEAN), swapRB=True)
    return np.asarray(blob, np.float32)


def non_maximum_suppression(found: Candidates, overlap: float) -> Candidates:
    """Keep the best of detections that overlap more than this IoU, best first."""
    order = np.argsort(-found.scores, kind="stable")
    x1, y1, x2, y2 = found.boxes.T
    areas = (x2 - x1) * (y2 - y1)
    keep: list[int] = []
    while order.size:
        best, rest = order[0], order[1:]
        keep.append(int(best))
        width = np.minimum(x2[best], x2[rest]) - np.maximum(x1[best], x1[rest])
        height = np.minimum(y2[best], y2[rest]) - np.maximum(y1[best], y1[rest])
        shared = np.clip(width, 0, None) * np.clip(height, 0, None)
        order = rest[shared <= overlap * (areas[best] + areas[rest] - shared)]
    return found.take(keep)


@lru_cache(maxsize=64)
def _centres(rows: int, columns: int, stride: int) -> FloatArray:
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    grid = np.stack([x, y], axis=-1).reshape(-1, 2) * stride
    return np.repeat(grid, _ANCHORS, axis=0)
