"""The prints beside each other: one large, a few side by side, many to scroll through."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.print_preview import PrintPreview
from eventsnap_desktop.ui.kiosk.touch_scroll import scroll_by_finger


class PrintSheets(QScrollArea):
    """Previews in square cells, as large as lets all be seen, and never too small to tell apart."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = look.px(300)
        self._previews: list[PrintPreview] = []
        self._inside = QWidget()
        self._inside.setProperty("role", "scrolled")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._inside)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        scroll_by_finger(self, by_touch_only=True)

    def show_previews(self, previews: list[PrintPreview]) -> None:
        """Show these instead of those before, which are destroyed."""
        for old in self._previews:
            old.hide()
            old.deleteLater()
        self._previews = previews
        for preview in previews:
            preview.setParent(self._inside)
            preview.is_one_of_many = len(previews) > 1
            preview.show()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the cells to the new size."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        columns, side = _cells(len(self._previews), width, height, self._least)
        rows = ceil(len(self._previews) / columns)
        self._inside.resize(width, max(rows * side, height))
        above = max(0, height - rows * side) // 2
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, preview in enumerate(self._previews):
            row, column = divmod(place, columns)
            if is_mirrored:
                column = columns - 1 - column
            beside = (width - columns * side) // 2
            preview.setGeometry(beside + column * side, above + row * side, side, side)


def _cells(count: int, width: int, height: int, least: int) -> tuple[int, int]:
    """Return columns and the side of a cell: the largest with which all are seen at once.

    Where that would be below ``least`` there are as many columns as fit, and rows to scroll to.
    """
    best = (1, 0)
    for columns in range(1, max(count, 1) + 1):
        side = min(width // columns, height // max(1, ceil(count / columns)))
        best = max(best, (columns, side), key=lambda cells: cells[1])
    if best[1] >= least:
        return best
    columns = max(1, width // least)
    return columns, width // columns
