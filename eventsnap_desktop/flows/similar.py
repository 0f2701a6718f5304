"""From one face of one photo to every photo of the same person."""

from dataclasses import dataclass

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.matches import Match, Thresholds
from eventsnap_desktop.flows.identify import search_grown
from eventsnap_desktop.flows.ports import FaceIndex
from eventsnap_desktop.matching.bands import to_matches


@dataclass(frozen=True, slots=True, eq=False)
class SimilarPhotos:
    """Photos of one person, best first, and the template they were found with."""

    matches: tuple[Match, ...]
    template: Embedding


def photos_of_face(
    event_id: EventId, face: Embedding, index: FaceIndex, thresholds: Thresholds
) -> SimilarPhotos:
    """Return the photos with this face: it is taken as a guest's template."""
    template, near = search_grown(event_id, face, index, thresholds)
    return SimilarPhotos(tuple(to_matches(near, thresholds)), template)
