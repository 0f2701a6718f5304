"""From selfies to the photos of a guest's gallery, again after each word of the guest's."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import EncodedSelfie
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.matches import Band, FoundFace, Thresholds
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_ports import GuestDesk, GuestFaces
from eventsnap_desktop.flows.identify import judge_selfies
from eventsnap_desktop.matching.feedback import (
    Knowledge,
    SharedPhoto,
    grown_with,
    judged,
    shared,
)


@dataclass(frozen=True, slots=True, eq=False)
class FoundPhoto:
    """A photo of the gallery, and the guests' faces in it: one a person, in their order."""

    photo: GalleryPhoto
    faces: tuple[FoundFace, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search found, best first, and what is known of the guests after it."""

    people: tuple[Knowledge, ...]
    photos: tuple[FoundPhoto, ...]
    is_clear: bool = False

    def wipe(self) -> None:
        """Overwrite every vector."""
        for one in self.people:
            one.wipe()
        for photo in self.photos:
            for face in photo.faces:
                if face.embedding.flags.writeable:
                    face.embedding.fill(0)


class Seeker:
    """Searches one event; its methods may be called from any thread and raise DatabaseAwayError."""

    def __init__(
        self, event_id: EventId, faces: GuestFaces, desk: GuestDesk, thresholds: Thresholds
    ) -> None:
        self._event_id, self._faces, self._desk = event_id, faces, desk
        self._thresholds = thresholds

    def meet(self, people: Sequence[Sequence[EncodedSelfie]]) -> tuple[Knowledge, ...]:
        """Return what the selfies of each person tell; a person without a usable one is left out.

        There is no database in it.
        """
        known = []
        for selfies in people:
            loads = [(str(number), _Ready(one)) for number, one in enumerate(selfies)]
            template = judge_selfies(loads).template
            if template is not None:
                known.append(Knowledge(template, template.copy()))
        return tuple(known)

    def search(self, people: Sequence[Knowledge]) -> Found:
        """Search among all faces of the event: with the selfies, then with what they grew to."""
        limits = self._thresholds
        grown = tuple(
            grown_with(one, self._faces.search(self._event_id, one.selfies, limits.grow))
            for one in people
        )
        near = [self._faces.search(self._event_id, one.grown, limits.maybe) for one in grown]
        return self._found(grown, near)

    def search_among(self, people: Sequence[Knowledge], photos: Sequence[PhotoId]) -> Found:
        """Search among the faces of some photos, with the templates of the last full search.

        ``is_clear`` tells that a template would grow by what was found.
        """
        limits = self._thresholds
        near = [
            self._faces.search_photos(self._event_id, one.grown, limits.maybe, photos)
            for one in people
        ]
        among = set(photos)
        return self._found(tuple(people), near, among)

    def _found(
        self,
        people: tuple[Knowledge, ...],
        near: Sequence[Sequence[FoundFace]],
        among: set[PhotoId] | None = None,
    ) -> Found:
        pairs = [
            [pair for pair in judged(faces, one, self._thresholds) if _fits(pair[0], among)]
            for one, faces in zip(people, near, strict=True)
        ]
        hits = shared(pairs)
        rows = self._desk.photos(self._event_id, [one.photo for one in hits])
        by_id = {row.id: row for row in rows}
        photos = tuple(_shown(one, by_id[one.photo]) for one in hits if one.photo in by_id)
        clear = any(one.similarity >= self._thresholds.grow for one in hits)
        return Found(people, photos, clear)


def sorted_photos(
    photos: Sequence[FoundPhoto], newest_first: bool
) -> tuple[tuple[GalleryPhoto, ...], tuple[GalleryPhoto, ...]]:
    """Return the photos that show the guest, and those to be asked about, best first."""
    sure = [one.photo for one in photos if one.photo.band is Band.SURE]
    maybe = [one.photo for one in photos if one.photo.band is Band.MAYBE]
    if newest_first:
        sure.sort(key=lambda one: (-one.time.timestamp(), -one.id))
    else:
        sure.sort(key=lambda one: (-one.similarity, -one.id))
    maybe.sort(key=lambda one: (-one.similarity, -one.id))
    return tuple(sure), tuple(maybe)


def _shown(hit: SharedPhoto, row: GalleryPhoto) -> FoundPhoto:
    photo = GalleryPhoto(
        row.id,
        row.key,
        row.etag,
        row.time,
        row.width,
        row.height,
        hit.similarity,
        hit.band,
        tuple(face.box for face in hit.faces),
    )
    return FoundPhoto(photo, hit.faces)


def _fits(face: FoundFace, among: set[PhotoId] | None) -> bool:
    return among is None or face.photo_id in among


class _Ready:
    """Gives a selfie that was encoded before."""

    def __init__(self, selfie: EncodedSelfie) -> None:
        self._selfie = selfie

    def __call__(self) -> EncodedSelfie:
        return self._selfie
