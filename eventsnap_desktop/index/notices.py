"""What listeners are told when photos of an event changed: ids only, never names or faces."""

import json
from collections.abc import Sequence

CHANNEL = "eventsnap"

# A payload holds less than 8,000 bytes (PostgreSQL manual, NOTIFY); ids have at most 19 digits.
_IDS_A_NOTICE = 350


def notices(event_id: int, photo_ids: Sequence[int]) -> list[str]:
    """Return payloads like ``{"event": 7, "photos": [1, 2, 3]}``, each short enough to be sent."""
    return [
        json.dumps({"event": event_id, "photos": list(photo_ids[start : start + _IDS_A_NOTICE])})
        for start in range(0, len(photo_ids), _IDS_A_NOTICE)
    ]
