"""Beside a photo: what is known about it, its faces, and why a person is found in it or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent, QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eventsnap_desktop.domain.browsing import PhotoRow, StoredFace
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.flows.explain import Explanation, QueryTemplate
from eventsnap_desktop.ui.organizer.photo_words import TONES, PhotoWords
from eventsnap_desktop.ui.widgets.pieces import badge, button, card, label, set_tone
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_PORTRAIT = 56  # pixels
_AROUND = 0.35  # of a face's size is shown around it


@dataclass(frozen=True, slots=True, eq=False)
class PanelState:
    """What the panel shows; ``faces`` is None while they are being fetched."""

    photo: PhotoRow
    faces: tuple[StoredFace, ...] | None
    query: QueryTemplate | None = None
    explanation: Explanation | None = None


class FaceCard(QFrame):
    """One face; a click, Enter or the button asks for all its photos."""

    chosen = Signal(int)
    hovered = Signal(int)
    """Its number while the mouse is over it, -1 afterwards."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setProperty("kind", "card")
        self._portrait = QLabel()
        self._portrait.setFixedSize(_PORTRAIT, _PORTRAIT)
        self._measures = label("", "small", wrap=True)
        self._similarity, self._rule = badge(), label("", "small", wrap=True)
        self._button = button(self.tr("All photos of this face"), "faces")
        self._button.setAccessibleName(
            self.tr("All photos of face {number}").format(number=number + 1)
        )
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(self.tr("Face {number}").format(number=number + 1)))
        words.addWidget(self._measures)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._portrait, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._similarity)
        column.addWidget(self._rule)
        column.addWidget(self._button)
        self._button.clicked.connect(self._on_clicked)

    def show_face(self, measures: str, similarity: str, rule: str, tone: str) -> None:
        """Show what was measured; similarity and rule are "" without a query."""
        self._measures.setText(measures)
        self._similarity.setText(similarity)
        self._rule.setText(rule)
        self._similarity.setVisible(bool(similarity))
        self._rule.setVisible(bool(rule))
        set_tone(self._similarity, tone)

    def show_portrait(self, picture: QPixmap) -> None:
        """Show the face itself."""
        self._portrait.setPixmap(picture)

    def set_highlighted(self, highlighted: bool) -> None:
        """Point the card out."""
        if bool(self.property("selected")) != highlighted:
            self.setProperty("selected", highlighted)
            self.style().unpolish(self)
            self.style().polish(self)

    @property
    def text(self) -> str:
        """What the card says."""
        parts = (self._measures, self._similarity, self._rule)
        return "\n".join(part.text() for part in parts if part.text())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Point the face out in the photo."""
        super().enterEvent(event)
        self.hovered.emit(self._number)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Point at nothing."""
        super().leaveEvent(event)
        self.hovered.emit(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take a click anywhere on the card for one on its button."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.chosen.emit(self._number)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._number)


class FacePanel(ScrollColumn):
    """Facts of a photo, then a card a face; show_state() says it all."""

    face_chosen = Signal(int)
    face_hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(320)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = PhotoWords(self)
        self._cards: list[FaceCard] = []
        self._fact_card, facts = card(spacing=6, margin=14)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._facts: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        for name, word in self._fact_names():
            self._add_fact(name, word)
        facts.addLayout(self._grid)
        self._query_card, query = card(spacing=8, margin=14)
        self._query, self._verdict = label("", "small", wrap=True), badge()
        query.addWidget(self._query)
        query.addWidget(self._verdict)
        self._rule = label("", "faint", wrap=True)
        query.addWidget(self._rule)
        self._heading = label("", "heading")
        for widget in (self._fact_card, self._query_card, self._heading):
            self.column.addWidget(widget)
        self._face_column = QVBoxLayout()
        self._face_column.setSpacing(10)
        self.column.addLayout(self._face_column)
        self.column.addStretch(1)
        self.column.setSpacing(12)

    @property
    def cards(self) -> Sequence[FaceCard]:
        """The cards of the faces that are shown."""
        return self._cards

    def fact(self, name: str) -> str:
        """Return a fact that is shown: name, time, size, state or failure; "" when it is not."""
        return self._facts[name].text()

    @property
    def verdict(self) -> str:
        """Whether whom one looks for is found in the photo; "" without a query."""
        return self._verdict.text() if not self._query_card.isHidden() else ""

    def show_state(self, state: PanelState) -> None:
        """Show a photo's facts, its faces, and what a search makes of them."""
        self._show_facts(state.photo)
        self._show_verdict(state)
        faces = state.faces or ()
        if state.faces is None:
            self._heading.setText(self.tr("Looking for faces…"))
        elif faces:
            self._heading.setText(self.tr("%n face(s)", "", len(faces)))
        else:
            self._heading.setText(self.tr("No faces"))
        self._show_cards(faces, state)

    def show_portraits(self, image: QImage, ratio: float) -> None:
        """Show each face out of an image; ``ratio`` is the image's pixels a photo pixel."""
        for one in self._cards:
            box = one.property("box")
            if isinstance(box, Box):
                one.show_portrait(_portrait(image, box, ratio, self.devicePixelRatioF()))

    def highlight(self, number: int) -> None:
        """Point a face out, none for -1."""
        for at, one in enumerate(self._cards):
            one.set_highlighted(at == number)
        if 0 <= number < len(self._cards):
            self.ensureWidgetVisible(self._cards[number], 0, 20)

    def _fact_names(self) -> list[tuple[str, str]]:
        return [
            ("name", self.tr("Name")),
            ("time", self.tr("Time")),
            ("size", self.tr("Size")),
            ("state", self.tr("State")),
            ("failure", self.tr("Reason")),
            ("hidden", self.tr("Hidden")),
        ]

    def _add_fact(self, name: str, word: str) -> None:
        self._names[name] = label(word, "small")
        self._facts[name] = label("", "danger" if name == "failure" else "", wrap=True)
        self._facts[name].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        at = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._names[name], at, 0, top)
        self._grid.addWidget(self._facts[name], at, 1, top)

    def _show_facts(self, photo: PhotoRow) -> None:
        texts = {
            "name": photo.key.replace("/", "/\N{ZERO WIDTH SPACE}"),
            "time": self._words.moment(photo.time),
            "size": self._words.size(photo),
            "state": self._words.state(photo),
            "failure": in_window_language(photo.failure or ""),
            "hidden": self.tr("Yes: no guest sees it") if photo.hidden else "",
        }
        for name, text in texts.items():
            self._facts[name].setText(text)
            self._facts[name].setVisible(bool(text))
            self._names[name].setVisible(bool(text))

    def _show_verdict(self, state: PanelState) -> None:
        query, explanation = state.query, state.explanation
        self._query_card.setVisible(query is not None and explanation is not None)
        if query is None or explanation is None:
            return
        self._query.setText(self.tr("Looked for: {label}").format(label=query.label))
        self._verdict.setText(self._words.verdict(explanation.rule))
        set_tone(self._verdict, TONES.get(explanation.rule, "danger"))
        self._rule.setText(self._words.rule(explanation.rule, query.thresholds))

    def _show_cards(self, faces: Sequence[StoredFace], state: PanelState) -> None:
        while len(self._cards) > len(faces):
            gone = self._cards.pop()
            self._face_column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._cards) < len(faces):
            made = FaceCard(len(self._cards))
            made.chosen.connect(self.face_chosen)
            made.hovered.connect(self.face_hovered)
            self._face_column.addWidget(made)
            self._cards.append(made)
        for number, (one, face) in enumerate(zip(self._cards, faces, strict=True)):
            one.setProperty("box", face.box)
            one.set_highlighted(False)
            similarity, rule, tone = "", "", ""
            if state.query is not None and state.explanation is not None:
                verdict = state.explanation.faces[number]
                similarity = self._words.similarity(verdict.similarity)
                rule = self._words.rule(verdict.rule, state.query.thresholds)
                tone = TONES.get(verdict.rule, "danger")
            one.show_face(self._words.measures(face), similarity, rule, tone)


def _portrait(image: QImage, box: Box, ratio: float, screen_ratio: float) -> QPixmap:
    """Return a face with some of its surroundings, as a square."""
    half = max(box.width, box.height) * (0.5 + _AROUND) * ratio
    x, y = (box.x + box.width / 2) * ratio, (box.y + box.height / 2) * ratio
    square = QRect(round(x - half), round(y - half), round(2 * half), round(2 * half))
    side = round(_PORTRAIT * screen_ratio)
    part = image.copy(square.intersected(image.rect()))
    made = QPixmap.fromImage(
        part.scaled(
            side,
            side,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        ).copy(0, 0, side, side)
    )
    made.setDevicePixelRatio(screen_ratio)
    return made
