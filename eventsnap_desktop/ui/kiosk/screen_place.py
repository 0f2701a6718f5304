"""The place of the one screen that is shown: builds it, destroys it, fades between two."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEasingCurve, QPoint, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from eventsnap_desktop.flows.guest_views import View
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.screen import Screen

Factories = Mapping[type[Any], Callable[[Look], Screen]]
"""How the screen of each kind of view is built."""

_FADE = 180  # milliseconds


class ScreenPlace(QWidget):
    """Holds one screen. ``animated``: the former one fades away over it."""

    def __init__(
        self, factories: Factories, acted: Callable[[object], None], *, animated: bool
    ) -> None:
        super().__init__()
        self._factories, self._acted, self._animated = factories, acted, animated
        self._screen: Screen | None = None
        self._view: View | None = None
        self._fading: _Fading | None = None

    @property
    def screen_now(self) -> Screen | None:
        """The screen that is shown."""
        return self._screen

    @property
    def view(self) -> View | None:
        """What it shows."""
        return self._view

    def show_view(self, view: View, look: Look) -> bool:
        """Show a view; return whether a screen was built for it."""
        if self._screen is not None and type(view) is type(self._view):
            self._view = view
            self._screen.show_state(view)
            return False
        self._build(view, look)
        return True

    def build_anew(self, look: Look) -> bool:
        """Build the screen again, in another language or look; return whether there is one."""
        if self._view is None:
            return False
        self._build(self._view, look)
        return True

    def clear(self) -> None:
        """Destroy the screen and every picture of it."""
        self._drop_fading()
        self._drop_screen()
        self._view = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the screen the whole place."""
        self._drop_fading()
        if self._screen is not None:
            self._screen.setGeometry(self.rect())
        super().resizeEvent(event)

    def _build(self, view: View, look: Look) -> None:
        picture = self._picture_of_former()
        self._drop_screen()
        made = self._factories[type(view)](look)
        made.setParent(self)
        made.setGeometry(self.rect())
        made.acted.connect(self._on_acted)
        self._screen, self._view = made, view
        made.show_state(view)
        made.show()
        if picture is not None:
            self._drop_fading()
            self._fading = _Fading(picture, self)
            self._fading.animation.finished.connect(self._drop_fading)

    # Qt's own methods are not connected to: PySide keeps 55 bytes of each such connection for good.
    def _on_acted(self, action: object) -> None:
        self._acted(action)

    def _picture_of_former(self) -> QPixmap | None:
        if not self._animated or self._screen is None or not self.isVisible():
            return None
        return self._screen.grab()

    def _drop_screen(self) -> None:
        former, self._screen = self._screen, None
        if former is not None:
            former.acted.disconnect(self._on_acted)
            former.hide()
            former.deleteLater()

    def _drop_fading(self) -> None:
        fading, self._fading = self._fading, None
        if fading is not None:
            fading.forget()


class _Fading(QWidget):
    """A picture of the former screen that fades; it takes no press."""

    def __init__(self, picture: QPixmap, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture, self._opacity = picture, 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(parent.rect())
        self.animation = QVariantAnimation(self)
        self.animation.setStartValue(1.0)
        self.animation.setEndValue(0.0)
        self.animation.setDuration(_FADE)
        self.animation.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self.animation.valueChanged.connect(self._on_value)
        self.raise_()
        self.show()
        self.animation.start()

    def forget(self) -> None:
        """Drop the picture at once."""
        self.animation.stop()
        self._picture = QPixmap()
        self.hide()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what is left of it."""
        del event
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(QPoint(0, 0), self._picture)
        painter.end()

    def _on_value(self, value: float) -> None:
        self._opacity = value
        self.update()
