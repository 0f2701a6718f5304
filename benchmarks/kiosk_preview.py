"""How many pictures a second a guest sees of themselves, and how late the window's thread is."""

from asyncio import sleep
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from benchmarks.gui_latency import EVERY, Lateness, summary
from benchmarks.kiosk_room import Kiosk
from eventsnap_desktop.flows.guest_actions import Finish, Retake
from eventsnap_desktop.flows.guest_views import AttractView, CaptureView
from eventsnap_desktop.ui.kiosk.live_preview import LivePreview


@dataclass(frozen=True, slots=True)
class Seen:
    """New pictures a second, milliseconds of the longest time without one, and of the timer."""

    rate: float
    longest_gap: float
    late: Lateness
    selfies: int

    def line(self, what: str) -> str:
        """Return a row of the table."""
        late = self.late
        return (
            f"{what:<50} {self.rate:>7.1f} {self.longest_gap:>8.0f} {late.median:>8.1f} "
            f"{late.p99:>6.1f} {late.longest:>8.1f} {self.selfies:>8}"
        )


class _Pictures(QObject):
    """Notes when the preview paints a picture that it did not paint before."""

    def __init__(self, preview: LivePreview) -> None:
        super().__init__(preview)
        self._preview, self._known = preview, 0
        self.at: list[float] = []
        preview.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look which picture the painting before this one left."""
        if event.type() == QEvent.Type.Paint and watched is self._preview:
            shown = self._preview.image.cacheKey()
            if shown != self._known:
                self._known = shown
                self.at.append(perf_counter())
        return False


async def seen_in(kiosk: Kiosk, seconds: float) -> Seen:
    """Watch the preview while selfies are taken, over and over, and none is searched for."""
    await kiosk.begin()
    await kiosk.until(CaptureView, lambda view: bool(view.progress.faces))
    [preview] = kiosk.window.findChildren(LivePreview)
    pictures = _Pictures(preview)
    selfies = 0
    with _ticking() as ticks:
        end = perf_counter() + seconds
        while perf_counter() < end:
            await sleep(0.1)
            view = kiosk.view
            if isinstance(view, CaptureView) and view.progress.taken == view.progress.wanted - 1:
                selfies += view.progress.taken
                kiosk.act(Retake())
                await kiosk.until(CaptureView, lambda view: not view.progress.taken)
    late = summary(np.maximum(0.0, np.diff(np.array(ticks)) * 1000 - EVERY).tolist())
    times = pictures.at
    rate = (len(times) - 1) / (times[-1] - times[0])
    gap = float(np.diff(np.array(times)).max()) * 1000
    kiosk.act(Finish())
    await kiosk.until(AttractView)
    return Seen(rate, gap, late, selfies)


@contextmanager
def _ticking() -> Iterator[list[float]]:
    """Run a precise timer on the window's thread; note when it fires."""
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start(EVERY)
    yield ticks
    timer.stop()


HEAD = (
    f"{'':<50} {'preview':>7} {'longest':>8} {'timer late by ms':^24} {'selfies':>8}\n"
    f"{'window':<50} {'fps':>7} {'gap ms':>8} {'median':>8} {'99 %':>6} {'longest':>8} {'taken':>8}"
)
