"""A kiosk's window with the screens around camera and gallery, and the views they show."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.guests import EventGlance, GalleryPhoto
from eventsnap_desktop.domain.kiosks import ConsentText
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_views import (
    AttractView,
    AwayView,
    ConsentView,
    DeclinedView,
    NothingView,
    PausedView,
    SearchingView,
    View,
    WhyAway,
    WhyNothing,
)
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails
from eventsnap_desktop.ui.kiosk.attract_screen import AttractScreen
from eventsnap_desktop.ui.kiosk.away_screen import AwayScreen
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.consent_screen import ConsentScreen
from eventsnap_desktop.ui.kiosk.declined_screen import DeclinedScreen
from eventsnap_desktop.ui.kiosk.look import Look, make_look
from eventsnap_desktop.ui.kiosk.nothing_screen import NothingScreen
from eventsnap_desktop.ui.kiosk.paused_screen import PausedScreen
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.pieces import text
from eventsnap_desktop.ui.kiosk.searching_screen import SearchingScreen
from eventsnap_desktop.ui.kiosk.spoken_languages import SpokenLanguages
from eventsnap_desktop.ui.kiosk.window import KioskWindow

TEXTS = (
    ConsentText("en", "We look at your face.", "# All of it\n\nEvery word."),
    ConsentText("de", "Wir sehen dein Gesicht an.", "# Alles\n\nJedes Wort."),
)


EVENT = Event(EventId(1), "party", "Party", "", None, datetime(2030, 1, 1, tzinfo=UTC), None)


def folder_pictures(jobs: Jobs, cache: Path, owner: QObject) -> Pictures:
    """Return the pictures of photos whose keys are paths of files."""

    def load(event: Event, key: str, side: int) -> bytes:
        del event, side
        return Path(key).read_bytes()

    return Pictures(EVENT, Thumbnails(jobs, load, cache, owner), owner)


def gallery_photos(files: Iterable[Path]) -> tuple[GalleryPhoto, ...]:
    """Return photos whose keys are these files."""
    return tuple(
        GalleryPhoto(PhotoId(at), str(file), "1", datetime.now(UTC), 640, 480)
        for at, file in enumerate(sorted(files))
    )


def views(slideshow: tuple[GalleryPhoto, ...] = ()) -> tuple[View, ...]:
    """Return a view of every screen around camera and gallery, in more than one state."""
    soon = datetime.now(UTC) + timedelta(minutes=4)
    return (
        AttractView("", "Summer party", None),
        AttractView("Welcome", "Summer party", EventGlance(1234, None, slideshow)),
        ConsentView(TEXTS, True),
        ConsentView(TEXTS, False, "It could not be stored. Please try again."),
        DeclinedView("Anna & Ben"),
        SearchingView(),
        SearchingView(slow=True),
        NothingView(WhyNothing.NO_PHOTOS_YET),
        NothingView(WhyNothing.NOT_IN_ANY, 1234, datetime.now(UTC), 2, True),
        NothingView(WhyNothing.POOR_SELFIES),
        PausedView(),
        PausedView(soon),
        AwayView(WhyAway.DATABASE),
        AwayView(WhyAway.CAMERA, leave=True),
    )


class TranslatedScreen(SearchingScreen):
    """Has a word that Qt itself brings in every language."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.cancel = text(QCoreApplication.translate("QPlatformTheme", "Cancel"))
        self.extra.addWidget(self.cancel)


class Kiosk:
    """A window of such screens; ``acted`` is what was done on it."""

    def __init__(
        self,
        app: QApplication,
        pictures: Pictures,
        languages: tuple[str, ...] = ("en", "de"),
        *,
        accessible: bool = False,
        animated: bool = False,
        logo: QImage | None = None,
    ) -> None:
        self.spoken = SpokenLanguages(app, languages)
        branding = Branding("Summer party", "", logo)
        self.window = KioskWindow(
            {
                AttractView: lambda look: AttractScreen(look, pictures, branding),
                ConsentView: lambda look: ConsentScreen(look, self.spoken.current),
                DeclinedView: DeclinedScreen,
                SearchingView: TranslatedScreen,
                NothingView: NothingScreen,
                PausedView: PausedScreen,
                AwayView: AwayScreen,
            },
            partial(make_look, "light", "#c2410c"),
            self.spoken,
            branding,
            accessible=accessible,
            animated=animated,
        )
        self.acted: list[object] = []
        self.window.acted.connect(self.acted.append)

    def close(self) -> None:
        """Close the window and take the language off."""
        self.window.leave()
        self.window.deleteLater()
        self.spoken.speak("en")
        self.spoken.quiet()


def button(widget: QWidget, words: str) -> QPushButton:
    """Return the visible button with these words, said or shown."""
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if words in {one.text(), one.accessibleName()} and one.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} buttons {words!r}"
    return found[0]
