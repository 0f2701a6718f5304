"""The kiosk's window: one screen at a time, the bar under it, and no way out for a guest."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from eventsnap_desktop.flows.guest_actions import Back
from eventsnap_desktop.flows.guest_views import AttractView, View
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.corner_gesture import CornerGesture
from eventsnap_desktop.ui.kiosk.head_band import STRIPE, HeadBand
from eventsnap_desktop.ui.kiosk.idle_overlay import IdleOverlay
from eventsnap_desktop.ui.kiosk.key_guard import KeyGuard
from eventsnap_desktop.ui.kiosk.language_bar import LanguageBar
from eventsnap_desktop.ui.kiosk.look import Look, kiosk_sheet
from eventsnap_desktop.ui.kiosk.screen_place import Factories, ScreenPlace
from eventsnap_desktop.ui.kiosk.spoken_languages import SpokenLanguages
from eventsnap_desktop.ui.kiosk.staff_panel import StaffFacts, StaffPanel

_OUT_OF_REACH = 0.35
"""The part of a high screen that is too high for a wheelchair; a wide one is within reach."""

_IN_FRONT_EVERY = 1000  # milliseconds
_DRESS_AFTER = 120  # milliseconds without another size


class KioskWindow(QWidget):
    """Shows what the session says through ``WindowStage``; tells what guests and staff do.

    ``looks`` gives the look without (False) and with (True) the accessible mode, which is the
    usual one where ``accessible``. ``animated``: screens fade into each other.
    """

    acted = Signal(object)
    """An action of flows/guest_actions.py."""
    touched = Signal()
    """Somebody is there."""
    staff_wanted = Signal()
    """The corner gesture was made: answer with ``open_staff``."""
    language_chosen = Signal(str)
    accessible_chosen = Signal(bool)
    close_wanted = Signal()
    """The close button of a window on trial was clicked; one that covers a screen has none."""

    def __init__(
        self,
        factories: Factories,
        looks: Callable[[bool], Look],
        languages: SpokenLanguages,
        branding: Branding,
        *,
        accessible: bool = False,
        animated: bool = True,
    ) -> None:
        super().__init__()
        self._looks, self._languages, self._branding = looks, languages, branding
        self._accessible = self._usually_accessible = accessible
        self._look = looks(accessible)
        self._may_close, self._kept_in_front = False, False
        self._place = ScreenPlace(factories, self.acted.emit, animated=animated)
        self._bar: LanguageBar | None = None
        self._band: HeadBand | None = None
        self._idle: IdleOverlay | None = None
        self._staff: StaffPanel | None = None
        self._corner = CornerGesture()
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._place, 1)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._guard = KeyGuard(app, self)
        self._guard.touched.connect(self._on_touched)
        self._guard.pressed.connect(self._on_pressed)
        self._in_front = QTimer(self, interval=_IN_FRONT_EVERY)
        self._in_front.timeout.connect(self._come_to_front)
        self._resized = QTimer(self, interval=_DRESS_AFTER, singleShot=True)
        self._resized.timeout.connect(self._fit)
        self._dress()

    @property
    def language(self) -> str:
        """The language that is on."""
        return self._languages.current

    @property
    def is_accessible(self) -> bool:
        """Whether the accessible mode is on."""
        return self._accessible

    @property
    def place(self) -> ScreenPlace:
        """Where the screen is."""
        return self._place

    @property
    def idle(self) -> IdleOverlay | None:
        """The countdown, None where there is none."""
        return self._idle

    @property
    def staff(self) -> StaffPanel | None:
        """The staff's panel, None where it is not open."""
        return self._staff

    def open_full(self, screen: int = 0, *, hide_cursor: bool = True) -> None:
        """Cover a screen of this machine, counted from 0, before all other windows."""
        screens = QGuiApplication.screens()
        chosen = screens[screen] if 0 <= screen < len(screens) else screens[0]
        front = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        self.setWindowFlags(Qt.WindowType.Window | front)
        self.setScreen(chosen)
        self.setGeometry(chosen.geometry())
        if hide_cursor:
            self.setCursor(Qt.CursorShape.BlankCursor)
        self._kept_in_front = True
        self.showFullScreen()
        self._in_front.start()

    def leave(self) -> None:
        """Close: the staff or the system said so."""
        self._may_close = True
        self._in_front.stop()
        self.close()

    def redress(self, looks: Callable[[bool], Look], branding: Branding) -> None:
        """Take other colours and another brand: the organizer changed them."""
        self._looks, self._branding = looks, branding
        self._rebuild()

    def open_staff(self, has_pin: bool) -> StaffPanel:
        """Open the panel that asks for the PIN, or return the open one; it is empty of facts."""
        if self._staff is None:
            self._staff = StaffPanel(self._staff_look(), has_pin, self)
            self._staff.closed.connect(self._close_staff)
            self._staff.keep_free_above(self._free_above_overlays())
            self._staff.show()
            self._staff.raise_()
        return self._staff

    def show_staff_menu(self, facts: StaffFacts) -> None:
        """Show the menu or newer facts in the open panel: the PIN was right."""
        if self._staff is not None:
            self._staff.show_menu(facts)

    # What WindowStage hands on.

    def show_view(self, view: View) -> None:
        """Show a view instead of the one before."""
        if self._resized.isActive() or self._place.view is None:
            self._fit()
        if self._place.show_view(view, self._look):
            self._give_focus()
        if self._bar is not None:
            self._bar.show_logo(not isinstance(view, AttractView) and not self._accessible)

    def count_down(self, seconds: int | None) -> None:
        """Ask whether somebody is there, or ask no more."""
        if seconds is None:
            if self._idle is not None:
                idle, self._idle = self._idle, None
                idle.acted.disconnect(self.acted)
                idle.leave()
            return
        if self._idle is None:
            self._idle = IdleOverlay(self._look, self)
            self._idle.acted.connect(self.acted)
            self._idle.keep_free_above(self._free_above_overlays())
            self._idle.show()
            if self._staff is not None:
                self._idle.stackUnder(self._staff)
                self._staff.take_focus()
        self._idle.show_seconds(seconds)

    def wipe(self) -> None:
        """Forget the guest: screen, pictures of it, clipboard, language, mode."""
        self.count_down(None)
        self._place.clear()
        self._clear_clipboard()
        if (
            self._languages.current != self._languages.usual
            or self._accessible != self._usually_accessible
        ):
            self._languages.speak(self._languages.usual)
            self._accessible = self._usually_accessible
            self._rebuild()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stay, unless ``leave`` was called; a window on trial tells what is wanted."""
        if not self._may_close:
            event.ignore()
            if not self._kept_in_front:
                self.close_wanted.emit()
            return
        self._place.clear()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Come back when the window was made small."""
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            QTimer.singleShot(0, self, self._restore)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit type and targets to the new size, once it has stopped changing."""
        self._resized.start()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Escape for back, and Enter for a press of the button that has the focus."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.acted.emit(Back())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            focused, QAbstractButton
        ):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _on_touched(self) -> None:
        if self._staff is not None:
            self._staff.stir()
        self.touched.emit()

    def _on_pressed(self, at: QPointF) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self._corner.press(at.x(), at.y(), self.width(), monotonic(), mirrored=mirrored):
            self.staff_wanted.emit()

    def _close_staff(self) -> None:
        panel, self._staff = self._staff, None
        if panel is not None:
            panel.leave()

    def _on_language(self, language: str) -> None:
        if language != self._languages.current:
            self._languages.speak(language)
            self._rebuild()
            self.language_chosen.emit(language)

    def _on_accessible(self, on: bool) -> None:
        if on is not self._accessible:
            self._accessible = on
            self._rebuild()
            self.accessible_chosen.emit(on)

    def _fit(self) -> None:
        """Build everything anew if the window's size asks for other sizes."""
        self._resized.stop()
        wanted = self._looks(self._accessible).for_size(self.width(), self.height())
        if wanted != self._look or self._band_height(wanted) != self._free_above:
            self._rebuild()

    def _rebuild(self) -> None:
        self._dress()
        if self._place.build_anew(self._look):
            self._give_focus()
            at_start = isinstance(self._place.view, AttractView)
            if self._bar is not None:
                self._bar.show_logo(not at_start and not self._accessible)

    def _dress(self) -> None:
        """Put on the look that fits, and build what is around the screen."""
        self._look = self._looks(self._accessible).for_size(self.width(), self.height())
        self.setStyleSheet(kiosk_sheet(self._look))
        for former in (self._band, self._bar):
            if former is not None:
                self._column.removeWidget(former)
                former.hide()
                former.deleteLater()
        self._free_above = self._band_height(self._look)
        self._band = HeadBand(self._look, self._branding, self._free_above)
        self._bar = LanguageBar(
            self._look, self._languages.languages, self._languages.current, self._branding.logo
        )
        self._bar.chosen.connect(self._on_language)
        self._bar.accessible_chosen.connect(self._on_accessible)
        self._bar.show_logo(False)
        self._column.insertWidget(0, self._band)
        self._column.addWidget(self._bar)
        self._band.show()
        self._bar.show()

    def _clear_clipboard(self) -> None:
        """Clear what is ours; all of it on a machine that is nothing but a kiosk."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard() or self._kept_in_front:
            clipboard.clear()
        if clipboard.ownsSelection():
            clipboard.clear(clipboard.Mode.Selection)

    def _band_height(self, look: Look) -> int:
        return max(look.px(STRIPE), self._out_of_reach())

    def _out_of_reach(self) -> int:
        """Return how many pixels at the top are too high for everybody to reach."""
        if not self._accessible:
            return 0
        return round(self.height() * _OUT_OF_REACH) if self.height() > self.width() else 0

    def _free_above_overlays(self) -> int:
        """Return the same for sheets over the window, whose buttons lie low where it is wide."""
        return self._out_of_reach() if self.height() > self.width() else 0

    def _staff_look(self) -> Look:
        return self._looks(False).for_size(self.width(), self.height())

    def _give_focus(self) -> None:
        """Give the keyboard to the new screen; show where it is only to who uses it."""
        screen = self._place.screen_now
        if screen is None or self._idle is not None or self._staff is not None:
            return
        wanted = screen.focusWidget()
        if wanted is not None and wanted is not screen:
            wanted.setFocus()
            return
        screen.setFocus()
        if self._guard.by_keyboard:
            self.focusNextChild()

    def _restore(self) -> None:
        if self._kept_in_front:
            self.showFullScreen()
        else:
            self.showNormal()

    def _come_to_front(self) -> None:
        if not self._kept_in_front:
            return
        if not self.isFullScreen() or not self.isVisible():  # a window manager's shortcut
            self.showFullScreen()
        if not self.isActiveWindow():
            self.raise_()
            self.activateWindow()


class WindowStage:
    """The window as the session sees it: flows/guest_ports.Stage."""

    def __init__(self, window: KioskWindow) -> None:
        self._window = window

    def show(self, view: View) -> None:
        """Show a view instead of the one before."""
        self._window.show_view(view)

    def count_down(self, seconds: int | None) -> None:
        """Show how soon the visit ends by itself, None for not soon."""
        self._window.count_down(seconds)

    def wipe(self) -> None:
        """Forget everything of the guest: pictures, addresses, screens."""
        self._window.wipe()
