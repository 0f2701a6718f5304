"""How long a delivery waits after a failed try, and when it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsnap_desktop.domain.deliveries import DeliveryKind


@dataclass(frozen=True, slots=True)
class Steps:
    """Waits in seconds after the first tries, then the same again and again, for so long in all."""

    first: tuple[float, ...]
    then: float
    total: timedelta


# A mail server refuses strangers for some minutes (greylisting), the internet is away for hours, a
# server for days; RFC 5321 4.5.4.1 has senders go on for four to five days.
_MAIL = Steps((10, 30, 120, 600, 1800), 3600, timedelta(days=4))
# Somebody stands beside the printer: paper is refilled in minutes, or the guests have left.
_PRINT = Steps((5, 10, 20, 40), 60, timedelta(hours=2))
_STEPS = {DeliveryKind.EMAIL: _MAIL, DeliveryKind.PRINT: _PRINT, DeliveryKind.SHARE: _PRINT}


def next_try(
    kind: DeliveryKind, attempts: int, failing_since: datetime | None, now: datetime
) -> float | None:
    """Return the seconds until the next try, None when it is over.

    ``attempts`` is how many tries failed before the one that failed just now.
    """
    steps = _STEPS[kind]
    if failing_since is not None and now - failing_since >= steps.total:
        return None
    return steps.first[attempts] if attempts < len(steps.first) else steps.then
