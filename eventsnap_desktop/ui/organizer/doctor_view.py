"""What the doctor found on this machine, the worst first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.pieces import badge, button, card, label, row
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.sentences import in_window_language

Finding = tuple[str, str, str, str]

_ORDER = {"problem": 0, "warning": 1, "ok": 2}
_TONES = {"problem": "danger", "warning": "warning", "ok": "good"}


class DoctorView(QWidget):
    """A button that asks the doctor, and its findings with what to do."""

    wanted = Signal()
    """The doctor is to look."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = button(self.tr("Check this machine"), "search", "primary")
        self._summary, self._busy = label("", "heading"), QProgressBar()
        self._empty, self._scroll = EmptyState(), ScrollColumn()
        self._findings: QFrame | None = None
        self._busy.setRange(0, 0)
        self._busy.setAccessibleName(self.tr("The machine is being checked"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(row(self._summary, None, self._look))
        column.addWidget(self._busy)
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)
        self._busy.hide()
        self._scroll.hide()
        self._scroll.column.addStretch(1)
        self._empty.show_empty(
            "chip",
            self.tr("Is everything there?"),
            self.tr(
                "Looks at the packages, the graphics card, models, disk, database, photo storage, "
                "camera and printer, and says what to do."
            ),
        )
        self._look.clicked.connect(self.wanted)

    @property
    def summary(self) -> str:
        """What is said above the findings."""
        return self._summary.text()

    def show_busy(self, busy: bool) -> None:
        """Show whether the doctor is looking."""
        self._busy.setVisible(busy)
        self._look.setEnabled(not busy)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found: (state, subject, what is, what to do)."""
        self.show_busy(False)
        problems = sum(state == "problem" for state, *_ in findings)
        warnings = sum(state == "warning" for state, *_ in findings)
        if problems:
            self._summary.setText(self.tr("%n problem(s) to be solved", "", problems))
        elif warnings:
            self._summary.setText(self.tr("Usable, with %n remark(s)", "", warnings))
        else:
            self._summary.setText(self.tr("All is well"))
        if self._findings is not None:
            self._findings.deleteLater()
        frame, column = card(spacing=12)
        for state, subject, said, advice in sorted(findings, key=lambda one: _ORDER.get(one[0], 0)):
            words = map(in_window_language, (said, advice))
            column.addLayout(self._line(state, self._subject(subject), *words))
        self._findings = frame
        self._scroll.column.insertWidget(0, frame)
        self._empty.hide()
        self._scroll.show()

    def _subject(self, subject: str) -> str:
        """Return what a finding is about; single words, which an event may have as its name."""
        words = {
            "program": self.tr("program"),
            "machine": self.tr("machine"),
            "packages": self.tr("packages"),
            "inference": self.tr("inference"),
            "settings": self.tr("settings"),
            "disk": self.tr("disk"),
            "database": self.tr("database"),
            "camera": self.tr("camera"),
            "printer": self.tr("printer"),
        }
        return words.get(subject) or in_window_language(subject)

    def _line(self, state: str, subject: str, said: str, advice: str) -> QVBoxLayout:
        words = {
            "problem": self.tr("Problem"),
            "warning": self.tr("Remark"),
            "ok": self.tr("Good"),
        }
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addLayout(
            row(badge(words.get(state, state), _TONES.get(state, "")), label(subject), None)
        )
        column.addWidget(label(said, "faint", wrap=True))
        if advice:
            column.addWidget(label(f"→ {advice}", "", wrap=True))
        return column
