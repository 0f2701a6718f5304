"""One guest's visit: consent, selfies, photos; and what is wiped at its end."""

import asyncio
import logging
from dataclasses import replace
from functools import partial

from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.guests import GuestDelivery, SessionOutcome
from eventsnap_desktop.domain.kiosks import ConsentText
from eventsnap_desktop.flows.capture import CapturedSelfies, CaptureWishes
from eventsnap_desktop.flows.consent_texts import as_read, texts_in_use
from eventsnap_desktop.flows.guest_actions import (
    Agree,
    Back,
    Decline,
    Finish,
    Retake,
    Shutter,
    Together,
)
from eventsnap_desktop.flows.guest_browse import Browsing
from eventsnap_desktop.flows.guest_chores import result_of
from eventsnap_desktop.flows.guest_gallery import Gallery, Leave
from eventsnap_desktop.flows.guest_search import Found, Seeker
from eventsnap_desktop.flows.guest_service import Service
from eventsnap_desktop.flows.guest_views import (
    CaptureView,
    ConsentView,
    DeclinedView,
    NothingView,
    SearchingView,
    WhyNothing,
)

log = logging.getLogger(__name__)


class Visit:
    """From the consent to the last photo; ``run`` returns or raises how it ended."""

    def __init__(self, service: Service) -> None:
        self._service = service
        parts = service.parts
        self._seeker = Seeker(parts.event.id, parts.faces, parts.desk, parts.thresholds)
        self._shown: Gallery | Browsing | None = None
        self._view: CaptureView | None = None
        self._together = False

    @property
    def deliveries(self) -> tuple[GuestDelivery, ...]:
        """What the guest asked for."""
        return self._shown.deliveries if self._shown is not None else ()

    async def run(self) -> SessionOutcome:
        """Serve the guest; VisitEndedError where the visit ends other than by its way."""
        agreed = await self._ask_consent()
        while agreed is False and self._service.settings.browse_without_face:
            if not await self._browse():
                return SessionOutcome.FINISHED
            agreed = await self._ask_consent()
        if not agreed:
            return SessionOutcome.WALKED_AWAY
        while True:
            found = await self._find()
            if found is None:
                return SessionOutcome.WALKED_AWAY
            if await self._show_photos(found) is Leave.FINISH:
                any_found = bool(self._service.matches)
                return SessionOutcome.FINISHED if any_found else SessionOutcome.NOTHING_FOUND

    def wipe(self) -> None:
        """Forget everything of the guest."""
        self._service.chores.stop()
        if self._shown is not None:
            self._shown.wipe()
        self._shown = self._view = None
        self._service.parts.feed.wipe()

    async def _ask_consent(self) -> bool | None:
        """Return whether the guest agrees, None when they leave; what they agreed to is stored."""
        service = self._service
        settings = service.settings
        organizer = settings.organizer_name.strip()
        view = ConsentView(self._texts(), settings.browse_without_face, organizer)
        while True:
            service.stage.show(view)
            action = await service.inbox.next()
            if isinstance(action, Agree):
                service.language = action.language
                await service.insist(partial(self._begin, action.language))
                return True
            if isinstance(action, Back | Finish):
                return None
            if isinstance(action, Decline):
                if view.can_browse:
                    return False
                if not await self._declined():
                    return None

    async def _declined(self) -> bool:
        """Say where to find help; return whether the guest thinks again."""
        service = self._service
        service.stage.show(DeclinedView(service.settings.organizer_name))
        while True:
            action = await service.inbox.next()
            if isinstance(action, Back | Finish):
                return isinstance(action, Back)

    def _texts(self) -> tuple[ConsentText, ...]:
        settings = self._service.settings
        texts = texts_in_use(settings, self._service.parts.own_texts)
        return tuple(as_read(text, settings.organizer_name) for text in texts)

    def _begin(self, language: str | None) -> None:
        """Record consent and visit, each once; runs beside the screens."""
        service, parts = self._service, self._service.parts
        parts.check()
        if service.session is not None:
            return
        consent = None
        if language is not None:
            version = service.settings.consent_version
            consent = parts.desk.consent(parts.event.id, parts.kiosk, version, language)
        service.session = parts.desk.begin(parts.event.id, parts.kiosk, consent)

    async def _browse(self) -> bool:
        """Let the guest browse; return whether they come back to the question."""
        await self._service.insist(partial(self._begin, None))
        browsing = Browsing(self._service)
        self._shown = browsing
        if not await browsing.show():
            return False
        await self._end_browsing()
        return True

    async def _end_browsing(self) -> None:
        """End the visit without face search: with consent another one begins."""
        service = self._service
        session, service.session = service.session, None
        if session is not None:
            desk = service.parts.desk
            await service.insist(lambda: desk.end(session, None, SessionOutcome.FINISHED))

    async def _capture(self) -> CapturedSelfies | None:
        """Take the selfies; None when the guest goes back. The camera is on only in here."""
        parts = self._service.parts
        film = parts.runner.run(lambda _report, cancel: parts.feed.film(cancel), "camera")
        filming = asyncio.get_running_loop().create_task(result_of(film))
        try:
            while True:
                selfies, again = await self._take_selfies()
                if not again:
                    return selfies
        finally:
            film.cancel()
            filming.cancel()
            parts.feed.wipe()
            self._service.camera_lost = False

    async def _take_selfies(self) -> tuple[CapturedSelfies | None, bool]:
        """Return the selfies, or that the guest wants to begin again."""
        service, parts = self._service, self._service.parts
        wishes = CaptureWishes()
        wishes.together(self._together)
        self._view = CaptureView(CaptureProgress(Hint.NOBODY), self._together)
        service.stage.show(self._view)
        running = parts.runner.run(
            lambda report, cancel: parts.capture(parts.feed, parts.looker, wishes, report, cancel),
            "coach",
            self._on_progress,
        )
        taking = asyncio.get_running_loop().create_task(result_of(running))
        try:
            while not taking.done():
                action = await service.inbox.next(taking)
                if isinstance(action, Back | Finish):
                    return None, False
                if isinstance(action, Retake):
                    return None, True
                if isinstance(action, Shutter):
                    wishes.shutter()
                elif isinstance(action, Together):
                    self._together = action.on
                    wishes.together(action.on)
                    self._show_capture(together=action.on)
            return taking.result(), False
        finally:
            running.cancel()
            taking.cancel()

    def _on_progress(self, progress: CaptureProgress) -> None:
        service = self._service
        service.camera_lost = progress.hint is Hint.CAMERA_LOST
        if progress.people or service.camera_lost:
            service.inbox.touch()
        if self._view is not None:
            self._view = replace(self._view, progress=progress)
            service.stage.show(self._view)

    def _show_capture(self, together: bool) -> None:
        if self._view is not None:
            self._view = replace(self._view, together=together)
            self._service.stage.show(self._view)

    async def _find(self) -> Found | None:
        """Take selfies and search with them; None when the guest goes back.

        The pictures live no longer than this: from here on there are vectors only.
        """
        service = self._service
        selfies = await self._capture()
        if selfies is None:
            return None
        self._view = None
        return await service.insist(
            partial(self._search, selfies), "search", lambda: service.stage.show(SearchingView())
        )

    async def _show_photos(self, found: Found) -> Leave:
        """Show the photos until the guest leaves or wants new selfies."""
        service = self._service
        if not found.people:
            return await self._poor_selfies()
        gallery = Gallery(service, self._seeker, found)
        self._shown = gallery
        leave = await gallery.show()
        if leave is Leave.RETAKE:
            service.chores.stop()
            gallery.wipe()
            self._shown = None
        return leave

    def _search(self, selfies: CapturedSelfies) -> Found:
        people = self._seeker.meet(selfies.people)
        return self._seeker.search(people) if people else Found((), ())

    async def _poor_selfies(self) -> Leave:
        service = self._service
        service.stage.show(NothingView(WhyNothing.POOR_SELFIES))
        while True:
            action = await service.inbox.next()
            if isinstance(action, Retake):
                return Leave.RETAKE
            if isinstance(action, Back | Finish):
                return Leave.FINISH
