"""A kiosk's day as one coroutine: the first screen, one visit after the other, pauses."""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TypeVar

from eventsnap_desktop.domain.errors import EventSnapError, TryAgainError
from eventsnap_desktop.domain.guests import EventGlance, GuestDelivery, SessionId, SessionOutcome
from eventsnap_desktop.domain.kiosks import KioskSettings, KioskState
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.flows.guest_actions import Action, Start
from eventsnap_desktop.flows.guest_chores import result_of
from eventsnap_desktop.flows.guest_inbox import DatabaseHere, Inbox, VisitEndedError
from eventsnap_desktop.flows.guest_ports import Stage
from eventsnap_desktop.flows.guest_service import KioskParts, Service
from eventsnap_desktop.flows.guest_views import (
    AttractView,
    AwayView,
    PausedView,
    ThanksView,
    WhyAway,
)
from eventsnap_desktop.flows.guest_visit import Visit

log = logging.getLogger(__name__)

R = TypeVar("R")

_LOOK_EVERY = 30.0  # seconds between looks at the event while nobody is there
_LOOK_AT_MOST_EVERY = 1.0  # seconds, while an encode tells of photos all the time
_TRY_AGAIN_AFTER = 3.0  # seconds, while the database is away
_THANKS_FOR = 6.0  # seconds
_SORRY_FOR = 10.0  # seconds that a guest reads why it does not go on


class GuestSession:
    """Serves guests until its coroutine is cancelled; its methods belong to the loop's thread."""

    def __init__(
        self,
        parts: KioskParts,
        stage: Stage,
        clock: Callable[[], float] = monotonic,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        self._parts, self._stage = parts, stage
        self._inbox = Inbox(stage.count_down, clock)
        self._rest, self._clock = rest, clock
        self._settings = KioskSettings()
        self._glance: EventGlance | None = None
        self._service: Service | None = None
        self._paused = False
        self._back: datetime | None = None
        self._problem = ""
        self._unsaid: deque[tuple[SessionId, int | None, SessionOutcome]] = deque(maxlen=1000)

    def act(self, action: Action) -> None:
        """Take in what the guest did."""
        self._inbox.put(action)

    def touch(self) -> None:
        """Note that somebody is there, whatever they touched."""
        self._inbox.touch()

    def hear(self, notice: Notice) -> None:
        """Take in what changed in the database; what kiosks and visits record is of no interest."""
        if notice.subject not in {Subject.KIOSKS, Subject.SESSIONS}:
            self._inbox.put(notice)

    def hear_database(self, here: bool) -> None:
        """Take in that the database was lost, or is there again."""
        self._inbox.put(DatabaseHere(here))

    def speak(self, language: str) -> None:
        """Note the guest's language: what is delivered speaks it."""
        if self._service is not None:
            self._service.language = language

    def pause(self, back: datetime | None) -> None:
        """Serve nobody until ``resume``; a visit that goes on is ended."""
        self._paused, self._back = True, back
        self.end_visit()

    def resume(self) -> None:
        """Serve guests again."""
        self._paused = False
        self._inbox.put(Notice(Subject.SESSIONS))

    def end_visit(self) -> None:
        """End the visit that goes on, if there is one."""
        if self._service is not None:
            self._inbox.end(SessionOutcome.STAFF)
        self._inbox.put(Notice(Subject.SESSIONS))

    @property
    def is_paused(self) -> bool:
        """Whether staff paused it."""
        return self._paused

    @property
    def settings(self) -> KioskSettings:
        """What is set for the kiosks of the event, as of the last look."""
        return self._settings

    @property
    def state(self) -> KioskState:
        """What the kiosk does now."""
        service = self._service
        if self._paused:
            return KioskState.PAUSED
        if service is not None and service.camera_lost:
            return KioskState.CAMERA_LOST
        if (service is not None and service.waits) or (service is None and self._problem):
            return KioskState.WAITING
        return KioskState.IDLE if service is None else KioskState.IN_SESSION

    @property
    def problem(self) -> str:
        """What keeps it from serving, as a sentence for the staff, "" for nothing."""
        if self._service is not None and self._service.camera_lost:
            return self._parts.feed.problem
        return self._problem

    async def serve(self) -> None:
        """Serve one guest after the other."""
        while True:
            if self._paused:
                await self._wait_paused()
            elif await self._attract():
                await self._visit()

    async def _attract(self) -> bool:
        """Show the first screen until somebody begins; False when the kiosk was paused."""
        look_at = self._clock()
        while not self._paused:
            if self._clock() >= look_at:
                await self._look()
                self._show_attract()
                away = self._glance is None
                look_at = self._clock() + (_TRY_AGAIN_AFTER if away else _LOOK_EVERY)
            looked_at = self._clock()
            item = await self._inbox.next(seconds=look_at - looked_at)
            if isinstance(item, Start) and self._glance is not None:
                return True
            if _tells_of(item, self._parts.event.id):
                look_at = min(look_at, looked_at + _LOOK_AT_MOST_EVERY)
        return False

    def _show_attract(self) -> None:
        greeting, name = self._settings.greeting, self._parts.event.name
        self._stage.show(AttractView(greeting, name, self._glance))

    async def _look(self) -> None:
        """Look at the event; a database that is away shows in the glance being None."""
        desk, event = self._parts.desk, self._parts.event.id

        def work() -> tuple[EventGlance, KioskSettings]:
            self._parts.check()
            return desk.glance(event), desk.kiosk_settings(event)

        try:
            await self._say_ends()
            self._glance, self._settings = await self._run(work)
            self._problem = ""
        except EventSnapError as error:
            self._glance, self._problem = None, error.message

    async def _wait_paused(self) -> None:
        self._stage.show(PausedView(self._back))
        while self._paused:
            await self._inbox.next(seconds=1.0)
            if self._back is not None and datetime.now(self._back.tzinfo) >= self._back:
                self._paused = False

    async def _visit(self) -> None:
        """Serve one guest from the consent to the wiping."""
        self._inbox.begin(self._settings.idle_seconds, self._settings.session_seconds)
        service = Service(self._parts, self._stage, self._inbox, self._settings)
        self._service = service
        visit = Visit(service)
        deliveries: tuple[GuestDelivery, ...] = ()
        outcome = SessionOutcome.FAILED
        try:
            outcome = await visit.run()
        except VisitEndedError as ended:
            outcome = ended.outcome
        except EventSnapError as error:
            log.warning("a visit could not go on: %s", type(error).__name__)
            self._problem = error.message
            await self._say_sorry()
        finally:
            deliveries = visit.deliveries
            self._service = None
            visit.wipe()
            self._inbox.finish()
            self._stage.wipe()
        if service.session is not None:
            self._unsaid.append((service.session, service.matches, outcome))
        if outcome in {SessionOutcome.FINISHED, SessionOutcome.NOTHING_FOUND}:
            await self._thank(deliveries)
        self._rest()

    async def _say_sorry(self) -> None:
        self._stage.show(AwayView(WhyAway.OTHER, leave=True))
        try:
            await self._shown_for(_SORRY_FOR)
        except VisitEndedError:
            return

    async def _shown_for(self, seconds: float) -> None:
        """Wait so long, or until the guest does something."""
        until = self._clock() + seconds
        while (left := until - self._clock()) > 0:
            item = await self._inbox.next(seconds=left)
            if item is not None and not isinstance(item, Notice | DatabaseHere):
                return

    async def _thank(self, deliveries: tuple[GuestDelivery, ...]) -> None:
        self._stage.show(ThanksView(deliveries))
        await self._shown_for(_THANKS_FOR)
        self._stage.wipe()

    async def _say_ends(self) -> None:
        """Record how visits ended, those first whose record failed before."""
        while self._unsaid:
            session, matches, outcome = self._unsaid[0]
            try:
                await self._run(partial(self._parts.desk.end, session, matches, outcome))
            except TryAgainError:
                raise
            except EventSnapError as error:  # the event was deleted, and the visits with it
                log.info("the end of a visit was not recorded: %s", type(error).__name__)
            self._unsaid.popleft()

    async def _run(self, work: Callable[[], R]) -> R:
        running = self._parts.runner.run(lambda _report, _cancel: work(), "guest")
        return await result_of(running)


def _tells_of(item: object, event: object) -> bool:
    """Whether the first screen may show something else after this."""
    if isinstance(item, DatabaseHere):
        return True
    if not isinstance(item, Notice) or item.event not in {None, event}:
        return False
    return item.subject in {Subject.PHOTOS, Subject.EVENTS, Subject.EVERYTHING}
