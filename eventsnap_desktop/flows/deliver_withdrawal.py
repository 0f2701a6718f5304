"""Takes prints back from their print server that are not to be made any more."""

import logging

from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.errors import TryAgainError
from eventsnap_desktop.domain.outgoing import DeliveryJob, NeverError, Withdrawal
from eventsnap_desktop.flows.deliver_parts import Delivering
from eventsnap_desktop.flows.deliver_ports import Withdrawing

log = logging.getLogger(__name__)

_AGAIN_AFTER = 15.0  # seconds until a print server that did not answer is asked again


def withdraw(parts: Delivering, wish: Withdrawal) -> None:
    """Have a print taken back, and note it; raises what the outbox does."""
    carrier, after, back = parts.carriers[DeliveryKind.PRINT], 0.0, 0
    if isinstance(carrier, Withdrawing):
        try:
            taken = carrier.withdraw(wish)
        except TryAgainError as error:
            log.info("delivery %s was not taken back yet: %s", wish.id, type(error).__name__)
            after = _AGAIN_AFTER
        except NeverError as error:
            log.info("delivery %s is not taken back: %s", wish.id, type(error).__name__)
        else:
            back = taken.back
            log.info("delivery %s: %s sheets taken back, %s out", wish.id, back, taken.out)
    parts.outbox.withdrawn(wish.id, after, back)


def withdrawal_of(job: DeliveryJob) -> Withdrawal:
    """Return what takes a print back that has just been handed over."""
    photos = tuple(photo.id for photo in job.photos)
    return Withdrawal(job.id, job.key, job.printer, photos, job.copies)
