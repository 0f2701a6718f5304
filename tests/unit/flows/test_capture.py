"""Three selfies from a camera: coached, by the shutter, together, through a lost camera."""

import threading

import numpy as np
import pytest

from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.errors import Cancelled
from eventsnap_desktop.flows.capture import CapturedSelfies, CaptureWishes, capture_selfies
from eventsnap_desktop.matching.selfies import judge_selfie
from tests.fixtures.scripted_camera import (
    People,
    ScriptedCamera,
    number_of,
    obedient,
    standing,
)
from tests.fixtures.seen_faces import seen_face


def capture(camera: ScriptedCamera, wishes: CaptureWishes | None = None) -> CapturedSelfies:
    return capture_selfies(
        camera, camera, wishes or CaptureWishes(), camera.report, camera.cancel, camera.clock
    )


def together() -> CaptureWishes:
    wishes = CaptureWishes()
    wishes.together(True)
    return wishes


def people_in(selfies: CapturedSelfies) -> list[list[int | None]]:
    """Return whose face each selfie of each person shows, None for none."""
    return [
        [number_of(one.picture.faces[0]) if one.picture.faces else None for one in person]
        for person in selfies.people
    ]


def test_a_guest_who_follows_is_done_in_some_three_seconds() -> None:
    camera = ScriptedCamera(obedient((1, 640)))
    selfies = capture(camera)
    assert camera.now < 3.5
    assert len(selfies.images) == 3
    assert people_in(selfies) == [[1, 1, 1]]
    assert [one.taken for one in camera.reports][-1] == 3
    assert {one.wanted for one in camera.reports} == {3}


def test_a_guest_who_only_stands_there_is_done_within_eight_seconds() -> None:
    camera = ScriptedCamera(standing((1, seen_face())))
    capture(camera)
    assert camera.now < 8


def test_each_selfie_is_encoded_when_it_is_taken_and_keeps_its_mirrored_vector() -> None:
    camera = ScriptedCamera(obedient((1, 640)))
    selfies = capture(camera)
    assert len(camera.encoded_at) == 3
    first = next(one for one in camera.reports if one.taken == 1)
    assert first.selfies[0] is selfies.images[0]
    for one in selfies.people[0]:
        face = judge_selfie(one.picture).face
        assert face is not None
        assert np.array_equal(one.mirrored(face), -face.embedding)


def test_boxes_are_told_in_parts_of_the_picture_and_cut_at_its_edges() -> None:
    def scene(now: float, last: CaptureProgress) -> People:
        return ((1, seen_face(x=60 if now < 1 else 640)),)

    camera = ScriptedCamera(scene)
    capture(camera)
    assert camera.reports[0].faces[0].x == 0
    assert camera.reports[0].faces[0].width == pytest.approx(180 / 1280)
    assert camera.reports[-1].faces[0].x == pytest.approx(520 / 1280)
    assert camera.reports[-1].people == 1


def test_the_shutter_counts_three_two_one_and_takes_what_the_coach_would_not() -> None:
    wishes = CaptureWishes()

    def scene(now: float, last: CaptureProgress) -> People:
        if len(camera.reports) == 2:
            wishes.shutter()
        return ((1, seen_face(size=70, sharpness=8 if now > 2.8 else 4)),)

    camera = ScriptedCamera(scene)
    capture(camera, wishes)
    counts = [one.countdown for one in camera.reports]
    assert counts[:2] == [0, 0]
    assert [counts[at] for at in (4, 30, 60)] == [3, 2, 1]
    first = next(one for one in camera.reports if one.taken == 1)
    assert first.countdown == 0
    assert camera.people_of(first.selfies[0])[0][1].measures.sharpness == 8
    assert all(one.taken == 0 for one in camera.reports if one.countdown)


def test_a_countdown_without_a_usable_face_ends_with_the_reason_and_no_selfie() -> None:
    wishes = CaptureWishes()
    wishes.shutter()
    camera = ScriptedCamera(standing((1, seen_face(x=400)), (2, seen_face(x=880))))
    with pytest.raises(Cancelled):
        capture(camera, wishes)
    last = camera.reports[-1]
    assert (last.hint, last.countdown, last.taken, last.people) == (Hint.ONE_PERSON, 0, 0, 2)
    assert max(one.countdown for one in camera.reports) == 3


def test_people_together_have_selfies_of_their_own_face_each() -> None:
    camera = ScriptedCamera(obedient((1, 440), (2, 840)))
    selfies = capture(camera, together())
    assert sorted(people_in(selfies)) == [[1, 1, 1], [2, 2, 2]]
    for person in selfies.people:
        for one in person:
            assert len(one.picture.faces) == 1
            face = one.picture.faces[0]
            assert np.array_equal(one.mirrored(face), -face.embedding)


def test_who_is_missing_in_one_selfie_still_belongs_and_who_passes_by_does_not() -> None:
    def scene(now: float, last: CaptureProgress) -> People:
        guests = {0: (1, 2), 1: (1, 2, 3), 2: (1,)}[min(last.taken, 2)]
        return tuple((one, seen_face(x=240 + 200 * one)) for one in guests)

    selfies = capture(ScriptedCamera(scene), together())
    assert sorted(people_in(selfies), key=str) == [[1, 1, 1], [2, 2, None]]


def test_to_be_together_begins_anew_with_everybody() -> None:
    wishes = CaptureWishes()

    def scene(now: float, last: CaptureProgress) -> People:
        if last.taken == 1 and not wishes.are_together:
            wishes.together(True)
            camera.scene = obedient((1, 440), (2, 840))
        return ((1, seen_face()),)

    camera = ScriptedCamera(scene)
    selfies = capture(camera, wishes)
    taken = [one.taken for one in camera.reports]
    assert 0 in taken[taken.index(1) :]
    assert sorted(people_in(selfies)) == [[1, 1, 1], [2, 2, 2]]


def test_a_lost_camera_is_told_with_its_reason_and_the_selfies_stay() -> None:
    follow = obedient((1, 640))
    away: list[float] = []

    def scene(now: float, last: CaptureProgress) -> People | None:
        if last.taken == 1 and len(away) < 50:
            away.append(now)
            return None
        return follow(now, last)

    camera = ScriptedCamera(scene)
    selfies = capture(camera)
    lost = [one for one in camera.reports if one.hint is Hint.CAMERA_LOST]
    assert len(lost) == 50
    assert {(one.problem, one.taken, one.people) for one in lost} == {("The camera is away.", 1, 0)}
    assert all(not one.problem for one in camera.reports if one.hint is not Hint.CAMERA_LOST)
    assert people_in(selfies) == [[1, 1, 1]]


def test_a_selfie_that_the_full_look_refuses_is_taken_again() -> None:
    camera = ScriptedCamera(obedient((1, 640)), crowded=2)
    selfies = capture(camera)
    assert len(camera.encoded_at) == 5
    assert people_in(selfies) == [[1, 1, 1]]


def test_it_ends_even_when_every_full_look_refuses() -> None:
    camera = ScriptedCamera(standing((1, seen_face())), crowded=100)
    selfies = capture(camera)
    assert len(selfies.people) == 1
    assert not any(judge_selfie(one.picture).accepted for one in selfies.people[0])


def test_the_wish_to_stop_stops_it() -> None:
    camera = ScriptedCamera(standing())
    with pytest.raises(Cancelled):
        capture(camera)
    assert {one.hint for one in camera.reports} == {Hint.NOBODY}


def test_wishes_come_from_another_thread() -> None:
    wishes = CaptureWishes()
    threads = [
        threading.Thread(target=wishes.shutter),
        threading.Thread(target=wishes.together, args=(True,)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wishes.are_together
    assert wishes.take_shutter()
    assert not wishes.take_shutter()
