"""The widgets that settings are entered with, one for each kind."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from eventsnap_desktop.settings.field_kinds import FieldKind, Kind

_LARGEST = 2**31 - 2


class SettingEditor(QWidget):
    """Shows and returns one value; override both methods."""

    edited = Signal()

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inside = inside
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(inside)
        self.setFocusProxy(inside)

    def value(self) -> Any:
        """Return what is entered."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def _on_edited(self) -> None:
        self.edited.emit()


class SwitchEditor(SettingEditor):
    """True or false."""

    def __init__(self) -> None:
        self._box = QCheckBox()
        super().__init__(self._box)
        self._box.toggled.connect(self._on_edited)

    def value(self) -> bool:
        """Return whether it is on."""
        return self._box.isChecked()

    def show_value(self, value: Any) -> None:
        """Show whether it is on."""
        self._box.setChecked(bool(value))


class ChoiceEditor(SettingEditor):
    """One of a few."""

    def __init__(self, choices: tuple[str, ...], words: Callable[[str], str]) -> None:
        self._box = QComboBox()
        super().__init__(self._box)
        for choice in choices:
            self._box.addItem(words(choice), choice)
        self._box.currentIndexChanged.connect(self._on_edited)

    def value(self) -> str:
        """Return the choice."""
        return str(self._box.currentData())

    def show_value(self, value: Any) -> None:
        """Show a choice."""
        self._box.setCurrentIndex(self._box.findData(str(value)))


class CountEditor(SettingEditor):
    """A whole number; one below the least stands for None where that is allowed."""

    def __init__(self, kind: FieldKind, nothing: str) -> None:
        self._box = QSpinBox()
        super().__init__(self._box)
        self._optional, low = kind.optional, int(kind.low or 0)
        self._box.setRange(low - 1 if kind.optional else low, int(kind.high or _LARGEST))
        if kind.optional:
            self._box.setSpecialValueText(nothing)
        self._box.valueChanged.connect(self._on_edited)

    def value(self) -> int | None:
        """Return the number."""
        number = self._box.value()
        return None if self._optional and number == self._box.minimum() else number

    def show_value(self, value: Any) -> None:
        """Show a number."""
        self._box.setValue(self._box.minimum() if value is None else int(value))


class AmountEditor(SettingEditor):
    """A number; one step below the least stands for None where that is allowed."""

    def __init__(self, kind: FieldKind, nothing: str) -> None:
        self._box = QDoubleSpinBox()
        super().__init__(self._box)
        low, high = kind.low or 0.0, kind.high or float(_LARGEST)
        small = high <= 1
        self._optional = kind.optional
        self._box.setDecimals(3 if small else 1)
        self._box.setSingleStep(0.01 if small else 1.0)
        self._box.setRange(low - self._box.singleStep() if kind.optional else low, high)
        if kind.optional:
            self._box.setSpecialValueText(nothing)
        self._box.valueChanged.connect(self._on_edited)

    def value(self) -> float | None:
        """Return the number."""
        number = round(self._box.value(), 3)
        return None if self._optional and number <= self._box.minimum() else number

    def show_value(self, value: Any) -> None:
        """Show a number."""
        self._box.setValue(self._box.minimum() if value is None else float(value))


class TextEditor(SettingEditor):
    """A line of text."""

    def __init__(self) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._line.textChanged.connect(self._on_edited)

    def value(self) -> str:
        """Return the text."""
        return self._line.text().strip()

    def show_value(self, value: Any) -> None:
        """Show a text, from its beginning."""
        self._line.setText("" if value is None else str(value))
        self._line.setCursorPosition(0)


class SecretEditor(SettingEditor):
    """A new secret; the stored one is never shown, only that there is one."""

    def __init__(self) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.textChanged.connect(self._on_edited)

    def value(self) -> str:
        """Return what was typed, "" while nothing was."""
        return self._line.text().strip()

    def show_value(self, value: Any) -> None:
        """Show nothing."""
        del value
        self._line.clear()

    def say(self, text: str) -> None:
        """Say whether one is set."""
        self._line.setPlaceholderText(text)


def make_editor(kind: FieldKind, words: Callable[[str], str], nothing: str) -> SettingEditor:
    """Return the editor for a kind; ``words`` name choices, ``nothing`` a number that is none."""
    if kind.kind is Kind.CHOICE:
        return ChoiceEditor(kind.choices, words)
    if kind.kind is Kind.COUNT:
        return CountEditor(kind, nothing)
    if kind.kind is Kind.AMOUNT:
        return AmountEditor(kind, nothing)
    plain = {Kind.SWITCH: SwitchEditor, Kind.SECRET: SecretEditor, Kind.TEXT: TextEditor}
    return plain[kind.kind]()
