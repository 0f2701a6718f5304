"""Where an event's photos come from: a field with a folder chooser and a check."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from eventsnap_desktop.flows.ports import PhotoSource
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.pieces import button, label, restyle

MOST_COUNTED = 1000
"""Photos a check counts at most; a bucket may hold very many."""


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """What a check found: how many photos, at most MOST_COUNTED, and whether there are more."""

    photos: int
    more: bool


class SourceField(QWidget):
    """A folder's path or minio://BUCKET/PREFIX; ``checked`` tells what a check said."""

    edited = Signal()
    checked = Signal(bool)
    """Whether the source can be used."""

    def __init__(
        self,
        jobs: Jobs,
        open_source: Callable[[str], PhotoSource],
        own_folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._open_source, self._own_folder = jobs, open_source, own_folder
        self.address = QLineEdit()
        self.address.setAccessibleName(self.tr("Source of the photos"))
        self.address.setPlaceholderText(self.tr("a folder, or minio://BUCKET/PREFIX"))
        self.choose = button(self.tr("Choose folder…"), "folder")
        self.check = button(self.tr("Check"))
        self.finding = label("", "small", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.address, 1)
        line.addWidget(self.choose)
        line.addWidget(self.check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.finding)
        self.address.textChanged.connect(self._on_edited)
        self.choose.clicked.connect(self._on_choose)
        self.check.clicked.connect(self.run_check)
        self._say("")

    @property
    def uri(self) -> str:
        """The address as typed."""
        return self.address.text().strip()

    def show_uri(self, uri: str) -> None:
        """Show an address."""
        self.address.setText(uri)

    def run_check(self) -> None:
        """Open the source and look what is in it; ``checked`` follows."""
        self.check.setEnabled(False)
        self._say(self.tr("Checking…"))
        uri = self.uri
        self._jobs.call(
            partial(look_at_source, self._open_source, uri, self._own_folder),
            owner=self,
            done=partial(self._on_found, uri),
            failed=partial(self._on_refused, uri),
        )

    def _on_found(self, uri: str, finding: SourceFinding) -> None:
        self.check.setEnabled(True)
        if uri != self.uri:
            return
        if finding.more:
            most = QLocale().toString(MOST_COUNTED)
            text = self.tr("It can be read and holds more than {count} photos.").format(count=most)
        elif finding.photos:
            text = self.tr("It can be read and holds %n photo(s).", "", finding.photos)
        else:
            text = self.tr("It can be read and is still empty.")
        self._say(text, "good")
        self.checked.emit(True)

    def _on_refused(self, uri: str, error: Exception) -> None:
        self.check.setEnabled(True)
        if uri == self.uri:
            self._say(sentence(error), "danger")
            self.checked.emit(False)

    def _on_edited(self) -> None:
        self._say("")
        self.edited.emit()

    def _on_choose(self) -> None:
        begin = self.uri if "://" not in self.uri else ""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder with the photos"), begin)
        if folder:
            self.address.setText(folder)
            self.run_check()

    def _say(self, text: str, role: str = "small") -> None:
        self.finding.setText(text)
        self.finding.setVisible(bool(text))
        self.finding.setProperty("role", role)
        restyle(self.finding)


def look_at_source(
    open_source: Callable[[str], PhotoSource], uri: str, own_folder: Path
) -> SourceFinding:
    """Open a source, check it and count its photos; blocks.

    A folder inside ``own_folder``, the program's own place for photos, is made when it is missing.
    Raises SourceRefusedError or SourceAwayError with what is wrong.
    """
    if "://" not in uri and uri:
        folder = Path(uri)
        if own_folder in folder.parents:
            folder.mkdir(parents=True, exist_ok=True)
    source = open_source(uri)
    source.check()
    found = sum(1 for _ in islice(source.list_photos(), MOST_COUNTED + 1))
    return SourceFinding(min(found, MOST_COUNTED), found > MOST_COUNTED)
