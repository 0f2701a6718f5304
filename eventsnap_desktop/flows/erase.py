"""One person's faces out of the index, found by selfie."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.matches import FoundFace
from eventsnap_desktop.flows.identify import Identification
from eventsnap_desktop.flows.ports import FaceIndex


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """What was taken out: faces, and the photos they were in (the photos themselves stay)."""

    faces: int
    photos: tuple[str, ...]


def faces_to_erase(answer: Identification) -> list[FoundFace]:
    """Return the person's faces: in each photo the best one, where it is `sure`.

    Another face of the same photo is another person, whose faces must not be lost.
    """
    sure = {match.face_id for match in answer.matches if match.similarity >= answer.thresholds.sure}
    return [face for face in answer.faces if face.face_id in sure]


def erase(event_id: EventId, faces: Sequence[FoundFace], index: FaceIndex) -> ErasureReceipt:
    """Delete these faces for good; return the receipt."""
    gone = index.erase_faces(event_id, faces)
    return ErasureReceipt(gone, tuple(sorted({face.key for face in faces})))
