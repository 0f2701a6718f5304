"""Each rule that keeps a person's photo out is told by its name."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.browsing import PhotoRow, StoredFace
from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.domain.photos import PhotoId, PhotoState
from eventsnap_desktop.flows.explain import Explanation, QueryTemplate, Rule, explain

PHOTO = PhotoRow(
    id=PhotoId(1),
    key="a.jpg",
    etag="1",
    state=PhotoState.ENCODED,
    hidden=False,
    face_count=1,
    bytes=10,
    width=100,
    height=100,
    time=datetime(2030, 1, 1, tzinfo=UTC),
    failure=None,
)


def like(similarity: float) -> Embedding:
    vector = np.zeros(512, np.float32)
    vector[0], vector[1] = similarity, np.sqrt(1 - similarity**2)
    return vector


QUERY = QueryTemplate(like(1.0), Thresholds(sure=0.5, maybe=0.3, grow=0.6), "a guest")


def seen(photo: PhotoRow, *similarities: float) -> Explanation:
    faces = [
        StoredFace(FaceId(n), Box(0, 0, 9, 9), np.zeros((5, 2), np.float32), 0.9, 0.8, like(value))
        for n, value in enumerate(similarities)
    ]
    return explain(QUERY, photo, faces)


@pytest.mark.parametrize(
    ("similarity", "rule"), [(0.7, Rule.SURE), (0.4, Rule.MAYBE), (0.2, Rule.BELOW_MAYBE)]
)
def test_a_single_face_is_judged_by_the_thresholds(similarity: float, rule: Rule) -> None:
    found = seen(PHOTO, similarity)

    assert found.rule is rule
    assert found.faces[0].similarity == pytest.approx(similarity, abs=0.001)


def test_another_face_of_the_photo_is_better() -> None:
    found = seen(PHOTO, 0.45, 0.7, 0.1)

    assert [one.rule for one in found.faces] == [Rule.BETTER_FACE, Rule.SURE, Rule.BELOW_MAYBE]
    assert found.rule is Rule.SURE
    assert found.best is found.faces[1]


def test_a_hidden_photo_is_kept_out_for_that_unless_it_is_below_anyway() -> None:
    hidden = replace(PHOTO, hidden=True)

    assert seen(hidden, 0.7).rule is Rule.HIDDEN
    assert seen(hidden, 0.1).rule is Rule.BELOW_MAYBE


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        (PhotoState.PENDING, Rule.NOT_ENCODED),
        (PhotoState.FAILED, Rule.FAILED),
        (PhotoState.ENCODED, Rule.NO_FACE),
    ],
)
def test_a_photo_without_faces_says_why_it_has_none(state: PhotoState, rule: Rule) -> None:
    found = seen(replace(PHOTO, state=state))

    assert found.rule is rule
    assert found.best is None
