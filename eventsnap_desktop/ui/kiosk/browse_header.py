"""What stands above photos by time: the hours that have some, and the way out."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from eventsnap_desktop.flows.guest_views import BrowseView
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, text
from eventsnap_desktop.ui.kiosk.touch_scroll import scroll_by_finger


class HourStrip(QScrollArea):
    """One chip an hour in a row that is dragged where it is longer than the screen."""

    chosen = Signal(object)
    """The hour as it is in the view, None for all."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._hours: tuple[datetime, ...] | None = None
        self._hour: datetime | None = None
        self._chips: list[tuple[datetime | None, QPushButton]] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFixedHeight(look.target(64) + look.px(16))
        scroll_by_finger(self)

    def show_hours(self, hours: tuple[datetime, ...], hour: datetime | None) -> None:
        """Show the hours, and which is chosen."""
        if hours != self._hours:
            self._hours = hours
            self._build(hours)
        self._hour = hour
        self._check()

    def _build(self, hours: Sequence[datetime]) -> None:
        strip = QWidget()
        strip.setProperty("role", "scrolled")
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(12))
        days = {hour.astimezone().date() for hour in hours}
        self._chips = []
        for hour in (None, *hours):
            words = self.tr("All") if hour is None else _named(hour, with_day=len(days) > 1)
            chip = big_button(self._look, words, "", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._on_chip, hour))
            self._chips.append((hour, chip))
            row.addWidget(chip)
        row.addStretch(1)
        self.setWidget(strip)

    def _check(self) -> None:
        for hour, chip in self._chips:
            chip.setChecked(hour == self._hour)

    def _on_chip(self, hour: datetime | None) -> None:
        self._check()  # what is pressed shows as soon as it is so
        if hour != self._hour:
            self.chosen.emit(hour)


class BrowseHeader(QWidget):
    """A title, the hours, and the way out."""

    hour_chosen = Signal(object)
    """The hour as it is in the view, None for all."""
    finished = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = text(self.tr("Photos by time"), "title")
        self._count = text(role="small", wrap=False)
        self._finish = big_button(look, self.tr("Finish"))
        self._finish.clicked.connect(self.finished)
        self.hours = HourStrip(look)
        self.hours.chosen.connect(self.hour_chosen)
        grid = QGridLayout(self)
        grid.setContentsMargins(look.px(48), look.px(32), look.px(48), look.px(20))
        grid.setHorizontalSpacing(look.px(32))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._count, 1, 0)
        grid.addWidget(self._finish, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowMinimumHeight(2, look.px(16))
        grid.addWidget(self.hours, 3, 0, 1, 2)

    def show_state(self, view: BrowseView) -> None:
        """Show which hours there are, and how many photos."""
        self._count.setText(self.tr("%n photo(s)", "", len(view.photos)))
        self.hours.show_hours(view.hours, view.hour)
        self.hours.setVisible(len(view.hours) > 1)


def _named(hour: datetime, *, with_day: bool) -> str:
    moment = hour.astimezone()
    time = QTime(moment.hour, moment.minute)
    words = QLocale().toString(time, QLocale.FormatType.ShortFormat)
    if not with_day:
        return words
    day = QLocale().dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{day} {words}"
