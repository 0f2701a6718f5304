"""The bar above a photo: where it is among the others, and what can be done with it."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.ui.organizer.photo_places import folder_of
from eventsnap_desktop.ui.widgets.pieces import badge, icon_button, label, row, set_icon


class ViewerBar(QFrame):
    """Buttons for the viewer to connect to, and words to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = icon_button("close", self.tr("Close (Esc)"))
        self.previous = icon_button("left", self.tr("Previous photo (Left)"))
        self.next = icon_button("right", self.tr("Next photo (Right)"))
        self.zoom_out = icon_button("zoom-out", self.tr("Zoom out (-)"))
        self.zoom_in = icon_button("zoom-in", self.tr("Zoom in (+)"))
        self.fit = icon_button("fit", self.tr("Whole photo (0)"))
        self.boxes = icon_button("faces", self.tr("Boxes around faces (B)"))
        self.boxes.setCheckable(True)
        self.boxes.setChecked(True)
        self.hide_photo = icon_button("hide", self.tr("Hide from every gallery (H)"))
        self.slideshow = icon_button("kiosks", "")
        self.folder = icon_button("folder", "")
        self._name, self._place = label("", "heading"), label("", "small")
        self._hidden, self._trouble = badge(self.tr("Hidden"), "warning"), label("", "danger")
        self._approved = badge(self.tr("First screen"), "accent")
        self._zoom, self._busy = label("", "small"), label("", "faint")
        self._zoom.setFixedWidth(48)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._arrange()

    @property
    def place(self) -> str:
        """Where the photo is among the others, as it is shown."""
        return self._place.text()

    @property
    def name(self) -> str:
        """The photo's name as it is shown."""
        return self._name.text()

    @property
    def trouble(self) -> str:
        """Why the photo cannot be shown; "" where it can."""
        return self._trouble.text()

    @property
    def is_approved_shown(self) -> bool:
        """Whether it is said that the photo is shown on the kiosks' first screen."""
        return not self._approved.isHidden()

    def show_place(self, place: int, count: int) -> None:
        """Say which of how many photos this is."""
        number = QLocale().toString
        text = self.tr("{place} of {count}").format(place=number(place + 1), count=number(count))
        self._place.setText(text)
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < count)

    def show_photo(self, photo: PhotoRow, source: str) -> None:
        """Show a photo's name, and what can be done with it."""
        self._name.setText(photo.key.rpartition("/")[2])
        self._name.setToolTip(photo.key)
        self._hidden.setVisible(photo.hidden)
        self._trouble.clear()
        tip = self.tr("Show in galleries again (H)")
        if not photo.hidden:
            tip = self.tr("Hide from every gallery (H)")
        set_icon(self.hide_photo, "show" if photo.hidden else "hide")
        self.hide_photo.setToolTip(tip)
        self.hide_photo.setAccessibleName(tip)
        self._approved.setVisible(photo.slideshow)
        tip = self.tr("Show on the kiosks’ first screen (K)")
        if photo.slideshow:
            tip = self.tr("Do not show on the kiosks’ first screen (K)")
        self.slideshow.setToolTip(tip)
        self.slideshow.setAccessibleName(tip)
        tip = self.tr("Open the containing folder")
        if folder_of(source, photo.key) is None:
            tip = self.tr("These photos are not in a folder of this machine")
        self.folder.setEnabled(folder_of(source, photo.key) is not None)
        self.folder.setToolTip(tip)
        self.folder.setAccessibleName(tip)

    def show_zoom(self, scale: float) -> None:
        """Show how large a photo's pixel is on the screen."""
        self._zoom.setText(self.tr("{n} %").format(n=round(scale * 100)))

    def say(self, trouble: str) -> None:
        """Say why the photo cannot be shown."""
        self._trouble.setText(trouble)

    def say_busy(self, text: str) -> None:
        """Say what is being done; "" when it is over."""
        self._busy.setText(text)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._place)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 14, 10)
        line.setSpacing(14)
        line.addWidget(self.back)
        line.addLayout(words, 1)
        line.addWidget(self._busy)
        line.addWidget(self._trouble)
        line.addWidget(self._hidden)
        line.addWidget(self._approved)
        line.addLayout(row(self.previous, self.next, spacing=2))
        line.addLayout(row(self.zoom_out, self._zoom, self.zoom_in, self.fit, spacing=2))
        line.addLayout(row(self.boxes, self.hide_photo, self.slideshow, self.folder, spacing=2))
