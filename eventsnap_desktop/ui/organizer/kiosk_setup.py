"""The kiosks' settings beside a miniature that follows them, saved on purpose only."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings
from eventsnap_desktop.flows.consent_texts import as_read
from eventsnap_desktop.ui.organizer.kiosk_form import KioskForm
from eventsnap_desktop.ui.organizer.kiosk_preview import (
    PREVIEW_WORDS,
    KioskPreview,
    PreviewScreen,
    PreviewState,
)
from eventsnap_desktop.ui.organizer.save_bar import SaveBar
from eventsnap_desktop.ui.widgets.pieces import button, card, label, row

_PREVIEW_WIDTHS = (400, 760)


class KioskSetup(QWidget):
    """Form, preview and a bar that says what is not saved."""

    save_wanted = Signal(object)
    """The KioskSettings to be saved."""
    logo_wanted = Signal(str)
    """The path of a picture to be loaded for the preview."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved, self._own = KioskSettings(), tuple[ConsentText, ...]()
        self._logo: QImage | None = None
        self._logo_path = ""
        self.form, self.preview = KioskForm(), KioskPreview()
        self._screens, self._turns = QButtonGroup(self), QButtonGroup(self)
        self.bar = SaveBar()
        sides = row(self.form, spacing=20)
        sides.addWidget(self._preview_side())
        sides.setStretch(0, 5)
        sides.setStretch(1, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(sides, 1)
        column.addWidget(self.bar)
        self._connect()
        self._show_all()

    @property
    def draft(self) -> KioskSettings:
        """The settings as edited."""
        return self.form.settings

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved."""
        return self.form.settings != self._saved

    def show_settings(
        self,
        saved: KioskSettings,
        own: Sequence[ConsentText],
        draft: KioskSettings | None = None,
    ) -> None:
        """Show what is saved, and over it a draft that is not yet."""
        self._saved, self._own = saved, tuple(own)
        self.form.show_settings(draft or saved, own)
        self._show_all()

    def show_logo(self, path: str, picture: QImage | None, problem: str) -> None:
        """Show the picture that was asked for, or what is wrong with it."""
        if path == self.form.logo.logo:
            self._logo = picture
            self.form.logo.show_problem(problem)
            self._show_preview()

    def show_saving(self, saving: bool) -> None:
        """Show whether the settings are being saved."""
        self.form.setDisabled(saving)
        if saving:
            self.bar.show_saving()
        else:
            self._show_bar()

    def _preview_side(self) -> QWidget:
        side, column = card(spacing=10, margin=14)
        side.setMinimumWidth(_PREVIEW_WIDTHS[0])
        side.setMaximumWidth(_PREVIEW_WIDTHS[1])
        first = self._segment(self._screens, 0, self.tr("First screen"))
        second = self._segment(self._screens, 1, self.tr("Consent"))
        wide = self._segment(self._turns, 0, self.tr("Landscape"))
        high = self._segment(self._turns, 1, self.tr("Portrait"))
        column.addLayout(row(label(self.tr("Preview"), "heading"), None, first, second, spacing=6))
        column.addWidget(self.preview, 1)
        column.addLayout(row(None, wide, high, None, spacing=6))
        return side

    @staticmethod
    def _segment(group: QButtonGroup, number: int, text: str) -> QPushButton:
        made = button(text, kind="segment")
        made.setCheckable(True)
        made.setChecked(number == 0)
        group.addButton(made, number)
        return made

    def _connect(self) -> None:
        self.form.edited.connect(self._show_all)
        self.form.consent.language_shown.connect(self._show_preview)
        self._screens.idClicked.connect(self._show_preview)
        self._turns.idClicked.connect(self._show_preview)
        self.bar.save.clicked.connect(self._on_save)
        self.bar.discard.clicked.connect(self._on_discard)

    def _show_all(self) -> None:
        path = self.form.logo.logo
        if path != self._logo_path:
            self._logo_path, self._logo = path, None
            if path:
                self.logo_wanted.emit(path)
        self._show_bar()
        self._show_preview()

    def _show_bar(self) -> None:
        unsaved = self.tr("Not saved yet") if self.is_changed else ""
        self.bar.show_state(unsaved, self.form.problem())

    def _show_preview(self) -> None:
        settings, language = self.form.settings, self.form.consent.shown_language
        words = PREVIEW_WORDS.get(language, PREVIEW_WORDS["en"])
        texts = {text.language: text for text in self.form.consent.texts}
        shown = texts.get(language, ConsentText(language, "", ""))
        self.preview.show_state(
            PreviewState(
                list(PreviewScreen)[max(0, self._screens.checkedId())],
                self._turns.checkedId() == 1,
                settings.greeting,
                settings.accent,
                self._logo,
                as_read(shown, settings.organizer_name).summary,
                settings.languages,
                words,
            )
        )

    def _on_save(self) -> None:
        self.save_wanted.emit(self.form.settings)

    def _on_discard(self) -> None:
        self.show_settings(self._saved, self._own)
