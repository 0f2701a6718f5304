"""Puts together what the organizer's pages work with."""

from PySide6.QtCore import QObject

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.flows.link_ports import PhonePage
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.ui.bridge.change_relay import ChangeRelay
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails
from eventsnap_desktop.ui.organizer.desk import CurrentEvent, Desk


def make_desk(
    works: DeskWorks,
    loaded: LoadedSettings,
    index: Index,
    jobs: Jobs,
    owner: QObject,
    phone_page: PhonePage | None = None,
) -> Desk:
    """Return the desk; its QObjects belong to ``owner``, and its changes have to be started.

    Without a ``phone_page`` no phone is answered.
    """
    cache_folder = loaded.settings.home / "cache"
    return Desk(
        jobs=jobs,
        changes=ChangeRelay(index.changes, jobs, owner),
        current=CurrentEvent(owner),
        works=works,
        settings=loaded,
        events=index.events,
        organizing=index.organizing,
        browsing=index.browsing,
        faces=index.faces,
        every_face=index.every_face,
        deliveries=index.deliveries,
        shares=index.shares,
        links=index.shares,
        phone_page=phone_page or Sharing(Program(loaded.settings)),
        kiosks=index.kiosks,
        coverage=index.coverage,
        cache_folder=cache_folder,
        thumbnails=Thumbnails(jobs, works.thumbnail, cache_folder, owner),
    )
