"""What a kiosk of this machine orders prints with: a page for their codes, and the machine."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.kiosk_parts import JobsRunner, Opened, kiosk_parts
from eventsnap_desktop.app.kiosk_ways import MachineWays
from eventsnap_desktop.app.machine_identity import machine_identity
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.camera.opening import open_camera
from eventsnap_desktop.flows.guest_service import KioskParts
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.bridge.jobs import Jobs

PORT = 18613

Kiosk = Callable[..., KioskParts]


@pytest.fixture
def kiosk(index: Index, database_url: str, tmp_path: Path, jobs: Jobs) -> Iterator[Kiosk]:
    """Return how a kiosk's parts are made by the settings of the page for phones."""
    event = index.events.create_event("party", "Party", "")
    with ExitStack() as stack:

        def made(**share: object) -> KioskParts:
            given = {"host": "127.0.0.1", "port": PORT, **share}
            database, model = {"url": database_url}, {"pack": "lite"}
            loaded = load_settings(
                {"home": tmp_path, "database": database, "model": model, "share": given}
            )
            program, owner = Program(loaded.settings), QObject()
            sharing = Sharing(program)
            stack.callback(sharing.stop)
            sharing.start()
            opened = Opened(index, event, program.open_vision(), sharing)
            feed = CameraFeed(lambda: open_camera("0"), owner)
            runner = JobsRunner(jobs, owner)
            return kiosk_parts(program, opened, "tent", feed, MachineWays(loaded.settings), runner)

        yield made


def test_prints_have_a_code_while_phones_are_answered(kiosk: Kiosk, tmp_path: Path) -> None:
    parts = kiosk()
    look = parts.print_look()
    assert look.page.startswith("http://127.0.0.1:")
    assert look.has_code
    assert parts.machine == machine_identity(tmp_path)


def test_where_no_phone_is_answered_prints_have_none(kiosk: Kiosk) -> None:
    look = kiosk(enabled=False).print_look()
    assert (look.page, look.has_code) == ("", False)


def test_a_page_that_others_serve_is_on_the_prints(kiosk: Kiosk) -> None:
    look = kiosk(enabled=False, public_url="https://photos.example.org/").print_look()
    assert look.page == "https://photos.example.org"
