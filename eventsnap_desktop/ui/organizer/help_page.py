"""Help: first steps, keys, privacy, a look at this machine, the program's parts, and backups."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop import __version__
from eventsnap_desktop.ui.organizer.backup_view import BackupView
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.doctor_view import DoctorView, Finding
from eventsnap_desktop.ui.organizer.help_texts import HelpTexts
from eventsnap_desktop.ui.organizer.licences import UsedPackage, used_packages
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.widgets.icons import app_icon
from eventsnap_desktop.ui.widgets.pieces import badge, button, card, label, row
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn

_READABLE = 860  # pixels a line of text is wide at most


class HelpPage(OrganizerPage):
    """Six views, chosen above them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Help"))
        self._texts = HelpTexts(self)
        self._views, self._stack = QButtonGroup(self), QStackedWidget()
        self._doctor = DoctorView()
        self._packages, self._packages_busy = QGridLayout(), label("", "faint")
        self._has_packages = False
        self._arrange()
        self._views.idClicked.connect(self._on_view)
        self._doctor.wanted.connect(self._on_doctor)

    def refresh(self) -> None:
        """Read which packages are used, once."""
        if not self._has_packages:
            self._packages_busy.setText(self.tr("Reading the list…"))
            self.desk.jobs.call(
                used_packages, owner=self, done=self._show_packages, failed=self.complain
            )

    def show_view(self, number: int) -> None:
        """Show a view: 0 first steps, 1 keys, 2 privacy, 3 this machine, 4 about, 5 backup."""
        self._views.button(number).click()

    def _arrange(self) -> None:
        bar = row(spacing=6)
        titles = (
            self.tr("First steps"),
            self.tr("Keyboard"),
            self.tr("Privacy"),
            self.tr("This machine"),
            self.tr("About and licences"),
            self.tr("Backup"),
        )
        for number, title in enumerate(titles):
            segment = button(title, kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == 0)
            self._views.addButton(segment, number)
            bar.addWidget(segment)
        self.action_row.addLayout(bar)
        self._stack.addWidget(self._steps())
        self._stack.addWidget(self._keys())
        self._stack.addWidget(_told(self._texts.privacy()))
        self._stack.addWidget(self._doctor)
        self._stack.addWidget(self._about())
        self._stack.addWidget(BackupView(self.desk))
        self.content.addWidget(self._stack, 1)

    def _steps(self) -> QWidget:
        scroll = ScrollColumn()
        for number, (title, text) in enumerate(self._texts.steps(), 1):
            frame, column = card(spacing=6)
            frame.setMaximumWidth(_READABLE)
            column.addLayout(row(badge(str(number), "accent"), label(title, "heading"), None))
            column.addWidget(label(text, "faint", wrap=True))
            scroll.column.addWidget(frame)
        scroll.column.addStretch(1)
        return scroll

    def _keys(self) -> QWidget:
        scroll = ScrollColumn()
        frame, column = card()
        frame.setMaximumWidth(_READABLE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        for number, (keys, text) in enumerate(self._texts.keys()):
            grid.addWidget(badge(keys), number, 0)
            grid.addWidget(label(text, wrap=True), number, 1)
        column.addLayout(grid)
        column.addWidget(
            label(self.tr("Every button can be reached by Tab and pressed by Space."), "faint")
        )
        scroll.column.addWidget(frame)
        scroll.column.addStretch(1)
        return scroll

    def _about(self) -> QWidget:
        scroll = ScrollColumn()
        frame, column = card()
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("EventSnap Desktop", "title"))
        words.addWidget(label(self.tr("Version {version}").format(version=__version__), "faint"))
        words.addWidget(
            label(self.tr("Finds every photo of a guest at a live event."), "faint", wrap=True)
        )
        line = row(picture, spacing=18)
        line.addLayout(words, 1)
        column.addLayout(line)
        frame.setMaximumWidth(_READABLE)
        scroll.column.addWidget(frame)
        scroll.column.addWidget(_told_card(self._texts.licences()))
        used, inside = card()
        used.setMaximumWidth(_READABLE)
        inside.addWidget(label(self.tr("Packages"), "heading"))
        inside.addWidget(self._packages_busy)
        self._packages.setHorizontalSpacing(20)
        self._packages.setVerticalSpacing(6)
        self._packages.setColumnStretch(2, 1)
        inside.addLayout(self._packages)
        scroll.column.addWidget(used)
        scroll.column.addStretch(1)
        return scroll

    def _show_packages(self, packages: Sequence[UsedPackage]) -> None:
        self._has_packages = True
        self._packages_busy.setVisible(not packages)
        self._packages_busy.setText("" if packages else self.tr("The list cannot be read."))
        for number, package in enumerate(packages):
            licence = package.licence or self.tr("see its own files")
            self._packages.addWidget(label(package.name), number, 0)
            self._packages.addWidget(label(package.version, "faint"), number, 1)
            self._packages.addWidget(label(licence, "faint", wrap=True), number, 2)

    def _on_view(self, number: int) -> None:
        self._stack.setCurrentIndex(number)

    def _on_doctor(self) -> None:
        self._doctor.show_busy(True)
        self.desk.jobs.call(
            self.desk.works.doctor, owner=self, done=self._show_findings, failed=self._on_failed
        )

    def _show_findings(self, findings: list[Finding]) -> None:
        self._doctor.show_findings(findings)

    def _on_failed(self, error: Exception) -> None:
        self._doctor.show_busy(False)
        self.complain(error)


def _told(texts: Sequence[tuple[str, str]]) -> QWidget:
    scroll = ScrollColumn()
    scroll.column.addWidget(_told_card(texts))
    scroll.column.addStretch(1)
    return scroll


def _told_card(texts: Sequence[tuple[str, str]]) -> QWidget:
    """Return a card with headings and what is said under each."""
    frame, column = card(spacing=6)
    frame.setMaximumWidth(_READABLE)
    for number, (title, text) in enumerate(texts):
        if number:
            column.addSpacing(8)
        column.addWidget(label(title, "heading"))
        column.addWidget(label(text, "faint", wrap=True))
    return frame
