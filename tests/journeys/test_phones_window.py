"""A guest's link from a kiosk that was closed, answered by the organizer's window."""

import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.settings.loading import load_settings
from tests.journeys.test_window import COMMAND, await_window, environment

PORT = "18893"


def status(link: str) -> int:
    """Return the answer's status, 0 where nobody answers."""
    try:
        return httpx.get(link, timeout=5).status_code
    except httpx.TransportError:
        return 0


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def test_a_link_goes_on_working_in_the_window_until_that_is_closed_too(
    tmp_path: Path, display: str
) -> None:
    home = tmp_path / "home"
    share = {"host": "127.0.0.1", "port": PORT}
    kiosk_program = Program(load_settings({"home": home, "share": share}).settings)
    told = {"EVENTSNAP_SHARE_HOST": "127.0.0.1", "EVENTSNAP_SHARE_PORT": PORT}
    with kiosk_program.open_index() as index:
        event = index.events.create_event("party", "Summer party", "").id
        token = index.shares.share(event, None, [], "de", datetime.now(UTC) + timedelta(hours=1))
        kiosk = Sharing(kiosk_program)
        kiosk.start()
        try:
            link = kiosk.link(token)
            assert status(link) == 200
            with subprocess.Popen(
                COMMAND,
                env=environment(home, DISPLAY=display, **told),
                stderr=subprocess.PIPE,
                text=True,
            ) as window:
                await_window(home, window)
                assert status(link) == 200
                kiosk.stop()
                until(lambda: status(link) == 200)
                window.send_signal(signal.SIGTERM)
                _, said = window.communicate(timeout=60)
        finally:
            kiosk.stop()
        [shown] = index.shares.links(event, 9)
    assert window.returncode == 0, said
    assert "Traceback" not in said
    assert status(link) == 0
    assert shown.opened
