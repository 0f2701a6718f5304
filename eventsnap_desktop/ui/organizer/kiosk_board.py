"""The kiosks that run, each as a card, and the way to start one more."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.kiosks import KioskState, KioskStatus
from eventsnap_desktop.ui.organizer.ages import Ages
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.flow_layout import FlowLayout
from eventsnap_desktop.ui.widgets.icons import pixmap
from eventsnap_desktop.ui.widgets.pieces import badge, button, card, label, row, set_tone
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.theme import colours_now

_CARD_WIDTH = 318
_TONES = {
    KioskState.IDLE: "good",
    KioskState.IN_SESSION: "accent",
    KioskState.PAUSED: "warning",
    KioskState.CAMERA_LOST: "danger",
    KioskState.PRINTER_PROBLEM: "danger",
    KioskState.WAITING: "warning",
    KioskState.STOPPED: "",
}
_ICONS = {
    KioskState.CAMERA_LOST: "camera",
    KioskState.PRINTER_PROBLEM: "print",
    KioskState.WAITING: "database",
    KioskState.PAUSED: "pause",
    KioskState.STOPPED: "stop",
}


class KioskCard(QFrame):
    """One kiosk: what it does, what is wrong, when it was heard of last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setFixedWidth(_CARD_WIDTH)
        self._ages = Ages(self)
        self._icon, self._name, self._state = QLabel(), label("", "heading"), badge()
        self._detail = label("", "", wrap=True)
        self._event, self._heard = label("", "faint"), label("", "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addLayout(row(self._icon, self._name, None, self._state))
        column.addWidget(self._detail)
        column.addWidget(self._event)
        column.addWidget(self._heard)

    @property
    def state_text(self) -> str:
        """The state in words, as it is shown."""
        return self._state.text()

    def show_state(self, kiosk: KioskStatus, now: datetime) -> None:
        """Show a kiosk as it is at this moment."""
        silent = kiosk.is_silent(now)
        tone = "danger" if silent else _TONES[kiosk.state]
        word = self.tr("Silent") if silent else self._word(kiosk.state)
        heard = self._ages.ago(kiosk.heartbeat_at, now)
        colours = colours_now()
        colour = {"danger": colours.danger, "warning": colours.warning}.get(tone, colours.faint)
        name = "warning" if silent else _ICONS.get(kiosk.state, "kiosks")
        self._icon.setPixmap(pixmap(name, colour, 22, self.devicePixelRatioF()))
        self._name.setText(kiosk.name)
        self._state.setText(word)
        set_tone(self._state, tone)
        detail = kiosk.detail
        if silent:
            detail = self.tr("Not heard of since its last word. Look whether it still runs.")
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        since = self._ages.moment(kiosk.started_at)
        self._event.setText(
            self.tr("{event}, since {time}").format(event=kiosk.event_code, time=since)
        )
        self._heard.setText(self.tr("Last heartbeat: {ago}").format(ago=heard))
        self.setAccessibleName(f"{kiosk.name}: {word}. {detail}".strip())

    def _word(self, state: KioskState) -> str:
        return {
            KioskState.IDLE: self.tr("Idle"),
            KioskState.IN_SESSION: self.tr("In session"),
            KioskState.PAUSED: self.tr("Paused"),
            KioskState.CAMERA_LOST: self.tr("Camera lost"),
            KioskState.PRINTER_PROBLEM: self.tr("Printer problem"),
            KioskState.WAITING: self.tr("Waiting"),
            KioskState.STOPPED: self.tr("Stopped"),
        }[state]


class KioskBoard(QWidget):
    """All kiosks, and a card that starts one on a chosen screen."""

    start_wanted = Signal(int, bool)
    """The screen's number, and whether in a window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen, self._windowed = QComboBox(), QCheckBox(self.tr("In a window"))
        self._start = button(self.tr("Start kiosk"), "play", "primary")
        self._about = label("", "faint", wrap=True)
        self._cards: dict[str, KioskCard] = {}
        self._empty, self._stack = EmptyState(), QStackedWidget()
        self._scroll = ScrollColumn()
        inside = QWidget()
        self._flow = FlowLayout(inside)
        self._scroll.column.addWidget(inside)
        self._scroll.column.addStretch(1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._starter())
        column.addWidget(self._stack, 1)
        self._fill_screens()
        self._connect()
        self.show_kiosks((), datetime.now().astimezone())
        self.show_event("")

    @property
    def cards(self) -> tuple[KioskCard, ...]:
        """The cards that are shown, in their order."""
        return tuple(self._cards.values())

    def show_event(self, name: str) -> None:
        """Say for which event a kiosk would be started, "" for none."""
        self._start.setEnabled(bool(name))
        self._about.setText(
            self.tr("Guests of “{event}” find their photos on this screen.").format(event=name)
            if name
            else self.tr("Open an event first: a kiosk serves one event.")
        )

    def show_starting(self, starting: bool) -> None:
        """Show whether a kiosk is being started."""
        self._start.setEnabled(not starting)
        self._start.setText(self.tr("Starting…") if starting else self.tr("Start kiosk"))

    def show_kiosks(self, kiosks: Sequence[KioskStatus], now: datetime) -> None:
        """Show these kiosks as they are at this moment."""
        if list(self._cards) != [kiosk.name for kiosk in kiosks]:
            self._make_cards([kiosk.name for kiosk in kiosks])
        for kiosk in kiosks:
            self._cards[kiosk.name].show_state(kiosk, now)
        self._stack.setCurrentWidget(self._scroll if kiosks else self._empty)
        self._empty.show_empty(
            "kiosks",
            self.tr("No kiosk runs"),
            self.tr("Kiosks on this and on other machines of the same database appear here."),
        )

    def _starter(self) -> QFrame:
        frame, column = card()
        screen = label(self.tr("Screen"))
        screen.setBuddy(self._screen)
        self._screen.setAccessibleName(self.tr("Screen"))
        self._screen.setMinimumWidth(240)
        self._windowed.setToolTip(self.tr("For a trial: the kiosk does not cover the screen"))
        column.addWidget(label(self.tr("Start a kiosk on this machine"), "heading"))
        column.addWidget(self._about)
        column.addLayout(row(screen, self._screen, self._windowed, None, self._start))
        return frame

    def _connect(self) -> None:
        self._start.clicked.connect(self._on_start)
        self._windowed.toggled.connect(self._screen.setDisabled)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._fill_screens)
            app.screenRemoved.connect(self._fill_screens)

    def _fill_screens(self) -> None:
        chosen = max(0, self._screen.currentIndex())
        self._screen.clear()
        for number, screen in enumerate(QGuiApplication.screens(), 1):
            size = screen.size() * screen.devicePixelRatio()
            text = self.tr("{number}: {name}, {width} × {height}").format(
                number=number,
                name=screen.name() or self.tr("Screen"),
                width=size.width(),
                height=size.height(),
            )
            self._screen.addItem(text)
        self._screen.setCurrentIndex(min(chosen, self._screen.count() - 1))

    def _make_cards(self, names: list[str]) -> None:
        for old in self._cards.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self._cards = {name: KioskCard() for name in names}
        for made in self._cards.values():
            self._flow.addWidget(made)

    def _on_start(self) -> None:
        self.start_wanted.emit(max(0, self._screen.currentIndex()), self._windowed.isChecked())
