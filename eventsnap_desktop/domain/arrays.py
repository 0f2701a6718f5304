"""Named array types; each comment gives shape, dtype, unit and order."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

BgrImage: TypeAlias = NDArray[np.uint8]
"""A picture: BGR uint8 (height, width, 3), upright, C-contiguous."""

Landmarks: TypeAlias = NDArray[np.float32]
"""Five points: float32 (5, 2), x then y in pixels; left eye, right eye, nose, left and right
mouth corner, left and right as seen in the picture."""

BoxArray: TypeAlias = NDArray[np.float32]
"""Boxes: float32 (n, 4), x1, y1, x2, y2 in pixels."""

Embedding: TypeAlias = NDArray[np.float32]
"""One face: float32 (512,), L2-normalised."""

EmbeddingRows: TypeAlias = NDArray[np.float32]
"""Several faces: float32 (n, 512), every row L2-normalised."""

FloatArray: TypeAlias = NDArray[np.floating[Any]]
"""Any floating point array whose shape the function that takes it names."""

EMBEDDING_SIZE = 512
