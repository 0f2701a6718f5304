"""The editor of what guests agree to: a summary and a full text in each language."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.kiosks import ConsentText
from eventsnap_desktop.ui.widgets.pieces import button, label, row


class ConsentEditor(QWidget):
    """Texts of several languages, which of them are offered, and which a kiosk begins in."""

    edited = Signal()
    language_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[str, ConsentText] = {}
        self._own: dict[str, ConsentText] = {}
        self._shown = ""
        self._tabs, self._tab_row = QButtonGroup(self), row(spacing=6)
        self._offered = QCheckBox(self.tr("Offer this language at the kiosk"))
        self._first = QComboBox()
        self._summary, self._full = QPlainTextEdit(), QPlainTextEdit()
        self._version = label("", "small")
        self._restore = button(self.tr("Use the program’s text"), "retry", "quiet")
        self._problem = label("", "danger", wrap=True)
        self._languages: list[str] = []
        self._filling = False
        self._arrange()
        self._connect()

    def show_texts(
        self,
        texts: Sequence[ConsentText],
        own: Sequence[ConsentText],
        languages: Sequence[str],
        version: str,
    ) -> None:
        """Show texts; ``own`` are the program's, ``languages`` those offered, the first first."""
        self._texts = {text.language: text for text in texts}
        self._own = {text.language: text for text in own}
        self._languages = [one for one in languages if one in self._texts]
        self._version.setText(self.tr("Version {version}").format(version=version))
        self._make_tabs()
        wanted = self._shown if self._shown in self._texts else next(iter(self._texts), "")
        self._show_language(wanted)

    @property
    def texts(self) -> tuple[ConsentText, ...]:
        """All texts as edited."""
        return tuple(self._texts.values())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages offered, the one a kiosk begins in first."""
        return tuple(self._languages)

    @property
    def shown_language(self) -> str:
        """The language whose text is being edited."""
        return self._shown

    def problem(self) -> str:
        """Return what keeps the texts from being used, "" for nothing."""
        if not self._languages:
            return self.tr("Offer at least one language.")
        for language in self._languages:
            text = self._texts[language]
            if not text.summary.strip() or not text.full_text.strip():
                return self.tr("The text in {language} is empty.").format(
                    language=language_name(language)
                )
        return ""

    def _arrange(self) -> None:
        self._summary.setAccessibleName(self.tr("Summary"))
        self._summary.setTabChangesFocus(True)
        self._summary.setFixedHeight(108)
        self._full.setAccessibleName(self.tr("Full text"))
        self._full.setTabChangesFocus(True)
        self._full.setMinimumHeight(240)
        self._first.setAccessibleName(self.tr("The kiosk begins in"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = row(None, self._version)
        head.insertLayout(0, self._tab_row)
        column.addLayout(head)
        column.addWidget(self._offered)
        column.addWidget(label(self.tr("Summary, read by everybody"), "small"))
        column.addWidget(self._summary)
        column.addWidget(
            label(self.tr("Full text (Markdown); {organizer} stands for the name above"), "small")
        )
        column.addWidget(self._full)
        column.addLayout(row(self._restore, None))
        column.addLayout(row(label(self.tr("The kiosk begins in")), self._first, None))
        column.addWidget(self._problem)
        self._problem.hide()

    def _connect(self) -> None:
        self._tabs.buttonClicked.connect(self._on_tab)
        self._offered.clicked.connect(self._on_offered)
        self._first.activated.connect(self._on_first)
        self._summary.textChanged.connect(self._on_text)
        self._full.textChanged.connect(self._on_text)
        self._restore.clicked.connect(self._on_restore)

    def _make_tabs(self) -> None:
        if [tab.property("language") for tab in self._tabs.buttons()] == list(self._texts):
            return
        for old in self._tabs.buttons():
            self._tabs.removeButton(old)
            old.deleteLater()
        for language in self._texts:
            tab = button(language_name(language), kind="segment")
            tab.setCheckable(True)
            tab.setProperty("language", language)
            self._tabs.addButton(tab)
            self._tab_row.addWidget(tab)

    def _show_language(self, language: str) -> None:
        self._shown = language
        text = self._texts.get(language, ConsentText(language, "", ""))
        self._filling = True
        for tab in self._tabs.buttons():
            tab.setChecked(tab.property("language") == language)
        self._offered.setChecked(language in self._languages)
        if self._summary.toPlainText() != text.summary:
            self._summary.setPlainText(text.summary)
        if self._full.toPlainText() != text.full_text:
            self._full.setPlainText(text.full_text)
        self._filling = False
        self._show_rest()
        self.language_shown.emit(language)

    def _show_rest(self) -> None:
        own, text = self._own.get(self._shown), self._texts.get(self._shown)
        self._restore.setEnabled(own is not None and own != text)
        self._first.clear()
        for language in self._languages:
            self._first.addItem(language_name(language), language)
        self._first.setEnabled(len(self._languages) > 1)
        problem = self.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _on_tab(self, tab: QWidget) -> None:
        self._show_language(str(tab.property("language")))

    def _on_offered(self, offered: bool) -> None:
        self._languages = [one for one in self._languages if one != self._shown]
        if offered:
            self._languages.append(self._shown)
        self._show_rest()
        self.edited.emit()

    def _on_first(self, _: int) -> None:
        first = str(self._first.currentData())
        self._languages = [first, *(one for one in self._languages if one != first)]
        self._show_rest()
        self.edited.emit()

    def _on_text(self) -> None:
        if self._filling or self._shown not in self._texts:
            return
        self._texts[self._shown] = replace(
            self._texts[self._shown],
            summary=self._summary.toPlainText(),
            full_text=self._full.toPlainText(),
        )
        self._show_rest()
        self.edited.emit()

    def _on_restore(self) -> None:
        self._texts[self._shown] = self._own[self._shown]
        self._show_language(self._shown)
        self.edited.emit()


def language_name(code: str) -> str:
    """Return a language's name in itself, as guests look for it."""
    name = QLocale(code).nativeLanguageName()
    # Qt calls plain English after a place ("American English").
    return {"en": "English"}.get(code, name[:1].upper() + name[1:] or code)
