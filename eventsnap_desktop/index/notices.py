"""What listeners are told when rows of an event changed: ids only, never names or faces."""

import json
from collections.abc import Sequence

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.photos import PhotoId

CHANNEL = "eventsnap"

# A payload holds less than 8,000 bytes (PostgreSQL manual, NOTIFY); ids have at most 19 digits.
_IDS_A_NOTICE = 350


def notices(event_id: int, photo_ids: Sequence[int]) -> list[str]:
    """Return payloads like ``{"event": 7, "photos": [1, 2, 3]}``, each short enough to be sent."""
    return [
        json.dumps({"event": event_id, "photos": list(photo_ids[start : start + _IDS_A_NOTICE])})
        for start in range(0, len(photo_ids), _IDS_A_NOTICE)
    ]


def notice_of(subject: Subject, event_id: int) -> str:
    """Return a payload like ``{"subject": "outbox", "event": 7}``, as the triggers send it."""
    return json.dumps({"subject": subject, "event": event_id})


def read_notice(payload: str) -> Notice | None:
    """Return what a payload tells, or None when it is none of ours."""
    try:
        told = json.loads(payload)
        subject = Subject(told.get("subject", Subject.PHOTOS))
        event, photos = told.get("event"), told.get("photos", [])
    except (ValueError, AttributeError, RecursionError):
        return None
    if not _is_number(event) or not isinstance(photos, list) or not all(map(_is_number, photos)):
        return None
    return Notice(subject, EventId(event), tuple(PhotoId(photo) for photo in photos))


def _is_number(value: object) -> bool:
    return type(value) is int
