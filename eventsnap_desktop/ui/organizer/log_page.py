"""The log of this run or of the file, and a text for whoever helps."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QWidget,
)

from eventsnap_desktop.settings.log_file import LogLine, log_folder, read_log, recent_log
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.log_table import LEVEL, PLACE, TEXT, TIME, LogTable
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.organizer.support_report import as_text, collect_support_text
from eventsnap_desktop.ui.widgets.empty_state import EmptyState
from eventsnap_desktop.ui.widgets.pieces import button, label, row, set_icon

_LOOK_EVERY = 500  # milliseconds
_THIS_RUN, _FILE = 0, 1
_WIDTHS = {TIME: 96, LEVEL: 96, PLACE: 190}


class LogPage(OrganizerPage):
    """Reads the newest entries by a timer; a handler of logging never touches a widget."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Log"))
        self._table, self._view, self._detail = LogTable(self), QTableView(), QPlainTextEdit()
        self._source, self._level, self._search = QComboBox(), QComboBox(), QLineEdit()
        self._follow = QCheckBox(self.tr("Follow the newest"))
        self._pause = button(self.tr("Pause"), "pause")
        self._copy = button(self.tr("Copy for support"), "copy", "primary")
        self._folder = button(self.tr("Open folder"), "folder")
        self._count, self._empty = label("", "faint"), EmptyState()
        self._stack, self._halves = QStackedWidget(), QSplitter(Qt.Orientation.Vertical)
        self._read = 0
        self._paused = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._arrange()
        self._set_up_table()
        self._connect()

    def refresh(self) -> None:
        """Read the log anew."""
        if self._source.currentIndex() == _FILE:
            self.desk.jobs.call(
                partial(read_log, self._home),
                owner=self,
                done=self._show_file,
                failed=self.complain,
            )
            return
        self._table.show_lines([])
        self._read = 0
        self._look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the log again and again."""
        super().showEvent(event)
        self._timer.start()
        self._look()

    @property
    def _home(self) -> Path:
        return self.desk.settings.settings.home

    def _arrange(self) -> None:
        self._source.addItems([self.tr("This run"), self.tr("Log file")])
        self._source.setAccessibleName(self.tr("Which log"))
        for word, level in (
            (self.tr("All levels"), logging.NOTSET),
            (self.tr("From info"), logging.INFO),
            (self.tr("From warnings"), logging.WARNING),
            (self.tr("Errors only"), logging.ERROR),
        ):
            self._level.addItem(word, level)
        self._level.setAccessibleName(self.tr("Level"))
        self._search.setPlaceholderText(self.tr("Filter by words"))
        self._search.setAccessibleName(self.tr("Filter by words"))
        self._search.setClearButtonEnabled(True)
        self._follow.setChecked(True)
        self._detail.setReadOnly(True)
        self._detail.setAccessibleName(self.tr("The whole entry"))
        self._detail.hide()
        self.action_row.addWidget(self._folder)
        self.action_row.addWidget(self._copy)
        bar = row(self._source, self._level, self._search, self._count, self._follow, self._pause)
        bar.setStretch(2, 1)
        self._halves.addWidget(self._view)
        self._halves.addWidget(self._detail)
        self._halves.setSizes([500, 140])
        self._halves.setChildrenCollapsible(False)
        self._stack.addWidget(self._halves)
        self._stack.addWidget(self._empty)
        self.content.addLayout(bar)
        self.content.addWidget(self._stack, 1)

    def _set_up_table(self) -> None:
        view = self._view
        view.setModel(self._table)
        view.setAccessibleName(self.tr("Log entries"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(30)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._on_timer)
        self._source.currentIndexChanged.connect(self._on_source)
        self._level.currentIndexChanged.connect(self._on_filter)
        self._search.textChanged.connect(self._on_filter)
        self._pause.clicked.connect(self._on_pause)
        self._follow.toggled.connect(self._on_follow)
        self._copy.clicked.connect(self._on_copy)
        self._folder.clicked.connect(self._on_folder)
        self._view.selectionModel().selectionChanged.connect(self._on_selected)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self._view)
        copy.activated.connect(self._on_copy_rows)

    def _look(self) -> None:
        """Show what was logged since the last look."""
        recent = recent_log()
        if recent is not None and self._source.currentIndex() == _THIS_RUN and not self._paused:
            self._read, lines = recent.since(self._read)
            self._table.add_lines(lines)
            if lines and self._follow.isChecked():
                self._view.scrollToBottom()
        self._show_count()

    def _show_file(self, lines: list[LogLine]) -> None:
        if self._source.currentIndex() == _FILE:
            self._table.show_lines(lines)
            self._show_count()
            if self._follow.isChecked():
                self._view.scrollToBottom()

    def _show_count(self) -> None:
        shown, total = len(self._table.shown), self._table.total
        locale = self.locale()
        words = self.tr("{shown} of {total}")
        self._count.setText(
            words.format(shown=locale.toString(shown), total=locale.toString(total))
        )
        self._stack.setCurrentWidget(self._halves if shown else self._empty)
        if not shown:
            hint = self.tr("Nothing fits the filter.") if total else self._why_empty()
            self._empty.show_empty("log", self.tr("No entries"), hint)

    def _why_empty(self) -> str:
        if self._source.currentIndex() == _FILE:
            return self.tr("There is no log file yet.")
        if recent_log() is None:
            return self.tr("This run keeps no log in memory.")
        return self.tr("Nothing was logged in this run yet.")

    def _on_timer(self) -> None:
        if self.isVisible():
            self._look()
        else:
            self._timer.stop()

    def _on_source(self, source: int) -> None:
        self._pause.setEnabled(source == _THIS_RUN)
        self.refresh()

    def _on_filter(self) -> None:
        self._table.filter_by(int(self._level.currentData()), self._search.text())
        self._show_count()
        if self._follow.isChecked():
            self._view.scrollToBottom()

    def _on_pause(self) -> None:
        self._paused = not self._paused
        self._pause.setText(self.tr("Go on") if self._paused else self.tr("Pause"))
        set_icon(self._pause, "play" if self._paused else "pause")
        self._look()

    def _on_follow(self, follow: bool) -> None:
        if follow:
            self._view.scrollToBottom()

    def _chosen(self) -> list[LogLine]:
        rows = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return [self._table.shown[row] for row in rows]

    def _on_selected(self) -> None:
        chosen = self._chosen()
        self._detail.setPlainText("\n".join(as_text(line) for line in chosen))
        self._detail.setVisible(bool(chosen))

    def _on_copy_rows(self) -> None:
        chosen = self._chosen()
        if chosen:
            QGuiApplication.clipboard().setText("\n".join(as_text(line) for line in chosen))
            self.did.emit((self.tr("%n entry(s) copied.", "", len(chosen)), None))

    def _on_copy(self) -> None:
        self._copy.setEnabled(False)
        self._copy.setText(self.tr("Collecting…"))
        recent = recent_log()
        lines = [] if recent is None else recent.since(0)[1]
        self.desk.jobs.call(
            partial(
                collect_support_text,
                self.desk.works,
                self.desk.organizing,
                self.desk.current.chosen,
                self.desk.settings,
                lines,
            ),
            owner=self,
            done=self._on_collected,
            failed=self._on_not_collected,
        )

    def _on_collected(self, text: str) -> None:
        self._show_copy()
        QGuiApplication.clipboard().setText(text)
        said = self.tr(
            "Copied, without secrets, addresses, file and event names. Read it before you send it."
        )
        self.did.emit((said, None))

    def _on_not_collected(self, error: Exception) -> None:
        self._show_copy()
        self.complain(error)

    def _show_copy(self) -> None:
        self._copy.setEnabled(True)
        self._copy.setText(self.tr("Copy for support"))

    def _on_folder(self) -> None:
        folder = log_folder(self._home)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            words = self.tr("The folder cannot be opened from here. It is {folder}.")
            self.banner.say(words.format(folder=folder), "warning")
