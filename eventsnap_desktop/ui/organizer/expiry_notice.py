"""Says calmly which events were deleted because their day was over, until somebody has read it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eventsnap_desktop.domain.expiry import Receipt
from eventsnap_desktop.flows.expire import ExpiryReport, Held
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.banner import Banner

_ABOVE = 12  # pixels between the window's edge and the strip


class ExpiryNotice(QWidget):
    """Keeps the receipts it has told of until it is closed; hidden while there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._receipts: list[str] = []
        self._troubles: list[str] = []
        self.banner = Banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _ABOVE, 0, 0)
        column.addWidget(self.banner)
        self.banner.acted.connect(self._copy)
        self.banner.closed.connect(self._on_read)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self.banner.text

    @property
    def receipts(self) -> Sequence[str]:
        """The receipts that nobody has closed yet."""
        return self._receipts

    def tell(self, report: ExpiryReport) -> None:
        """Say what a look has deleted and what it could not; nothing new leaves it as it is."""
        self._receipts += [self._of_receipt(one) for one in report.receipts]
        self._troubles = [self._of_held(one) for one in report.held]
        self._show_all()

    def complain(self, error: Exception) -> None:
        """Say why nothing is deleted now."""
        self._troubles = [sentence(error)]
        self._show_all()

    def _show_all(self) -> None:
        lines = [*self._receipts, *self._troubles]
        if not lines:
            self.hide()
            return
        tone = "warning" if self._troubles else "info"
        copy = self.tr("Copy the receipt") if self._receipts else ""
        self.banner.say("\n".join(lines), tone, copy)
        self.show()

    def _of_receipt(self, receipt: Receipt) -> str:
        event, sheets = receipt.event, receipt.sheets
        said = self.tr(
            "The index of {name} ({code}) was deleted by itself, because its day, {day}, is over. "
            "Faces deleted: {faces}. Photos forgotten: {photos} (the files stay where they are)."
        ).format(
            name=event.name,
            code=event.code,
            day=_day(event.keep_until),
            faces=receipt.deleted.faces,
            photos=receipt.photos,
        )
        if sheets.back:
            back = self.tr("Sheets taken back from the printer: {n}.").format(n=sheets.back)
            said = f"{said} {back}"
        left = sheets.left + sheets.elsewhere
        if left:
            more = self.tr("Sheets that may still come out of a printer: {n}.").format(n=left)
            said = f"{said} {more}"
        return said

    def _of_held(self, held: Held) -> str:
        return self.tr(
            "The day of {name}, {day}, is over, and it could not be deleted yet: {why}"
        ).format(
            name=held.expiring.event.name, day=_day(held.expiring.day), why=sentence(held.error)
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._receipts))

    def _on_read(self) -> None:
        self._receipts.clear()
        self._troubles.clear()
        self.hide()


def _day(when: datetime | None) -> str:
    if when is None:
        return ""
    local = when.astimezone()
    day = QDate(local.year, local.month, local.day)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)
