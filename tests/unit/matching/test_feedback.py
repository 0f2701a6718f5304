"""What a guest says of photos, and photos that several people share."""

import numpy as np
import pytest

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.matches import Band, FoundFace, Thresholds
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.matching.feedback import Knowledge, grown_with, judged, shared

LIMITS = Thresholds(sure=0.345, maybe=0.30, grow=0.45)
BOX = Box(0, 0, 10, 10)


def axis(number: int) -> Embedding:
    vector = np.zeros(512, np.float32)
    vector[number] = 1
    return vector


def near(base: Embedding, similarity: float, other: Embedding) -> Embedding:
    """Return a unit vector of that similarity to ``base``; the rest points to ``other``."""
    mixed = similarity * base + np.sqrt(1 - similarity**2) * other
    return np.asarray(mixed, np.float32)


ME, OTHER, NOBODY = axis(0), axis(1), axis(2)


def face(number: int, embedding: Embedding, photo: int = 0, template: Embedding = ME) -> FoundFace:
    similarity = float(embedding @ template)
    return FoundFace(
        FaceId(number), PhotoId(photo or number), f"{number}.jpg", similarity, 0.9, BOX, embedding
    )


def known(*, mine: tuple[FoundFace, ...] = (), others: tuple[FoundFace, ...] = ()) -> Knowledge:
    return Knowledge(ME, ME.copy(), mine, others)


def bands(faces: list[FoundFace], knowledge: Knowledge) -> dict[int, Band]:
    return {int(one.face_id): band for one, band in judged(faces, knowledge, LIMITS)}


def test_without_a_word_only_similarity_counts() -> None:
    faces = [face(1, near(ME, 0.6, NOBODY)), face(2, near(ME, 0.32, NOBODY))]
    faces.append(face(3, near(ME, 0.2, NOBODY)))

    assert bands(faces, known()) == {1: Band.SURE, 2: Band.MAYBE}


def test_a_face_that_the_guest_said_is_theirs_is_sure_however_unlike() -> None:
    mine = face(2, near(ME, 0.31, NOBODY))

    assert bands([mine], known(mine=(mine,))) == {2: Band.SURE}
    assert bands([], known(mine=(mine,))) == {2: Band.SURE}


def test_a_face_of_somebody_else_goes_and_takes_the_others_of_that_person_along() -> None:
    stranger = face(5, near(ME, 0.32, OTHER))
    again = face(6, near(ME, 0.33, OTHER))
    unlike = face(7, near(ME, 0.33, NOBODY))

    assert bands([stranger, again, unlike], known(others=(stranger,))) == {7: Band.MAYBE}


def test_a_sure_face_that_is_more_like_somebody_else_is_asked_about() -> None:
    stranger = face(5, near(ME, 0.32, OTHER))
    sure = face(8, near(ME, 0.4, OTHER))

    assert bands([sure], known(others=(stranger,))) == {8: Band.MAYBE}


def test_the_last_word_on_a_face_counts() -> None:
    one = face(5, near(ME, 0.32, OTHER))
    said_no = known().told(one, False)
    said_yes = said_no.told(one, True)

    assert bands([one], said_no) == {}
    assert bands([one], said_yes) == {5: Band.SURE}
    assert said_yes.others == ()


def test_a_template_grows_by_what_the_guest_confirmed() -> None:
    mine = face(2, near(ME, 0.31, NOBODY))
    like_mine = near(ME, 0.2, NOBODY)

    grown = grown_with(known(mine=(mine,)), [])

    assert float(grown.grown @ like_mine) > float(ME @ like_mine)
    assert float(np.linalg.norm(grown.grown)) == pytest.approx(1, abs=1e-5)
    assert grown.selfies is ME


def test_a_template_does_not_grow_by_a_face_of_somebody_else() -> None:
    stranger = face(5, near(ME, 0.5, OTHER))

    assert np.allclose(grown_with(known(others=(stranger,)), [stranger]).grown, ME)


def test_wiping_leaves_nothing_but_zeros() -> None:
    mine = face(2, near(ME, 0.31, NOBODY))
    knowledge = Knowledge(ME.copy(), ME.copy(), (mine,))

    knowledge.wipe()

    assert not knowledge.selfies.any()
    assert not knowledge.grown.any()
    assert not mine.embedding.any()


def pair(number: int, photo: int, similarity: float) -> tuple[FoundFace, Band]:
    found = face(number, near(ME, similarity, NOBODY), photo)
    return found, Band.SURE if similarity >= LIMITS.sure else Band.MAYBE


def test_several_people_share_the_photos_that_show_each_of_them() -> None:
    first = [pair(1, 100, 0.6), pair(2, 200, 0.6)]
    second = [pair(3, 100, 0.5), pair(4, 300, 0.6)]

    [both] = shared([first, second])

    assert both.photo == 100
    assert [one.face_id for one in both.faces] == [1, 3]
    assert both.band is Band.SURE
    assert both.similarity == pytest.approx(0.5, abs=1e-6)


def test_one_doubtful_face_makes_a_shared_photo_doubtful() -> None:
    [both] = shared([[pair(1, 100, 0.6)], [pair(3, 100, 0.31)]])

    assert both.band is Band.MAYBE


def test_two_people_are_never_the_same_face() -> None:
    alone = shared([[pair(1, 100, 0.6)], [pair(1, 100, 0.5)]])
    apart = shared([[pair(1, 100, 0.6), pair(2, 100, 0.4)], [pair(1, 100, 0.5)]])

    assert alone == []
    assert [one.face_id for one in apart[0].faces] == [2, 1]


def test_one_guest_shares_photos_with_nobody_and_gets_all_of_them() -> None:
    found = shared([[pair(1, 100, 0.6), pair(2, 200, 0.31), pair(3, 200, 0.30)]])

    assert [(one.photo, one.band) for one in found] == [(100, Band.SURE), (200, Band.MAYBE)]
    assert shared([]) == []
