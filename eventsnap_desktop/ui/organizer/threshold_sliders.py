"""From which similarity a photo is sure, and from which it is asked about, as two sliders."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider, QVBoxLayout, QWidget

from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.ui.widgets.pieces import badge, button, label, row

_STEPS = 100  # a step is 0.01 of similarity
_HIGHEST = 99


@dataclass(frozen=True, slots=True)
class SliderView:
    """The thresholds that are shown, those that hold otherwise, and how many photos each gives."""

    now: Thresholds
    usual: Thresholds
    sure: int
    maybe: int


class ThresholdSliders(QFrame):
    """Two sliders that never cross: the one that is moved pushes the other."""

    changed = Signal(object)
    """The Thresholds, at every step while a slider is dragged."""
    kept = Signal(object)
    """The Thresholds that shall hold from now on."""

    def __init__(self, lowest: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._view: SliderView | None = None
        self.sure = _slider(round(lowest * _STEPS), self.tr("Sure from this similarity up"))
        self.maybe = _slider(round(lowest * _STEPS), self.tr("Maybe from this similarity up"))
        self._sure_value, self._maybe_value = label(), label()
        self.sure_count, self.maybe_count = badge(tone="good"), badge(tone="warning")
        self.reset = button(self.tr("Reset"), kind="quiet")
        self.keep = button(self.tr("Use from now on"))
        self.reset.setToolTip(self.tr("Back to the thresholds of the settings or the model pack"))
        self.keep.setToolTip(self.tr("Save both as the thresholds of this machine"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(self.tr("How alike"), "heading"))
        column.addLayout(
            row(label(self.tr("Sure from")), self._sure_value, None, self.sure_count, spacing=6)
        )
        column.addWidget(self.sure)
        column.addSpacing(4)
        column.addLayout(
            row(label(self.tr("Maybe from")), self._maybe_value, None, self.maybe_count, spacing=6)
        )
        column.addWidget(self.maybe)
        column.addSpacing(4)
        column.addLayout(row(self.reset, None, self.keep))
        self.sure.valueChanged.connect(self._on_sure)
        self.maybe.valueChanged.connect(self._on_maybe)
        self.reset.clicked.connect(self._on_reset)
        self.keep.clicked.connect(self._on_keep)

    def show_state(self, view: SliderView) -> None:
        """Show thresholds and counts; nothing is emitted."""
        self._view = view
        for slider, value in ((self.sure, view.now.sure), (self.maybe, view.now.maybe)):
            slider.blockSignals(True)
            slider.setValue(round(value * _STEPS))
            slider.blockSignals(False)
        numbers = self.locale()
        self._sure_value.setText(numbers.toString(view.now.sure, "f", 2))
        self._maybe_value.setText(numbers.toString(view.now.maybe, "f", 2))
        self.sure_count.setText(self.tr("%n photo(s)", "", view.sure))
        self.maybe_count.setText(self.tr("%n photo(s)", "", view.maybe))
        moved = view.now != view.usual
        self.reset.setEnabled(moved)
        self.keep.setEnabled(moved)

    def _on_sure(self, value: int) -> None:
        self._move(sure=value / _STEPS)

    def _on_maybe(self, value: int) -> None:
        self._move(maybe=value / _STEPS)

    def _move(self, sure: float | None = None, maybe: float | None = None) -> None:
        if self._view is None:
            return
        now = self._view.now
        if sure is not None:
            now = replace(now, sure=sure, maybe=min(now.maybe, sure))
        if maybe is not None:
            now = replace(now, maybe=maybe, sure=max(now.sure, maybe))
        self.changed.emit(now)

    def _on_reset(self) -> None:
        if self._view is not None:
            self.changed.emit(self._view.usual)

    def _on_keep(self) -> None:
        if self._view is not None:
            self.kept.emit(self._view.now)


def _slider(lowest: int, name: str) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(lowest, _HIGHEST)
    made.setSingleStep(1)
    made.setPageStep(5)
    made.setMinimumHeight(24)
    made.setAccessibleName(name)
    return made
