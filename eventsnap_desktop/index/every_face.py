"""The faces of an event with those of hidden photos, for work that must not miss any."""

from collections.abc import Sequence

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.matches import FoundFace
from eventsnap_desktop.index.faces import Faces


class EveryFace:
    """Faces of hidden and other photos; fits the flows' FaceIndex.

    Who is erased must also be erased where nobody looks: a hidden photo may be shown again.
    """

    def __init__(self, faces: Faces) -> None:
        self._faces = faces

    def search(self, event_id: EventId, template: Embedding, threshold: float) -> list[FoundFace]:
        """Return every face at or above the threshold, best first, hidden or not."""
        return self._faces.search(event_id, template, threshold, hidden=True)

    def count_faces(self, event_id: EventId) -> int:
        """Return how many faces a search looks at."""
        return self._faces.count_faces(event_id)

    def erase_faces(self, event_id: EventId, faces: Sequence[FoundFace]) -> int:
        """Delete faces and correct their photos' face counts; return how many."""
        return self._faces.erase_faces(event_id, faces)
