"""Selfies to matches: judge, build a template, search, let it grow, search once more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.errors import EventSnapError, NoUsableSelfieError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import EncodedSelfie
from eventsnap_desktop.domain.matches import FoundFace, Match, Thresholds
from eventsnap_desktop.flows.ports import FaceIndex
from eventsnap_desktop.matching.bands import to_matches
from eventsnap_desktop.matching.selfies import SelfieVerdict, judge_selfie, refuse_strangers
from eventsnap_desktop.matching.template import build_template, grow_template


@dataclass(frozen=True, slots=True)
class SelfieOutcome:
    """What became of one selfie."""

    name: str
    accepted: bool
    reason: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Identification:
    """The answer to "which photos is this guest in", with how it came about."""

    selfies: tuple[SelfieOutcome, ...]
    matches: tuple[Match, ...]
    faces: tuple[FoundFace, ...]
    template: Embedding | None
    thresholds: Thresholds
    searched_faces: int
    encode_ms: float
    search_ms: float


def identify(
    event_id: EventId,
    selfies: Sequence[tuple[str, Callable[[], EncodedSelfie]]],
    index: FaceIndex,
    thresholds: Thresholds,
) -> Identification:
    """Return every photo of the guest whose selfies these are.

    ``selfies`` are names, each with a function that decodes and encodes the picture. A selfie that
    cannot be used is told in the outcome; NoUsableSelfieError carries on none being usable is the
    caller's decision: the answer then has no template and no matches.
    """
    started = perf_counter()
    vectors, qualities, outcomes = _judge(selfies)
    encoded = perf_counter()
    if not vectors:
        return Identification(outcomes, (), (), None, thresholds, 0, _ms(started, encoded), 0.0)
    template = build_template(vectors, qualities)
    template, near = search_grown(event_id, template, index, thresholds)
    matches = to_matches(near, thresholds)
    searched = index.count_faces(event_id)
    return Identification(
        outcomes,
        tuple(matches),
        tuple(near),
        template,
        thresholds,
        searched,
        _ms(started, encoded),
        _ms(encoded, perf_counter()),
    )


def search_grown(
    event_id: EventId, template: Embedding, index: FaceIndex, thresholds: Thresholds
) -> tuple[Embedding, list[FoundFace]]:
    """Search, mix the clear matches into the template, search again; return both."""
    clear = index.search(event_id, template, thresholds.grow)
    grown = grow_template(template, clear)
    return grown, index.search(event_id, grown, thresholds.maybe)


def require_usable(answer: Identification) -> None:
    """Raise NoUsableSelfieError, naming every reason, when no selfie was accepted."""
    if answer.template is None:
        reasons = "; ".join(f"{one.name}: {one.reason}" for one in answer.selfies)
        raise NoUsableSelfieError(f"No selfie can be used ({reasons})")


def _judge(
    selfies: Sequence[tuple[str, Callable[[], EncodedSelfie]]],
) -> tuple[list[Embedding], list[float], tuple[SelfieOutcome, ...]]:
    encoded = [_encode(load) for _, load in selfies]
    verdicts = [
        one if isinstance(one, SelfieVerdict) else judge_selfie(one.picture) for one in encoded
    ]
    verdicts = refuse_strangers(verdicts)
    vectors: list[Embedding] = []
    qualities: list[float] = []
    for one, verdict in zip(encoded, verdicts, strict=True):
        if verdict.face is not None and isinstance(one, EncodedSelfie):
            vectors += [verdict.face.embedding, one.mirrored(verdict.face)]
            qualities += [verdict.face.quality] * 2
    outcomes = tuple(
        SelfieOutcome(name, verdict.accepted, verdict.reason)
        for (name, _), verdict in zip(selfies, verdicts, strict=True)
    )
    return vectors, qualities, outcomes


def _encode(load: Callable[[], EncodedSelfie]) -> EncodedSelfie | SelfieVerdict:
    try:
        return load()
    except EventSnapError as error:
        return SelfieVerdict(None, str(error))


def _ms(start: float, end: float) -> float:
    return (end - start) * 1000
