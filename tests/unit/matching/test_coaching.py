"""What the coach says, when it takes a selfie, and that it never keeps anybody waiting."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from eventsnap_desktop.domain.coaching import Hint, SeenFace, SeenFrame
from eventsnap_desktop.matching.coaching import Advice, Coach, signed_yaw
from tests.fixtures.seen_faces import seen, seen_face

EVERY = 0.05  # seconds a picture


@dataclass
class Guest:
    """Stands in front of a coach, and does or does not do what it says."""

    coach: Coach = field(default_factory=Coach)
    now: float = 100.0
    taken: list[tuple[float, tuple[SeenFace, ...]]] = field(default_factory=list)

    def shows(self, frame: SeenFrame) -> Advice:
        self.now += EVERY
        advice = self.coach.see(frame, self.now)
        if advice.ready and len(self.taken) < 3:
            self.taken.append((self.now, advice.people))
            self.coach.took(advice.people, self.now)
        return advice

    def keeps(self, frame: SeenFrame, seconds: float) -> list[Advice]:
        return [self.shows(frame) for _ in range(round(seconds / EVERY))]

    def follows(self, seconds: float) -> None:
        yaw = 0.0
        for _ in range(round(seconds / EVERY)):
            hint = self.shows(seen(seen_face(yaw=yaw))).hint
            step = {Hint.TURN_LEFT: 0.08, Hint.TURN_RIGHT: -0.08}.get(hint, 0.0)
            yaw += step


def hints(advices: list[Advice]) -> list[Hint]:
    said = [advice.hint for advice in advices]
    return [one for one, before in zip(said, [None, *said], strict=False) if one is not before]


@pytest.mark.parametrize(
    ("frame", "hint"),
    [
        (seen(), Hint.NOBODY),
        (seen(seen_face(size=70)), Hint.CLOSER),
        (seen(seen_face(x=1150)), Hint.CENTRE),
        (seen(seen_face(x=1240)), Hint.CENTRE),
        (seen(seen_face(y=120, size=600)), Hint.STEP_BACK),
        (seen(seen_face(x=500), seen_face(x=800)), Hint.ONE_PERSON),
        (seen(seen_face(brightness=30)), Hint.MORE_LIGHT),
        (seen(seen_face(brightness=240)), Hint.LESS_LIGHT),
        (seen(seen_face(), masked=True), Hint.NO_MASK),
        (seen(seen_face(yaw=0.5)), Hint.LOOK_HERE),
        (seen(seen_face(sharpness=3.0)), Hint.HOLD_STILL),
        (seen(seen_face()), Hint.GOOD),
        (seen(seen_face(size=520)), Hint.GOOD),
        (seen(seen_face(), seen_face(x=80, size=100)), Hint.GOOD),
    ],
)
def test_each_thing_to_be_better_has_its_hint(frame: SeenFrame, hint: Hint) -> None:
    assert Coach().see(frame, 1.0).hint is hint


def test_who_follows_has_three_different_selfies_in_some_three_seconds() -> None:
    guest = Guest()
    guest.follows(5)
    assert len(guest.taken) == 3
    assert guest.taken[2][0] - 100 < 3.2
    yaws = [signed_yaw(people[0].landmarks) for _, people in guest.taken]
    assert abs(yaws[0]) < 0.2
    assert yaws[1] > 0.15
    assert yaws[2] < -0.15


def test_who_turns_to_the_other_side_first_is_right_too() -> None:
    guest = Guest()
    guest.keeps(seen(seen_face()), 0.6)
    said = guest.keeps(seen(seen_face(yaw=-0.4)), 1.0)
    assert len(guest.taken) == 2
    assert said[-1].hint is Hint.TURN_LEFT
    guest.keeps(seen(seen_face(yaw=0.3)), 1.0)
    assert len(guest.taken) == 3


def test_sides_are_seen_from_where_a_guest_looks_who_looks_at_the_screen() -> None:
    guest = Guest()
    guest.keeps(seen(seen_face(yaw=0.25)), 0.6)
    assert guest.keeps(seen(seen_face(yaw=0.25)), 1.0)[-1].hint is Hint.TURN_LEFT
    guest.keeps(seen(seen_face(yaw=0.5)), 1.0)
    guest.keeps(seen(seen_face(yaw=0.0)), 1.0)
    assert len(guest.taken) == 3


@pytest.mark.parametrize(
    "frame",
    [
        seen(seen_face()),
        seen(seen_face(size=60)),
        seen(seen_face(brightness=30)),
        seen(seen_face(), masked=True),
        seen(seen_face(yaw=0.7)),
        seen(seen_face(x=1150)),
    ],
)
def test_who_just_stands_there_is_taken_as_they_are_within_eight_seconds(frame: SeenFrame) -> None:
    guest = Guest()
    guest.keeps(frame, 8)
    times = [time for time, _ in guest.taken]
    assert len(times) == 3
    assert min(later - time for time, later in pairwise(times)) > 0.5


@pytest.mark.parametrize(
    "frame",
    [
        seen(),
        seen(seen_face(size=30)),
        seen(seen_face(sharpness=2.0)),
        seen(seen_face(brightness=15)),
        seen(seen_face(x=500), seen_face(x=800)),
    ],
)
def test_what_could_not_be_searched_with_is_never_taken(frame: SeenFrame) -> None:
    guest = Guest()
    assert not any(advice.ready or advice.score for advice in guest.keeps(frame, 20))


def test_who_looks_away_again_and_again_is_taken_when_they_look() -> None:
    guest = Guest()
    for _ in range(8):
        guest.keeps(seen(seen_face(yaw=0.7)), 0.5)
        guest.keeps(seen(seen_face(yaw=1.3)), 0.5)
    assert guest.taken
    assert all(people[0].measures.yaw == 0.7 for _, people in guest.taken)


def test_the_ring_fills_without_falling_while_a_pose_is_held() -> None:
    guest = Guest()
    rings = [advice.ring for advice in guest.keeps(seen(seen_face()), 0.45)]
    until = rings.index(1.0)
    assert rings[0] == 0
    assert rings[: until + 1] == sorted(rings[: until + 1])
    assert any(0.2 < ring < 0.8 for ring in rings)


def test_one_blurred_picture_does_not_empty_the_ring() -> None:
    guest = Guest()
    guest.keeps(seen(seen_face()), 0.3)
    assert guest.shows(seen(seen_face(sharpness=2.8))).ring > 0.2


def test_a_face_that_moves_is_not_taken_until_it_is_still() -> None:
    guest = Guest()
    for step in range(14):
        guest.shows(seen(seen_face(x=400 + step * 30)))
    assert not guest.taken
    guest.keeps(seen(seen_face(x=790)), 1.0)
    assert guest.taken


def test_a_hint_does_not_flicker_but_good_is_said_at_once() -> None:
    guest = Guest()
    far, near = seen(seen_face(size=70)), seen(seen_face())
    said = hints([guest.shows(frame) for _ in range(5) for frame in (seen(), far)])
    assert said == [Hint.NOBODY]
    assert guest.shows(near).hint is Hint.GOOD
    assert guest.shows(far).hint is Hint.GOOD
    assert hints(guest.keeps(far, 1.0)) == [Hint.GOOD, Hint.CLOSER]


def test_two_people_together_are_taken_both_and_alone_one_is_asked_for() -> None:
    both = seen(seen_face(x=440), seen_face(x=840))
    guest = Guest(Coach(together=True))
    guest.keeps(both, 0.6)
    assert [len(people) for _, people in guest.taken] == [2]
    far = seen(seen_face(x=440, size=120), seen_face(x=840, size=80))
    assert Coach(together=True).see(far, 1.0).hint is Hint.CLOSER


def test_nothing_begun_survives_a_pause() -> None:
    guest = Guest()
    guest.keeps(seen(seen_face()), 0.3)
    guest.coach.pause()
    guest.now += 60
    assert guest.shows(seen(seen_face())).ring == 0
    assert not guest.taken


@given(some.floats(-0.9, 0.9), some.floats(20, 600))
def test_the_yaw_has_the_sign_of_the_guests_own_left(yaw: float, size: float) -> None:
    assert signed_yaw(seen_face(size=size, yaw=yaw).landmarks) == pytest.approx(yaw, abs=0.01)


@given(
    some.lists(
        some.tuples(
            some.floats(0, 1280), some.floats(0, 720), some.floats(5, 900), some.floats(-1, 1)
        ),
        max_size=30,
    ),
    some.booleans(),
)
def test_whatever_is_seen_the_ring_stays_in_its_bounds(
    places: list[tuple[float, float, float, float]], together: bool
) -> None:
    guest = Guest(Coach(together))
    for x, y, size, yaw in places:
        advice = guest.shows(seen(seen_face(x, y, size, yaw)))
        assert 0 <= advice.ring <= 1
        assert advice.ready <= (advice.score > 0)
