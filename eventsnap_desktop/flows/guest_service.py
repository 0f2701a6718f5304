"""What serves one guest: the parts of the kiosk, the screens, the inbox, and work that insists."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from eventsnap_desktop.domain.coaching import CaptureProgress
from eventsnap_desktop.domain.errors import TryAgainError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.guests import SessionId, SessionOutcome
from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.domain.outgoing import PrintLook
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.capture import CapturedSelfies, CaptureWishes, capture_selfies
from eventsnap_desktop.flows.guest_actions import Finish
from eventsnap_desktop.flows.guest_chores import Chores, result_of
from eventsnap_desktop.flows.guest_inbox import Inbox, VisitEndedError
from eventsnap_desktop.flows.guest_ports import (
    CameraFeed,
    GuestDesk,
    GuestFaces,
    Looker,
    Phones,
    Runner,
    Stage,
    Ways,
)
from eventsnap_desktop.flows.guest_views import AwayView, WhyAway

R = TypeVar("R")

Capture = Callable[
    [CameraFeed, Looker, CaptureWishes, Callable[[CaptureProgress], None], Cancel], CapturedSelfies
]
"""How selfies are taken: flows/capture.capture_selfies."""

_TRY_AGAIN_AFTER = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class KioskParts:
    """What a kiosk works with. ``check`` raises EventSnapError where the event cannot be searched.

    ``own_texts`` are the program's consent texts; ``printer`` returns the kiosk's print queue,
    which is one of the ``machine``, ``print_look`` what a print looks like; it may block.
    ``phones`` is None where no phone can be served.
    """

    event: Event
    kiosk: str
    desk: GuestDesk
    faces: GuestFaces
    looker: Looker
    feed: CameraFeed
    ways: Ways
    runner: Runner
    thresholds: Thresholds
    own_texts: tuple[ConsentText, ...] = ()
    printer: Callable[[], str] = lambda: ""
    machine: str = ""
    print_look: Callable[[], PrintLook] = PrintLook
    capture: Capture = capture_selfies
    check: Callable[[], None] = lambda: None
    phones: Phones | None = None


@dataclass(slots=True)
class Service:
    """One visit's; ``session`` is its number once it is recorded, ``matches`` how many photos."""

    parts: KioskParts
    stage: Stage
    inbox: Inbox
    settings: KioskSettings
    chores: Chores = field(init=False)
    language: str = "en"
    session: SessionId | None = None
    matches: int | None = None
    waits: bool = False
    camera_lost: bool = False

    def __post_init__(self) -> None:
        self.chores = Chores(self.parts.runner, self.inbox.wake)

    async def done(
        self,
        work: Callable[[], R],
        lane: str = "guest",
        slow: Callable[[], None] | None = None,
        slow_after: float = 0.3,
    ) -> R:
        """Have work done and return its result; ``slow`` is called when it takes a while.

        The guest may leave meanwhile; other actions do not count then. Raises what the work does.
        """
        running = self.parts.runner.run(lambda _report, _cancel: work(), lane)
        task = asyncio.get_running_loop().create_task(result_of(running))
        try:
            while not task.done():
                wait = slow_after if slow is not None else None
                item = await self.inbox.next(task, wait)
                if isinstance(item, Finish):
                    raise VisitEndedError(SessionOutcome.FINISHED)
                if item is None and slow is not None and not task.done():
                    slow()
                    slow = None
            return task.result()
        finally:
            task.cancel()

    async def insist(
        self,
        work: Callable[[], R],
        lane: str = "guest",
        slow: Callable[[], None] | None = None,
    ) -> R:
        """Have work done however long the database is away, saying so; the guest may leave."""
        while True:
            try:
                return await self.done(work, lane, slow)
            except TryAgainError:
                self.waits = True
                self.stage.show(AwayView(WhyAway.DATABASE, leave=True))
                await self._pause()
            finally:
                self.waits = False

    async def _pause(self) -> None:
        item = await self.inbox.next(seconds=_TRY_AGAIN_AFTER)
        if isinstance(item, Finish):
            raise VisitEndedError(SessionOutcome.FAILED)
