"""A keyboard on the screen, made for e-mail addresses: small letters, digits and @ . - _ +."""

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEventPoint, QTouchEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from eventsnap_desktop.ui.kiosk.look import SMALLEST_TARGET, Look
from eventsnap_desktop.ui.kiosk.pieces import taken_out
from eventsnap_desktop.ui.widgets.icons import icon

_DIGITS = "1234567890"
_LETTERS = {
    "QWERTY": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "QWERTZ": ("qwertzuiop", "asdfghjkl", "yxcvbnm"),
}
_QWERTZ_LANGUAGES = {"de", "cs", "sk", "hu", "hr", "sl"}
_BACKSPACE, _SWITCH = "backspace", "switch"
_REPEAT_AFTER, _REPEAT_EVERY = 450, 70  # milliseconds


class _Key(QPushButton):
    """A key as high as the look wants it, or less where room is short; as wide as its columns."""

    def __init__(self, height: int, words: str) -> None:
        super().__init__(words)
        self._size = QSize(SMALLEST_TARGET, height)
        self.setProperty("kind", "key")
        self.setProperty("shrinks", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(height)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return its size, whatever stands on it."""
        return self._size

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the smallest size that a finger meets."""
        return QSize(SMALLEST_TARGET, SMALLEST_TARGET)


_Places = dict[str, tuple[int, int, int]]
"""Key to row, column and columns, each column half a key wide."""


class Keyboard(QWidget):
    """Types when a key goes down, with as many fingers as there are; takes no focus.

    Touches are read here and not as mouse clicks, of which there is only one at a time: somebody
    who types with two thumbs would lose letters.
    """

    typed = Signal(str)
    """One character."""
    deleted = Signal()
    """The character before the cursor shall go; again and again while the key is held."""

    def __init__(self, look: Look, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._letters = "QWERTZ" if language in _QWERTZ_LANGUAGES else "QWERTY"
        self._portrait = False
        self._touched: dict[int, QPushButton] = {}
        self._repeat = QTimer(self)
        self._repeat.timeout.connect(self._on_repeat)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(min(look.px(10), 12))
        self.keys = {
            key: self._key(key) for key in [*_DIGITS, *"abcdefghijklmnopqrstuvwxyz", *"@.-_+"]
        }
        self.backspace = self._key(_BACKSPACE)
        self.switch = self._key(_SWITCH)
        self._name_keys()
        # Keys stand as they do on a table, also where text runs from right to left.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.lay_out(False)

    @property
    def letters(self) -> str:
        """The order of the letters: QWERTY or QWERTZ."""
        return self._letters

    def lay_out(self, portrait: bool) -> None:
        """Arrange the keys in four long rows, or in five short ones where it is narrow."""
        self._portrait = portrait
        taken_out(self._grid)
        rows = _LETTERS[self._letters]
        places = _narrow(rows) if portrait else _wide(rows)
        every = {**self.keys, _BACKSPACE: self.backspace, _SWITCH: self.switch}
        for key, (row, column, columns) in places.items():
            self._grid.addWidget(every[key], row, column, 1, columns)
        for column in range(22):
            self._grid.setColumnStretch(column, 0 if portrait and column >= 20 else 1)
        self.switch.setText("QWERTY" if self._letters == "QWERTZ" else "QWERTZ")

    def event(self, event: QEvent) -> bool:
        """Press the keys under the fingers."""
        kinds = {
            QEvent.Type.TouchBegin,
            QEvent.Type.TouchUpdate,
            QEvent.Type.TouchEnd,
        }
        if isinstance(event, QTouchEvent) and event.type() in kinds:
            for point in event.points():
                self._on_finger(point)
            event.accept()
            return True
        if event.type() in {QEvent.Type.TouchCancel, QEvent.Type.Hide, QEvent.Type.EnabledChange}:
            self._let_go()
        return super().event(event)

    def _key(self, key: str) -> QPushButton:
        made = _Key(self._look.target(88), key if len(key) == 1 else "")
        made.pressed.connect(partial(self._press, key))
        made.released.connect(self._on_released)
        return made

    def _name_keys(self) -> None:
        side = self._look.text(40)
        self.backspace.setIcon(
            icon("backspace", self._look.colours.text, disabled=self._look.colours.faint)
        )
        self.backspace.setIconSize(QSize(side, side))
        self.backspace.setAccessibleName(self.tr("Delete the last character"))
        self.switch.setAccessibleName(self.tr("Other order of letters"))
        self.switch.setStyleSheet(f"font-size: {self._look.text(24)}px;")
        self.keys["@"].setProperty("tone", "accent")
        names = {
            "@": self.tr("At sign"),
            ".": self.tr("Dot"),
            "-": self.tr("Hyphen"),
            "_": self.tr("Underscore"),
            "+": self.tr("Plus"),
        }
        for key, name in names.items():
            self.keys[key].setAccessibleName(name)

    def _press(self, key: str) -> None:
        if key == _SWITCH:
            self._letters = "QWERTY" if self._letters == "QWERTZ" else "QWERTZ"
            self.lay_out(self._portrait)
        elif key == _BACKSPACE:
            self.deleted.emit()
            self._repeat.start(_REPEAT_AFTER)
        else:
            self.typed.emit(key)

    def _on_released(self) -> None:
        self._repeat.stop()

    def _on_repeat(self) -> None:
        self._repeat.setInterval(_REPEAT_EVERY)
        self.deleted.emit()

    def _on_finger(self, point: QEventPoint) -> None:
        if point.state() == QEventPoint.State.Pressed:
            key = self._key_at(point.position())
            if key is not None and key.isEnabled() and not key.isDown():
                self._touched[point.id()] = key
                key.setDown(True)
                key.pressed.emit()
        elif point.state() == QEventPoint.State.Released:
            released = self._touched.pop(point.id(), None)
            if released is not None:
                released.setDown(False)
                released.released.emit()

    def _key_at(self, position: QPointF) -> QPushButton | None:
        """Return the key nearest to a finger: the gaps between keys belong to them."""
        gap = self._grid.spacing() // 2 + 1
        place = position.toPoint()
        for key in self.findChildren(QPushButton):
            if key.geometry().adjusted(-gap, -gap, gap, gap).contains(place):
                return key
        return None

    def _let_go(self) -> None:
        self._repeat.stop()
        for key in self._touched.values():
            key.setDown(False)
        self._touched.clear()


def _wide(letters: tuple[str, str, str]) -> _Places:
    """Return four rows of eleven keys."""
    first, second, third = letters
    rows = ([*_DIGITS, _BACKSPACE], [*first, "@"], [*second, "-", "_"])
    places = {
        key: (row, 2 * place, 2) for row, keys in enumerate(rows) for place, key in enumerate(keys)
    }
    places[_SWITCH] = (3, 0, 4)
    places |= {key: (3, 4 + 2 * place, 2) for place, key in enumerate([*third, ".", "+"])}
    return places


def _narrow(letters: tuple[str, str, str]) -> _Places:
    """Return five rows of ten keys."""
    first, second, third = letters
    places = {
        key: (row, 2 * place, 2)
        for row, keys in enumerate((_DIGITS, first))
        for place, key in enumerate(keys)
    }
    places |= {key: (2, 1 + 2 * place, 2) for place, key in enumerate(second)}
    places |= {key: (3, 2 * place, 2) for place, key in enumerate([*third, "-", "_", "+"])}
    places |= {_SWITCH: (4, 0, 4), "@": (4, 4, 6), ".": (4, 10, 6), _BACKSPACE: (4, 16, 4)}
    return places
