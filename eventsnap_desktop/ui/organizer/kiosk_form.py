"""The form of what can be set for an event's kiosks, in sections."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings
from eventsnap_desktop.flows.consent_texts import texts_in_use
from eventsnap_desktop.ui.organizer.branding_fields import AccentField, LogoField
from eventsnap_desktop.ui.organizer.consent_editor import ConsentEditor
from eventsnap_desktop.ui.organizer.pin_field import PinField
from eventsnap_desktop.ui.widgets.form_section import pair, put, section
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.wheel_guard import WheelGuard

_LONGEST_GREETING = 120


class KioskForm(ScrollColumn):
    """Shows settings and returns them as edited."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        if parent is not None:
            self.setParent(parent)
        self._settings, self._own = KioskSettings(), tuple[ConsentText, ...]()
        self._filling = False
        self.greeting, self.organizer = QLineEdit(), QLineEdit()
        self.accent, self.logo = AccentField(), LogoField()
        self.consent, self.pin = ConsentEditor(), PinField()
        self.browse = QCheckBox(self.tr("Guests who say no may look through photos by time"))
        self.idle, self.session = QSpinBox(), QSpinBox()
        self.email = QCheckBox(self.tr("Guests may send photos by e-mail"))
        self.printing = QCheckBox(self.tr("Guests may print"))
        self.share = QCheckBox(self.tr("Guests may take photos along by phone (QR code)"))
        self.photos_a_mail, self.prints_a_guest = QSpinBox(), QSpinBox()
        self.prints_an_event = QSpinBox()
        self._arrange()
        WheelGuard(self).guard(self)
        self._connect()

    def show_settings(self, settings: KioskSettings, own: Sequence[ConsentText]) -> None:
        """Show settings; ``own`` are the program's consent texts."""
        self._filling = True
        self._settings, self._own = settings, tuple(own)
        self.greeting.setText(settings.greeting)
        self.organizer.setText(settings.organizer_name)
        self.accent.show_accent(settings.accent)
        self.logo.show_logo(settings.logo)
        self.consent.show_texts(
            texts_in_use(settings, own), own, settings.languages, settings.consent_version
        )
        self.browse.setChecked(settings.browse_without_face)
        self.email.setChecked(settings.email_enabled)
        self.printing.setChecked(settings.print_enabled)
        self.share.setChecked(settings.share_enabled)
        self.idle.setValue(settings.idle_seconds)
        self.session.setValue(settings.session_seconds)
        self.photos_a_mail.setValue(settings.photos_a_mail)
        self.prints_a_guest.setValue(settings.prints_a_guest)
        self.prints_an_event.setValue(settings.prints_an_event)
        self.pin.show_hash(settings.pin_hash)
        self._filling = False
        self._show_enabled()

    @property
    def settings(self) -> KioskSettings:
        """The settings as edited; texts that were not changed stay as they were kept."""
        texts = self.consent.texts
        same = texts == texts_in_use(self._settings, self._own)
        return replace(
            self._settings,
            greeting=self.greeting.text().strip(),
            organizer_name=self.organizer.text().strip(),
            accent=self.accent.accent,
            logo=self.logo.logo,
            languages=self.consent.languages,
            consent_texts=self._settings.consent_texts if same else texts,
            browse_without_face=self.browse.isChecked(),
            idle_seconds=self.idle.value(),
            session_seconds=self.session.value(),
            email_enabled=self.email.isChecked(),
            print_enabled=self.printing.isChecked(),
            share_enabled=self.share.isChecked(),
            prints_a_guest=self.prints_a_guest.value(),
            prints_an_event=self.prints_an_event.value(),
            photos_a_mail=self.photos_a_mail.value(),
            pin_hash=self.pin.pin_hash,
        )

    def problem(self) -> str:
        """Return what keeps the settings from being saved, "" for nothing."""
        return self.consent.problem()

    def _arrange(self) -> None:
        self.greeting.setMaxLength(_LONGEST_GREETING)
        self.greeting.setPlaceholderText(self.tr("Find your photos"))
        self.organizer.setMaxLength(_LONGEST_GREETING)
        self.organizer.setPlaceholderText(self.tr("Name of the studio or the host"))
        welcome = section(self.column, self.tr("Welcome"))
        put(welcome, 0, self.tr("Greeting on the first screen"), self.greeting)
        put(welcome, 1, self.tr("Who is responsible (named in the consent text)"), self.organizer)
        look = section(self.column, self.tr("Branding"))
        put(look, 0, self.tr("Accent colour"), self.accent)
        put(look, 1, self.tr("Logo"), self.logo)
        consent = section(
            self.column,
            self.tr("Consent"),
            self.tr(
                "What guests agree to before the camera is switched on. Other words get a new "
                "version, which is noted with each consent."
            ),
        )
        consent.addWidget(self.consent, 0, 0, 1, 2)
        consent.addWidget(self.browse, 1, 0, 1, 2)
        self._arrange_limits()
        staff = section(self.column, self.tr("Staff PIN"))
        staff.addWidget(self.pin, 0, 0, 1, 2)
        self.column.addStretch(1)

    def _arrange_limits(self) -> None:
        no_limit = self.tr("no limit")
        for box, most in (
            (self.idle, 3_600),
            (self.session, 7_200),
            (self.photos_a_mail, 1_000),
            (self.prints_a_guest, 100),
            (self.prints_an_event, 100_000),
        ):
            box.setRange(0, most)
            box.setSpecialValueText(no_limit)
            box.setFixedWidth(150)
        seconds = self.tr(" s", "seconds")
        self.idle.setSuffix(seconds)
        self.session.setSuffix(seconds)
        times = section(self.column, self.tr("Time limits"))
        pair(
            times,
            0,
            (self.tr("Nobody touches the screen for"), self.idle),
            (self.tr("One guest at most"), self.session),
        )
        taking = section(self.column, self.tr("Taking photos along"))
        taking.addWidget(self.email, 0, 0, 1, 2)
        pair(taking, 1, (self.tr("Photos in one e-mail"), self.photos_a_mail))
        taking.addWidget(self.printing, 2, 0, 1, 2)
        pair(
            taking,
            3,
            (self.tr("Sheets of paper for each guest"), self.prints_a_guest),
            (self.tr("Sheets of paper for the whole event"), self.prints_an_event),
        )
        taking.addWidget(self.share, 4, 0, 1, 2)

    def _connect(self) -> None:
        for text in (self.greeting, self.organizer):
            text.textEdited.connect(self._on_edited)
        for part in (self.accent, self.logo, self.consent, self.pin):
            part.edited.connect(self._on_edited)
        for box in (
            self.idle,
            self.session,
            self.photos_a_mail,
            self.prints_a_guest,
            self.prints_an_event,
        ):
            box.valueChanged.connect(self._on_edited)
        for tick in (self.browse, self.email, self.printing, self.share):
            tick.toggled.connect(self._on_edited)

    def _on_edited(self) -> None:
        if not self._filling:
            self._show_enabled()
            self.edited.emit()

    def _show_enabled(self) -> None:
        self.photos_a_mail.setEnabled(self.email.isChecked())
        self.prints_a_guest.setEnabled(self.printing.isChecked())
        self.prints_an_event.setEnabled(self.printing.isChecked())
