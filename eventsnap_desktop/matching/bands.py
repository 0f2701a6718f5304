"""Faces near a template to one match a photo, in bands."""

from collections.abc import Iterable

from eventsnap_desktop.domain.matches import Band, FoundFace, Match, Thresholds
from eventsnap_desktop.domain.photos import PhotoId


def to_matches(near: Iterable[FoundFace], thresholds: Thresholds) -> list[Match]:
    """Return one match a photo, best first.

    A photo's similarity is its best face's. Two people of one photo are different people, so where
    a second face is `sure` as well the match is marked doubtful; the photo is still shown once.
    """
    photos: dict[PhotoId, list[FoundFace]] = {}
    for face in near:
        photos.setdefault(face.photo_id, []).append(face)
    matches = [_match(faces, thresholds) for faces in photos.values()]
    matches = [match for match in matches if match.similarity >= thresholds.maybe]
    return sorted(matches, key=lambda match: (-match.similarity, match.key))


def _match(faces: list[FoundFace], thresholds: Thresholds) -> Match:
    faces = sorted(faces, key=lambda face: -face.similarity)
    best = faces[0]
    return Match(
        photo_id=best.photo_id,
        face_id=best.face_id,
        key=best.key,
        similarity=best.similarity,
        band=Band.SURE if best.similarity >= thresholds.sure else Band.MAYBE,
        box=best.box,
        doubtful=len(faces) > 1 and faces[1].similarity >= thresholds.sure,
    )
