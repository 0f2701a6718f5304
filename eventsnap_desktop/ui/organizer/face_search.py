"""From a face that was clicked to all photos of it."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.explain import QueryTemplate
from eventsnap_desktop.flows.similar import SimilarPhotos, photos_of_face
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.photo_viewer import FaceChoice


@dataclass(frozen=True, slots=True, eq=False)
class FaceFound:
    """The photos of a face, best first, what to call them, and what they were found with."""

    event: EventId
    photos: tuple[PhotoId, ...]
    label: str
    query: QueryTemplate


class FaceSearch(QObject):
    """Searches by jobs, hidden photos too."""

    found = Signal(object)
    """A FaceFound."""
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def look_for(self, event: Event, choice: FaceChoice) -> None:
        """Have all photos of a face found; ``found`` or ``failed`` follows."""
        self._desk.jobs.call(
            partial(find_face, self._desk, event.id, choice),
            owner=self,
            lane="search",
            done=partial(self._on_found, event, choice),
            failed=self.failed.emit,
        )

    def _on_found(
        self, event: Event, choice: FaceChoice, found: tuple[SimilarPhotos, Thresholds]
    ) -> None:
        similar, thresholds = found
        photos = tuple(match.photo_id for match in similar.matches)
        name = choice.photo.key.rpartition("/")[2]
        said = self.tr("%n photo(s) of a face in {name}", "", len(photos)).format(name=name)
        whom = self.tr("a face in {name}").format(name=name)
        query = QueryTemplate(similar.template, thresholds, whom)
        self.found.emit(FaceFound(event.id, photos, said, query))


def find_face(desk: Desk, event: EventId, choice: FaceChoice) -> tuple[SimilarPhotos, Thresholds]:
    """Search for a face among all photos, hidden ones too; opens the model pack, blocks."""
    thresholds = desk.works.vision_facts().thresholds
    found = photos_of_face(event, choice.face.embedding, desk.every_face, thresholds)
    return found, thresholds
