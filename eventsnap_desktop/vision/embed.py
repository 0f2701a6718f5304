"""Aligned crops to L2-normalised 512-d vectors (ArcFace, Deng et al., CVPR 2019)."""

from collections.abc import Sequence

import cv2
import numpy as np

from eventsnap_desktop.domain.arrays import EMBEDDING_SIZE, BgrImage, EmbeddingRows, FloatArray
from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.vision.align import CROP
from eventsnap_desktop.vision.runtime import Model

_MEAN, _STD = 127.5, 127.5  # what the network was trained with, on RGB


def embed(model: Model, crops: Sequence[BgrImage]) -> EmbeddingRows:
    """Return float32 (n, 512), every row of length 1; ``crops`` are BGR uint8 (112, 112, 3)."""
    if not crops:
        return np.empty((0, EMBEDDING_SIZE), np.float32)
    rows = cv2.dnn.blobFromImages(
        list(crops), 1 / _STD, (CROP, CROP), (_MEAN, _MEAN, _MEAN), swapRB=True
    )
    return normalised(model.run_rows(np.asarray(rows, np.float32)))


def normalised(rows: FloatArray) -> EmbeddingRows:
    """Return the rows divided by their length; a row of zeros stays zeros."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), np.float32)


def check_is_arcface(model: Model) -> None:
    """Raise ModelPackError unless a blank crop gives 512 finite numbers."""
    try:
        vector = model.run(np.zeros((1, 3, CROP, CROP), np.float32))[0]
    except Exception as error:
        raise ModelPackError(
            "The recognizer of this model pack does not take 112x112 crops",
            "Use an ArcFace-type model such as w600k_mbf.onnx.",
        ) from error
    if vector.shape != (1, EMBEDDING_SIZE) or not np.isfinite(vector).all():
        raise ModelPackError(
            f"The recognizer of this model pack gives {vector.shape}, not (1, {EMBEDDING_SIZE})",
            "Use an ArcFace-type model such as w600k_mbf.onnx.",
        )
