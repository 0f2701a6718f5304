"""Takes pictures dropped anywhere on a page: its window would import them into the event."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class SelfieDrops(QObject):
    """Belongs to the page and hands what is dropped on it to ``take``, during the drop."""

    def __init__(self, page: QWidget, take: Callable[[QMimeData], None]) -> None:
        super().__init__(page)
        self._take = take
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Accept files and pictures, and keep them from the window around the page."""
        kind = event.type()
        if not isinstance(event, QDropEvent) or kind == QEvent.Type.DragMove:
            return super().eventFilter(watched, event)
        mime = event.mimeData()
        if not (mime.hasUrls() or mime.hasImage()):
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if kind == QEvent.Type.Drop:
            self._take(mime)
        return True
