"""Templates and bands."""

import numpy as np
import pytest

from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.matches import Band, FoundFace, Thresholds
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.matching.bands import to_matches
from eventsnap_desktop.matching.template import build_template, grow_template

LIMITS = Thresholds(sure=0.36, maybe=0.30, grow=0.5)


def _axis(*leading: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    vector = np.zeros(512, np.float32)
    vector[: len(leading)] = leading
    return vector / np.linalg.norm(vector)


def _found(face: int, photo: int, similarity: float, *leading: float) -> FoundFace:
    vector = _axis(*(leading or (1.0,)))
    box = Box(0, 0, 10, 10)
    return FoundFace(FaceId(face), PhotoId(photo), f"{photo}.jpg", similarity, 0.9, box, vector)


def test_a_template_has_length_one() -> None:
    template = build_template([_axis(1), _axis(0, 1)], [0.9, 0.3])

    assert np.linalg.norm(template) == pytest.approx(1)


def test_a_better_selfie_weighs_more() -> None:
    template = build_template([_axis(1), _axis(0, 1)], [0.9, 0.3])

    assert template[0] > template[1] > 0


def test_selfies_without_quality_still_make_a_template() -> None:
    assert np.linalg.norm(build_template([_axis(1)], [0.0])) == pytest.approx(1)


def test_growing_moves_the_template_towards_the_event() -> None:
    selfie, event = _axis(1), _axis(1, 1)

    grown = grow_template(selfie, [_found(1, 1, 0.7, 1, 1)])

    assert grown @ event > selfie @ event
    assert np.linalg.norm(grown) == pytest.approx(1)


def test_only_the_best_face_of_a_photo_grows_the_template() -> None:
    selfie = _axis(1)

    grown = grow_template(selfie, [_found(1, 1, 0.9, 1), _found(2, 1, 0.6, 0, 1)])

    assert grown == pytest.approx(selfie)


def test_without_clear_matches_the_template_stays() -> None:
    selfie = _axis(1)

    assert grow_template(selfie, []) is selfie


def test_bands_split_at_the_thresholds() -> None:
    near = [_found(1, 1, 0.36), _found(2, 2, 0.3599), _found(3, 3, 0.30), _found(4, 4, 0.29)]

    bands = {match.key: match.band for match in to_matches(near, LIMITS)}

    assert bands == {"1.jpg": Band.SURE, "2.jpg": Band.MAYBE, "3.jpg": Band.MAYBE}


def test_a_photo_is_shown_once_with_its_best_face() -> None:
    matches = to_matches([_found(1, 7, 0.32), _found(2, 7, 0.8)], LIMITS)

    assert [(match.face_id, match.similarity, match.doubtful) for match in matches] == [
        (2, 0.8, False)
    ]


def test_two_sure_faces_of_one_photo_are_flagged() -> None:
    assert to_matches([_found(1, 7, 0.5), _found(2, 7, 0.8)], LIMITS)[0].doubtful


def test_best_photos_come_first() -> None:
    matches = to_matches([_found(1, 1, 0.4), _found(2, 2, 0.9)], LIMITS)

    assert [match.key for match in matches] == ["2.jpg", "1.jpg"]
