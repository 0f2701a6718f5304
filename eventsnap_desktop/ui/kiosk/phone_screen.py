"""The photos on the guest's own phone: a code to scan, and one for the Wi-Fi before it."""

import re
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt, QTime
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from eventsnap_desktop.flows.guest_actions import Back
from eventsnap_desktop.flows.guest_views import PhoneView
from eventsnap_desktop.ui.kiosk.back_bar import BackBar
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, text
from eventsnap_desktop.ui.kiosk.qr_picture import QrPicture
from eventsnap_desktop.ui.kiosk.screen import Screen

_MAY_BREAK = re.compile(r"([/?&=#._-]|\w{12})")
_NO_WIDTH = "\u200b"  # a place where a line may break


class PhoneScreen(Screen):
    """One code, or two in the order in which they are scanned."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.bar = BackBar(look)
        self.bar.back.connect(self._on_done)
        self.wifi = _CodeCard(look, self.tr("Code of the Wi-Fi"))
        self.photos = _CodeCard(look, self.tr("Code of your photos"))
        self.word = text(role="heading", centred=True)
        self.until = text(role="faint")
        self.done = big_button(look, self.tr("Done"), "check", "primary")
        self.done.clicked.connect(self._on_done)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(look.px(32))
        self._cards.addWidget(self.wifi, 1)
        self._cards.addWidget(self.photos, 1)
        self._fill_column()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no ring before somebody uses keys

    def show_state(self, view: PhoneView) -> None:
        """Show the codes, that they are made, or that it did not work."""
        self.bar.title.setText(self.tr("%n photos on your phone", "", view.photos))
        is_ready = bool(view.address) and not view.failed
        has_wifi = is_ready and bool(view.wifi)
        if view.failed:
            self.word.setText(
                self.tr(
                    "That did not work just now. Please go back and try again, or ask the staff."
                )
            )
        else:
            self.word.setText(self.tr("One moment, your photos are being made ready …"))
        self.word.setVisible(not is_ready)
        self.photos.setVisible(is_ready)
        self.wifi.setVisible(has_wifi)
        self.done.setVisible(is_ready)
        self.until.setText(self._until(view.until, view.everywhere) if is_ready else "")
        if is_ready:
            self._say_steps(has_wifi)
            self.photos.show_code(view.address, _breakable(view.address))
        if has_wifi:
            self.wifi.show_code(view.wifi, "")
        self.lay_out(self.is_portrait)

    def lay_out(self, portrait: bool) -> None:
        """Put two cards beside each other or below; in each the words beside the code or above."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.BottomToTop
        has_wifi = not self.wifi.isHidden()
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if portrait else across)
        for one in (self.wifi, self.photos):
            one.set_direction(across if portrait is has_wifi else down)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let keys begin here."""
        super().showEvent(event)
        self.setFocus()

    def _fill_column(self) -> None:
        column = QVBoxLayout(self)
        margin = self.look.px(40)
        column.setContentsMargins(margin, self.look.px(24), margin, self.look.px(24))
        column.setSpacing(self.look.px(24))
        column.addWidget(self.bar)
        column.addWidget(self.word, 1)
        column.addLayout(self._cards, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(self.look.px(24))
        bottom.addWidget(self.until, 1)
        bottom.addWidget(self.done)
        column.addLayout(bottom)

    def _say_steps(self, has_wifi: bool) -> None:
        if has_wifi:
            self.wifi.heading.setText(self.tr("1. Join the Wi-Fi"))
            self.photos.heading.setText(self.tr("2. Open your photos"))
        else:
            self.photos.heading.setText(self.tr("Scan this with your phone's camera"))

    def _until(self, until: datetime | None, everywhere: bool) -> str:
        """Return until when, and in which network, the guest's phone opens the photos."""
        said = [] if until is None else [self.tr("It works until {time}.").format(time=_at(until))]
        if not everywhere:
            said.append(self.tr("It opens in the event’s network only."))
        return " ".join(said)

    def _on_done(self) -> None:
        self.act(Back())


def _at(until: datetime) -> str:
    """Return a time as this place writes it, with its day where that is not today."""
    local = until.astimezone()
    short = QLocale.FormatType.ShortFormat
    if local.date() == datetime.now().astimezone().date():
        return QLocale().toString(QTime(local.hour, local.minute), short)
    day = QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)
    return QLocale().toString(day, short)


class _CodeCard(QFrame):
    """A code, what to do with it, and what it says in letters."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.picture = QrPicture(look, name)
        self.heading = text(role="heading")
        self.letters = text(role="small")
        words = QVBoxLayout()
        words.setSpacing(look.px(12))
        words.addStretch()
        words.addWidget(self.heading)
        words.addWidget(self.letters)
        words.addStretch()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        side = look.px(28)
        self._box.setContentsMargins(side, side, side, side)
        self._box.setSpacing(look.px(28))
        self._box.addWidget(self.picture, 3)
        self._box.addLayout(words, 2)

    def set_direction(self, direction: QBoxLayout.Direction) -> None:
        """Put the words beside the code, or above it (BottomToTop)."""
        self._box.setDirection(direction)
        is_beside = direction is QBoxLayout.Direction.LeftToRight
        self._box.setStretch(1, 2 if is_beside else 0)
        beside = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        for label in (self.heading, self.letters):
            label.setAlignment(beside if is_beside else Qt.AlignmentFlag.AlignCenter)

    def show_code(self, words: str, letters: str) -> None:
        """Show a code, and in letters what somebody without a camera types."""
        self.picture.show_words(words)
        self.letters.setText(letters)
        self.letters.setVisible(bool(letters))


def _breakable(address: str) -> str:
    """Return an address that may go over several lines: it holds no space where it could break."""
    return _MAY_BREAK.sub(rf"\1{_NO_WIDTH}", address)
