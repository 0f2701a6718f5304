"""The window's left edge: which event, and which page."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.widgets.icons import app_icon, icon
from eventsnap_desktop.ui.widgets.pieces import button, label, line
from eventsnap_desktop.ui.widgets.theme import colours_now


class Rail(QFrame):
    """Buttons for the pages by name, those that need an event below the event's name."""

    chosen = Signal(str)
    """A page's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setFixedWidth(216)
        self._buttons: dict[str, QPushButton] = {}
        self._icons: dict[str, str] = {}
        self._group = QButtonGroup(self)
        self._event_name, self._event_code = label("", "heading"), label("", "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 18, 12, 14)
        self._column.setSpacing(3)
        self._column.addLayout(self._head())
        self._column.addSpacing(14)
        self._add_pages()
        self.show_event(None)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(10)
        sign = QLabel()
        sign.setPixmap(app_icon().pixmap(30, 30))
        head.addSpacing(6)
        head.addWidget(sign)
        head.addWidget(label("EventSnap", "heading"), 1)
        return head

    def _add_pages(self) -> None:
        self._add("events", "events", self.tr("Events"))
        self._column.addSpacing(10)
        self._column.addWidget(line())
        self._column.addSpacing(8)
        for widget in (self._event_name, self._event_code):
            widget.setContentsMargins(12, 0, 0, 0)
            self._column.addWidget(widget)
        self._column.addSpacing(4)
        for name, icon_name, text in (
            ("photos", "photos", self.tr("Photos")),
            ("encode", "encode", self.tr("Sync and encode")),
            ("find", "find", self.tr("Find a person")),
            ("coverage", "coverage", self.tr("Coverage")),
            ("kiosks", "kiosks", self.tr("Kiosks")),
            ("outbox", "outbox", self.tr("Outbox")),
        ):
            self._add(name, icon_name, text)
        self._column.addStretch(1)
        for name, icon_name, text in (
            ("settings", "settings", self.tr("Settings")),
            ("log", "log", self.tr("Log")),
            ("help", "help", self.tr("Help")),
        ):
            self._add(name, icon_name, text)

    def show_event(self, overview: EventOverview | None) -> None:
        """Name the event the pages show; without one they cannot be chosen."""
        name = overview.event.name if overview is not None else self.tr("No event chosen")
        metrics = self._event_name.fontMetrics()
        self._event_name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, 160))
        self._event_name.setToolTip(name)
        code = overview.event.code if overview is not None else ""
        self._event_code.setText(code)
        self._event_code.setVisible(code not in {"", name})
        for page in ("photos", "encode", "find", "coverage", "kiosks", "outbox"):
            self._buttons[page].setEnabled(overview is not None)

    def mark(self, name: str) -> None:
        """Show which page is seen; Tab stops there, and the arrow keys go on to the others."""
        self._buttons[name].setChecked(True)
        for made in self._buttons.values():
            stops = made.isChecked()
            policy = Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)
        self.paint_icons()

    def paint_icons(self) -> None:
        """Draw the icons in the colours that are on."""
        colours = colours_now()
        for name, made in self._buttons.items():
            made.setIconSize(QSize(26, 18))
            colour = colours.accent if made.isChecked() else colours.faint
            made.setIcon(icon(self._icons[name], colour, 8))

    def _add(self, name: str, icon_name: str, text: str) -> None:
        made = button(text, kind="rail")
        made.setCheckable(True)
        self._icons[name] = icon_name
        self._buttons[name] = made
        self._group.addButton(made)
        made.setObjectName(name)
        self._column.addWidget(made)
        made.clicked.connect(self._on_clicked)
        number = len(self._buttons)
        if number <= 9:
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(made.click)
            made.setToolTip(self.tr("{page} (Ctrl+{number})").format(page=text, number=number))

    def _on_clicked(self) -> None:
        pressed = self._group.checkedButton()
        self.paint_icons()
        if pressed is not None:
            self.chosen.emit(pressed.objectName())
