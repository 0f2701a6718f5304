"""The five-point similarity transform."""

import warnings

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.vision.align import CROP, TEMPLATE, align, similarity_transform


@given(
    st.floats(0.05, 20),
    st.floats(-3.1, 3.1),
    st.floats(-500, 500),
    st.floats(-500, 500),
)
def test_a_turned_scaled_and_moved_template_is_brought_back_exactly(
    scale: float, angle: float, x: float, y: float
) -> None:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = (scale * TEMPLATE @ turn.T + [x, y]).astype(np.float64)

    matrix = similarity_transform(points, TEMPLATE)

    moved = points @ matrix[:, :2].T + matrix[:, 2]
    assert np.allclose(moved, TEMPLATE, atol=1e-3)


def test_no_reflection_and_one_scale_only() -> None:
    mirrored = TEMPLATE * [-1, 1] + [112, 0]

    matrix = similarity_transform(mirrored.astype(np.float32), TEMPLATE)

    assert np.linalg.det(matrix[:, :2]) > 0
    assert np.isclose(matrix[0, 0], matrix[1, 1])
    assert np.isclose(matrix[0, 1], -matrix[1, 0])


def test_it_equals_the_library_that_trained_the_recognizer() -> None:
    from insightface.utils.face_align import estimate_norm

    points = np.array([[110, 120], [190, 118], [150, 160], [118, 205], [182, 204]], np.float32)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # the library calls a deprecated function
        theirs = estimate_norm(points)

    assert np.allclose(similarity_transform(points, TEMPLATE), theirs, atol=1e-4)


def test_landmarks_in_one_point_still_give_a_crop() -> None:
    image = np.full((40, 40, 3), 90, np.uint8)

    assert align(image, np.full((5, 2), 20, np.float32)).shape == (CROP, CROP, 3)
