"""Looks at camera pictures: quickly while the coach watches, fully when a selfie is taken."""

import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage, BoxArray
from eventsnap_desktop.domain.coaching import SeenFace, SeenFrame
from eventsnap_desktop.domain.faces import Box, EncodedSelfie
from eventsnap_desktop.vision.align import align
from eventsnap_desktop.vision.detect import DetectionPlan, detect
from eventsnap_desktop.vision.encoder import FaceEncoder
from eventsnap_desktop.vision.mask import seems_masked
from eventsnap_desktop.vision.picture import Picture
from eventsnap_desktop.vision.quality import measure

_PLAN = DetectionPlan(overview=160, standard=384, fine=640, fine_under=0.0)
"""Faces from 80 pixels of a picture of 1280x720, to those that fill it; only where none is found a
finer pass looks for somebody far away. With `lite` 11 ms on one core, 24 where nobody is found."""

_MOST_FACES = 8  # measured faces a picture: a crowd behind the guest shall not slow the coach


class FrameLooker:
    """Fits flows/guest_ports.Looker; safe from several threads at once."""

    def __init__(self, encoder: FaceEncoder) -> None:
        self._encoder = encoder

    def look(self, image: BgrImage) -> SeenFrame:
        """Find and measure the faces of BGR uint8 (h, w, 3), most prominent first; no vectors."""
        found = detect(self._encoder.detector, image, _PLAN)
        height, width = image.shape[:2]
        boxes = [_box(row) for row in found.boxes]
        order = sorted(range(len(boxes)), key=lambda row: -boxes[row].prominence(width, height))
        faces: list[SeenFace] = []
        masked = False
        for row in order[:_MOST_FACES]:
            points = np.asarray(found.landmarks[row], np.float32)
            crop = align(image, points)
            measures = measure(crop, points, _inside(boxes[row], width, height).shorter_side)
            masked = masked or (not faces and seems_masked(crop, measures))
            faces.append(SeenFace(boxes[row], points, float(found.scores[row]), measures))
        return SeenFrame(image, tuple(faces), masked)

    def encode(self, image: BgrImage) -> EncodedSelfie:
        """Return the picture's faces with their vectors, as `--match` gets them of a file."""
        height, width = image.shape[:2]
        picture = Picture(image, width, height, None)
        encoded = self._encoder.encode([picture])[0]
        return EncodedSelfie(encoded, lambda face: self._encoder.embed_mirrored(picture, face))


def _box(corners: BoxArray) -> Box:
    left, top, right, bottom = (float(value) for value in corners)
    return Box(left, top, right - left, bottom - top)


def _inside(box: Box, width: int, height: int) -> Box:
    """Return the part of the box that lies in the picture."""
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(float(width), box.x + box.width), min(float(height), box.y + box.height)
    return Box(left, top, max(0.0, right - left), max(0.0, bottom - top))
