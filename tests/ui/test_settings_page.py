"""The settings page: every setting, where it comes from, saved into file and keyring."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.settings.schema import fields, variable
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.setting_words import SettingWords
from eventsnap_desktop.ui.organizer.settings_page import SettingsPage
from tests.fixtures.smtp import MailTrap, serve

CLICK = Qt.MouseButton.LeftButton
Did = list[tuple[str, Callable[[], None] | None]]


class Memory(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def ring() -> Any:
    before = keyring.get_keyring()
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def file_content(page: SettingsPage) -> dict[str, Any]:
    path: Path = page.desk.settings.file
    return tomllib.loads(path.read_text()) if path.exists() else {}


def enter(page: SettingsPage, name: str, value: Any) -> None:
    inside = page.setting_fields[name].editor.inside
    if isinstance(inside, QLineEdit):
        inside.setText(value)
    elif isinstance(inside, QComboBox):
        inside.setCurrentIndex(inside.findData(value))
    else:
        inside.setValue(value)  # type: ignore[attr-defined]


def save(page: SettingsPage, qtbot: QtBot) -> Did:
    heard: Did = []
    page.did.connect(heard.append)
    qtbot.mouseClick(page.bar.save, CLICK)
    qtbot.waitUntil(lambda: bool(heard))
    return heard


def test_every_setting_has_a_field_with_a_title_of_its_own(page: SettingsPage) -> None:
    words = SettingWords()

    for name, info in fields():
        assert name in page.setting_fields
        assert words.field(name, info.description or "")[0] != variable(name), name


def test_numbers_have_the_limits_of_the_model(page: SettingsPage) -> None:
    box = page.setting_fields["encode.fetch_threads"].editor.inside

    assert isinstance(box, QSpinBox)
    assert (box.minimum(), box.maximum()) == (0, 64)


def test_a_value_of_the_environment_is_locked_and_named(page: SettingsPage) -> None:
    field = page.setting_fields["database.url"]

    assert field.is_locked
    assert not field.editor.isEnabled()
    assert "EVENTSNAP_DATABASE_URL" in field.origin_text


def test_a_secret_is_never_shown(page: SettingsPage) -> None:
    box = page.setting_fields["database.url"].editor.inside

    assert isinstance(box, QLineEdit)
    assert box.text() == ""
    assert box.echoMode() is QLineEdit.EchoMode.Password
    assert box.placeholderText() == "one is set"


def test_a_changed_value_is_marked_saved_and_counts_at_the_next_start(
    page: SettingsPage, qtbot: QtBot
) -> None:
    field = page.setting_fields["encode.max_megapixels"]
    assert not page.bar.save.isEnabled()
    enter(page, "encode.max_megapixels", 200)
    assert field._mark.isVisible()
    assert "1 change" in page.bar.hint.text()

    heard = save(page, qtbot)

    assert file_content(page) == {"encode": {"max_megapixels": 200}}
    assert field._mark.isHidden()
    assert "config file" in field.origin_text
    assert field._hint.isVisible()
    undo = heard[0][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: file_content(page) == {})
    qtbot.waitUntil(lambda: field.value is None)


def test_a_value_goes_back_to_its_default(page: SettingsPage, qtbot: QtBot) -> None:
    enter(page, "storage.region", "eu-central-1")
    save(page, qtbot)
    field = page.setting_fields["storage.region"]

    qtbot.mouseClick(field._reset, CLICK)
    save(page, qtbot)

    assert file_content(page) == {}
    assert field.editor.value() == "us-east-1"
    assert field._reset.isHidden()


def test_a_refused_value_is_told_at_its_field(page: SettingsPage, qtbot: QtBot) -> None:
    enter(page, "match.sure", 0.3)
    enter(page, "match.maybe", 0.4)

    qtbot.mouseClick(page.bar.save, CLICK)
    told = [page.setting_fields[name] for name in ("match.sure", "match.maybe")]
    qtbot.waitUntil(lambda: any(field.problem for field in told))

    wrong = next(field for field in told if field.problem)
    assert "should not be higher" in wrong.problem
    qtbot.waitUntil(lambda: not wrong._problem.visibleRegion().isEmpty())
    assert file_content(page) == {}
    assert page.bar.save.isEnabled()


def test_the_appearance_is_announced_at_once(page: SettingsPage, qtbot: QtBot) -> None:
    enter(page, "window.theme", "dark")
    enter(page, "window.language", "de")

    with qtbot.waitSignal(page.appearance_changed) as changed:
        qtbot.mouseClick(page.bar.save, CLICK)

    assert changed.args == ["dark", "de"]
    assert page.setting_fields["window.theme"]._hint.isHidden()


def test_keys_go_into_the_keyring_and_out_of_it(
    page: SettingsPage, ring: Memory, qtbot: QtBot
) -> None:
    enter(page, "storage.endpoint", "http://127.0.0.1:9000")
    enter(page, "storage.secret_key", "very secret")
    heard = save(page, qtbot)
    field = page.setting_fields["storage.secret_key"]

    assert ring.kept == {("eventsnap", "storage.secret_key"): "very secret"}
    assert "secret" not in str(file_content(page))
    assert heard[0][1] is None
    qtbot.waitUntil(lambda: "keyring" in field.origin_text)
    box = field.editor.inside
    assert isinstance(box, QLineEdit)
    assert (box.text(), box.placeholderText()) == ("", "one is set")
    qtbot.mouseClick(field._reset, CLICK)
    assert field.is_changed
    save(page, qtbot)
    qtbot.waitUntil(lambda: not ring.kept)


def test_search_leaves_what_fits(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page._search, "memory")

    shown = {name for name, field in page.setting_fields.items() if field.isVisible()}
    assert shown == {"encode.queue_megabytes", "model.gpu_mem_limit_mb"}
    page._search.setText("nothing is called that")
    assert page._nothing.isVisible()


def test_changes_are_discarded(page: SettingsPage, qtbot: QtBot) -> None:
    enter(page, "model.provider", "cpu")
    qtbot.mouseClick(page.bar.discard, CLICK)

    assert page.setting_fields["model.provider"].editor.value() == "auto"
    assert not page.bar.save.isEnabled()


def test_the_wheel_changes_no_field_that_one_scrolls_past(page: SettingsPage, qtbot: QtBot) -> None:
    box = page.setting_fields["encode.max_attempts"].editor.inside
    assert isinstance(box, QSpinBox)
    middle = QPointF(box.rect().center())

    def turn() -> None:
        event = QWheelEvent(
            middle,
            box.mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, event)

    turn()
    assert box.value() == 3
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    turn()
    assert box.value() == 4


def ask_for_a_test_mail(page: SettingsPage, qtbot: QtBot, port: int) -> str:
    enter(page, "mail.host", "127.0.0.1")
    enter(page, "mail.port", port)
    enter(page, "mail.security", "none")
    enter(page, "mail.sender", "kiosk@example.org")
    test = page._mail_test
    assert not test.send.isEnabled()
    test.address.setText("jane@example.com")
    qtbot.mouseClick(test.send, CLICK)
    assert not test.send.isEnabled()
    qtbot.waitUntil(test.send.isEnabled)
    return test.said.text()


def test_a_test_mail_is_sent_with_what_is_entered(
    page: SettingsPage, mail_trap: MailTrap, qtbot: QtBot
) -> None:
    said = ask_for_a_test_mail(page, qtbot, mail_trap.port)

    assert "took the e-mail (taken" in said
    assert mail_trap.taken[0].recipients == ("jane@example.com",)
    assert mail_trap.taken[0].message["Subject"] == "Test e-mail of the photo kiosk"
    assert file_content(page) == {}


def test_what_keeps_a_test_mail_from_going_is_told(page: SettingsPage, qtbot: QtBot) -> None:
    with serve(MailTrap(rcpt=lambda _: "550 5.1.1 nobody of that name")) as trap:
        said = ask_for_a_test_mail(page, qtbot, trap.port)

    assert "550 5.1.1 nobody of that name" in said


def test_what_is_said_of_a_test_mail_is_scrolled_to(page: SettingsPage, qtbot: QtBot) -> None:
    page.resize(1000, 420)
    answer = page._mail_test.said

    page._mail_test.show_error(UsageError("The mail server cannot be reached"))

    qtbot.waitUntil(lambda: answer.visibleRegion().boundingRect() == answer.rect(), timeout=20_000)


def test_a_test_mail_without_a_server_or_to_no_address_is_not_tried(
    page: SettingsPage, qtbot: QtBot
) -> None:
    test = page._mail_test
    for address, told in (("jane@example.com", "mail server first"), ("jane", "one @")):
        test.address.setText(address)
        qtbot.keyClick(test.address, Qt.Key.Key_Return)
        qtbot.waitUntil(test.send.isEnabled)
        assert told in test.said.text()
