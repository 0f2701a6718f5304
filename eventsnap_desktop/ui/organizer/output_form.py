"""The form of what leaves an event: e-mail, photos, prints, the page for phones."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from eventsnap_desktop.domain.outgoing import Attaching, OutputSettings, PrintLayout
from eventsnap_desktop.ui.organizer.frame_field import FrameField
from eventsnap_desktop.ui.organizer.output_pictures import OutputView
from eventsnap_desktop.ui.organizer.wifi_fields import WifiFields
from eventsnap_desktop.ui.widgets.form_section import pair, put, section
from eventsnap_desktop.ui.widgets.pieces import button, label
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.wheel_guard import WheelGuard

_LONGEST_LINE, _LONGEST_MARK, _LONGEST_TEXT = 150, 80, 4_000
_MOST_MEGABYTES, _MOST_MAILS, _LARGEST_SIDE, _MOST_HOURS = 50, 1_000_000, 20_000, 24 * 365
_TEXT_HEIGHT, _CAPTION_HEIGHT = 104, 58


class OutputForm(ScrollColumn):
    """Shows settings and returns them as edited."""

    edited = Signal(object)
    """The OutputView in which the change can be seen."""
    revoke_wanted = Signal()
    """The links that phones have shall not work any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = OutputSettings()
        self._filling = False
        self.subject, self.text = QLineEdit(), QPlainTextEdit()
        self.attaching = QButtonGroup(self)
        self.megabytes, self.mails_a_day, self.side = QSpinBox(), QSpinBox(), QSpinBox()
        self.watermark, self.frame = QLineEdit(), FrameField()
        self.date = QCheckBox(self.tr("When a photo was taken stays in it"))
        self.camera = QCheckBox(self.tr("The camera’s make and model stay in it"))
        self.place = QCheckBox(self.tr("Where it was taken stays in it"))
        self.layout_choice, self.caption = QComboBox(), QPlainTextEdit()
        self.logo = QCheckBox(self.tr("The logo of the kiosks’ settings"))
        self.qr = QCheckBox(self.tr("A QR code that opens the photos on a phone"))
        self.hours, self.wifi = QSpinBox(), WifiFields()
        self.revoke = button(self.tr("End all links now…"), "lock", "danger")
        self._arrange_mail()
        self._arrange_photos()
        self._arrange_print()
        self._arrange_phone()
        self.column.addStretch(1)
        WheelGuard(self).guard(self)
        self._connect()

    def show_settings(self, settings: OutputSettings) -> None:
        """Show settings."""
        self._filling = True
        self._settings = settings
        self.subject.setText(settings.mail_subject)
        self.text.setPlainText(settings.mail_text)
        self.attaching.button(list(Attaching).index(settings.attaching)).setChecked(True)
        self.megabytes.setValue(settings.mail_megabytes)
        self.mails_a_day.setValue(settings.mails_a_day)
        self.side.setValue(settings.longer_side)
        self.watermark.setText(settings.watermark)
        self.frame.show_frame(settings.frame)
        self.date.setChecked(settings.keep_date)
        self.camera.setChecked(settings.keep_camera)
        self.place.setChecked(settings.keep_place)
        self.layout_choice.setCurrentIndex(list(PrintLayout).index(settings.print_layout))
        self.caption.setPlainText(settings.print_caption)
        self.logo.setChecked(settings.print_logo)
        self.qr.setChecked(settings.print_qr)
        self.hours.setValue(settings.share_hours)
        self.wifi.show_wifi(settings.wifi_name, settings.wifi_password)
        self._filling = False
        self._show_enabled()

    @property
    def settings(self) -> OutputSettings:
        """The settings as edited."""
        return replace(
            self._settings,
            attaching=list(Attaching)[self.attaching.checkedId()],
            mail_megabytes=self.megabytes.value(),
            mails_a_day=self.mails_a_day.value(),
            mail_subject=self.subject.text().strip(),
            mail_text=self.text.toPlainText().strip()[:_LONGEST_TEXT],
            longer_side=self.side.value(),
            watermark=self.watermark.text().strip(),
            frame=self.frame.frame,
            keep_date=self.date.isChecked(),
            keep_camera=self.camera.isChecked(),
            keep_place=self.place.isChecked(),
            print_layout=list(PrintLayout)[self.layout_choice.currentIndex()],
            print_caption=self.caption.toPlainText().strip()[:_LONGEST_TEXT],
            print_logo=self.logo.isChecked(),
            print_qr=self.qr.isChecked(),
            share_hours=self.hours.value(),
            wifi_name=self.wifi.name,
            wifi_password=self.wifi.password,
        )

    def problem(self) -> str:
        """Return what keeps the settings from being saved, "" for nothing."""
        return self.wifi.problem()

    def _arrange_mail(self) -> None:
        self.subject.setMaxLength(_LONGEST_LINE)
        said = self.tr("Empty: the program’s own words, in the language of each guest")
        self.subject.setPlaceholderText(said)
        self.text.setPlaceholderText(said)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setTabChangesFocus(True)
        grid = section(
            self.column,
            self.tr("E-mail"),
            self.tr(
                "Your own words go to all guests as they are. {event}, {organizer} and {count} are "
                "filled in."
            ),
        )
        put(grid, 0, self.tr("Subject"), self.subject)
        put(grid, 1, self.tr("Text"), self.text)
        names = (
            self.tr("Attached as large as they are, in several e-mails if need be"),
            self.tr("Attached smaller, so that all fit into one e-mail"),
            self.tr("As a link to the guest’s own page, which needs this network"),
        )
        grid.addWidget(label(self.tr("Photos"), "small"), 4, 0, 1, 2)
        for number, text in enumerate(names):
            made = QRadioButton(text)
            self.attaching.addButton(made, number)
            grid.addWidget(made, 5 + number, 0, 1, 2)
        self.megabytes.setRange(1, _MOST_MEGABYTES)
        self.megabytes.setSuffix(self.tr(" MB", "megabytes"))
        self.mails_a_day.setRange(0, _MOST_MAILS)
        self.mails_a_day.setSpecialValueText(self.tr("no limit"))
        pair(
            grid,
            8,
            (self.tr("One e-mail is at most"), self.megabytes),
            (self.tr("E-mails a day (your provider’s limit)"), self.mails_a_day),
        )

    def _arrange_photos(self) -> None:
        self.side.setRange(0, _LARGEST_SIDE)
        self.side.setSingleStep(512)
        self.side.setSpecialValueText(self.tr("as it is"))
        self.side.setSuffix(self.tr(" px", "pixels"))
        self.watermark.setMaxLength(_LONGEST_MARK)
        self.watermark.setPlaceholderText(self.tr("None"))
        grid = section(
            self.column,
            self.tr("Photos"),
            self.tr("For e-mail, phones, and exports “as guests get them”."),
        )
        put(
            grid,
            0,
            self.tr("Watermark (a short text in the corner, also on prints)"),
            self.watermark,
        )
        pair(grid, 2, (self.tr("Longest side"), self.side), (self.tr("Frame"), self.frame))
        for number, tick in enumerate((self.date, self.camera, self.place)):
            grid.addWidget(tick, 3 + number, 0, 1, 2)
        said = self.tr(
            "Where a photo was taken can tell where somebody lives: it stays out unless you tick "
            "it. All else that cameras write, such as serial numbers and names, never goes out."
        )
        grid.addWidget(label(said, "small", wrap=True), 6, 0, 1, 2)

    def _arrange_print(self) -> None:
        for text in (
            self.tr("4×6 inches (10×15 cm)"),
            self.tr("5×7 inches (13×18 cm)"),
            self.tr("6×8 inches (15×20 cm)"),
            self.tr("Two strips of three photos (on 10×15 cm)"),
        ):
            self.layout_choice.addItem(text)
        self.caption.setPlaceholderText(self.tr("None"))
        self.caption.setFixedHeight(_CAPTION_HEIGHT)
        self.caption.setTabChangesFocus(True)
        grid = section(self.column, self.tr("Print"))
        put(grid, 0, self.tr("Paper"), self.layout_choice)
        said = self.tr("Caption, up to two lines; {event}, {organizer} and {date} are filled in")
        put(grid, 1, said, self.caption)
        grid.addWidget(self.logo, 4, 0, 1, 2)
        grid.addWidget(self.qr, 5, 0, 1, 2)

    def _arrange_phone(self) -> None:
        self.hours.setRange(1, _MOST_HOURS)
        self.hours.setSuffix(self.tr(" h", "hours"))
        grid: QGridLayout = section(
            self.column,
            self.tr("Phone"),
            self.tr(
                "Guests open their photos by a QR code. Their phones have to be in the same "
                "network: name its Wi-Fi here, and a second code lets them join it."
            ),
        )
        pair(
            grid,
            0,
            (self.tr("A link works for"), self.hours),
            (self.tr("Links that are out"), self.revoke),
        )
        grid.addWidget(self.wifi, 1, 0, 1, 2)

    def _connect(self) -> None:
        for box in (self.megabytes, self.mails_a_day, self.side, self.hours):
            box.setFixedWidth(150)
        changes: dict[OutputView, tuple[SignalInstance, ...]] = {
            OutputView.MAIL: (
                *(self.subject.textEdited, self.text.textChanged, self.attaching.idToggled),
                *(self.megabytes.valueChanged, self.mails_a_day.valueChanged),
            ),
            OutputView.PHOTO: (
                *(self.watermark.textEdited, self.side.valueChanged, self.frame.edited),
                *(self.date.toggled, self.camera.toggled, self.place.toggled),
            ),
            OutputView.PRINT: (
                *(self.layout_choice.currentIndexChanged, self.caption.textChanged),
                *(self.logo.toggled, self.qr.toggled),
            ),
            OutputView.WIFI: (self.hours.valueChanged, self.wifi.edited),
        }
        for view, signals in changes.items():
            for signal in signals:
                signal.connect(partial(self._on_edited, view))
        self.revoke.clicked.connect(self.revoke_wanted)

    def _on_edited(self, view: OutputView, *_: object) -> None:
        if not self._filling:
            self._show_enabled()
            self.edited.emit(view)

    def _show_enabled(self) -> None:
        is_link = list(Attaching)[self.attaching.checkedId()] is Attaching.LINK
        self.megabytes.setEnabled(not is_link)
