"""Joins what a kiosk's session works with, and the screens that show its views."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from eventsnap_desktop.app.assembly import Program, thresholds_for
from eventsnap_desktop.app.delivering import public_page
from eventsnap_desktop.app.kiosk_ways import MachineWays
from eventsnap_desktop.app.machine_identity import machine_identity
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.app.vision_chain import VisionChain
from eventsnap_desktop.domain.errors import PackMismatchError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.outgoing import PrintLook
from eventsnap_desktop.flows import guest_views as views
from eventsnap_desktop.flows.consent_texts import read_consent_texts
from eventsnap_desktop.flows.guest_ports import Running, Work
from eventsnap_desktop.flows.guest_service import KioskParts
from eventsnap_desktop.flows.phone_links import PhoneLinks
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.kiosk.attract_screen import AttractScreen
from eventsnap_desktop.ui.kiosk.away_screen import AwayScreen
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.browse_screen import BrowseScreen
from eventsnap_desktop.ui.kiosk.capture_screen import CaptureScreen
from eventsnap_desktop.ui.kiosk.consent_screen import ConsentScreen
from eventsnap_desktop.ui.kiosk.declined_screen import DeclinedScreen
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.mail_screen import MailScreen
from eventsnap_desktop.ui.kiosk.nothing_screen import NothingScreen
from eventsnap_desktop.ui.kiosk.ordered_screen import OrderedScreen
from eventsnap_desktop.ui.kiosk.paused_screen import PausedScreen
from eventsnap_desktop.ui.kiosk.phone_screen import PhoneScreen
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.print_screen import PrintScreen
from eventsnap_desktop.ui.kiosk.screen_place import Factories
from eventsnap_desktop.ui.kiosk.searching_screen import SearchingScreen
from eventsnap_desktop.ui.kiosk.thanks_screen import ThanksScreen
from eventsnap_desktop.ui.widgets.resource_files import resource
from eventsnap_desktop.vision.looking import FrameLooker

R = TypeVar("R")


class JobsRunner:
    """Fits flows/guest_ports.Runner: the session's work on the window's threads."""

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        self._jobs, self._owner = jobs, owner

    def run(
        self, work: Work[R], lane: str, progress: Callable[[Any], None] | None = None
    ) -> Running[R]:
        """Begin work on a lane; whoever awaits it is told how it ended."""
        return self._jobs.run(
            work, owner=self._owner, lane=lane, progress=progress, failed=_told_by_awaiting
        )


@dataclass(slots=True)
class Opened:
    """What was opened for one event, on a thread beside the window."""

    index: Index
    event: Event
    vision: VisionChain
    sharing: Sharing
    looker: FrameLooker = field(init=False)

    def __post_init__(self) -> None:
        self.looker = FrameLooker(self.vision.encoder)


def check_pack(index: Index, code: str, vision: VisionChain) -> Event:
    """Return the event as it is now; PackMismatchError when this kiosk cannot search it."""
    event = index.events.find_event(code)
    if event.model_pack not in {None, vision.pack.digest}:
        raise PackMismatchError(
            f"The event {event.code} was encoded with another model pack than {vision.pack.name}",
            "Start the kiosk with that pack (--model-pack), or encode the event again.",
        )
    return event


def kiosk_parts(
    program: Program,
    opened: Opened,
    name: str,
    feed: CameraFeed,
    ways: MachineWays,
    runner: JobsRunner,
) -> KioskParts:
    """Return what the session of the kiosk of this name works with."""
    index, event, vision = opened.index, opened.event, opened.vision

    def check() -> None:
        check_pack(index, event.code, vision)

    def print_look() -> PrintLook:
        outbox, page = index.outbox, opened.sharing.address or public_page(program.settings)
        return PrintLook(outbox.output_settings(event.id), outbox.branding(event.id), page)

    return KioskParts(
        event=event,
        kiosk=name,
        desk=index.guests,
        faces=index.faces,
        looker=opened.looker,
        feed=feed,
        ways=ways,
        runner=runner,
        thresholds=thresholds_for(vision.pack, program.settings),
        own_texts=read_consent_texts(resource("consent")),
        printer=lambda: ways.printer,
        machine=machine_identity(program.settings.home),
        print_look=print_look,
        check=check,
        phones=PhoneLinks(
            index.shares,
            index.outbox.output_settings,
            opened.sharing.link,
            everywhere=bool(program.settings.share.public_url),
        ),
    )


def screen_factories(
    pictures: Pictures,
    feed: CameraFeed,
    branding: Callable[[], Branding],
    language: Callable[[], str],
) -> Factories:
    """Return how the screen of each view is built; ``language`` tells the one that is on."""
    return {
        views.AttractView: lambda look: AttractScreen(
            look, pictures, branding(), branding().slideshow_seconds
        ),
        views.ConsentView: lambda look: ConsentScreen(look, language()),
        views.DeclinedView: DeclinedScreen,
        views.CaptureView: lambda look: CaptureScreen(look, feed),
        views.SearchingView: SearchingScreen,
        views.GalleryView: lambda look: GalleryScreen(look, pictures),
        views.NothingView: NothingScreen,
        views.BrowseView: lambda look: BrowseScreen(look, pictures),
        views.MailView: MailScreen,
        views.PrintView: lambda look: PrintScreen(look, pictures),
        views.PhoneView: PhoneScreen,
        views.OrderedView: OrderedScreen,
        views.ThanksView: ThanksScreen,
        views.PausedView: PausedScreen,
        views.AwayView: AwayScreen,
    }


def _told_by_awaiting(_: Exception) -> None:
    """Do nothing: the coroutine that awaits the work gets its error."""
