"""The kiosk's program outside of pytest: for what takes minutes. It ends what it began."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import qasync

from eventsnap_desktop.app.kiosk_alive import AliveFile
from eventsnap_desktop.app.kiosk_options import KioskOptions
from eventsnap_desktop.app.kiosk_session import KioskSession
from eventsnap_desktop.app.window_loop import make_application
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.bridge.collecting import GuiCollector


@contextmanager
def own_index() -> Iterator[tuple[Index, Path]]:
    """Open an index on a server of its own, in a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="eventsnap-kiosk-"))
    try:
        with embedded_server(folder / "server") as server:
            os.environ["EVENTSNAP_DATABASE_URL"] = server.url
            with psycopg.connect(server.url, autocommit=True) as connection:
                connection.execute("alter system set fsync = off")
                connection.execute("select pg_reload_conf()")
            with open_index(server.url) as index:
                yield index, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_program(
    event_code: str,
    home: Path,
    camera: Path,
    act: Callable[[KioskSession], Awaitable[None]],
    settings: dict[str, object],
) -> int:
    """Run the kiosk full screen while ``act`` lasts; return its exit code."""
    app = make_application()
    loop = qasync.QEventLoop(app)
    kiosk = {"camera": f"file:{camera}", "name": "tent"}
    chosen = {"home": home, "model": {"pack": "lite"}, "kiosk": kiosk, **settings}
    options = KioskOptions("tent", AliveFile(home / "alive"))
    program = KioskSession(loop, load_settings(chosen), event_code, options)

    async def run() -> int:
        ready, ended = loop.create_future(), loop.create_future()
        program.ready.connect(lambda: ready.set_result(None))
        program.ended.connect(ended.set_result)
        program.start()
        await ready
        try:
            await act(program)
        finally:
            program.end()
            code = await ended
        return int(code)

    asyncio.set_event_loop(loop)
    collector = GuiCollector()
    collector.start()
    with loop:
        return int(loop.run_until_complete(run()))
