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
class JudgedSelfies:
    """What selfies give: a template, None when none can be used, and what became of each."""

    template: Embedding | None
    outcomes: tuple[SelfieOutcome, ...]


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
    judged = judge_selfies(selfies)
    encoded = perf_counter()
    if judged.template is None:
        spent = _ms(started, encoded)
        return Identification(judged.outcomes, (), (), None, thresholds, 0, spent, 0.0)
    template, near = search_grown(event_id, judged.template, index, thresholds)
    matches = to_matches(near, thresholds)
    searched = index.count_faces(event_id)
    return Identification(
        judged.outcomes,
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


def judge_selfies(selfies: Sequence[tuple[str, Callable[[], EncodedSelfie]]]) -> JudgedSelfies:
    """Return the template of the selfies that can be used, and what became of each."""
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
    return JudgedSelfies(build_template(vectors, qualities) if vectors else None, outcomes)


def _encode(load: Callable[[], EncodedSelfie]) -> EncodedSelfie | SelfieVerdict:
    try:
        return load()
    except EventSnapError as error:
        return SelfieVerdict(None, str(error))


def _ms(start: float, end: float) -> float:
    return (end - start) * 1000
