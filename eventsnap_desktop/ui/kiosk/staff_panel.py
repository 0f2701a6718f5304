"""What the staff do at a kiosk: behind a PIN, over whatever the guest sees."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.ui.kiosk.look import Look, kiosk_sheet
from eventsnap_desktop.ui.kiosk.overlay import Overlay
from eventsnap_desktop.ui.kiosk.pieces import big_button, card, text
from eventsnap_desktop.ui.kiosk.pin_pad import PinPad
from eventsnap_desktop.ui.kiosk.staff_menu import StaffMenu

CLOSES_AFTER = 20_000
"""Milliseconds without a touch."""


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """What the menu says. ``camera_now`` is the place in ``cameras``, None for none of them.

    ``said`` is what came of the last wish, such as a test print; "" for nothing.
    """

    database: str
    source: str
    camera: str
    printer: str
    version: str
    cameras: tuple[str, ...] = ()
    camera_now: int | None = None
    can_print: bool = False
    paused: bool = False
    said: str = ""


class StaffPanel(Overlay):
    """First the PIN, then the menu. Whoever opened it checks the PIN and does what is wanted."""

    pin_entered = Signal(str)
    leave_wanted = Signal()
    restart_wanted = Signal()
    pause_wanted = Signal(int)
    """Minutes; 0 until somebody resumes."""
    resume_wanted = Signal()
    camera_wanted = Signal(int)
    """The place in the facts' ``cameras``."""
    test_print_wanted = Signal()
    closed = Signal()

    def __init__(
        self, look: Look, has_pin: bool, parent: QWidget, closes_after: int = CLOSES_AFTER
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setStyleSheet(kiosk_sheet(look))
        self._menu: StaffMenu | None = None
        self._pad: PinPad | None = None
        self._timer = QTimer(self, interval=closes_after, singleShot=True)
        self._timer.timeout.connect(self.closed)
        self._frame, self._inside = card(look, spacing=20, margin=40)
        self._frame.setMaximumWidth(look.px(720))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._frame, 100)
        row.addStretch(1)
        self._whole = QVBoxLayout(self)
        self._whole.addStretch(1)
        self._whole.addLayout(row)
        self._whole.addStretch(1)
        self._inside.addWidget(text(self.tr("Staff only"), "heading", centred=True))
        if has_pin:
            self._ask_for_pin()
        else:
            self._say_that_there_is_none()
        self._inside.addSpacing(look.px(8))
        self._back = big_button(look, self.tr("Back to the kiosk"))
        self._back.clicked.connect(self.closed)
        self._inside.addWidget(self._back)
        self.take_focus()
        self._timer.start()

    @property
    def is_open(self) -> bool:
        """Whether the PIN was right and the menu is there."""
        return self._menu is not None

    def say(self, words: str) -> None:
        """Say that the PIN was wrong, or how long to wait."""
        if self._pad is not None:
            self._pad.say(words, "warning")

    def show_menu(self, facts: StaffFacts) -> None:
        """Show the menu instead of the PIN, or newer facts in it."""
        if self._menu is None:
            self._open_menu()
        assert self._menu is not None
        lines = (
            (self.tr("Database"), facts.database),
            (self.tr("Photo source"), facts.source),
            (self.tr("Camera"), facts.camera),
            (self.tr("Printer"), facts.printer),
            (self.tr("Version"), facts.version),
        )
        self._menu.show_lines(lines)
        self._menu.show_cameras(facts.cameras, facts.camera_now)
        self._menu.show()
        self._menu.show_state(facts.paused, facts.can_print, facts.said)

    def stir(self) -> None:
        """Stay open: somebody touched the kiosk."""
        if self._timer.isActive():
            self._timer.start()

    def take_focus(self) -> None:
        """Take the keys."""
        if self._pad is not None:
            self._pad.setFocus()
        elif self._menu is not None:
            self._menu.setFocus()
        else:
            self._back.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go back by Escape; Enter is for the button that has the focus; nothing passes on."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        else:
            event.accept()

    def _ask_for_pin(self) -> None:
        self._pad = PinPad(self._look)
        self._pad.entered.connect(self.pin_entered)
        self._inside.addWidget(self._pad)

    def _say_that_there_is_none(self) -> None:
        words = self.tr(
            "No PIN is set for this kiosk. Set one in the organizer's window, under Kiosks; "
            "until then the kiosk cannot be left or paused here."
        )
        self._inside.addWidget(text(words, centred=True))

    def _open_menu(self) -> None:
        if self._pad is not None:
            self._inside.removeWidget(self._pad)
            self._pad.hide()
            self._pad.deleteLater()
            self._pad = None
        self._frame.setMaximumWidth(self._look.px(1500))
        self._whole.setStretch(1, 100)
        menu = StaffMenu(self._look, wide=self.width() > self.height())
        menu.leave_wanted.connect(self.leave_wanted)
        menu.restart_wanted.connect(self.restart_wanted)
        menu.pause_wanted.connect(self.pause_wanted)
        menu.resume_wanted.connect(self.resume_wanted)
        menu.camera_wanted.connect(self.camera_wanted)
        menu.test_print_wanted.connect(self.test_print_wanted)
        self._menu = menu
        self._inside.insertWidget(1, menu, 1)
        self.take_focus()
