"""What chooses the deliveries that are listed, and what can be done with the selected ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QWidget

from eventsnap_desktop.domain.deliveries import DeliveryKind, DeliveryState, OutboxCounts
from eventsnap_desktop.ui.organizer.outbox_words import OutboxWords
from eventsnap_desktop.ui.widgets.pieces import button

_STATES = (
    None,
    DeliveryState.WAITING,
    DeliveryState.FAILED,
    DeliveryState.DONE,
    DeliveryState.CANCELLED,
)
_KINDS = (None, DeliveryKind.EMAIL, DeliveryKind.PRINT, DeliveryKind.SHARE)


class OutboxBar(QWidget):
    """States as segments with their counts, kinds as a choice, and the buttons."""

    changed = Signal()
    """Others are wanted."""

    def __init__(self, words: OutboxWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.states, self.kinds = QButtonGroup(self), QComboBox()
        self.retry = button(self.tr("Retry"), "retry")
        self.cancel = button(self.tr("Cancel"), "close", "danger")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for number in range(len(_STATES)):
            segment = button("", kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == 0)
            self.states.addButton(segment, number)
            line.addWidget(segment)
        line.addSpacing(6)
        line.addWidget(self.kinds)
        line.addStretch(1)
        for widget in (self.retry, self.cancel):
            line.addWidget(widget)
        self.kinds.addItem(self.tr("All kinds"))
        for kind in _KINDS[1:]:
            if kind is not None:
                self.kinds.addItem(words.kind(kind))
        self.kinds.setAccessibleName(self.tr("Kind of delivery"))
        self.retry.setToolTip(self.tr("Try the selected deliveries now (Ctrl+R)"))
        self.cancel.setToolTip(self.tr("Cancel the selected deliveries (Delete)"))
        self.show_counts(OutboxCounts(0, 0, 0, 0, False))
        self.states.idClicked.connect(self._on_changed)
        self.kinds.currentIndexChanged.connect(self._on_changed)

    @property
    def wanted(self) -> tuple[DeliveryState | None, DeliveryKind | None]:
        """Which deliveries are wanted, None for all."""
        return _STATES[self.states.checkedId()], _KINDS[self.kinds.currentIndex()]

    def show_all(self) -> None:
        """Want all deliveries."""
        self.kinds.setCurrentIndex(0)
        self.states.button(0).click()

    def show_counts(self, counts: OutboxCounts) -> None:
        """Show how many there are of each state."""
        every = counts.waiting + counts.failed + counts.done + counts.cancelled
        numbers = (every, counts.waiting, counts.failed, counts.done, counts.cancelled)
        for number, (state, count) in enumerate(zip(_STATES, numbers, strict=True)):
            word = self.tr("All") if state is None else self._words.state(state)
            text = self.tr("{state}  {count}").format(
                state=word, count=self.locale().toString(count)
            )
            self.states.button(number).setText(text)

    def _on_changed(self) -> None:
        self.changed.emit()
