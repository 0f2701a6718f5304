"""The staff's menu: how the kiosk is, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, text
from eventsnap_desktop.ui.kiosk.touch_scroll import TouchScroll

_PAUSES = (5, 15, 30)  # minutes


class StaffMenu(QWidget):
    """Lines of facts on one side, buttons on the other; below each other where it is narrow."""

    leave_wanted = Signal()
    restart_wanted = Signal()
    pause_wanted = Signal(int)
    resume_wanted = Signal()
    camera_wanted = Signal(int)
    test_print_wanted = Signal()

    def __init__(self, look: Look, *, wide: bool) -> None:
        super().__init__()
        self._look = look
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(look.px(28))
        self._lines.setVerticalSpacing(look.px(12))
        self._lines.setColumnStretch(1, 1)
        self._said = text("", "good")
        self._camera_title = text(self.tr("Which camera"), "large")
        self._cameras = QVBoxLayout()
        self._cameras.setSpacing(look.px(12))
        self._names: tuple[str, ...] = ()
        self._camera_group = QButtonGroup(self)
        self._camera_group.idClicked.connect(self.camera_wanted)
        directions = QBoxLayout.Direction
        scroll = TouchScroll(look)
        halves = QBoxLayout(directions.LeftToRight if wide else directions.TopToBottom)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(look.px(48))
        halves.addLayout(self._facts(), 1 if wide else 0)
        halves.addLayout(self._actions(), 1)
        scroll.fill(halves)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show facts, each with its name."""
        for row, (name, value) in enumerate(lines):
            if self._lines.itemAtPosition(row, 0) is None:
                for column, role in enumerate(("faint", "")):
                    label = text("", role, wrap=column == 1)
                    self._lines.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            for column, words in enumerate((name, value)):
                item = self._lines.itemAtPosition(row, column)
                there = None if item is None else item.widget()
                if isinstance(there, QLabel):
                    there.setText(words)

    def show_cameras(self, names: tuple[str, ...], now: int | None) -> None:
        """Show which cameras there are, and which one is used."""
        if names != self._names:
            self._names = names
            for former in self._camera_group.buttons():
                self._camera_group.removeButton(former)
                former.hide()
                former.deleteLater()
            for at, name in enumerate(names):
                button = big_button(self._look, name, "camera", "chip")
                button.setCheckable(True)
                self._camera_group.addButton(button, at)
                self._cameras.addWidget(button)
                button.show()
        chosen: QAbstractButton | None = None if now is None else self._camera_group.button(now)
        if chosen is not None:
            chosen.setChecked(True)
        self._camera_title.setVisible(bool(names))

    def show_state(self, paused: bool, can_print: bool, said: str) -> None:
        """Show what can be done now, and what came of the last wish."""
        self._resume.setVisible(paused)
        self._pauses.setVisible(not paused)
        self._test_print.setEnabled(can_print)
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def _facts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._look.px(20))
        column.addLayout(self._lines)
        column.addWidget(self._said)
        column.addWidget(self._camera_title)
        column.addLayout(self._cameras)
        column.addStretch(1)
        return column

    def _actions(self) -> QVBoxLayout:
        look = self._look
        column = QVBoxLayout()
        column.setSpacing(look.px(16))
        self._resume = big_button(look, self.tr("Open the kiosk again"), "play", "primary")
        self._resume.clicked.connect(self.resume_wanted)
        self._test_print = big_button(look, self.tr("Test print"), "print")
        self._test_print.clicked.connect(self.test_print_wanted)
        restart = big_button(look, self.tr("Restart the kiosk"), "retry")
        restart.clicked.connect(self.restart_wanted)
        leave = big_button(look, self.tr("Leave the kiosk"), "close")
        leave.clicked.connect(self.leave_wanted)
        self._pauses = self._pause_choices()
        for one in (self._resume, self._pauses, self._test_print, restart, leave):
            column.addWidget(one)
        column.addStretch(1)
        return column

    def _pause_choices(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, self._look.px(12))
        column.setSpacing(self._look.px(12))
        column.addWidget(text(self.tr("Pause: guests read that it is back soon"), "large"))
        group = QButtonGroup(self)
        group.idClicked.connect(self.pause_wanted)
        row = QHBoxLayout()
        row.setSpacing(self._look.px(12))
        for minutes in _PAUSES:
            row.addWidget(self._pause(group, self.tr("%n min", "", minutes), minutes))
        column.addLayout(row)
        column.addWidget(self._pause(group, self.tr("Until I open it again"), 0))
        return whole

    def _pause(self, group: QButtonGroup, words: str, minutes: int) -> QPushButton:
        button = big_button(self._look, words, "", "chip")
        group.addButton(button, minutes)
        return button
