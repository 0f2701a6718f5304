"""Pictures to faces: detect, align, judge and embed, batched across pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import BgrImage, BoxArray, Embedding, EmbeddingRows
from eventsnap_desktop.domain.faces import Box, EncodedPicture, Face
from eventsnap_desktop.vision.align import align
from eventsnap_desktop.vision.decode import Picture
from eventsnap_desktop.vision.detect import DEFAULT_PLAN, DetectionPlan, detect
from eventsnap_desktop.vision.embed import check_is_arcface, embed
from eventsnap_desktop.vision.packs import ModelPack
from eventsnap_desktop.vision.quality import measure, quality
from eventsnap_desktop.vision.runtime import Model, Provider, open_model
from eventsnap_desktop.vision.scrfd import Candidates, check_is_scrfd

GPU_BATCH, CPU_BATCH = 32, 4
"""Crops a recognizer run: on a CPU a face costs 10.6 ms in batches of 1 to 8 and 12.5 in one of 32
(measured); a GPU wants larger ones, of one fixed shape."""

ENOUGH_PIXELS = 2560
"""The longer side to decode to: twice the fine detection pass, so that the smallest face it finds
(12 pixels there) still gives a crop of 24 pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundCrops:
    """The detections of one picture and their aligned crops, row by row."""

    candidates: Candidates
    crops: list[BgrImage]


class FaceEncoder:
    """A detector and a recognizer; ``encode`` is safe from several threads at once."""

    def __init__(
        self, detector: Model, recognizer: Model, plan: DetectionPlan = DEFAULT_PLAN
    ) -> None:
        self.detector, self.recognizer, self._plan = detector, recognizer, plan

    @property
    def plan(self) -> DetectionPlan:
        """The sizes pictures are looked at in."""
        return self._plan

    def encode(self, pictures: Sequence[Picture]) -> list[EncodedPicture]:
        """Return the faces of each picture, best score first, in pixels of the original."""
        found = [self.find(picture.image) for picture in pictures]
        vectors = embed(self.recognizer, [crop for one in found for crop in one.crops])
        encoded = []
        start = 0
        for picture, one in zip(pictures, found, strict=True):
            end = start + len(one.crops)
            encoded.append(_described(picture, one, vectors[start:end]))
            start = end
        return encoded

    def embed_mirrored(self, picture: Picture, face: Face) -> Embedding:
        """Return the vector of the face's mirror image, which steadies a template."""
        crop = align(picture.image, face.landmarks / np.float32(picture.scale))
        vector: Embedding = embed(self.recognizer, [np.ascontiguousarray(crop[:, ::-1])])[0]
        return vector

    def find(self, image: BgrImage) -> FoundCrops:
        """Detect the faces of BGR uint8 (h, w, 3) and cut them out."""
        candidates = detect(self.detector, image, self._plan)
        return FoundCrops(candidates, [align(image, points) for points in candidates.landmarks])


def open_encoder(
    pack: ModelPack, provider: Provider, plan: DetectionPlan = DEFAULT_PLAN
) -> FaceEncoder:
    """Open a pack's two models; ModelPackError when they are not a SCRFD and an ArcFace."""
    cv2.setNumThreads(1)  # the program's own threads fill the cores
    detector = open_model(pack.detector, provider)
    check_is_scrfd(detector)
    batch = GPU_BATCH if provider.is_gpu else CPU_BATCH
    recognizer = open_model(pack.recognizer, provider, batch)
    check_is_arcface(recognizer)
    return FaceEncoder(detector, recognizer, plan)


def _described(picture: Picture, found: FoundCrops, vectors: EmbeddingRows) -> EncodedPicture:
    faces = []
    for row, (crop, vector) in enumerate(zip(found.crops, vectors, strict=True)):
        box, points = found.candidates.boxes[row], found.candidates.landmarks[row]
        measures = measure(crop, points, float(min(box[2] - box[0], box[3] - box[1])))
        faces.append(
            Face(
                box=_original_box(box, picture),
                landmarks=(points * np.float32(picture.scale)).astype(np.float32),
                score=float(found.candidates.scores[row]),
                quality=quality(measures),
                embedding=vector,
                measures=measures,
            )
        )
    return EncodedPicture(picture.width, picture.height, tuple(faces))


def _original_box(box: BoxArray, picture: Picture) -> Box:
    """Return the box in pixels of the original, cut at the picture's edges."""
    scale = picture.scale
    left, top = max(0.0, float(box[0]) * scale), max(0.0, float(box[1]) * scale)
    right = min(float(picture.width), float(box[2]) * scale)
    bottom = min(float(picture.height), float(box[3]) * scale)
    return Box(left, top, max(0.0, right - left), max(0.0, bottom - top))
