"""Builds the pages by name; each is imported when it is first seen: the window opens fast."""

from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.encodings import Encodings
from eventsnap_desktop.ui.organizer.page import OrganizerPage

PAGES = (
    "events",
    "photos",
    "encode",
    "find",
    "coverage",
    "kiosks",
    "outbox",
    "settings",
    "log",
    "help",
)
"""Every page of the organizer's window, by its name."""


def make_page(name: str, desk: Desk, encodings: Encodings) -> OrganizerPage:
    """Return a new page; ValueError for a name that none has."""
    if name == "events":
        from eventsnap_desktop.ui.organizer.events_page import EventsPage

        return EventsPage(desk)
    if name == "photos":
        from eventsnap_desktop.ui.organizer.photos_page import PhotosPage

        return PhotosPage(desk)
    if name == "encode":
        from eventsnap_desktop.ui.organizer.encode_page import EncodePage

        return EncodePage(desk, encodings)
    if name == "find":
        from eventsnap_desktop.ui.organizer.find_page import FindPage

        return FindPage(desk)
    if name == "coverage":
        from eventsnap_desktop.ui.organizer.coverage_page import CoveragePage

        return CoveragePage(desk)
    return _make_further(name, desk)


def _make_further(name: str, desk: Desk) -> OrganizerPage:
    if name == "kiosks":
        from eventsnap_desktop.ui.organizer.kiosks_page import KiosksPage

        return KiosksPage(desk)
    if name == "outbox":
        from eventsnap_desktop.ui.organizer.outbox_page import OutboxPage

        return OutboxPage(desk)
    if name == "settings":
        from eventsnap_desktop.ui.organizer.settings_page import SettingsPage

        return SettingsPage(desk)
    if name == "log":
        from eventsnap_desktop.ui.organizer.log_page import LogPage

        return LogPage(desk)
    if name == "help":
        from eventsnap_desktop.ui.organizer.help_page import HelpPage

        return HelpPage(desk)
    raise ValueError(f"there is no page {name}")
