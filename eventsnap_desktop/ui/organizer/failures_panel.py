"""Why photos failed, each reason once, with a way to try those photos again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.domain.browsing import FailureGroup
from eventsnap_desktop.ui.widgets.pieces import badge, button, label
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_MOST_ROWS = 12


class FailuresPanel(QFrame):
    """Hidden while nothing failed."""

    retry_wanted = Signal(str)
    """A reason whose photos shall be tried again, "" for all."""
    photos_wanted = Signal()
    """The failed photos shall be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._all = button(self.tr("Try all again"), "retry")
        self._see = button(self.tr("See them"))
        self._all.clicked.connect(self._on_all)
        self._see.clicked.connect(self.photos_wanted)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Photos that failed"), "heading"), 1)
        head.addWidget(self._see)
        head.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._rows)
        self._shown: tuple[FailureGroup, ...] = ()
        self.hide()

    def show_groups(self, groups: Sequence[FailureGroup]) -> None:
        """Show the reasons, most frequent first."""
        if tuple(groups) == self._shown:
            return
        self._shown = tuple(groups)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for group in groups[:_MOST_ROWS]:
            self._rows.addWidget(self._row(group))
        left = sum(group.count for group in groups[_MOST_ROWS:])
        if left:
            self._rows.addWidget(label(self.tr("%n more for other reasons", "", left), "faint"))
        self.setVisible(bool(groups))

    def _row(self, group: FailureGroup) -> QWidget:
        made = QWidget()
        reason = in_window_language(group.reason)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(badge(str(group.count), "danger"))
        line.addWidget(label(reason, wrap=True), 1)
        again = button(self.tr("Try again"), kind="quiet")
        again.setAccessibleName(self.tr("Try again: {reason}").format(reason=reason))
        again.clicked.connect(partial(self._on_retry, group.reason))
        line.addWidget(again)
        return made

    def _on_retry(self, reason: str) -> None:
        self.retry_wanted.emit(reason)

    def _on_all(self) -> None:
        self.retry_wanted.emit("")
