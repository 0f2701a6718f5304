"""The question before the camera: what happens with a guest's picture, yes or no."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
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
from eventsnap_desktop.ui.kiosk.pieces import big_button, text
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
        self._choice = text("")
        self._column = QVBoxLayout()
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
            self._show_full(chosen.full_text)
        self._choice.setText(self._choice_words(view.organizer))

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
        back = big_button(look, self.tr("Back"), self._backwards(), "quiet")
        back.clicked.connect(self._back)
        more = big_button(look, self.tr("Read everything"), "info")
        more.clicked.connect(self._open_full)
        above = QHBoxLayout()
        above.addWidget(back)
        above.addStretch(1)
        above.addWidget(more)
        scroll = TouchScroll(look)
        scroll.fill(self._question())
        page, column = self._page()
        column.addLayout(above)
        column.addWidget(scroll, 1)
        column.addLayout(self._answer_buttons())
        return page

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        """Return a page and its column, which is never wider than can be read."""
        middle = QWidget()
        middle.setMaximumWidth(self.look.px(_WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(28))
        page = QWidget()
        row = QHBoxLayout(page)
        side = self.look.px(64)
        row.setContentsMargins(side, self.look.px(24), side, self.look.px(28))
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        return page, column

    def _question(self) -> QVBoxLayout:
        column = self._column
        role = "heading" if self.look.accessible else "title"
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(36))
        column.addStretch(1)
        column.addWidget(text(self.tr("Before we start"), role))
        column.addWidget(self._summary)
        self._facts.setSpacing(self.look.px(28))
        searched = self.tr("Your face is compared with the photos of this event only")
        wiped = self.tr("Your picture is deleted when you finish or walk away")
        for icon_name, words in (
            ("faces", text(searched)),
            ("trash", text(wiped)),
            ("user", self._choice),
        ):
            self._facts.addLayout(self._fact(icon_name, words), 1)
        column.addLayout(self._facts)
        column.addStretch(2)
        return column

    def _choice_words(self, organizer: str) -> str:
        if not organizer:
            return self.tr("It is your choice: you can stop at any moment")
        return self.tr("{name} is responsible, and you can stop at any moment").format(
            name=organizer
        )

    def _fact(self, icon_name: str, words: QLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.px(24))
        row.addWidget(sign(self.look, icon_name, 96))
        row.addWidget(words, 1)
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
        full = self._full
        full.setOpenLinks(False)
        full.setOpenExternalLinks(False)
        full.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        full.setFrameShape(QFrame.Shape.NoFrame)
        full.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        full.setAccessibleName(self.tr("The whole text"))
        scroll_by_finger(full)
        page, column = self._page()
        column.addWidget(full, 1)
        close = big_button(self.look, self.tr("Back to the question"), self._backwards())
        close.clicked.connect(self._close_full)
        column.addWidget(close)
        return page

    def _show_full(self, markdown: str) -> None:
        """Show the text with room between its paragraphs."""
        self._full.setMarkdown(markdown)
        document = self._full.document()
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        room = QTextBlockFormat()
        room.setBottomMargin(self.look.px(22))
        cursor.mergeBlockFormat(room)
        self._full.moveCursor(QTextCursor.MoveOperation.Start)

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
