"""Makes number and choice fields fit for a page that scrolls."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

_ROOM = 9  # pixels


class WheelGuard(QObject):
    """Lets the wheel change a number or a choice only while it has the focus."""

    def guard(self, widget: QWidget) -> None:
        """Guard all spin boxes and combo boxes in a widget, or the widget itself.

        Spin boxes get the room left of their number that style sheets cannot give them.
        """
        inside = [*widget.findChildren(QAbstractSpinBox), *widget.findChildren(QComboBox)]
        if isinstance(widget, (QAbstractSpinBox, QComboBox)):
            inside.append(widget)
        for field in inside:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
            if isinstance(field, QAbstractSpinBox):
                field.lineEdit().setTextMargins(_ROOM, 0, 0, 0)

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
