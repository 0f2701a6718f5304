"""Measures how late a 5 ms timer of the GUI thread is, idle and while an encode runs at full speed.

    python benchmarks/gui_latency.py [--photos FOLDER] [--count 300] [--seconds 15] [--quick]

The window is the organizer's, offscreen, with the built-in database in a temporary folder and an
event of COUNT photos (copies of those of FOLDER, or the sample event's). Then the grid of an
event with 50,000 made-up rows is scrolled from end to end, and the time of each frame is told; and
the time from a process's start to a window that can be used, beside a process that imports PySide6
and shows an empty window.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import psycopg
import qasync
from PySide6.QtCore import QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.organizer_desk import make_desk
from eventsnap_desktop.app.sample_event import make_sample_event
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.window import OrganizerWindow
from eventsnap_desktop.ui.widgets.theme import Theme

EVERY = 5  # milliseconds

START = """
import sys
import time
from argparse import Namespace
from eventsnap_desktop.app import organizer_mode, organizer_session
Session = organizer_session.OrganizerSession
begin = Session.start
def start(self):
    def ready():
        print(time.time(), flush=True)
        self.end()
    self.ready.connect(ready)
    begin(self)
Session.start = start
raise SystemExit(organizer_mode.run_organizer(Namespace(home=None, model_pack=None)))
"""

MADE_UP = """
insert into photo (event_id, key, etag, bytes, modified_at, state, width, height, face_count)
select %(event)s, 'made-up/' || n || '.jpg', 'x', 1, now() - n * interval '1 second', 'encoded',
    6000, 4000, n %% 9
from generate_series(1, %(rows)s) n
"""

EMPTY_WINDOW = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
def ready():
    print(time.time(), flush=True)
    app.quit()
QTimer.singleShot(0, ready)
app.exec()
"""


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late the timer was, in milliseconds."""

    median: float
    p99: float
    longest: float

    def __str__(self) -> str:
        return f"median {self.median:.1f} ms, 99 % {self.p99:.1f} ms, longest {self.longest:.1f} ms"


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def lateness(seconds: float) -> Lateness:
    """Run a precise timer on the GUI thread and see how much later than due it fires."""
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start(EVERY)
    wait(seconds)
    timer.stop()
    late = np.maximum(0.0, np.diff(np.array(ticks)) * 1000 - EVERY)
    return summary(late.tolist())


def summary(milliseconds: list[float]) -> Lateness:
    """Return the figures of many measurements."""
    median, p99 = (float(np.percentile(milliseconds, part)) for part in (50, 99))
    return Lateness(median, p99, max(milliseconds))


def fill(folder: Path, photos: Path, count: int) -> None:
    """Put COUNT photos into a folder."""
    files = sorted(file for file in photos.iterdir() if file.is_file())
    for number in range(count):
        file = files[number % len(files)]
        shutil.copyfile(file, folder / f"{number:05d}{file.suffix}")


def scroll(window: OrganizerWindow) -> tuple[int, Lateness]:
    """Scroll the photos page from one end to the other; return its rows and each frame's time."""
    window.show_page("photos")
    wait(3)
    views = window.page("photos").findChildren(QAbstractItemView)
    view = max(views, key=lambda one: one.verticalScrollBar().maximum())
    bar, frames = view.verticalScrollBar(), []
    step = max(1, bar.maximum() // 400)
    for value in range(0, bar.maximum(), step):
        begin = perf_counter()
        bar.setValue(value)
        QApplication.processEvents()
        frames.append((perf_counter() - begin) * 1000)
    return view.model().rowCount(), summary(frames)


def measure(desk: Desk, window: OrganizerWindow, url: str, args: argparse.Namespace) -> None:
    """Print what there is to know."""
    window.show_page("encode")
    wait(1.5)
    print(f"idle:     {lateness(min(5.0, args.seconds))}")
    event = desk.current.chosen
    assert event is not None
    window.encodings.start(event, False)
    wait(2)
    print(f"encoding: {lateness(args.seconds)}")
    progress = window.encodings.state.progress
    busy = "still encoding" if window.encodings.is_busy else "the encode had ended"
    if progress is not None:
        print(f"          {progress.rate:.1f} photos a second, {busy}")
    window.encodings.stop()
    while window.encodings.is_busy:
        wait(0.1)
    many = desk.organizing.add("many", EventDetails("Many", event.source, None, None))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(MADE_UP, {"event": many.id, "rows": args.rows})
    desk.current.show(desk.organizing.overview(many.id))
    rows, frames = scroll(window)
    print(f"scrolling {rows:,} photos, a frame: {frames}")


def start_times(home: Path) -> tuple[float, float]:
    """Return the seconds to the program's usable window and to an empty window of PySide6."""
    environment = {**os.environ, "EVENTSNAP_HOME": str(home)}
    times: list[list[float]] = [[], []]
    for _ in range(4):
        for took, script in zip(times, (START, EMPTY_WINDOW), strict=True):
            begin = time()
            command = [sys.executable, "-c", script]
            ran = subprocess.run(
                command, env=environment, check=True, capture_output=True, text=True
            )
            took.append(float(ran.stdout.split()[-1]) - begin)
    ours, empty = (float(np.median(took[1:])) for took in times)  # the first warms up
    return ours, empty


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--photos", type=Path, help="photos with people")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--quick", action="store_true", help="shorter")
    args = parser.parse_args()
    if args.quick:
        args.count, args.seconds, args.rows = 120, 5.0, 10_000
    return args


def main() -> None:
    args = arguments()
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eventsnap-gui-")))
        source = args.photos.resolve() if args.photos else root / "sample"
        if not args.photos:
            make_sample_event(source)
        (root / "photos").mkdir()
        fill(root / "photos", source, args.count)
        with_window(root, stack, args)
    print_start()


def with_window(root: Path, stack: ExitStack, args: argparse.Namespace) -> None:
    """Open the window on the photos and measure."""
    app = QApplication(sys.argv[:1])
    Theme(app, "light")
    loop = stack.enter_context(qasync.QEventLoop(app))
    loaded = load_settings({"home": root / "home", "model": {"pack": "lite"}})
    program = Program(loaded.settings)
    url = stack.enter_context(embedded_server(loaded.settings.home)).url
    index = stack.enter_context(program.open_index())
    jobs, owner = Jobs(loop), QObject()
    desk = make_desk(DeskWorks(program, loaded, index), loaded, index, jobs, owner)
    desk.changes.start()
    event = desk.organizing.add("gui", EventDetails("Gui", str(root / "photos"), None, None))
    memory = QSettings(str(root / "window.ini"), QSettings.Format.IniFormat)
    window = OrganizerWindow(desk, memory)
    window.show()
    desk.current.show(desk.organizing.overview(event.id))
    measure(desk, window, url, args)
    window.close()


def print_start() -> None:
    """Print how long the program takes to start on a data folder that is there already."""
    with tempfile.TemporaryDirectory(prefix="eventsnap-start-") as folder:
        home = Path(folder)
        with Program(load_settings({"home": home}).settings).open_index():
            pass
        ours, empty = start_times(home)
    print(f"start: ours {ours:.2f} s, an empty window {empty:.2f} s: {ours / empty:.1f} times")


if __name__ == "__main__":
    main()
