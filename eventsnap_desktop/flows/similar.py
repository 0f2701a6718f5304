"""From one face of one photo to every photo of the same person."""

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.matches import Match, Thresholds
from eventsnap_desktop.flows.identify import search_grown
from eventsnap_desktop.flows.ports import FaceIndex
from eventsnap_desktop.matching.bands import to_matches


def photos_of_face(
    event_id: EventId, face: Embedding, index: FaceIndex, thresholds: Thresholds
) -> list[Match]:
    """Return the photos with this face, best first: the face is taken as a guest's template."""
    _, near = search_grown(event_id, face, index, thresholds)
    return to_matches(near, thresholds)
