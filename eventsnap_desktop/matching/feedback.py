"""What a guest says of photos ("me", "not me") and what follows; and photos that several share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.faces import FaceId
from eventsnap_desktop.domain.matches import Band, FoundFace, Thresholds
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.matching.template import grow_template


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What is known of one guest during a visit.

    ``selfies`` is the template made of the selfies, ``grown`` the one that was searched with last.
    ``mine`` are faces that the guest said are theirs, ``others`` those that are not.
    """

    selfies: Embedding
    grown: Embedding
    mine: tuple[FoundFace, ...] = ()
    others: tuple[FoundFace, ...] = ()

    def told(self, face: FoundFace, is_mine: bool) -> "Knowledge":
        """Return what is known after one more word of the guest; the last one on a face counts."""
        mine = tuple(one for one in self.mine if one.face_id != face.face_id)
        others = tuple(one for one in self.others if one.face_id != face.face_id)
        if is_mine:
            return replace(self, mine=(*mine, face), others=others)
        return replace(self, mine=mine, others=(*others, face))

    def wipe(self) -> None:
        """Overwrite every vector."""
        for vector in (self.selfies, self.grown, *(one.embedding for one in self._faces())):
            if vector.flags.writeable:
                vector.fill(0)

    def _faces(self) -> tuple[FoundFace, ...]:
        return (*self.mine, *self.others)


def grown_with(known: Knowledge, clear: Iterable[FoundFace]) -> Knowledge:
    """Return the knowledge with a template grown from clear matches and from what the guest said.

    ``clear`` are the faces at or above the pack's ``grow`` threshold, best first. A face that the
    guest said is somebody else's, or that is more like such a one, does not take part.
    """
    near = [face for face in clear if not _is_other(face, known.selfies, known)]
    return replace(known, grown=grow_template(known.selfies, [*known.mine, *near]))


def judged(
    faces: Iterable[FoundFace], known: Knowledge, thresholds: Thresholds
) -> list[tuple[FoundFace, Band]]:
    """Return the faces that may be the guest's with their bands, best first.

    What the guest said counts first. A face that is more like one of somebody else than like the
    guest's template belongs to that other: it is left out below ``sure``, and asked about above.
    """
    mine = {face.face_id for face in known.mine}
    others = {face.face_id for face in known.others}
    found = []
    for face in faces:
        if face.face_id in others:
            continue
        sure = face.similarity >= thresholds.sure
        if face.face_id in mine:
            found.append((face, Band.SURE))
        elif _is_other(face, known.grown, known):
            found += [(face, Band.MAYBE)] if sure else []
        elif face.similarity >= thresholds.maybe:
            found.append((face, Band.SURE if sure else Band.MAYBE))
    there = {face.face_id for face, _ in found}
    found += [(face, Band.SURE) for face in known.mine if face.face_id not in there]
    return sorted(found, key=lambda pair: (-pair[0].similarity, pair[0].key))


@dataclass(frozen=True, slots=True, eq=False)
class SharedPhoto:
    """A photo that shows every one of the guests: their faces, in the guests' order."""

    photo: PhotoId
    faces: tuple[FoundFace, ...]
    band: Band

    @property
    def similarity(self) -> float:
        """That of the least certain face."""
        return min(face.similarity for face in self.faces)


def shared(people: Sequence[Sequence[tuple[FoundFace, Band]]]) -> list[SharedPhoto]:
    """Return the photos in which each person has a face of their own, best first.

    ``people`` are the judged faces of one person each. Two people are never the same face; of
    several ways to tell them apart the one whose least certain face is most certain counts.
    """
    by_photo = [_by_photo(faces) for faces in people]
    photos = set(by_photo[0]).intersection(*by_photo[1:]) if by_photo else set()
    found = [_best(photo, [one[photo] for one in by_photo]) for photo in photos]
    there = [one for one in found if one is not None]
    return sorted(there, key=lambda one: (-one.similarity, one.faces[0].key))


def _best(
    photo: PhotoId, choices: Sequence[Sequence[tuple[FoundFace, Band]]]
) -> SharedPhoto | None:
    best: SharedPhoto | None = None
    for chosen in _distinct(choices, frozenset()):
        faces = tuple(face for face, _ in chosen)
        sure = all(band is Band.SURE for _, band in chosen)
        one = SharedPhoto(photo, faces, Band.SURE if sure else Band.MAYBE)
        if best is None or (sure, one.similarity) > (best.band is Band.SURE, best.similarity):
            best = one
    return best


_Chosen = tuple[tuple[FoundFace, Band], ...]


def _distinct(
    choices: Sequence[Sequence[tuple[FoundFace, Band]]], taken: frozenset[FaceId]
) -> Iterable[_Chosen]:
    """Yield every way to give each person one of their faces, no face twice."""
    if not choices:
        yield ()
        return
    for pair in choices[0]:
        if pair[0].face_id not in taken:
            for rest in _distinct(choices[1:], taken | {pair[0].face_id}):
                yield (pair, *rest)


_FACES_A_PHOTO = 3  # of one person: more than one is a look-alike already


def _by_photo(
    faces: Iterable[tuple[FoundFace, Band]],
) -> Mapping[PhotoId, list[tuple[FoundFace, Band]]]:
    photos: dict[PhotoId, list[tuple[FoundFace, Band]]] = {}
    for pair in faces:
        there = photos.setdefault(pair[0].photo_id, [])
        if len(there) < _FACES_A_PHOTO:
            there.append(pair)
    return photos


def _is_other(face: FoundFace, template: Embedding, known: Knowledge) -> bool:
    if not known.others:
        return False
    if any(face.face_id == one.face_id for one in known.others):
        return True
    others = np.stack([one.embedding for one in known.others])
    return float((others @ face.embedding).max()) > float(face.embedding @ template)
