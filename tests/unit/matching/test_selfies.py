"""Which selfies can be searched with, and why not."""

import numpy as np
import pytest

from eventsnap_desktop.domain.faces import Box, EncodedPicture, Face, FaceMeasures
from eventsnap_desktop.matching.selfies import judge_selfie, refuse_strangers

GOOD = {
    "size": 200.0,
    "sharpness": 9.0,
    "yaw": 0.2,
    "pitch": 0.1,
    "eye_distance": 0.9,
    "brightness": 120.0,
}


def _vector(*leading: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    vector = np.zeros(512, np.float32)
    vector[: len(leading)] = leading
    return vector / np.linalg.norm(vector)


def _face(
    box: Box,
    quality: float = 0.9,
    leading: tuple[float, ...] = (1.0,),
    changed: dict[str, float] | None = None,
) -> Face:
    return Face(
        box,
        np.zeros((5, 2), np.float32),
        0.9,
        quality,
        _vector(*leading),
        FaceMeasures(**{**GOOD, **(changed or {})}),
    )


CENTRE = Box(200, 150, 240, 300)
EDGE = Box(0, 0, 120, 150)


def _picture(*faces: Face) -> EncodedPicture:
    return EncodedPicture(640, 600, faces)


def test_one_good_face_is_accepted() -> None:
    face = _face(CENTRE)

    verdict = judge_selfie(_picture(face))

    assert verdict.face is face
    assert verdict.reason is None


def test_a_picture_without_a_face_is_refused() -> None:
    assert "no face" in (judge_selfie(_picture()).reason or "")


def test_two_people_side_by_side_are_refused() -> None:
    verdict = judge_selfie(_picture(_face(Box(80, 150, 200, 250)), _face(Box(360, 150, 200, 250))))

    assert "more than one person" in (verdict.reason or "")


def test_a_passer_by_at_the_edge_does_not_disturb() -> None:
    guest = _face(CENTRE)

    assert judge_selfie(_picture(_face(EDGE), guest)).face is guest


@pytest.mark.parametrize(
    ("measure", "value", "word"),
    [
        ("size", 20.0, "20 pixels"),
        ("sharpness", 1.0, "blurred"),
        ("brightness", 10.0, "dark"),
        ("brightness", 254.0, "bright"),
        ("yaw", 1.5, "turned away"),
        ("eye_distance", 0.05, "turned away"),
    ],
)
def test_each_weakness_has_its_sentence(measure: str, value: float, word: str) -> None:
    verdict = judge_selfie(_picture(_face(CENTRE, changed={measure: value})))

    assert not verdict.accepted
    assert word in (verdict.reason or "")


def test_the_odd_one_out_of_three_selfies_is_refused() -> None:
    same = [judge_selfie(_picture(_face(CENTRE, leading=(1, 0.1 * n)))) for n in range(2)]
    other = judge_selfie(_picture(_face(CENTRE, quality=1.0, leading=(0, 0, 1))))

    verdicts = refuse_strangers([same[0], other, same[1]])

    assert [verdict.accepted for verdict in verdicts] == [True, False, True]
    assert "another person" in (verdicts[1].reason or "")


def test_of_two_that_disagree_the_better_one_stays() -> None:
    poor = judge_selfie(_picture(_face(CENTRE, quality=0.4)))
    good = judge_selfie(_picture(_face(CENTRE, quality=0.9, leading=(0, 1))))

    assert [verdict.accepted for verdict in refuse_strangers([poor, good])] == [False, True]
