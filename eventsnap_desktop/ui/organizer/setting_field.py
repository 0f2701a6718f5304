"""One setting: its name, what it means, where its value comes from, and the field to change it."""

from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from eventsnap_desktop.settings.field_kinds import Kind, kind_of
from eventsnap_desktop.settings.loading import Origin
from eventsnap_desktop.settings.schema import variable
from eventsnap_desktop.ui.organizer.setting_editors import SecretEditor, make_editor
from eventsnap_desktop.ui.organizer.setting_words import SettingWords
from eventsnap_desktop.ui.widgets.pieces import badge, icon_button, label, restyle, row

_EDITOR_WIDTH = 280


@dataclass(frozen=True, slots=True)
class SettingState:
    """A setting's value, where it comes from, and whether it counts from the next start only.

    Of a secret ``value`` is whether one is set.
    """

    value: Any
    origin: Origin
    at_next_start: bool = False


class SettingField(QWidget):
    """Shows one setting and takes another value for it."""

    edited = Signal()

    def __init__(
        self, name: str, info: FieldInfo, words: SettingWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._kind, self._default = kind_of(info), info.get_default(call_default_factory=True)
        self._state = SettingState(self._default, Origin.DEFAULT)
        self._filling, self._forget = False, False
        title, description = words.field(name, info.description or "")
        self._words = f"{title} {description} {variable(name)} {name}".casefold()
        nothing = self.tr("not set")
        self.editor = make_editor(self._kind, words.choice, nothing)
        self.editor.inside.setAccessibleName(title)
        self.editor.inside.setAccessibleDescription(description)
        self.editor.setFixedWidth(_EDITOR_WIDTH)
        self._title, self._mark = label(title), badge(self.tr("Changed"), "accent")
        self._origin, self._hint = label("", "small", wrap=True), label("", "small", wrap=True)
        self._problem = label("", "danger", wrap=True)
        self._reset = icon_button("retry", self.tr("Back to the default"))
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._arrange(description)
        self.editor.edited.connect(self._on_edited)
        self._reset.clicked.connect(self.reset)

    @property
    def is_locked(self) -> bool:
        """Whether it cannot be changed here."""
        given = {Origin.ENVIRONMENT, Origin.ARGUMENT}
        return self.name == "home" or self._state.origin in given

    @property
    def is_secret(self) -> bool:
        """Whether its value is never shown."""
        return self._kind.kind is Kind.SECRET

    @property
    def is_forgotten(self) -> bool:
        """Whether a stored secret is to be removed."""
        return self.is_secret and self._forget

    @property
    def is_changed(self) -> bool:
        """Whether what is entered differs from what is stored."""
        if self.is_locked:
            return False
        if self.is_secret:
            return self._forget or bool(self.editor.value())
        return bool(self.editor.value() != self._shown_value())

    @property
    def value(self) -> Any:
        """What is entered; None stands for the default."""
        value = self.editor.value()
        return None if value == self._default and not self.is_secret else value

    @property
    def problem(self) -> str:
        """What is said to be wrong with it."""
        return self._problem.text()

    @property
    def origin_text(self) -> str:
        """Where the value is said to come from."""
        return self._origin.text()

    def fits(self, text: str) -> bool:
        """Tell whether all words of a search are in its name or meaning."""
        return all(word in self._words for word in text.casefold().split())

    def show_state(self, state: SettingState) -> None:
        """Show a stored value."""
        self._state = state
        self.undo()

    def undo(self) -> None:
        """Enter the stored value again."""
        self._filling, self._forget = True, False
        self.editor.show_value(self._shown_value())
        self.editor.setDisabled(self.is_locked)
        self._filling = False
        self.show_problem("")
        self._show()

    def reset(self) -> None:
        """Enter the default; of a secret: have the stored one removed."""
        self._forget = self.is_secret
        self.editor.show_value(None if self.is_secret else self._default)
        self._on_edited()

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with what is entered."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.editor.inside.setProperty("invalid", "true" if problem else "false")
        restyle(self.editor.inside)

    def _shown_value(self) -> Any:
        return None if self.is_secret else self._state.value

    def _arrange(self, description: str) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        head = row(self._title, self._mark, None, spacing=8)
        words.addLayout(head)
        words.addWidget(label(description, "faint", wrap=True))
        for below in (self._origin, self._hint, self._problem):
            words.addWidget(below)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(14)
        line.addLayout(words, 1)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.editor, alignment=top)
        line.addWidget(self._reset, alignment=top)

    def _on_edited(self) -> None:
        if self._filling:
            return
        if self.editor.value():
            self._forget = False
        self.show_problem("")
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self._mark.setVisible(self.is_changed)
        self._origin.setText(self._origin_words())
        self._hint.setText(self.tr("Takes effect at the next start."))
        self._hint.setVisible(self._state.at_next_start and not self.is_changed)
        if self.is_secret:
            can_reset = bool(self._state.value) and not self._forget
        else:
            can_reset = bool(self.editor.value() != self._default)
        self._reset.setVisible(can_reset and not self.is_locked)
        if isinstance(self.editor, SecretEditor):
            self.editor.say(self._secret_words())

    def _secret_words(self) -> str:
        if self._forget:
            return self.tr("will be removed")
        return self.tr("one is set") if self._state.value else self.tr("none is set")

    def _origin_words(self) -> str:
        if self._state.origin is Origin.ENVIRONMENT:
            return self.tr("Locked: set by {variable} in the environment.").format(
                variable=variable(self.name)
            )
        if self._state.origin is Origin.ARGUMENT:
            return self.tr("Locked: set on the command line.")
        if self.name == "home":
            return self.tr("Locked: choose it with --home or {variable}.").format(
                variable=variable(self.name)
            )
        if self._state.origin is Origin.FILE:
            return self.tr("From the config file.")
        if self.is_secret and self._state.value:
            return self.tr("From the system’s keyring.")
        return self.tr("Default.")
