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
    carrier, after = parts.carriers[DeliveryKind.PRINT], 0.0
    if isinstance(carrier, Withdrawing):
        try:
            is_back = carrier.withdraw(wish)
        except TryAgainError as error:
            log.info("delivery %s was not taken back yet: %s", wish.id, type(error).__name__)
            after = _AGAIN_AFTER
        except NeverError as error:
            log.info("delivery %s is not taken back: %s", wish.id, type(error).__name__)
        else:
            log.info("delivery %s %s", wish.id, "was taken back" if is_back else "is out already")
    parts.outbox.withdrawn(wish.id, after)


def withdrawal_of(job: DeliveryJob) -> Withdrawal:
    """Return what takes a print back that has just been handed over."""
    return Withdrawal(job.id, job.key, job.printer, tuple(photo.id for photo in job.photos))
