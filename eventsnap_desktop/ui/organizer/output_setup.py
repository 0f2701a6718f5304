"""What leaves an event, beside a preview that follows it, saved on purpose only."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from eventsnap_desktop.domain.outgoing import Branding, OutputSettings
from eventsnap_desktop.ui.bridge.jobs import Job, Jobs
from eventsnap_desktop.ui.organizer.output_form import OutputForm
from eventsnap_desktop.ui.organizer.output_pictures import (
    MailPreview,
    OutputView,
    mail_preview,
    photo_picture,
    sheet_picture,
)
from eventsnap_desktop.ui.organizer.output_preview import OutputPreview
from eventsnap_desktop.ui.organizer.save_bar import SaveBar
from eventsnap_desktop.ui.widgets.pieces import button, card, label, row

_PREVIEW_WIDTHS = (400, 760)
_DRAWN_AFTER = 200  # milliseconds without a change


class OutputSetup(QWidget):
    """Form, preview and a bar that says what is not saved.

    ``everywhere``: links open outside the event's network too, and e-mails do not say otherwise.
    """

    save_wanted = Signal(object)
    """The OutputSettings to be saved."""

    def __init__(self, jobs: Jobs, everywhere: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._everywhere = jobs, everywhere
        self._saved, self._branding, self._language = OutputSettings(), Branding(), "en"
        self._drawing: Job[QImage] | None = None
        self.form, self.preview = OutputForm(), OutputPreview()
        self.views = QButtonGroup(self)
        self.bar = SaveBar()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAWN_AFTER)
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
        self._show_bar()

    @property
    def draft(self) -> OutputSettings:
        """The settings as edited."""
        return self.form.settings

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved."""
        return self.form.settings != self._saved

    def show_settings(
        self,
        saved: OutputSettings,
        branding: Branding,
        language: str,
        draft: OutputSettings | None = None,
    ) -> None:
        """Show what is saved, and over it a draft that is not yet; ``language`` is a guest's."""
        self._saved, self._branding, self._language = saved, branding, language
        self.form.show_settings(draft or saved)
        self.form.logo.setEnabled(bool(branding.logo))
        no_logo = self.tr("There is no logo: choose one on the Kiosks page.")
        self.form.logo.setToolTip("" if branding.logo else no_logo)
        self._show_all()

    def show_view(self, view: OutputView) -> None:
        """Show an e-mail, a photo, a print or the Wi-Fi's code."""
        self._mark_view(view)
        self._draw()

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
        names = (self.tr("E-mail"), self.tr("Photo"), self.tr("Print"), self.tr("Wi-Fi"))
        bar = row(label(self.tr("Preview"), "heading"), None, spacing=6)
        for number, text in enumerate(names):
            segment = button(text, kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == 0)
            self.views.addButton(segment, number)
            bar.addWidget(segment)
        column.addLayout(bar)
        column.addWidget(self.preview, 1)
        return side

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.views.idClicked.connect(self._on_view)
        self._soon.timeout.connect(self._draw)
        self.bar.save.clicked.connect(self._on_save)
        self.bar.discard.clicked.connect(self._on_discard)

    def _on_edited(self, view: OutputView) -> None:
        self._show_bar()
        self._mark_view(view)
        self._soon.start()

    def _mark_view(self, view: OutputView) -> None:
        number = list(OutputView).index(view)
        self.views.button(number).setChecked(True)
        self.preview.setCurrentIndex(number)

    def _on_view(self, number: int) -> None:
        self.show_view(list(OutputView)[number])

    def _show_all(self) -> None:
        self._show_bar()
        self._draw()

    def _show_bar(self) -> None:
        unsaved = self.tr("Not saved yet") if self.is_changed else ""
        self.bar.show_state(unsaved, self.form.problem())

    def _draw(self) -> None:
        """Show the view that is chosen as it would be with the settings as edited."""
        self._soon.stop()
        settings = self.form.settings
        branding = replace(
            self._branding,
            watermark=settings.watermark,
            frame=settings.frame,
            caption=settings.print_caption,
        )
        view = list(OutputView)[max(0, self.views.checkedId())]
        if self._drawing is not None:
            self._drawing.cancel()
        if view is OutputView.WIFI:
            self.preview.show_wifi(settings)
        elif view is OutputView.MAIL:
            self._jobs.call(
                partial(mail_preview, settings, branding, self._language, self._everywhere),
                owner=self,
                lane="pictures",
                done=self._show_mail,
            )
        else:
            is_photo = view is OutputView.PHOTO
            self._drawing = self._jobs.call(
                partial(photo_picture if is_photo else sheet_picture, settings, branding),
                owner=self,
                lane="pictures",
                done=(self.preview.photo if is_photo else self.preview.sheet).show_image,
            )

    def _show_mail(self, mail: MailPreview) -> None:
        self.preview.mail.show_mail(mail)

    def _on_save(self) -> None:
        self.save_wanted.emit(self.form.settings)

    def _on_discard(self) -> None:
        self.show_settings(self._saved, self._branding, self._language)
