"""The question before the camera: what happens with a guest's picture, yes or no."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.domain.kiosks import ConsentText
from eventsnap_desktop.flows.guest_actions import Agree, Back, Decline
from eventsnap_desktop.flows.guest_views import ConsentView
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.message_screen import sign
from eventsnap_desktop.ui.kiosk.pieces import big_button, note, text
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.kiosk.touch_scroll import TouchScroll, scroll_by_finger

_WIDEST = 1500  # designed pixels


def text_in(texts: Sequence[ConsentText], language: str) -> ConsentText:
    """Return the text in a language, in English where there is none, or else the first one."""
    by_language = {one.language: one for one in texts}
    return by_language.get(language) or by_language.get("en") or texts[0]


class ConsentScreen(Screen):
    """Two answers of the same size; the whole text is one press away."""

    def __init__(self, look: Look, language: str) -> None:
        super().__init__(look)
        self._language = language
        self._text = ConsentText(language, "", "")
        self._problem: QFrame | None = None
        self._pages = QStackedLayout(self)
        self._summary = text("", "large")
        self._facts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pages.addWidget(self._question_page())
        self._full = QTextBrowser()
        self._pages.addWidget(self._full_page())

    def show_state(self, view: ConsentView) -> None:
        """Show the text in the guest's language."""
        chosen = text_in(view.texts, self._language)
        if chosen != self._text:
            self._text = chosen
            self._summary.setText(chosen.summary)
            self._full.setMarkdown(chosen.full_text)
        if self._problem is not None:
            self._column.removeWidget(self._problem)
            self._problem.hide()
            self._problem.deleteLater()
            self._problem = None
        if view.problem:
            self._problem = note(self.look, view.problem, "warning")
            self._column.insertWidget(1, self._problem)

    def lay_out(self, portrait: bool) -> None:
        """Put answers and facts beside or above each other."""
        directions = QBoxLayout.Direction
        self._answers.setDirection(directions.BottomToTop if portrait else directions.LeftToRight)
        self._facts.setDirection(directions.TopToBottom if portrait else directions.LeftToRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from the whole text back to the question by Escape."""
        if event.key() == Qt.Key.Key_Escape and self._pages.currentIndex() == 1:
            self._close_full()
            return
        super().keyPressEvent(event)

    def _question_page(self) -> QWidget:
        look = self.look
        page = QWidget()
        whole = QVBoxLayout(page)
        side = look.px(64)
        whole.setContentsMargins(side, look.px(28), side, look.px(32))
        whole.setSpacing(look.px(28))
        back = big_button(look, self.tr("Back"), self._backwards(), "quiet")
        back.clicked.connect(self._back)
        whole.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        middle = QWidget()
        middle.setMaximumWidth(look.px(_WIDEST))
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(36))
        self._column.addWidget(text(self.tr("Before we start"), "title"))
        self._column.addWidget(self._summary)
        self._facts.setSpacing(look.px(28))
        for icon_name, words in self._fact_words():
            self._facts.addLayout(self._fact(icon_name, words), 1)
        self._column.addLayout(self._facts)
        more = big_button(look, self.tr("Read everything"), "info", "chip")
        more.clicked.connect(self._open_full)
        self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        scroll = TouchScroll(look)
        scroll.fill(row)
        whole.addWidget(scroll, 1)
        whole.addLayout(self._answer_buttons())
        return page

    def _fact_words(self) -> tuple[tuple[str, str], ...]:
        return (
            ("faces", self.tr("Your face is compared with the photos of this event only")),
            ("trash", self.tr("Your picture is deleted when you finish or walk away")),
            ("user", self.tr("It is your choice: you can stop at any moment")),
        )

    def _fact(self, icon_name: str, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.px(24))
        row.addWidget(sign(self.look, icon_name, 96))
        row.addWidget(text(words), 1)
        return row

    def _answer_buttons(self) -> QBoxLayout:
        self._answers.setSpacing(self.look.px(28))
        decline = self._answer(self.tr("No, thank you"), filled=False)
        decline.clicked.connect(self._decline)
        agree = self._answer(self.tr("Yes, find my photos"), filled=True)
        agree.clicked.connect(self._agree)
        self._answers.addWidget(decline, 1)
        self._answers.addWidget(agree, 1)
        return self._answers

    def _answer(self, words: str, *, filled: bool) -> QPushButton:
        button = big_button(self.look, words, "", "choice")
        button.setProperty("filled", "true" if filled else "false")
        return button

    def _full_page(self) -> QWidget:
        look = self.look
        page = QWidget()
        whole = QVBoxLayout(page)
        side = look.px(64)
        whole.setContentsMargins(side, look.px(40), side, look.px(32))
        whole.setSpacing(look.px(28))
        self._full.setOpenLinks(False)
        self._full.setOpenExternalLinks(False)
        self._full.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._full.setFrameShape(QFrame.Shape.NoFrame)
        self._full.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._full.setAccessibleName(self.tr("The whole text"))
        scroll_by_finger(self._full)
        whole.addWidget(self._full, 1)
        close = big_button(look, self.tr("Back to the question"), self._backwards())
        close.clicked.connect(self._close_full)
        whole.addWidget(close)
        return page

    def _backwards(self) -> str:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return "right" if mirrored else "left"

    def _open_full(self) -> None:
        self._pages.setCurrentIndex(1)
        self._full.setFocus()

    def _close_full(self) -> None:
        self._pages.setCurrentIndex(0)
        self.setFocus()

    def _back(self) -> None:
        self.act(Back())

    def _decline(self) -> None:
        self.act(Decline())

    def _agree(self) -> None:
        self.act(Agree(self._text.language))
