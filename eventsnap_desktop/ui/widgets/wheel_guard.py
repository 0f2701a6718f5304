"""Keeps the wheel from changing a field that one only scrolls past."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class WheelGuard(QObject):
    """Lets the wheel change a number or a choice only while it has the focus."""

    def guard(self, widget: QWidget) -> None:
        """Guard all spin boxes and combo boxes in a widget, or the widget itself."""
        inside = [*widget.findChildren(QAbstractSpinBox), *widget.findChildren(QComboBox)]
        if isinstance(widget, (QAbstractSpinBox, QComboBox)):
            inside.append(widget)
        for field in inside:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Leave the wheel to whatever scrolls around the field."""
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
