"""All settings, made of their model: searched, changed, saved, put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from eventsnap_desktop.domain.errors import EventSnapError, UsageError
from eventsnap_desktop.settings.addresses import has_password
from eventsnap_desktop.settings.loading import LoadedSettings, Origin
from eventsnap_desktop.settings.schema import Settings, fields, is_secret
from eventsnap_desktop.settings.secrets import forget_secret, reveal
from eventsnap_desktop.ui.organizer.desk import Desk, Works
from eventsnap_desktop.ui.organizer.mail_test import MailTest
from eventsnap_desktop.ui.organizer.page import OrganizerPage
from eventsnap_desktop.ui.organizer.save_bar import SaveBar
from eventsnap_desktop.ui.organizer.setting_field import SettingField, SettingState
from eventsnap_desktop.ui.organizer.setting_words import SettingWords
from eventsnap_desktop.ui.widgets.pieces import card, label, line
from eventsnap_desktop.ui.widgets.scroll_column import ScrollColumn
from eventsnap_desktop.ui.widgets.sentences import in_window_language
from eventsnap_desktop.ui.widgets.wheel_guard import WheelGuard

_ORDER = ("window", "", "kiosk", "mail", "share", "model", "encode", "match", "storage", "database")
_AT_ONCE = "window."
_GIVEN = {Origin.ENVIRONMENT, Origin.ARGUMENT}


@dataclass(frozen=True, slots=True)
class SettingChanges:
    """What is to be stored: values (None: the default), new secrets, secrets to be removed."""

    values: Mapping[str, Any]
    secrets: Mapping[str, str]
    forgotten: tuple[str, ...]


class SettingsPage(OrganizerPage):
    """Shows what holds from the next start on, and where it differs from what holds now."""

    appearance_changed = Signal(str, str)
    """The theme and the language that were saved, to be put on at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", desk, parent)
        self.set_title(self.tr("Settings"))
        self._loaded = desk.settings
        self._secrets: frozenset[str] = frozenset()
        self._search = QLineEdit()
        self._scroll, self._nothing = ScrollColumn(), label("", "faint")
        self.bar = SaveBar()
        self._mail_test = MailTest()
        self._groups: dict[str, QFrame] = {}
        self._fields: dict[str, SettingField] = {}
        self._make_fields(SettingWords(self))
        WheelGuard(self).guard(self._scroll)
        self._arrange()
        self._connect()
        self._show_loaded(desk.settings)
        self.say_subtitle(str(desk.settings.file))

    @property
    def setting_fields(self) -> Mapping[str, SettingField]:
        """All fields by the setting's full name."""
        return self._fields

    def refresh(self) -> None:
        """Ask the keyring which secrets it has."""
        self.desk.jobs.call(
            partial(stored_secrets, self._loaded.settings),
            owner=self,
            done=self._show_secrets,
            failed=self.complain,
        )

    def _make_fields(self, words: SettingWords) -> None:
        known = dict(fields())
        groups = dict.fromkeys(name.rpartition(".")[0] for name in known)
        for group in sorted(groups, key=lambda one: _ORDER.index(one) if one in _ORDER else 99):
            frame, column = card(spacing=8)
            column.addWidget(label(words.group(group), "heading"))
            names = [name for name in known if name.rpartition(".")[0] == group]
            for number, name in enumerate(names):
                if number:
                    column.addWidget(line())
                self._fields[name] = SettingField(name, known[name], words)
                column.addWidget(self._fields[name])
            if group == "mail":
                column.addWidget(line())
                column.addWidget(self._mail_test)
            self._groups[group] = frame
            self._scroll.column.addWidget(frame)
        self._scroll.column.addWidget(self._nothing)
        self._scroll.column.addStretch(1)

    def _arrange(self) -> None:
        self._search.setPlaceholderText(self.tr("Search settings"))
        self._search.setAccessibleName(self.tr("Search settings"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(280)
        self._nothing.setText(self.tr("No setting is called that."))
        self._nothing.hide()
        self.action_row.addWidget(self._search)
        self.content.addWidget(self._scroll, 1)
        self.content.addWidget(self.bar)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_search)
        self.bar.discard.clicked.connect(self._on_discard)
        self.bar.save.clicked.connect(self._on_save)
        self._mail_test.asked.connect(self._on_mail_test)
        self._mail_test.spoke.connect(self._on_mail_test_spoke)
        for field in self._fields.values():
            field.edited.connect(self._show_bar)

    def _show_loaded(self, loaded: LoadedSettings) -> None:
        self._loaded = loaded
        running = self.desk.settings
        for name, field in self._fields.items():
            origin = running.origins[name]
            value, now = _value(loaded.settings, name), _value(running.settings, name)
            if origin not in _GIVEN:
                origin = loaded.origins[name]
            else:
                value = now
            later = value != now and not name.startswith(_AT_ONCE)
            if is_secret(name):
                value = value is not None or name in self._secrets
            field.show_state(SettingState(value, origin, later))
        self._show_bar()

    def _show_secrets(self, stored: frozenset[str]) -> None:
        if stored != self._secrets:
            self._secrets = stored
            if not any(field.is_changed for field in self._fields.values()):
                self._show_loaded(self._loaded)

    def _changed(self) -> list[SettingField]:
        return [field for field in self._fields.values() if field.is_changed]

    def _show_bar(self) -> None:
        count = len(self._changed())
        unsaved = self.tr("%n change(s) not saved yet", "", count)
        self.bar.show_state(unsaved if count else "")

    def _on_search(self, text: str) -> None:
        shown = {name for name, field in self._fields.items() if field.fits(text)}
        for name, field in self._fields.items():
            field.setVisible(name in shown)
        for group, frame in self._groups.items():
            frame.setVisible(any(name.rpartition(".")[0] == group for name in shown))
        for thin in self._scroll.findChildren(QFrame):
            if thin.property("kind") == "line":
                thin.setVisible(not text.strip())
        self._nothing.setVisible(not shown)

    def _on_discard(self) -> None:
        for field in self._changed():
            field.undo()
        self._show_bar()

    def _on_save(self) -> None:
        changed = self._changed()
        changes = SettingChanges(
            {field.name: field.value for field in changed if not field.is_secret},
            {field.name: field.value for field in changed if field.is_secret and field.value},
            tuple(field.name for field in changed if field.is_forgotten),
        )
        undo = None
        if not changes.secrets and not changes.forgotten:
            before = {name: self._stored_value(name) for name in changes.values}
            undo = partial(self._store, SettingChanges(before, {}, ()), None)
        self._store(changes, undo)

    def _on_mail_test_spoke(self) -> None:
        QTimer.singleShot(0, self, self._show_mail_answer)  # once it has its place

    def _show_mail_answer(self) -> None:
        self._scroll.ensureWidgetVisible(self._mail_test.said)

    def _on_mail_test(self, address: str) -> None:
        """Try what is entered, saved or not; a password that is not entered is the stored one."""
        entered = {
            name.removeprefix("mail."): field.editor.value()
            for name, field in self._fields.items()
            if name.startswith("mail.") and (not field.is_secret or field.editor.value())
        }
        self.desk.jobs.call(
            partial(self.desk.works.test_mail, entered, address, self._mail_test.language),
            owner=self,
            lane="mail",
            done=self._mail_test.show_answer,
            failed=self._mail_test.show_error,
        )

    def _stored_value(self, name: str) -> Any:
        """Return what the file says, None where it says nothing."""
        in_file = self._loaded.origins[name] is Origin.FILE
        return _value(self._loaded.settings, name) if in_file else None

    def _store(self, changes: SettingChanges, undo: object) -> None:
        self._scroll.setEnabled(False)
        self.bar.show_saving()
        self.desk.jobs.call(
            partial(store_changes, self.desk.works, changes),
            owner=self,
            done=partial(self._on_saved, undo),
            failed=self._on_not_saved,
        )

    def _on_saved(self, undo: object, loaded: LoadedSettings) -> None:
        self._scroll.setEnabled(True)
        self.banner.hide()
        old, new = self._loaded.settings.window, loaded.settings.window
        self._show_loaded(loaded)
        if old != new:
            self.appearance_changed.emit(new.theme, new.language)
        self.did.emit((self.tr("The settings are saved."), undo))
        self.refresh()

    def _on_not_saved(self, error: Exception) -> None:
        self._scroll.setEnabled(True)
        self._show_bar()
        field = self._at_fault(error)
        if field is None:
            self.complain(error)
            return
        said = error.message if isinstance(error, EventSnapError) else str(error)
        reason = said.rpartition("cannot be used: ")[2]
        reason = in_window_language(reason)
        field.show_problem(f"{reason[:1].upper()}{reason[1:]}")
        self._search.clear()
        self._scroll.ensureWidgetVisible(field)
        field.editor.setFocus()

    def _at_fault(self, error: Exception) -> SettingField | None:
        """Return the field whose value was refused: the error names it."""
        if not isinstance(error, UsageError):
            return None
        named = [name for name in self._fields if f" {name} " in f"{error.message} "]
        changed = [name for name in named if self._fields[name].is_changed]
        found = max(changed or named, key=len, default=None)
        return None if found is None else self._fields[found]


def store_changes(works: Works, changes: SettingChanges) -> LoadedSettings:
    """Store secrets in the keyring and all else in the file; return what holds then. Blocks."""
    values = dict(changes.values)
    for name, secret in changes.secrets.items():
        if name == "database.url":
            inside = has_password(secret)
            values |= {name: None if inside else secret, "database.url_in_keyring": inside or None}
            if not inside:
                continue
        works.store_secret(name, secret)
    for name in changes.forgotten:
        if name == "database.url":
            values |= {name: None, "database.url_in_keyring": None}
        forget_secret(name)
    return works.save_settings(values)


def stored_secrets(settings: Settings) -> frozenset[str]:
    """Return the names of the secrets that are set anywhere; asks the keyring, so it blocks."""
    found = set()
    for name in (name for name, _ in fields() if is_secret(name)):
        try:
            if reveal(settings, name):
                found.add(name)
        except EventSnapError:
            continue  # the keyring is locked: it cannot be told
    return frozenset(found)


def _value(settings: Settings, name: str) -> Any:
    group, _, field = name.rpartition(".")
    return getattr(getattr(settings, group) if group else settings, field)
