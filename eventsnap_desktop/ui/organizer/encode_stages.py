"""How far an encode is, stage by stage: fetched, decoded, faces found, written."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from eventsnap_desktop.flows.encode_progress import EncodeProgress
from eventsnap_desktop.ui.widgets.icon_label import IconLabel
from eventsnap_desktop.ui.widgets.pieces import label


class _Stage(QFrame):
    """One stage: its count, and how much of the whole that is."""

    def __init__(self, caption: str, icon_name: str) -> None:
        super().__init__()
        self._caption = caption
        self._count, self._bar = label("0", "figure"), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel(icon_name, 18))
        head.addWidget(label(caption, "faint"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._count)
        column.addWidget(self._bar)

    def show_count(self, count: int, total: int) -> None:
        text = QLocale().toString(count)
        self._count.setText(text)
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(min(count, max(1, total)))
        self.setAccessibleName(f"{self._caption}: {text}")


class EncodeStages(QWidget):
    """The four stages side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fetched = _Stage(self.tr("Fetched"), "import")
        self._decoded = _Stage(self.tr("Decoded"), "photos")
        self._faces = _Stage(self.tr("Faces found"), "find")
        self._written = _Stage(self.tr("Written"), "database")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(28)
        for stage in (self._fetched, self._decoded, self._faces, self._written):
            line.addWidget(stage, 1)

    def show_progress(self, progress: EncodeProgress | None) -> None:
        """Show the counts of a run, zeros for None."""
        if progress is None:
            for stage in (self._fetched, self._decoded, self._faces, self._written):
                stage.show_count(0, 1)
            return
        total = progress.total
        self._fetched.show_count(progress.fetched, total)
        self._decoded.show_count(progress.decoded, total)
        self._faces.show_count(progress.faces, progress.faces)
        self._written.show_count(progress.done, total)
