"""Takes three selfies of a guest, or of several together: looks, coaches, takes, encodes."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Event
from time import monotonic

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint, SeenFace, SeenFrame
from eventsnap_desktop.domain.faces import Box, EncodedPicture, EncodedSelfie, Face
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.guest_ports import CameraFeed, Looker
from eventsnap_desktop.matching.coaching import Advice, Coach
from eventsnap_desktop.matching.companions import Person, companions
from eventsnap_desktop.matching.selfies import judge_selfie, prominent_faces

WANTED = 3
_WAIT = 0.25  # seconds to wait for a picture before looking whether to stop
_COUNT = 3  # seconds from the shutter's button to the selfie
_NEAR = 0.6  # the last seconds of a countdown, whose best picture is taken
_REFUSALS = 3  # pictures thrown away a selfie; then one is kept, so that it ends in any case


@dataclass(frozen=True, slots=True, eq=False)
class CapturedSelfies:
    """Three selfies: ``people`` has each person's, encoded; ``images`` are the BGR pictures.

    With one person a selfie is the whole picture, as `--match` would have it. With several each
    has pictures of just their own face, without any where they cannot be seen.
    """

    people: tuple[tuple[EncodedSelfie, ...], ...]
    images: tuple[BgrImage, ...]


class CaptureWishes:
    """What the guest asks for while selfies are taken; any thread."""

    def __init__(self) -> None:
        self._shutter, self._together = Event(), Event()

    def shutter(self) -> None:
        """Take a selfie after a countdown, whatever the coach says."""
        self._shutter.set()

    def together(self, on: bool) -> None:
        """Search for everybody in the picture; a change begins anew."""
        if on:
            self._together.set()
        else:
            self._together.clear()

    @property
    def are_together(self) -> bool:
        """Whether everybody in the picture is searched for."""
        return self._together.is_set()

    def take_shutter(self) -> bool:
        """Return whether the button was pressed since this was last asked."""
        pressed = self._shutter.is_set()
        self._shutter.clear()
        return pressed


def capture_selfies(
    feed: CameraFeed,
    looker: Looker,
    wishes: CaptureWishes,
    report: Callable[[CaptureProgress], None],
    cancel: Cancel,
    clock: Callable[[], float] = monotonic,
) -> CapturedSelfies:
    """Lead through three selfies and encode each when it is taken; Cancelled when asked to stop.

    While the camera is away this is reported, and it goes on when pictures come again.
    """
    capture = _Capture(looker, wishes, report, clock)
    while len(capture.shots) < WANTED:
        cancel.raise_if_requested()
        image = feed.newest(_WAIT)
        if image is not None:
            capture.look_at(image)
        elif feed.problem:
            capture.lose(feed.problem)
    return capture.selfies()


@dataclass(frozen=True, slots=True, eq=False)
class _Shot:
    """One selfie: the picture, its faces, and who it is about."""

    image: BgrImage
    encoded: EncodedSelfie
    faces: list[Face]


class _Countdown:
    """Counts to the shutter and keeps the best picture of the last moment."""

    def __init__(self, now: float) -> None:
        self._ends = now + _COUNT
        self._best: tuple[SeenFrame, Advice] | None = None

    def see(self, frame: SeenFrame, advice: Advice, now: float) -> None:
        best = self._best[1].score if self._best else 0.0
        if now >= self._ends - _NEAR and advice.score > best:
            self._best = (frame, advice)

    def left(self, now: float) -> int:
        return max(0, ceil(self._ends - now))

    def taken(self) -> tuple[SeenFrame, Advice] | None:
        return self._best


class _Capture:
    """The selfies so far, and what the coach makes of the next picture."""

    def __init__(
        self,
        looker: Looker,
        wishes: CaptureWishes,
        report: Callable[[CaptureProgress], None],
        clock: Callable[[], float],
    ) -> None:
        self._looker, self._wishes, self._report, self._clock = looker, wishes, report, clock
        self.shots: list[_Shot] = []
        self._together = wishes.are_together
        self._coach = Coach(self._together)
        self._countdown: _Countdown | None = None
        self._refusals = 0

    def look_at(self, image: BgrImage) -> None:
        """Judge a picture, take it if its moment has come, and report."""
        if self._wishes.are_together != self._together:
            self._begin_anew()
        frame = self._looker.look(image)
        now = self._clock()
        advice = self._coach.see(frame, now)
        if self._wishes.take_shutter() and self._countdown is None:
            self._countdown = _Countdown(now)
        if self._countdown is not None:
            self._count_down(self._countdown, frame, advice, now)
        elif advice.ready:
            self._take(frame, advice.people)
        counting = self._countdown.left(now) if self._countdown else 0
        self._tell(
            advice.hint,
            ring=advice.ring if counting == 0 else 0.0,
            countdown=counting,
            people=len(advice.people),
            faces=_in_parts(advice.people, frame.image),
        )

    def lose(self, problem: str) -> None:
        """Report that there are no pictures; what was taken stays."""
        self._coach.pause()
        self._countdown = None
        self._tell(Hint.CAMERA_LOST, problem=problem)

    def selfies(self) -> CapturedSelfies:
        """Return what was taken, sorted by people."""
        images = tuple(shot.image for shot in self.shots)
        if self._together:
            found = companions([shot.faces for shot in self.shots])
            if found:
                return CapturedSelfies(tuple(self._selfies_of(one) for one in found), images)
        return CapturedSelfies((tuple(shot.encoded for shot in self.shots),), images)

    def _begin_anew(self) -> None:
        self._together = self._wishes.are_together
        self._coach = Coach(self._together)
        self._countdown = None
        self._refusals = 0
        self.shots.clear()

    def _count_down(
        self, countdown: _Countdown, frame: SeenFrame, advice: Advice, now: float
    ) -> None:
        countdown.see(frame, advice, now)
        if countdown.left(now) > 0:
            return
        self._countdown = None
        best = countdown.taken()
        if best is not None:
            self._take(best[0], best[1].people)

    def _take(self, frame: SeenFrame, people: tuple[SeenFace, ...]) -> None:
        """Encode a picture and keep it, unless the full look at it shows that it is no good."""
        encoded = self._looker.encode(frame.image)
        faces = prominent_faces(encoded.picture) if encoded.picture.faces else []
        verdict = judge_selfie(encoded.picture)
        usable = bool(companions([faces])) if self._together else verdict.accepted
        if not usable and self._refusals < _REFUSALS:
            self._refusals += 1
            self._coach.refused()
            return
        wanted = faces if self._together else faces[:1]
        mirrored = {face: encoded.mirrored(face) for face in wanted}
        kept = EncodedSelfie(encoded.picture, mirrored.__getitem__)
        self.shots.append(_Shot(frame.image, kept, wanted))
        self._coach.took(people, self._clock())
        self._refusals = 0

    def _selfies_of(self, person: Person) -> tuple[EncodedSelfie, ...]:
        return tuple(
            EncodedSelfie(_showing_only(shot.encoded.picture, face), shot.encoded.mirrored)
            for shot, face in zip(self.shots, person, strict=True)
        )

    def _tell(
        self,
        hint: Hint,
        ring: float = 0.0,
        countdown: int = 0,
        people: int = 0,
        faces: tuple[Box, ...] = (),
        problem: str = "",
    ) -> None:
        selfies = tuple(shot.image for shot in self.shots)
        self._report(
            CaptureProgress(
                hint, len(selfies), WANTED, ring, countdown, people, faces, selfies, problem
            )
        )


def _showing_only(picture: EncodedPicture, face: Face | None) -> EncodedPicture:
    faces = () if face is None else (face,)
    return EncodedPicture(picture.width, picture.height, faces)


def _in_parts(people: tuple[SeenFace, ...], image: BgrImage) -> tuple[Box, ...]:
    """Return the faces' boxes, cut at the picture's edges, in parts of its width and height."""
    height, width = image.shape[:2]
    boxes = []
    for face in people:
        box = face.box
        left, top = max(0.0, box.x / width), max(0.0, box.y / height)
        right = min(1.0, (box.x + box.width) / width)
        bottom = min(1.0, (box.y + box.height) / height)
        boxes.append(Box(left, top, max(0.0, right - left), max(0.0, bottom - top)))
    return tuple(boxes)
