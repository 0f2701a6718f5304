"""Whether a face seems to wear a mask, guessed from its colours: good for a hint, no more.

A mask makes mouth and chin one even colour that is far from the skin's around the eyes, without
the edges that lips make. Measured on faces of the labelled photos and selfies and on the same
faces with a mask painted over them (light blue, white, black): no false alarm among the 361 faces
that are large, sharp and whole enough to be asked about. Of the painted ones it sees 72, 69 and
83 %, of those that look ahead (yaw under 0.4) 82, 75 and 88 %. Selfies filmed from seven distances
(556 pictures) gave four alarms, all of mouths that something else hides.
"""

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage, FloatArray
from eventsnap_desktop.domain.faces import FaceMeasures

# Rows and columns of an aligned crop (112, 112): both cheeks under the eyes, and between the eyes.
_SKIN = (
    (slice(58, 66), slice(30, 44)),
    (slice(58, 66), slice(68, 82)),
    (slice(46, 60), slice(50, 62)),
)
_MOUTH = (slice(80, 104), slice(36, 76))
_LIPS = (slice(82, 104), slice(40, 72))
_CHIN = (slice(76, 110), slice(30, 82))

_GAP = 20.0  # least distance in Lab of the mouth's colour from each of the skin's
_SPREAD = 40.0  # most distance of nine tenths of the mouth's pixels from their median
_EDGE = 30.0  # most mean of the horizontal edges where lips would be
_OUTSIDE = 0.02  # share of the chin that may lie beyond the picture, where crops are black


def seems_masked(crop: BgrImage, measures: FaceMeasures) -> bool:
    """Guess from an aligned crop, BGR uint8 (112, 112, 3); no face in doubt wears a mask."""
    if not _can_tell(crop, measures):
        return False
    lab = np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2LAB), np.float32)
    mouth = lab[_MOUTH].reshape(-1, 3)
    colour = np.median(mouth, axis=0)
    spread = float(np.percentile(np.linalg.norm(mouth - colour, axis=1), 90))
    gap = min(float(np.linalg.norm(colour - _median(lab[part]))) for part in _SKIN)
    return gap > max(_GAP, spread + 4) and spread < _SPREAD and _lip_edges(crop) < _EDGE


def _can_tell(crop: BgrImage, seen: FaceMeasures) -> bool:
    """Whether the face is large, sharp, lit and whole enough."""
    good = seen.size >= 60 and seen.sharpness >= 3.5 and seen.yaw < 0.8
    lit = 30 < seen.brightness < 245
    return good and lit and float(np.mean(crop[_CHIN].max(axis=2) == 0)) < _OUTSIDE


def _lip_edges(crop: BgrImage) -> float:
    grey = cv2.GaussianBlur(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (0, 0), 1.2)
    return float(np.abs(cv2.Sobel(grey, cv2.CV_32F, 0, 1)[_LIPS]).mean())


def _median(part: FloatArray) -> FloatArray:
    return np.asarray(np.median(part.reshape(-1, 3), axis=0), np.float32)
