"""The assistant's second step: the model packs, their licence, and fetching one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.errors import Cancelled
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.ui.bridge.jobs import Job, Jobs
from eventsnap_desktop.ui.organizer.first_steps import FirstSteps, PackOffer, PackProgress
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.pieces import badge, button, card, label, restyle
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_MEGA = 1_000_000


class ModelsStep(QWidget):
    """Lists the packs; nothing is fetched or used before the licence is acknowledged."""

    changed = Signal()
    """The licence was acknowledged or not, or fetching began or ended."""
    kept = Signal()
    refused = Signal(str)

    def __init__(self, jobs: Jobs, steps: FirstSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._steps = jobs, steps
        self._offers: tuple[PackOffer, ...] = ()
        self._job: Job[list[PackOffer]] | None = None
        self.fetch_buttons: dict[str, QPushButton] = {}
        self.agreed = QCheckBox(self.tr("I have read this. It holds for each of these packs."))
        self.bar, self.stop = QProgressBar(), button(self.tr("Stop"), "stop")
        self.from_file = button(self.tr("Take one from a file…"), "folder")
        self.said, self._licence = label("", "faint", wrap=True), label("", wrap=True)
        self._rows = QVBoxLayout()
        self._arrange()
        self.agreed.toggled.connect(self._show_enabled)
        self.stop.clicked.connect(self._on_stop)
        self.from_file.clicked.connect(self._ask_for_file)

    @property
    def is_ready(self) -> bool:
        """Whether one may go on."""
        return self.agreed.isChecked() and not self.is_fetching

    @property
    def is_fetching(self) -> bool:
        """Whether a pack is being fetched."""
        return self._job is not None and self._job.is_running

    def load(self) -> None:
        """Look which packs are there."""
        self._jobs.call(
            self._steps.list_packs, owner=self, done=self.show_offers, failed=self._on_failed
        )

    def show_offers(self, offers: list[PackOffer]) -> None:
        """Show the packs."""
        self._offers = tuple(offers)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fetch_buttons = {}
        for offer in offers:
            self._rows.addWidget(self._row(offer))
        self._licence.setText(in_window_language(offers[0].licence) if offers else "")
        if any(one.accepted for one in offers):
            self.agreed.setChecked(True)
        self._show_enabled()

    def keep(self) -> None:
        """Record the acknowledgement for the packs that are there; ``kept`` or ``refused``."""
        names = [one.name for one in self._offers if one.present and not one.accepted]
        self._jobs.call(
            partial(accept_all, self._steps, names),
            owner=self,
            done=self._on_kept,
            failed=self._on_refused,
        )

    def take_file(self, file: Path) -> None:
        """Take what packs a file holds, carried over from another computer."""
        self._begin(partial(import_and_list, self._steps, file))
        self._say(self.tr("Looking into {name}…").format(name=file.name))

    def close_down(self) -> None:
        """Stop fetching: the assistant closes."""
        if self._job is not None:
            self._job.cancel()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(self.tr("How faces are recognised"), "title"))
        text = self.tr("A model pack finds faces and compares them, on this computer only.")
        column.addWidget(label(text, "faint", wrap=True))
        packs, in_packs = card(margin=16, spacing=0)
        self._rows.setSpacing(14)
        in_packs.addLayout(self._rows)
        in_packs.addSpacing(14)
        in_packs.addWidget(self._file_line())
        column.addWidget(packs)
        frame, inside = card(margin=16, spacing=8)
        inside.addWidget(label(self.tr("Licence"), "heading"))
        inside.addWidget(self._licence)
        inside.addWidget(self.agreed)
        column.addWidget(frame)
        self.stop.setAccessibleName(self.tr("Stop fetching"))
        self.bar.setAccessibleName(self.tr("How much has arrived"))
        line = QHBoxLayout()
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        column.addLayout(line)
        column.addWidget(self.said)
        column.addStretch(1)
        self.bar.setRange(0, 1000)
        self.bar.hide()
        self.stop.hide()

    def _file_line(self) -> QWidget:
        made = QWidget()
        text = self.tr("Without internet: on a stick, a ZIP or a wheel from another computer.")
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(text, "faint", wrap=True), 1)
        line.addWidget(self.from_file)
        return made

    def _row(self, offer: PackOffer) -> QWidget:
        made = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(offer.name, "heading"))
        words.addWidget(label(self._purpose(offer), "faint", wrap=True))
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(words, 1)
        if offer.present:
            line.addWidget(badge(self.tr("Ready"), "good"))
        elif offer.megabytes:
            size = QLocale().toString(offer.megabytes)
            fetch = button(self.tr("Fetch ({size} MB)").format(size=size), "import")
            fetch.setAccessibleName(self.tr("Fetch {name}").format(name=offer.name))
            fetch.clicked.connect(partial(self._fetch, offer.name))
            self.fetch_buttons[offer.name] = fetch
            line.addWidget(fetch)
        else:
            line.addWidget(badge(self.tr("Missing"), "danger"))
        return made

    def _purpose(self, offer: PackOffer) -> str:
        if not offer.present and not offer.megabytes:
            return in_window_language(offer.problem)
        purposes = {
            "lite": self.tr("For every computer, also without a graphics card."),
            "standard": self.tr("More exact; for computers with an NVIDIA graphics card."),
            "seed": self.tr("Only for events that go on from the EventSnap cloud."),
        }
        return purposes.get(offer.name, "")

    def _ask_for_file(self) -> None:
        kinds = self.tr("Model packs (*.zip *.whl)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Take a model pack"), "", kinds)
        if name:
            self.take_file(Path(name))

    def _fetch(self, name: str) -> None:
        self._begin(partial(accept_and_fetch, self._steps, name))
        self._say(self.tr("Fetching {name}…").format(name=name))

    def _begin(self, work: Callable[[object, Cancel], list[PackOffer]]) -> None:
        self._job = self._jobs.run(
            work,
            owner=self,
            lane="packs",
            done=self._on_fetched,
            failed=self._on_failed,
            progress=self._on_progress,
        )
        self.bar.setValue(0)
        self._show_enabled()

    def _on_progress(self, progress: PackProgress) -> None:
        done = QLocale().toString(progress.done // _MEGA)
        if progress.total:
            total = QLocale().toString(progress.total // _MEGA)
            self.bar.setValue(progress.done * 1000 // progress.total)
            text = self.tr("{archive}: {done} of {total} MB")
            self._say(text.format(archive=progress.archive, done=done, total=total))
        else:
            self._say(self.tr("{archive}: {done} MB").format(archive=progress.archive, done=done))

    def _on_fetched(self, offers: list[PackOffer]) -> None:
        self._job = None
        self._say(self.tr("The pack is here and was checked."), "good")
        self.show_offers(offers)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            self._say(self.tr("Stopped. Fetching again goes on where it broke off."))
        else:
            self._say(sentence(error), "danger")
        self._show_enabled()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _show_enabled(self) -> None:
        fetching = self.is_fetching
        self.bar.setVisible(fetching)
        self.stop.setVisible(fetching)
        for fetch in self.fetch_buttons.values():
            fetch.setEnabled(self.agreed.isChecked() and not fetching)
            fetch.setToolTip("" if self.agreed.isChecked() else self.tr("Read the licence first."))
        self.from_file.setEnabled(self.agreed.isChecked() and not fetching)
        self.from_file.setToolTip(
            "" if self.agreed.isChecked() else self.tr("Read the licence first.")
        )
        self.agreed.setEnabled(not fetching)
        self.changed.emit()

    def _say(self, text: str, role: str = "faint") -> None:
        self.said.setText(text)
        self.said.setProperty("role", role)
        restyle(self.said)

    def _on_kept(self, _: None) -> None:
        self.kept.emit()

    def _on_refused(self, error: Exception) -> None:
        self.refused.emit(sentence(error))


def accept_all(steps: FirstSteps, names: list[str]) -> None:
    """Record that the licences of some packs were acknowledged; blocks."""
    for name in names:
        steps.accept_licence(name)


def accept_and_fetch(
    steps: FirstSteps, name: str, report: object, cancel: Cancel
) -> list[PackOffer]:
    """Record the acknowledgement of one pack, fetch it, and list the packs; blocks."""
    steps.accept_licence(name)
    steps.fetch_pack(name, report, cancel)  # type: ignore[arg-type] # the bridge takes any report
    return steps.list_packs()


def import_and_list(
    steps: FirstSteps, file: Path, report: object, cancel: Cancel
) -> list[PackOffer]:
    """Take the packs in a file, and list all; blocks."""
    del report
    steps.import_pack(file, cancel)
    return steps.list_packs()
