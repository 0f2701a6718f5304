"""Our detector and recognizer agree with insightface's FaceAnalysis on the same model files."""

import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.vision.align import align
from eventsnap_desktop.vision.detect import DetectionPlan, detect
from eventsnap_desktop.vision.embed import embed
from eventsnap_desktop.vision.runtime import Provider, open_model

ONE_PASS = DetectionPlan(overview=0, standard=640, fine=0)
CPU = Provider("cpu", "")


@pytest.fixture(scope="module")
def face_analysis(
    lite_detector: Path, lite_recognizer: Path, tmp_path_factory: pytest.TempPathFactory
) -> Any:
    folder = tmp_path_factory.mktemp("pack")
    for file in (lite_detector, lite_recognizer):
        (folder / file.name).symlink_to(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from insightface.app import FaceAnalysis

        app = FaceAnalysis(name=str(folder), providers=["CPUExecutionProvider"])
        app.prepare(ctx_id=-1, det_size=(640, 640), det_thresh=0.5)
    return app


def _iou(a: Any, b: Any) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0.0, width) * max(0.0, height)
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return float(shared / (areas - shared))


def _compare(image: BgrImage, theirs: list[Any], detector: Path, recognizer: Path) -> Any:
    """Return (n, 2): IoU of the box and cosine of the vector for each of their faces over 0.6."""
    found = detect(open_model(detector, CPU), image, ONE_PASS)
    vectors = embed(open_model(recognizer, CPU, 4), [align(image, p) for p in found.landmarks])
    rows = []
    for face in theirs:
        if face.det_score <= 0.6:
            continue
        overlaps = [_iou(face.bbox, box) for box in found.boxes] or [0.0]
        best = int(np.argmax(overlaps))
        cosine = float(vectors[best] @ face.normed_embedding) if len(vectors) else 0.0
        rows.append((overlaps[best], cosine))
    return np.array(rows).reshape(-1, 2)


def _their_faces(app: Any, image: BgrImage) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # insightface calls a deprecated function
        return list(app.get(image))


def test_boxes_and_vectors_of_a_group_picture_agree(
    face_analysis: Any, group_picture: Path, lite_detector: Path, lite_recognizer: Path
) -> None:
    image = np.asarray(cv2.imread(str(group_picture)), np.uint8)

    rows = _compare(image, _their_faces(face_analysis, image), lite_detector, lite_recognizer)

    assert len(rows) == 6
    assert (rows > [0.9, 0.99]).all()


def test_boxes_and_vectors_of_real_event_photos_agree(
    dataset: Path, face_analysis: Any, lite_detector: Path, lite_recognizer: Path
) -> None:
    parts = []
    for path in sorted((dataset / "photos").iterdir())[::5]:
        image = np.asarray(cv2.imread(str(path)), np.uint8)
        theirs = _their_faces(face_analysis, image)
        parts.append(_compare(image, theirs, lite_detector, lite_recognizer))
    rows = np.concatenate(parts)

    assert len(rows) > 100
    assert np.mean(rows[:, 0] > 0.9) >= 0.99
    assert np.mean(rows[:, 1] > 0.99) >= 0.99
