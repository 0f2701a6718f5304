"""Which face of a selfie is the guest's, and whether it is good enough to search with."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eventsnap_desktop.domain.faces import EncodedPicture, Face, FaceMeasures

SECOND_PERSON = 0.5
"""A second face counts as a second person from this share of the first one's prominence. On the
labelled selfies, crops with a neighbour at the edge reach 0.24; pictures of two people 0.7 to 1."""

_SAME_PERSON = 0.15
"""Cosine below which two selfies show different people: the labelled selfies of one person lie
above 0.33, those of different people below 0.30 in all but one of 7,000 pairs."""


@dataclass(frozen=True, slots=True)
class SelfieLimits:
    """What a selfie must reach. Sizes are pixels of the shorter side of the face's box."""

    size: float = 40.0
    sharpness: float = 2.5
    yaw: float = 1.1
    eye_distance: float = 0.12
    darkest: float = 25.0
    brightest: float = 245.0


DEFAULT_LIMITS = SelfieLimits()


@dataclass(frozen=True, slots=True, eq=False)
class SelfieVerdict:
    """The guest's face in a selfie, or the reason why there is none (one of the two is None)."""

    face: Face | None
    reason: str | None

    @property
    def accepted(self) -> bool:
        """Whether the selfie can be searched with."""
        return self.face is not None


def judge_selfie(picture: EncodedPicture, limits: SelfieLimits = DEFAULT_LIMITS) -> SelfieVerdict:
    """Pick the guest's face of one selfie, or say in a sentence what is wrong with it."""
    if not picture.faces:
        return _refused("no face can be seen; look into the camera in good light")
    people = prominent_faces(picture)
    if len(people) > 1:
        return _refused("more than one person is in the picture; one person at a time, please")
    seen = people[0].measures
    reason = weakness(seen, limits) if seen is not None else None
    return _refused(reason) if reason else SelfieVerdict(people[0], None)


def prominent_faces(picture: EncodedPicture) -> list[Face]:
    """Return the faces of the people the picture is about, the most prominent first."""

    def rank(face: Face) -> float:
        return face.box.prominence(picture.width, picture.height)

    ranked = sorted(picture.faces, key=rank, reverse=True)
    return [face for face in ranked if rank(face) >= SECOND_PERSON * rank(ranked[0])]


def refuse_strangers(verdicts: Sequence[SelfieVerdict]) -> list[SelfieVerdict]:
    """Refuse the selfies that show somebody else than the best of the accepted ones."""
    accepted = [verdict.face for verdict in verdicts if verdict.face is not None]
    if len(accepted) < 2:
        return list(verdicts)
    anchor = _most_agreed(accepted)
    return [_unless_stranger(verdict, anchor) for verdict in verdicts]


def _most_agreed(faces: Sequence[Face]) -> Face:
    """Return the face that is most like the others, the better one where two disagree."""
    vectors = np.stack([face.embedding for face in faces])
    agreement = (vectors @ vectors.T > _SAME_PERSON).sum(axis=1)
    return max(zip(agreement, faces, strict=True), key=lambda pair: (pair[0], pair[1].quality))[1]


def _unless_stranger(verdict: SelfieVerdict, anchor: Face) -> SelfieVerdict:
    face = verdict.face
    if face is None or float(face.embedding @ anchor.embedding) > _SAME_PERSON:
        return verdict
    return _refused("this seems to be another person than on the other selfies")


def weakness(seen: FaceMeasures, limits: SelfieLimits = DEFAULT_LIMITS) -> str | None:
    """Return in a sentence why a face cannot be searched with, None when it can."""
    too_small = (
        f"the face is too small ({seen.size:.0f} pixels, at least {limits.size:.0f} are needed); "
        "come closer"
    )
    turned = seen.yaw > limits.yaw or seen.eye_distance < limits.eye_distance
    weaknesses = (
        (seen.size < limits.size, too_small),
        (seen.brightness < limits.darkest, "the face is too dark; more light, please"),
        (seen.brightness > limits.brightest, "the face is too bright; less light, please"),
        (seen.sharpness < limits.sharpness, "the face is blurred; hold still and try again"),
        (turned, "the face is turned away; look into the camera"),
    )
    return next((sentence for applies, sentence in weaknesses if applies), None)


def _refused(reason: str) -> SelfieVerdict:
    return SelfieVerdict(None, reason)
