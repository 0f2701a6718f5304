"""What a guest in front of the camera is told, and when a selfie is taken; no clock of its own.

Three different selfies find more than three alike: one looks ahead, one a little to either side.
The limits here are those of a good selfie. Those of a usable one (matching/selfies.py) are wider:
who cannot follow is taken as they are after a while.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from eventsnap_desktop.domain.arrays import Landmarks
from eventsnap_desktop.domain.coaching import Hint, SeenFace, SeenFrame
from eventsnap_desktop.matching.selfies import SECOND_PERSON, weakness

_HOLD = 0.35  # seconds of good pictures that fill the ring
_PATIENCE = 2.5  # seconds of usable pictures after which a pose is taken as it is
_FILLING = 1.0  # the last seconds of patience, in which the ring shows what is coming
_APART = 0.5  # least seconds between two selfies
_STEADY = 0.6  # least seconds a hint stays
_LONGEST_STEP = 0.25  # seconds that one picture may stand for

_SIZE, _SHARE, _MOST_SHARE = 90.0, 0.12, 0.4  # pixels, and parts of the picture's shorter side
_OFF_X, _OFF_Y = 0.3, 0.35  # from the picture's middle, in parts of its width and height
_BORDER = 0.35  # room between landmarks and border, in distances from eyes to mouth
_LARGE = 0.45  # part of the shorter side from which a face that is cut off is too near
_SHARPNESS, _DARK, _BRIGHT = 3.5, 40.0, 235.0  # as vision/quality.py measures them
_AHEAD, _LEVEL = 0.35, 0.7  # most yaw and pitch of who looks at the camera
_TURN, _PROFILE = 0.2, 0.95  # least and most yaw of who looks a little to the side
_SPEED, _SPAN, _REMEMBERED = 0.8, 0.12, 0.5  # face sizes a second, over and within these seconds


@dataclass(frozen=True, slots=True, eq=False)
class Advice:
    """What the coach makes of one picture.

    ``ring`` is how far the next selfie is, 0 to 1; with ``ready`` this picture is to be taken.
    ``people`` are the faces the picture is about. ``score`` compares pictures (sharp and frontal
    is better); it is 0 for one that could not be searched with.
    """

    hint: Hint
    ring: float
    ready: bool
    people: tuple[SeenFace, ...]
    score: float


class Coach:
    """Leads through the poses of one guest, or of several ``together``."""

    def __init__(self, together: bool = False) -> None:
        self._together = together
        self._yaws: list[float] = []  # of the selfies taken
        self._held = self._waited = 0.0
        self._seen_at: float | None = None
        self._took_at: float | None = None
        self._hint: Hint | None = None
        self._hint_at = 0.0
        self._places: deque[tuple[float, float, float]] = deque()

    def see(self, frame: SeenFrame, now: float) -> Advice:
        """Judge the next picture; ``now`` in seconds, growing."""
        people = prominent(frame)
        score = self._score(people)
        problem = self._problem(frame, people, now)
        self._count(problem, score > 0, now)
        rested = self._took_at is None or now - self._took_at >= _APART
        good = problem is None and self._held >= _HOLD
        ready = rested and score > 0 and (good or self._waited >= _PATIENCE)
        coming = max(self._held / _HOLD, (self._waited - _PATIENCE + _FILLING) / _FILLING)
        ring = 1.0 if ready else min(max(coming, 0.0), 0.99)
        hint = self._steady(Hint.GOOD if problem is None else problem, now)
        return Advice(hint, ring, ready, people, score)

    def took(self, people: tuple[SeenFace, ...], now: float) -> None:
        """Go on to the next pose: a selfie of these faces was taken."""
        self._yaws.append(_mean_yaw(people))
        self._took_at, self._hint = now, None
        self._held = self._waited = 0.0

    def refused(self) -> None:
        """Stay with the pose: the picture was no good after all."""
        self._held = 0.0
        self._waited = min(self._waited, _PATIENCE - _APART)

    def pause(self) -> None:
        """Forget what was begun: no pictures come for now."""
        self._seen_at, self._hint = None, None
        self._held = self._waited = 0.0
        self._places.clear()

    def _score(self, people: tuple[SeenFace, ...]) -> float:
        if not people or (len(people) > 1 and not self._together):
            return 0.0
        if any(weakness(face.measures) for face in people):
            return 0.0
        return min(face.measures.sharpness / (1 + face.measures.yaw) for face in people)

    def _count(self, problem: Hint | None, usable: bool, now: float) -> None:
        """Gather the seconds; one bad picture among good ones costs some of them, not all."""
        step = 0.0 if self._seen_at is None else min(now - self._seen_at, _LONGEST_STEP)
        self._seen_at = now
        self._held = self._held + step if problem is None else max(0.0, self._held - 2 * step)
        if usable:
            self._waited += step
        elif problem is Hint.NOBODY:
            self._waited = max(0.0, self._waited - 2 * step)

    def _problem(self, frame: SeenFrame, people: tuple[SeenFace, ...], now: float) -> Hint | None:
        """Return the first thing to be better, None when all is good."""
        if not people:
            self._places.clear()
            return Hint.NOBODY
        still = self._is_still(people[0], now)
        if len(people) > 1 and not self._together:
            return Hint.ONE_PERSON
        height, width = frame.image.shape[:2]
        problems = [_face_problem(face, width, height, len(people) == 1) for face in people]
        problems += [Hint.NO_MASK if frame.masked else None, self._pose_problem(people)]
        blurred = any(face.measures.sharpness < _SHARPNESS for face in people)
        problems.append(Hint.HOLD_STILL if blurred or not still else None)
        return next((problem for problem in problems if problem is not None), None)

    def _pose_problem(self, people: tuple[SeenFace, ...]) -> Hint | None:
        """Compare with the pose wanted: sides are seen from the first selfie's direction."""
        yaw = _mean_yaw(people)
        if not self._yaws:
            level = all(face.measures.pitch <= _LEVEL for face in people)
            return None if level and abs(yaw) <= _AHEAD else Hint.LOOK_HERE
        if abs(yaw) > _PROFILE:
            return Hint.LOOK_HERE
        turned = yaw - self._yaws[0]
        if len(self._yaws) == 1:
            return None if abs(turned) >= _TURN else Hint.TURN_LEFT  # either side will do
        to_right = self._yaws[1] >= self._yaws[0]
        if (-turned if to_right else turned) >= _TURN:
            return None
        return Hint.TURN_RIGHT if to_right else Hint.TURN_LEFT

    def _is_still(self, face: SeenFace, now: float) -> bool:
        x, y = (float(value) for value in face.landmarks.mean(axis=0))
        while self._places and now - self._places[0][0] > _REMEMBERED:
            self._places.popleft()
        earlier = [place for place in self._places if now - place[0] >= _SPAN]
        self._places.append((now, x, y))
        if not earlier:
            return True
        before, old_x, old_y = earlier[-1]
        way = float(np.hypot(x - old_x, y - old_y))
        return way <= _SPEED * max(face.measures.size, 1.0) * (now - before)

    def _steady(self, hint: Hint, now: float) -> Hint:
        """Return the hint to show: none flickers, but what is good is said at once."""
        shown = self._hint
        if shown is None or hint is Hint.GOOD or now - self._hint_at >= _STEADY:
            if shown is not hint:
                self._hint_at = now
            self._hint = shown = hint
        return shown


def prominent(frame: SeenFrame) -> tuple[SeenFace, ...]:
    """Return the faces a picture is about, by the same measure as judge_selfie."""
    height, width = frame.image.shape[:2]
    ranks = [face.box.prominence(width, height) for face in frame.faces]
    least = SECOND_PERSON * max(ranks, default=0.0)
    return tuple(face for face, rank in zip(frame.faces, ranks, strict=True) if rank >= least)


def signed_yaw(landmarks: Landmarks) -> float:
    """Return how far a head is turned: 0 ahead, about 1 in profile, positive to its own left.

    As vision/quality.yaw, with a sign. Who turns to their left is seen with the nose to the right,
    and in a mirrored preview to the left.
    """
    left, right, nose, mouth_left, mouth_right = landmarks.astype(np.float64)
    eyes, mouth = (left + right) / 2, (mouth_left + mouth_right) / 2
    axis = (right - left) / max(float(np.linalg.norm(right - left)), 1e-6)
    aside = float((nose - eyes) @ axis) + float((nose - mouth) @ axis)
    return aside / max(float(np.linalg.norm(mouth - eyes)), 1e-6)


def _mean_yaw(people: tuple[SeenFace, ...]) -> float:
    return float(np.mean([signed_yaw(face.landmarks) for face in people])) if people else 0.0


def _face_problem(face: SeenFace, width: int, height: int, alone: bool) -> Hint | None:
    shorter = min(width, height)
    box, seen = face.box, face.measures
    if _is_cut_off(face.landmarks, width, height):
        return Hint.STEP_BACK if box.shorter_side >= _LARGE * shorter else Hint.CENTRE
    if seen.size < min(max(_SIZE, _SHARE * shorter), _MOST_SHARE * shorter):
        return Hint.CLOSER
    off_x = abs((box.x + box.width / 2) / width - 0.5)
    off_y = abs((box.y + box.height / 2) / height - 0.5)
    if alone and (off_x > _OFF_X or off_y > _OFF_Y):
        return Hint.CENTRE
    if seen.brightness < _DARK:
        return Hint.MORE_LIGHT
    return Hint.LESS_LIGHT if seen.brightness > _BRIGHT else None


def _is_cut_off(landmarks: Landmarks, width: int, height: int) -> bool:
    """Whether eyes, nose or mouth lie so near the border that forehead, chin or cheek is out."""
    eyes, mouth = landmarks[:2].mean(axis=0), landmarks[3:].mean(axis=0)
    room = _BORDER * float(np.linalg.norm(mouth - eyes))
    least, most = landmarks.min(axis=0), landmarks.max(axis=0)
    return bool((least < room).any() or (most > np.array([width, height]) - room).any())
