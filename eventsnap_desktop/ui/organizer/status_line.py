"""The window's lower edge: database, photo source, device, and what is being encoded."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStatusBar, QWidget

from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.ui.organizer.desk import VisionFacts
from eventsnap_desktop.ui.widgets.icon_label import IconLabel
from eventsnap_desktop.ui.widgets.pieces import label


class _Sign(QWidget):
    """An icon with a word."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._icon, self._text = IconLabel(icon_name, 16), label("")
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 8, 2)
        line.setSpacing(6)
        line.addWidget(self._icon)
        line.addWidget(self._text)

    def say(self, text: str, bad: bool = False, tip: str = "") -> None:
        """Show a word; red when something is wrong."""
        self._text.setText(text)
        self.setToolTip(tip or text)
        self.setAccessibleName(text)
        self._icon.show_icon(self._icon_name, "danger" if bad else "faint")


class StatusLine(QStatusBar):
    """Says little, and always the same things in the same places."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._database, self._source, self._device = (
            _Sign("database"),
            _Sign("folder"),
            _Sign("chip"),
        )
        for sign in (self._database, self._source, self._device):
            self.addWidget(sign)
        self._work, self._bar = label(""), QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Encoding progress"))
        self.addPermanentWidget(self._work)
        self.addPermanentWidget(self._bar)
        self._bar.hide()
        self.show_database(here=True, built_in=True)
        self.show_event(None)
        self._device.say(self.tr("Device not used yet"))

    def show_database(self, here: bool, built_in: bool) -> None:
        """Say whether the database answers."""
        name = self.tr("Built-in database") if built_in else self.tr("Database server")
        self._database.say(name if here else self.tr("Database is away"), bad=not here)

    def show_event(self, overview: EventOverview | None) -> None:
        """Say where the event's photos come from."""
        source = overview.event.source if overview is not None else ""
        short = source if len(source) <= 48 else f"…{source[-46:]}"
        self._source.say(short or self.tr("No photo source"), tip=source)

    def show_device(self, facts: VisionFacts) -> None:
        """Say where inference really runs, and why not on the GPU."""
        name = self.tr("GPU") if facts.provider == "cuda" else self.tr("CPU")
        text = self.tr("{device}, model pack {pack}").format(device=name, pack=facts.pack)
        self._device.say(text, tip=facts.reason or text)

    def show_work(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done; "" when nothing is."""
        self._work.setText(text)
        self._bar.setVisible(bool(text) and total > 0)
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(done)
