"""Find a person by selfie: who is looked for at the left, the photos in two groups at the right."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.matches import Band, Thresholds
from eventsnap_desktop.domain.notices import Subject
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.flows.explain import QueryTemplate
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.ui.bridge.jobs import Job
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.erase_dialog import EraseDialog
from eventsnap_desktop.ui.organizer.export_dialog import ExportChoice, ExportDialog
from eventsnap_desktop.ui.organizer.match_gallery import MatchGallery
from eventsnap_desktop.ui.organizer.match_list import MatchView
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.organizer.person_search import (
    LOWEST,
    PersonFound,
    search_again,
    search_selfies,
)
from eventsnap_desktop.ui.organizer.selfie_drops import SelfieDrops
from eventsnap_desktop.ui.organizer.selfie_tray import SelfieTray, SelfieView
from eventsnap_desktop.ui.organizer.selfies import (
    MOST_SELFIES,
    Selfie,
    selfie_of_image,
    selfies_of_files,
)
from eventsnap_desktop.ui.organizer.threshold_sliders import SliderView, ThresholdSliders
from eventsnap_desktop.ui.organizer.webcam_dialog import WebcamDialog
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.pieces import button, label, row
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_TELL_QUERY_AFTER = 300  # milliseconds after a slider rests
_BEST, _NEWEST = 0, 1


class FindPage(OrganizerPage):
    """Selfies and templates are in memory only; another event or "Clear" forgets them."""

    photo_wanted = Signal(object)
    """A PhotoId that shall be shown large."""
    query_changed = Signal(object)
    """The QueryTemplate that was searched with, None when nobody is looked for any more."""

    interests = frozenset({Subject.PHOTOS})
    camera = "0"
    """What the webcam's dialog opens."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Find a person"))
        self._event: Event | None = desk.current.chosen
        self._selfies: list[Selfie] = []
        self._found: PersonFound | None = None
        self._thresholds: Thresholds | None = None
        self._job: Job[PersonFound] | None = None
        self._again = False
        self.export = button(self.tr("Export…"), "export", "primary")
        self.erase = button(self.tr("Erase this person…"), "user-off", "danger")
        self.clear = button(self.tr("Clear"), "close")
        self.tray, self.sliders = SelfieTray(), ThresholdSliders(LOWEST)
        self.gallery, self.empty = MatchGallery(desk.thumbnails), EmptyState()
        self.summary, self._stack = label("", "faint"), QStackedWidget()
        self.orders = QButtonGroup(self)
        self._tell_timer = QTimer(self)
        self._tell_timer.setSingleShot(True)
        self._tell_timer.setInterval(_TELL_QUERY_AFTER)
        self._lay_out()
        self._connect()
        self._show_all()

    def refresh(self) -> None:
        """Search again with what is known of the person: photos came or went."""
        self._again = self._is_searching()  # what runs may have looked before the change
        if self._event is not None and self._found is not None and not self._again:
            self._run(partial(search_again, self.desk, self._event, self._found))

    def show_event(self, overview: EventOverview | None) -> None:
        """Forget the person when another event is chosen."""
        event = None if overview is None else overview.event
        if (event and event.id) != (self._event and self._event.id):
            self._forget()
            self._event = event
            self._show_all()
        self._event = event

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take selfies from files, as many as there is room for."""
        room = MOST_SELFIES - len(self._selfies)
        if len(paths) > room:
            self.banner.say(
                self.tr("Five selfies are enough; the others were left out."), "warning"
            )
        if self._event is None or room <= 0:
            return
        self.desk.jobs.call(
            partial(selfies_of_files, self.desk.works, list(paths)[:room]),
            owner=self,
            done=partial(self._on_read, self._event),
            failed=self.complain,
        )

    def add_image(self, image: QImage, name: str) -> None:
        """Take a picture that is no file."""
        if self._event is not None and len(self._selfies) < MOST_SELFIES:
            self.desk.jobs.call(
                partial(selfie_of_image, self.desk.works, name, image),
                owner=self,
                done=partial(self._on_made, self._event),
                failed=self.complain,
            )

    def paste(self, mime: QMimeData) -> None:
        """Take what a clipboard holds: files, or a picture."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.add_files(paths)
        elif mime.hasImage():
            self.add_image(QImage(mime.imageData()), self.tr("Pasted picture"))
        else:
            self.banner.say(self.tr("There is no picture in the clipboard."), "warning")

    def _lay_out(self) -> None:
        for made in (self.clear, self.erase, self.export):
            self.action_row.addWidget(made)
        side = ScrollColumn()
        side.setFixedWidth(336)
        side.column.addWidget(self.tray)
        side.column.addWidget(self.sliders)
        side.column.addStretch(1)
        right = QWidget()
        bar = row(self.summary, None, spacing=6)
        for number, text in ((_BEST, self.tr("Best first")), (_NEWEST, self.tr("Newest first"))):
            segment = button(text, kind="segment")
            segment.setCheckable(True)
            segment.setChecked(number == _BEST)
            self.orders.addButton(segment, number)
            bar.addWidget(segment)
        frame = row(spacing=20)
        holder = QVBoxLayout(right)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addLayout(bar)
        holder.addWidget(self.gallery, 1)
        self._stack.addWidget(right)
        self._stack.addWidget(self.empty)
        frame.addWidget(side)
        frame.addWidget(self._stack, 1)
        self.content.addLayout(frame, 1)

    def _connect(self) -> None:
        self.tray.files_wanted.connect(self._on_files_wanted)
        self.tray.webcam_wanted.connect(self._on_webcam_wanted)
        self.tray.paste_wanted.connect(self._on_paste)
        self.tray.dropped.connect(self.add_files)
        self.tray.removed.connect(self._on_removed)
        self.sliders.changed.connect(self._on_thresholds)
        self.sliders.kept.connect(self._on_keep)
        self.gallery.opened.connect(self.photo_wanted)
        self.orders.idClicked.connect(self._on_order)
        self.export.clicked.connect(self._on_export)
        self.erase.clicked.connect(self._on_erase)
        self.clear.clicked.connect(self._on_clear)
        self.empty.acted.connect(self._on_empty_acted)
        self._tell_timer.timeout.connect(self._tell_query)
        SelfieDrops(self, self.paste)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_paste)

    def _is_searching(self) -> bool:
        return self._job is not None and self._job.is_running

    def _on_read(self, event: Event, read: tuple[list[Selfie], list[str]]) -> None:
        selfies, unreadable = read
        if unreadable:
            names = ", ".join(unreadable)
            self.banner.say(self.tr("Cannot be read: {names}").format(names=names), "warning")
        self._add(event, selfies)

    def _on_made(self, event: Event, selfie: Selfie) -> None:
        self._add(event, [selfie])

    def _add(self, event: Event, selfies: list[Selfie]) -> None:
        if self._event is not None and event.id == self._event.id and selfies:
            self._selfies = [*self._selfies, *selfies][:MOST_SELFIES]
            self._search()

    def _on_removed(self, number: int) -> None:
        del self._selfies[number]
        if self._selfies:
            self._search()
        else:
            self._on_clear()

    def _search(self) -> None:
        if self._event is not None:
            self.banner.hide()
            self._found = None  # photos of other selfies might be another person's
            work = partial(search_selfies, self.desk, self._event, tuple(self._selfies))
            self._run(work)
            self._show_all()

    def _run(self, work: "partial[PersonFound]") -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self.desk.jobs.call(
            work, owner=self, lane="vision", done=self._show_found, failed=self._on_failed
        )

    def _show_found(self, found: PersonFound) -> None:
        anew = self._found is None or self._found.answer.template is not found.answer.template
        self._found = found
        if self._thresholds is None:
            self._thresholds = found.thresholds
        self._show_all()
        if anew:
            self._tell_query()
        if self._again:
            self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._show_all()
        self.complain(error)

    def _show_all(self) -> None:
        """Bring every part of the page in line with what is known."""
        self._show_tray()
        self._show_matches()
        here = self._found is not None and self._found.answer.template is not None
        for made in (self.export, self.erase, self.sliders):
            made.setEnabled(here)
        self.sliders.setVisible(here)
        self.clear.setEnabled(bool(self._selfies))
        self.tray.setEnabled(self._event is not None)

    def _show_tray(self) -> None:
        outcomes = () if self._found is None else self._found.answer.selfies
        known = len(outcomes) == len(self._selfies) and not self._is_searching()
        views = []
        waits = self.tr("Looking…") if self._is_searching() else self.tr("Not looked at yet")
        for number, selfie in enumerate(self._selfies):
            one = outcomes[number] if known else None
            accepted = None if one is None else one.accepted
            reason = in_window_language(one.reason or "") if one is not None else waits
            views.append(SelfieView(selfie.name, selfie.small, accepted, reason))
        self.tray.show_state(views)

    def _show_matches(self) -> None:
        found, thresholds = self._found, self._thresholds
        if found is None or thresholds is None or found.answer.template is None:
            self.gallery.show_matches(None, ())
            self._say_empty()
            return
        views = [MatchView(one, found.rows[one.photo_id]) for one in found.matches(thresholds)]
        if self.orders.checkedId() == _NEWEST:
            views.sort(key=lambda view: view.row.time, reverse=True)
        sure = sum(view.match.band is Band.SURE for view in views)
        maybe = len(views) - sure
        self.gallery.show_matches(self._event, views)
        self.sliders.show_state(SliderView(thresholds, found.thresholds, sure, maybe))
        numbers = self.locale()
        text = self.tr("{sure} sure, {maybe} maybe; searched {faces} faces in {time} ms")
        self.summary.setText(
            text.format(
                sure=numbers.toString(sure),
                maybe=numbers.toString(maybe),
                faces=numbers.toString(found.answer.searched_faces),
                time=numbers.toString(found.answer.search_ms, "f", 0),
            )
        )
        self._stack.setCurrentIndex(0)
        if not views:
            self._say_empty()

    def _say_empty(self) -> None:
        self._stack.setCurrentWidget(self.empty)
        show = self.empty.show_empty
        if self._event is None:
            show("events", self.tr("No event is open"), "", self.tr("Go to the events"))
        elif not self._selfies:
            said = self.tr("Add one to five pictures of one person, each with one clear face.")
            show("find", self.tr("Whom do you look for?"), said, self.tr("Choose selfies…"))
        elif self._is_searching():
            show("search", self.tr("Looking…"))
        elif self._found is not None and self._found.answer.template is None:
            said = self.tr("The reason stands beside each selfie. Try another picture.")
            show("user-off", self.tr("None of the selfies can be used"), said)
        elif self._found is not None:
            said = self.tr("Lower the thresholds to see photos that resemble the person less.")
            show("search", self.tr("No photo of this person"), said)
        else:
            show("warning", self.tr("The search did not work"), "", self.tr("Try again"))

    def _on_empty_acted(self) -> None:
        if self._event is None:
            self.asked.emit("events")
        elif self._selfies:
            self._search()
        else:
            self._on_files_wanted()

    def _on_thresholds(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._show_matches()
        self._tell_timer.start()

    def _on_order(self, _: int) -> None:
        self._show_matches()

    def _on_keep(self, thresholds: Thresholds) -> None:
        changes = {"match.sure": thresholds.sure, "match.maybe": thresholds.maybe}
        self.desk.jobs.call(
            partial(self.desk.works.save_settings, changes),
            owner=self,
            done=self._on_kept,
            failed=self.complain,
        )

    def _on_kept(self, _: LoadedSettings) -> None:
        self.did.emit((self.tr("Saved: these thresholds hold from the next start on."), None))

    def _tell_query(self) -> None:
        found, thresholds = self._found, self._thresholds
        query = None
        if found is not None and thresholds is not None and found.answer.template is not None:
            name = self.tr("the person on the selfies")
            query = QueryTemplate(found.answer.template, thresholds, name)
        self.query_changed.emit(query)

    def _on_files_wanted(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose selfies"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_files_chosen)
        dialog.open()

    def _on_files_chosen(self, files: list[str]) -> None:
        self.add_files([Path(file) for file in files])

    def _on_webcam_wanted(self) -> None:
        dialog = WebcamDialog(self.desk, self.camera, self)
        dialog.taken.connect(self._on_taken)
        dialog.open()

    def _on_taken(self, image: QImage) -> None:
        self.add_image(image, self.tr("Webcam"))

    def _on_paste(self) -> None:
        self.paste(QGuiApplication.clipboard().mimeData())

    def _on_export(self) -> None:
        if self._event is None or self._found is None or self._thresholds is None:
            return
        chosen = set(self.gallery.chosen())
        matches = self._found.matches(self._thresholds)
        choice = ExportChoice(
            tuple(one.photo_id for one in matches if one.band is Band.SURE),
            tuple(one.photo_id for one in matches),
            tuple(one.photo_id for one in matches if one.photo_id in chosen),
        )
        ExportDialog(self.desk, self._event, choice, self).open()

    def _on_erase(self) -> None:
        if self._event is None or self._found is None or self._thresholds is None:
            return
        dialog = EraseDialog(self.desk, self._event, self._found, self._thresholds, self)
        dialog.erased.connect(self._on_erased)
        dialog.open()

    def _on_erased(self, _: object) -> None:
        self._on_clear()

    def _on_clear(self) -> None:
        self._forget()
        self._show_all()

    def _forget(self) -> None:
        """Let go of selfies, template and matches."""
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self._selfies = []
        self._found = self._thresholds = None
        self._tell_timer.stop()
        self.banner.hide()
        self.query_changed.emit(None)
