"""Waiting for a server that is away, with back-off, and saying so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from eventsnap_desktop.domain.errors import TryAgainError
from eventsnap_desktop.domain.work import Cancel, Patience

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Retrying:
    """Which server's absence to wait out, how long, and whom to tell.

    ``on_wait`` is called with the error before every wait, and with None once it works again.
    """

    kind: type[TryAgainError]
    seconds: float
    on_wait: Callable[[TryAgainError | None], None]
    cancel: Cancel

    def run(self, action: Callable[[], T]) -> T:
        """Run a repeatable action until it works; raise its last error after ``seconds``.

        Raises Cancelled when the user stops the work while it waits. Another server's absence is
        not waited for here.
        """
        patience = Patience(self.seconds)
        waited = False
        while True:
            try:
                result = action()
            except self.kind as error:
                wait = patience.next_wait()
                if wait is None:
                    raise
                waited = True
                self.on_wait(error)
                self.cancel.wait(wait)
                self.cancel.raise_if_requested()
            else:
                if waited:
                    self.on_wait(None)
                return result
