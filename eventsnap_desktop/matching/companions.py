"""Who stands together in several selfies: the same people found again, by their vectors."""

from collections.abc import Sequence

from eventsnap_desktop.domain.faces import Face
from eventsnap_desktop.matching.selfies import weakness

_SAME = 0.25
"""Least cosine of one person's faces in two selfies. Two faces of one picture are two people and
the likeliest pairs go first, so it only has to tell somebody new, and may be low for turned heads:
one person's selfies lie above 0.33, two people's mostly below 0.30 (matching/selfies.py)."""

Person = tuple[Face | None, ...]
"""A person's face in each selfie, None where they are not in it."""


def companions(selfies: Sequence[Sequence[Face]]) -> list[Person]:
    """Return the people of some selfies, given the faces that each selfie is about.

    A person has at least one face that can be searched with, and is in more than one selfie unless
    nobody is: who passes by behind a guest is none.
    """
    people: list[list[Face | None]] = []
    for count, faces in enumerate(selfies):
        left = list(faces)
        for _, person, face in _likeliest(people, faces):
            if len(person) == count and face in left:
                person.append(face)
                left.remove(face)
        for person in people:
            if len(person) == count:
                person.append(None)
        people += [[None] * count + [face] for face in left]
    able = [tuple(person) for person in people if any(map(_is_good, person))]
    lasting = [person for person in able if len(person) - person.count(None) > 1]
    return lasting or able


def _likeliest(
    people: list[list[Face | None]], faces: Sequence[Face]
) -> list[tuple[float, list[Face | None], Face]]:
    pairs = [
        (max(float(known.embedding @ face.embedding) for known in person if known), person, face)
        for person in people
        for face in faces
    ]
    return sorted((pair for pair in pairs if pair[0] > _SAME), key=lambda pair: -pair[0])


def _is_good(face: Face | None) -> bool:
    return face is not None and (face.measures is None or weakness(face.measures) is None)
