"""Where to send the photos: an address or a few, typed on the screen."""

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from eventsnap_desktop.delivery.addresses import completed, completions, is_address, suggest
from eventsnap_desktop.flows.guest_actions import Back, SendMail
from eventsnap_desktop.flows.guest_views import AddressProblem, MailView
from eventsnap_desktop.ui.kiosk.address_chips import MOST_OFFERED, AddressChips, DomainChips
from eventsnap_desktop.ui.kiosk.address_field import AddressField
from eventsnap_desktop.ui.kiosk.keyboard import Keyboard
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.mail_status import MailStatus
from eventsnap_desktop.ui.kiosk.pieces import big_button, taken_out, text
from eventsnap_desktop.ui.kiosk.screen import Screen

MOST_PEOPLE = 5
"""Addresses of one e-mail, with the one that stands in the field."""


class MailScreen(Screen):
    """Field and keyboard. What was typed lives in this screen only, and goes with it."""

    def __init__(self, look: Look, language: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._language = language or QLocale().name()[:2]
        self._view = MailView(0)
        self._seen = False  # whether the view's problem was answered by typing
        self._added: tuple[str, ...] = ()
        self.back = big_button(look, self.tr("Back"), "left", "quiet")
        self.title = text(role="heading")
        self.field = AddressField()
        self.status = MailStatus(look)
        self.people = AddressChips(look)
        self.add = big_button(look, self.tr("Another person"), "plus", "quiet")
        self.send = big_button(look, self.tr("Send"), "mail", "primary")
        self.domains = DomainChips(look)
        self.keyboard = Keyboard(look, self._language)
        self.field.setPlaceholderText(self.tr("Your e-mail address"))
        self.field.setAccessibleName(self.tr("Your e-mail address"))
        self._grid = QGridLayout(self)
        self.lay_out(False)
        self._connect()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address there is, the one in the field last."""
        typed = self.field.text().strip()
        alone = not typed or typed in self._added
        return self._added if alone else (*self._added, typed)

    def show_state(self, view: MailView) -> None:
        """Show how far the wish is; what was typed stays."""
        if view != self._view:
            self._seen = False
        self._view = view
        if view.told_later:
            self.title.setText(self.tr("Tell me when there are new photos"))
            self.send.setText(self.tr("Tell me"))
        else:
            self.title.setText(self.tr("Send %n photos by e-mail", "", view.photos))
            self.send.setText(self.tr("Send"))
        self._renew()

    def lay_out(self, portrait: bool) -> None:
        """Put the buttons beside the field, or below it where it is narrow."""
        taken_out(self._grid)
        for row in range(12):
            self._grid.setRowStretch(row, 0)
        # Larger keys of the accessible look leave less room around them.
        beside, above = (24 if portrait else 40), (10 if self.look.accessible else 24)
        beside, above = self.look.px(beside), self.look.px(above)
        self._grid.setContentsMargins(beside, above, beside, above)
        self._grid.setHorizontalSpacing(self.look.px(24))
        self._grid.setVerticalSpacing(self.look.px(10 if self.look.accessible else 16))
        (self._lay_out_high if portrait else self._lay_out_wide)()
        self.people.set_columns(2 if portrait else MOST_PEOPLE - 1)
        self.keyboard.lay_out(portrait)
        self._set_tab_order()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin in the field."""
        super().showEvent(event)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_send)
        self.keyboard.typed.connect(self._on_key)
        self.keyboard.deleted.connect(self._on_backspace)
        self.domains.chosen.connect(self._on_domain)
        self.domains.accepted.connect(self._on_meant)
        self.people.removed.connect(self._on_removed)
        self.add.clicked.connect(self._on_add)
        self.send.clicked.connect(self._on_send)

    def _lay_out_wide(self) -> None:
        self._set_columns(0, 1, 0)
        self._grid.addWidget(self.back, 0, 0, 2, 1)
        self._grid.addWidget(self.title, 0, 1)
        self._grid.addWidget(self.status, 1, 1, 1, 2)
        self._grid.addWidget(self.add, 0, 2)
        self._grid.addWidget(self.field, 2, 0, 1, 2)
        self._grid.addWidget(self.send, 2, 2)
        self._grid.addWidget(self.people, 3, 0, 1, 3)
        self._grid.setRowStretch(4, 1)
        self._grid.addWidget(self.domains, 5, 0, 1, 3)
        self._grid.addWidget(self.keyboard, 6, 0, 1, 3)

    def _lay_out_high(self) -> None:
        self._set_columns(0, 1, 1)
        self._grid.addWidget(self.back, 0, 0)
        self._grid.addWidget(self.title, 0, 1, 1, 2)
        self._grid.setRowStretch(1, 1)
        self._grid.addWidget(self.people, 2, 0, 1, 3)
        self._grid.addWidget(self.field, 3, 0, 1, 3)
        self._grid.addWidget(self.status, 4, 0, 1, 3)
        self._grid.addWidget(self.add, 5, 0, 1, 2)
        self._grid.addWidget(self.send, 5, 2)
        self._grid.addWidget(self.domains, 6, 0, 1, 3)
        self._grid.addWidget(self.keyboard, 7, 0, 1, 3)

    def _set_columns(self, *shares: int) -> None:
        for column, share in enumerate(shares):
            self._grid.setColumnStretch(column, share)

    def _set_tab_order(self) -> None:
        stops: list[QPushButton | AddressField] = [
            self.field,
            *self.domains.chips,
            self.domains.meant,
            self.send,
            self.add,
            *self.people.chips.values(),
            self.back,
        ]
        for one, other in pairwise(stops):
            self.setTabOrder(one, other)

    def _renew(self) -> None:
        """Have everything fit what was typed and what the view says."""
        typed, busy = self.field.text().strip(), self._view.busy
        plausible = is_address(typed)
        too_many_photos = 0 < self._view.most_photos < self._view.photos
        for widget in (self.keyboard, self.domains, self.people):
            widget.setEnabled(not busy)
        self.field.setReadOnly(busy)
        is_room = len(self._added) < MOST_PEOPLE - 1
        self.add.setEnabled(not busy and plausible and is_room and typed not in self._added)
        self.send.setEnabled(not busy and not too_many_photos and (plausible or bool(self._added)))
        self.domains.offer(
            suggest(typed) or "",
            completions(typed, self._language, MOST_OFFERED),
            ready=bool(typed.partition("@")[0]),
        )
        wrong = "" if self._seen or busy else self._view.wrong
        self.people.show_addresses(self._added, wrong)
        self.field.mark_wrong(bool(wrong) and typed == wrong)
        self._say(too_many_photos)

    def _say(self, too_many_photos: bool) -> None:
        if self._view.busy:
            self.status.say_busy()
        elif too_many_photos:
            self.status.say_problem(replace(self._view, problem=AddressProblem.TOO_MANY_PHOTOS))
        elif self._view.problem and not self._seen:
            self.status.say_problem(self._view)
        else:
            self.status.say_purpose(self._view.told_later)

    def _on_key(self, character: str) -> None:
        self.field.insert(character)

    def _on_backspace(self) -> None:
        self.field.backspace()

    def _on_typed(self) -> None:
        self._seen = True
        self._renew()

    def _on_domain(self, domain: str) -> None:
        self._put(completed(self.field.text(), domain))

    def _on_meant(self, address: str) -> None:
        self._put(address)

    def _on_removed(self, address: str) -> None:
        self._added = tuple(one for one in self._added if one != address)
        self._seen = True
        self._renew()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add(self) -> None:
        self._added = self.addresses
        self._put("")
        self._set_tab_order()

    def _on_send(self) -> None:
        if self.send.isEnabled():
            self._seen = False
            self.act(SendMail(self.addresses))

    def _on_back(self) -> None:
        self.act(Back())

    def _put(self, words: str) -> None:
        self.field.setText(words)
        self._renew()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
