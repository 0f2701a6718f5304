"""The organizer's window: the program without arguments."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.early_server import server_started_early
from eventsnap_desktop.app.end_wish import EndWish, end_wished, leave_at_once
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.screen_check import check_screen
from eventsnap_desktop.app.window_loop import log_bug, make_application, run_loop
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.settings.log_file import start_log

if TYPE_CHECKING:
    from eventsnap_desktop.app.organizer_session import OrganizerSession


def run_organizer(chosen: Namespace) -> int:
    """Open the window and return when it was closed; EventSnapError where no window can open."""
    check_screen()
    loaded = settings_for(chosen)
    with end_wished() as wish:
        running_log = start_log(loaded.settings.home, loaded.settings.log_level)
        sys.excepthook = log_bug
        try:
            with server_started_early(loaded.settings):
                session = _run_window(loaded, wish)
        finally:
            running_log.stop()
    if session.working:
        leave_at_once(ExitCode.DONE)
    return ExitCode.DONE


def _run_window(loaded: LoadedSettings, wish: EndWish) -> "OrganizerSession":
    """Return what was open; whoever lets go of it while it is at work crashes the program."""
    import qasync

    from eventsnap_desktop.app.organizer_session import OrganizerSession
    from eventsnap_desktop.ui.widgets import language
    from eventsnap_desktop.ui.widgets.theme import Theme

    app = make_application()
    language.put_on(app, loaded.settings.window.language)
    theme = Theme(app, loaded.settings.window.theme)
    loop = qasync.QEventLoop(app)
    session = OrganizerSession(loop, loaded, theme)
    session.ended.connect(loop.stop)
    run_loop(loop, session.start, session.end, wish)
    return session
