"""Coverage: photos and faces over time, and the figures that matter at an event."""

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QStackedWidget, QWidget

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.overview import Coverage, EventOverview
from eventsnap_desktop.ui.organizer.coverage_chart import CoverageChart
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.durations import in_words
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.figure_tile import FigureTile
from eventsnap_desktop.ui.widgets.pieces import button, card, row

_MOST_BUCKETS = 96
_ALL, _TODAY, _LAST_HOUR = range(3)
_AT_MOST_EVERY = 2000  # milliseconds


class CoveragePage(OrganizerPage):
    """A chart and six figures; F11 fills the window with the chart."""

    projected = Signal(bool)
    """The chart shall fill the screen, or no longer."""

    interests = frozenset({Subject.PHOTOS, Subject.SESSIONS, Subject.OUTBOX})

    def __init__(self, desk: Desk) -> None:
        super().__init__("", desk)
        self.set_title(self.tr("Coverage"))
        self._coverage: Coverage | None = None
        self._event: EventId | None = None
        self._served = FigureTile(self.tr("Guests served"))
        self._median = FigureTile(self.tr("Photos a guest, median"))
        self._without = FigureTile(self.tr("Guests with none"))
        self._faceless = FigureTile(self.tr("Photos without a face"))
        self._lag = FigureTile(self.tr("Encode lag"))
        self._waiting = FigureTile(self.tr("Deliveries waiting"))
        self._chart, self._empty, self._places = CoverageChart(), EmptyState(), QStackedWidget()
        self._ranges = QButtonGroup(self)
        self._all = self._range_button(self.tr("All"), _ALL)
        self._day = self._range_button(self.tr("Today"), _TODAY)
        self._hour = self._range_button(self.tr("Last hour"), _LAST_HOUR)
        self._wide = button(self.tr("Projector view"), "fit")
        self._tiles = QWidget()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._load)
        self._connect()
        self.show_event(desk.current.overview)

    def _range_button(self, text: str, number: int) -> QPushButton:
        made = button(text, kind="segment")
        made.setCheckable(True)
        made.setChecked(number == _ALL)
        self._ranges.addButton(made, number)
        return made

    def _lay_out(self) -> None:
        grid = QGridLayout(self._tiles)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        tiles = (
            self._served,
            self._median,
            self._without,
            self._faceless,
            self._lag,
            self._waiting,
        )
        for number, tile in enumerate(tiles):
            grid.addWidget(tile, number // 3, number % 3)
        frame, inside = card()
        inside.addLayout(row(self._all, self._day, self._hour, None))
        self._places.addWidget(self._chart)
        self._places.addWidget(self._empty)
        inside.addWidget(self._places, 1)
        self.action_row.addWidget(self._wide)
        self.content.addWidget(self._tiles)
        self.content.addWidget(frame, 1)

    def _connect(self) -> None:
        self._wide.setCheckable(True)
        self._wide.setToolTip(self.tr("Only the chart, as large as the window (F11)"))
        self._wide.toggled.connect(self._on_wide)
        QShortcut(QKeySequence("F11"), self).activated.connect(self._wide.toggle)
        self._ranges.idClicked.connect(self._on_range)

    def show_event(self, overview: EventOverview | None) -> None:
        """Load another event's figures."""
        event = overview.event.id if overview is not None else None
        if event == self._event:
            return
        self._event, self._coverage = event, None
        self._show_dashes()
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def refresh(self) -> None:
        """Load now if nothing was loaded lately, else in a moment."""
        if not self._pause.isActive():
            self._pause.start(0 if self._coverage is None else _AT_MOST_EVERY)

    def show_coverage(self, coverage: Coverage) -> None:
        """Show the figures."""
        self._coverage = coverage
        local = QLocale()
        self._served.show_figure(local.toString(coverage.guests_served))
        self._without.show_figure(local.toString(coverage.guests_without))
        median = coverage.median_photos
        self._median.show_figure("–" if median is None else local.toString(median, "g", 4))
        self._faceless.show_figure(local.toString(coverage.photos_without_faces))
        self._waiting.show_figure(local.toString(coverage.deliveries_waiting))
        if coverage.median_lag is None:
            self._lag.show_figure("–")
        else:
            slow = self.tr("95 of 100 within {time}").format(time=in_words(coverage.slow_lag or 0))
            self._lag.show_figure(in_words(coverage.median_lag), slow)
        self._show_chart()

    def _show_dashes(self) -> None:
        tiles = (self._served, self._median, self._without, self._faceless)
        for tile in (*tiles, self._lag, self._waiting):
            tile.show_figure("–")
        self._show_chart()

    def _show_loaded(self, event: EventId, coverage: Coverage) -> None:
        if event == self._event:
            self.show_coverage(coverage)

    def _show_chart(self) -> None:
        buckets = self._coverage.buckets if self._coverage is not None else ()
        self._chart.show_buckets(buckets)
        self._places.setCurrentWidget(self._chart if buckets else self._empty)
        if not buckets:
            heading = (
                self.tr("No photos in this time")
                if self._ranges.checkedId()
                else self.tr("No photos yet")
            )
            text = self.tr("The chart fills as photos arrive.")
            self._empty.show_empty("coverage", heading, text)

    def _load(self) -> None:
        event = self._event
        if event is None:
            return
        begin = self._begin()
        self.desk.jobs.call(
            lambda: self.desk.coverage.coverage(event, _MOST_BUCKETS, begin),
            owner=self,
            done=partial(self._show_loaded, event),
            failed=self.complain,
        )

    def _begin(self) -> datetime | None:
        """Return the time from which photos are shown, None for all."""
        now = datetime.now().astimezone()
        begins = {
            _TODAY: now.replace(hour=0, minute=0, second=0, microsecond=0),
            _LAST_HOUR: now - timedelta(hours=1),
        }
        return begins.get(self._ranges.checkedId())

    def _on_range(self, _: int) -> None:
        self._load()

    def _on_wide(self, wide: bool) -> None:
        self._tiles.setVisible(not wide)
        self.projected.emit(wide)
