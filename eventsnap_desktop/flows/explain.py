"""Why a person is found in a photo, or which rule kept the photo out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.browsing import PhotoRow, StoredFace
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.domain.photos import PhotoState


@dataclass(frozen=True, slots=True, eq=False)
class QueryTemplate:
    """Whom one looks for: the template that was searched with, and what to call the person."""

    template: Embedding
    thresholds: Thresholds
    label: str


class Rule(StrEnum):
    """What decides about a face or a photo; all but SURE and MAYBE keep it out."""

    SURE = "sure"
    MAYBE = "maybe"  # between maybe and sure: it is asked about, not shown at once
    BELOW_MAYBE = "below_maybe"
    BETTER_FACE = "better_face"  # a photo counts by its best face, and this is another
    HIDDEN = "hidden"
    NOT_ENCODED = "not_encoded"
    FAILED = "failed"
    NO_FACE = "no_face"


@dataclass(frozen=True, slots=True, eq=False)
class FaceVerdict:
    """One face: its cosine similarity to the template, and the rule that decides about it."""

    face: StoredFace
    similarity: float
    rule: Rule


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """The rule that decides about the photo; its faces in the order they were given in."""

    rule: Rule
    faces: tuple[FaceVerdict, ...]

    @property
    def best(self) -> FaceVerdict | None:
        """The face most like the person, None in a photo without faces."""
        return max(self.faces, key=_similarity, default=None)


def explain(query: QueryTemplate, photo: PhotoRow, faces: Sequence[StoredFace]) -> Explanation:
    """Return how a search for the person sees the photo and each of its faces."""
    likeness = [similarity(query.template, face.embedding) for face in faces]
    best = max(likeness, default=0.0)
    verdicts = tuple(
        FaceVerdict(face, like, _rule(like, like == best, photo.hidden, query.thresholds))
        for face, like in zip(faces, likeness, strict=True)
    )
    if verdicts:
        return Explanation(max(verdicts, key=_similarity).rule, verdicts)
    by_state = {PhotoState.FAILED: Rule.FAILED, PhotoState.ENCODED: Rule.NO_FACE}
    return Explanation(by_state.get(photo.state, Rule.NOT_ENCODED), ())


def similarity(one: Embedding, other: Embedding) -> float:
    """Return the cosine of two normalised vectors, halved in precision as the index keeps them."""
    return float(np.dot(_as_stored(one), _as_stored(other)))


def _as_stored(vector: Embedding) -> Embedding:
    return vector.astype(np.float16).astype(np.float32)


def _rule(like: float, is_best: bool, hidden: bool, thresholds: Thresholds) -> Rule:
    if like < thresholds.maybe:
        return Rule.BELOW_MAYBE
    if hidden:
        return Rule.HIDDEN
    if not is_best:
        return Rule.BETTER_FACE
    return Rule.SURE if like >= thresholds.sure else Rule.MAYBE


def _similarity(verdict: FaceVerdict) -> float:
    return verdict.similarity
