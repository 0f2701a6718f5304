"""Shows what leaves an event: an e-mail, a photo, a printed sheet, the Wi-Fi's code."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from eventsnap_desktop.delivery.wifi_words import wifi_words
from eventsnap_desktop.domain.outgoing import OutputSettings
from eventsnap_desktop.ui.organizer.output_pictures import MailPreview
from eventsnap_desktop.ui.widgets.pieces import label
from eventsnap_desktop.ui.widgets.qr_modules import QUIET, qr_modules
from eventsnap_desktop.ui.widgets.theme import colours_now

_MARGIN = 14
_LARGEST_CODE = 340


class OutputPicture(QWidget):
    """A picture as large as there is room, with a shadow that tells white from the ground."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setAccessibleName(name)
        self.setMinimumSize(240, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage | None:
        """What it shows."""
        return self._image

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size in which a caption can be read."""
        return QSize(400, 400)

    def show_image(self, image: QImage | None) -> None:
        """Show a picture."""
        self._image = image
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it in the middle."""
        if self._image is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room_x, room_y = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        scale = min(room_x / self._image.width(), room_y / self._image.height())
        width, height = self._image.width() * scale, self._image.height() * scale
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        for step in range(1, 6):
            painter.fillRect(place.adjusted(-step, -step + 2, step, step + 2), QColor(0, 0, 0, 12))
        ratio = self.devicePixelRatioF()
        small = self._image.scaled(
            QSize(round(width * ratio), round(height * ratio)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(place, small)
        painter.end()


class WifiCode(QWidget):
    """The code that phones join the Wi-Fi by, as guests see it, or why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules = QImage()
        self.words = ""
        self._name = ""
        self.setMinimumSize(240, 240)
        self.setAccessibleName(self.tr("Code of the Wi-Fi"))

    def show_wifi(self, name: str, password: str) -> None:
        """Show the code of a network, "" for none."""
        self.words, self._name = wifi_words(name, password), name
        self._modules = qr_modules(self.words) if self.words else QImage()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the code on white, in whole pixels, with the name below."""
        painter = QPainter(self)
        colours = colours_now()
        if self._modules.isNull():
            painter.setPen(QColor(colours.faint))
            said = self.tr("Name the Wi-Fi in the form, and guests get a code for it.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()).adjusted(30, 0, -30, 0), int(flags), said)
            painter.end()
            return
        modules = self._modules.width() + 2 * QUIET
        room = min(self.width() - 2 * _MARGIN, self.height() - 90, _LARGEST_CODE)
        size = max(1, room // modules)
        card = QRectF(0, 0, modules * size, modules * size)
        card.moveCenter(QRectF(self.rect()).center())
        card.moveTop(round(card.top()) - 16)
        card.moveLeft(round(card.left()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.border))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(card, 10, 10)
        inner = self._modules.width() * size
        code = self._modules.scaled(inner, inner)
        painter.drawImage(round(card.left()) + QUIET * size, round(card.top()) + QUIET * size, code)
        painter.setPen(QColor(colours.text))
        below = QRectF(0, card.bottom() + 8, self.width(), 30)
        said = self.tr("Wi-Fi: {name}").format(name=self._name)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, said)
        painter.end()


class MailSheet(QWidget):
    """An e-mail's subject and page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject, self._page = label("", "heading", wrap=True), QTextBrowser()
        self._page.setOpenLinks(False)
        self._page.setAccessibleName(self.tr("Preview of the e-mail"))
        # An e-mail has its own colours, which are those of paper.
        self._page.setStyleSheet("QTextBrowser { background: white; color: #1a1a1a; }")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._subject)
        column.addWidget(self._page, 1)

    @property
    def subject(self) -> str:
        """The subject."""
        return self._subject.text()

    @property
    def text(self) -> str:
        """What the e-mail says."""
        return self._page.toPlainText()

    def show_mail(self, mail: MailPreview) -> None:
        """Show an e-mail."""
        self._subject.setText(mail.subject)
        self._page.setHtml(mail.page)


class OutputPreview(QStackedWidget):
    """One of the four at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mail = MailSheet()
        self.photo = OutputPicture(self.tr("Preview of a photo"))
        self.sheet = OutputPicture(self.tr("Preview of a print"))
        self.wifi = WifiCode()
        for view in (self.mail, self.photo, self.sheet, self.wifi):
            self.addWidget(view)

    def show_wifi(self, settings: OutputSettings) -> None:
        """Show the code of the Wi-Fi."""
        self.wifi.show_wifi(settings.wifi_name, settings.wifi_password)
