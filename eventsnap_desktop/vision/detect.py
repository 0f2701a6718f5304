"""Every face of a picture: an overview for giants, a standard pass, finer ones where needed.

SCRFD finds faces of a certain size on its canvas: about 12 pixels to 40 % of it. So a picture is
looked at in up to three ways. The *overview* shows it small with a grey margin, for faces that
fill the frame. The *standard* pass fits it into 640 pixels. Where the smallest face of that is
under 30 pixels, or none is there, the *fine* pass at 1280 looks for smaller ones. The figures
behind these choices stand in docs/matching.md; benchmarks/detection.py prints them.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.vision.runtime import Model
from eventsnap_desktop.vision.scrfd import (
    Candidates,
    joined,
    non_maximum_suppression,
    run_scrfd,
)

_GREY = 127  # becomes zero in the network's input: nothing to see
_OVERLAP = 0.4  # IoU of two detections of one face, SCRFD's own value


@dataclass(frozen=True, slots=True)
class DetectionPlan:
    """Sizes in pixels of the longer side; a pass of 0 is left out.

    ``fine_under``: the fine pass runs when the smallest face of the standard pass is shorter than
    this on its canvas, or when there is none. ``score``: detections below it are dropped.
    """

    overview: int = 160
    standard: int = 640
    fine: int = 1280
    finest: int = 0
    fine_under: float = 30.0
    finest_under: float = 20.0
    score: float = 0.5


DEFAULT_PLAN = DetectionPlan()


def detect(model: Model, image: BgrImage, plan: DetectionPlan = DEFAULT_PLAN) -> Candidates:
    """Return the faces of a picture, best score first, in pixels of ``image``."""
    found = [_pass(model, image, plan.standard, plan.score)]
    if plan.overview:
        found.append(_overview(model, image, plan))
    for size, under, before in (
        (plan.fine, plan.fine_under, plan.standard),
        (plan.finest, plan.finest_under, plan.fine),
    ):
        if not size or max(image.shape[:2]) <= before:
            break
        if not _needs_finer(found, under * max(image.shape[:2]) / before):
            break
        found.append(_pass(model, image, size, plan.score))
    return non_maximum_suppression(joined(found), _OVERLAP)


def _needs_finer(found: list[Candidates], smallest: float) -> bool:
    boxes = joined(found).boxes
    if not len(boxes):
        return True
    return bool(np.min(boxes[:, 2:] - boxes[:, :2], axis=1).min() < smallest)


def _pass(model: Model, image: BgrImage, size: int, score: float) -> Candidates:
    small, scale = _fitted(image, min(size, 2 * max(image.shape[:2])))
    rows, columns = small.shape[:2]
    canvas = np.zeros((*_canvas_shape(rows, columns, size), 3), np.uint8)
    canvas[:rows, :columns] = small
    return run_scrfd(model, canvas, score).moved(1 / scale, 0, 0)


def _overview(model: Model, image: BgrImage, plan: DetectionPlan) -> Candidates:
    small, scale = _fitted(image, plan.overview)
    rows, columns = small.shape[:2]
    side = -(-plan.overview * 8 // 5 // 32) * 32  # a margin of 30 % on each side
    top, left = (side - rows) // 2, (side - columns) // 2
    canvas = np.full((side, side, 3), _GREY, np.uint8)
    canvas[top : top + rows, left : left + columns] = small
    return run_scrfd(model, canvas, plan.score).moved(1 / scale, left, top)


def _fitted(image: BgrImage, longer: int) -> tuple[BgrImage, float]:
    """Return the picture with this longer side, and the scale of its height.

    Bilinear, sizes cut to whole pixels and one scale for both axes, as insightface's FaceAnalysis
    does it: so boxes and vectors agree with what others compute from the same model files. Area
    averaging and a scale an axis were tried: recall and false matches stay the same.
    """
    height, width = image.shape[:2]
    if height > width:
        size = (max(1, int(longer * width / height)), longer)
    else:
        size = (longer, max(1, int(longer * height / width)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(small, np.uint8), size[1] / height


def _canvas_shape(rows: int, columns: int, size: int) -> tuple[int, int]:
    """Return the smallest of a few canvases that holds the picture: few shapes, little padding."""
    longer = -(-size // 32) * 32
    for ratio in (9 / 16, 2 / 3, 3 / 4):
        shorter = -(-round(size * ratio) // 32) * 32
        if min(rows, columns) <= shorter:
            break
    else:
        shorter = longer
    return (shorter, longer) if columns >= rows else (longer, shorter)
