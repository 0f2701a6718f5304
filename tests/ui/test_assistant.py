"""The first-run assistant: choices kept, licence acknowledged, servers tried, packs fetched."""

import hashlib
import http.server
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eventsnap_desktop.app.first_steps import FirstStepsWorks
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.assistant import Assistant, AssistantAnswer
from eventsnap_desktop.vision.pack_catalog import ARCHIVES, KNOWN_PACKS, Archive, ModelFile
from eventsnap_desktop.vision.pack_install import Release

_WAIT = 20_000  # milliseconds


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the data folder of a new machine: it is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def assistant(qtbot: QtBot, jobs: Jobs, home: Path) -> Assistant:
    """Return the assistant on a new machine."""
    return open_assistant(qtbot, jobs, home)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """Have a system without a keyring."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


class MemoryKeyring(KeyringBackend):
    """A keyring that forgets everything with the test."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring has no types here
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return what was kept."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        del self.kept[service, username]


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Have a keyring of the test's own."""
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def open_assistant(
    qtbot: QtBot, jobs: Jobs, home: Path, release: Release | None = None
) -> Assistant:
    """Return a visible assistant."""
    made = Assistant(jobs, FirstStepsWorks(load_settings({"home": home}), release))
    qtbot.addWidget(made)
    made.show()
    return made


def go_on(qtbot: QtBot, assistant: Assistant, step: int) -> None:
    """Click “Continue” and wait for a step."""
    qtbot.mouseClick(assistant.forward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: assistant.step == step, timeout=_WAIT)


def go_to_event(qtbot: QtBot, assistant: Assistant) -> None:
    """Go to the last step with the built-in database."""
    go_on(qtbot, assistant, 1)
    qtbot.waitUntil(lambda: bool(assistant.models.fetch_buttons), timeout=_WAIT)
    assistant.models.agreed.click()
    go_on(qtbot, assistant, 2)


def said(label: QLabel) -> str:
    """Return what a label says once it is an answer."""
    return "" if label.text() in {"", "Trying…"} else label.text()


def test_the_built_in_way_needs_only_the_licence(
    qtbot: QtBot, assistant: Assistant, home: Path
) -> None:
    go_on(qtbot, assistant, 1)
    qtbot.waitUntil(lambda: bool(assistant.models.fetch_buttons), timeout=_WAIT)
    assert not assistant.forward.isEnabled()
    assistant.models.agreed.click()
    go_on(qtbot, assistant, 2)
    licences = tomllib.loads((home / "licences.toml").read_text(encoding="utf-8"))
    assert [(one["pack"], one["how"]) for one in licences["acknowledged"]] == [("lite", "accepted")]
    with qtbot.waitSignal(assistant.finished_steps, timeout=_WAIT) as signal:
        qtbot.mouseClick(assistant.forward, Qt.MouseButton.LeftButton)
    assert signal.args == [AssistantAnswer(sample_wanted=True, event=None)]
    assert load_settings({"home": home}).settings.storage.endpoint == ""


def test_an_acknowledged_licence_is_not_asked_for_again(
    qtbot: QtBot, jobs: Jobs, home: Path, assistant: Assistant
) -> None:
    go_to_event(qtbot, assistant)
    again = open_assistant(qtbot, jobs, home)
    go_on(qtbot, again, 1)
    qtbot.waitUntil(again.forward.isEnabled, timeout=_WAIT)


def test_a_name_proposes_code_and_folder_and_the_folder_is_made(
    qtbot: QtBot, assistant: Assistant, home: Path
) -> None:
    go_to_event(qtbot, assistant)
    step = assistant.event_step
    step.own.choose()
    assert not assistant.forward.isEnabled()
    qtbot.keyClicks(step.name, "Summer Party")
    assert step.code.text() == "summer-party"
    with qtbot.waitSignal(assistant.finished_steps, timeout=_WAIT) as signal:
        qtbot.mouseClick(assistant.forward, Qt.MouseButton.LeftButton)
    assert signal.args is not None
    answer = signal.args[0]
    assert not answer.sample_wanted
    code, details = answer.event
    assert (code, details.name) == ("summer-party", "Summer Party")
    assert Path(details.source) == home / "photos" / "summer-party"
    assert Path(details.source).is_dir()


def test_a_code_that_cannot_be_is_told_while_it_is_typed(
    qtbot: QtBot, assistant: Assistant
) -> None:
    go_to_event(qtbot, assistant)
    assistant.event_step.own.choose()
    qtbot.keyClicks(assistant.event_step.code, "-a b")
    assert "letters" in assistant.event_step.code_said.text()
    assert not assistant.forward.isEnabled()


def test_a_source_that_cannot_be_read_is_told_and_can_be_kept_anyway(
    qtbot: QtBot, assistant: Assistant, tmp_path: Path
) -> None:
    go_to_event(qtbot, assistant)
    step = assistant.event_step
    step.own.choose()
    qtbot.keyClicks(step.code, "party")
    step.source.address.clear()
    qtbot.keyClicks(step.source.address, str(tmp_path / "nowhere"))
    with qtbot.waitSignal(step.checked, timeout=_WAIT) as signal:
        qtbot.mouseClick(assistant.forward, Qt.MouseButton.LeftButton)
    assert signal.args == [False]
    assert "nowhere" in step.source.finding.text()
    assert assistant.forward.text() == "Create anyway"
    with qtbot.waitSignal(assistant.finished_steps, timeout=_WAIT):
        qtbot.mouseClick(assistant.forward, Qt.MouseButton.LeftButton)


def test_tests_of_servers_say_what_is_wrong(qtbot: QtBot, assistant: Assistant) -> None:
    step = assistant.storage
    step.own.choose()
    qtbot.keyClicks(step.database_url, "postgresql://me@127.0.0.1:1/photos")
    qtbot.keyClicks(step.endpoint, "http://127.0.0.1:1")
    for field in (step.access_key, step.secret_key):
        qtbot.keyClicks(field, "something")
    qtbot.mouseClick(step.test_database, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(step.test_storage, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: bool(said(step.database_said) and said(step.storage_said)), timeout=_WAIT
    )
    assert "does not answer" in step.database_said.text()
    assert "127.0.0.1:1 does not answer" in step.storage_said.text()
    qtbot.keyClicks(step.endpoint, "1")
    assert step.storage_said.text() == ""


def test_a_database_that_works_is_told_so(
    qtbot: QtBot, assistant: Assistant, database_url: str
) -> None:
    step = assistant.storage
    step.own.choose()
    step.database_url.setText(database_url)
    qtbot.mouseClick(step.test_database, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said(step.database_said)), timeout=_WAIT)
    assert step.database_said.property("role") == "good"


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_the_environment_variable_is_named(
    qtbot: QtBot, assistant: Assistant, home: Path
) -> None:
    assistant.storage.own.choose()
    assistant.storage.database_url.setText("postgresql://me:secret@127.0.0.1:1/photos")
    qtbot.mouseClick(assistant.forward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(assistant.banner.isVisible, timeout=_WAIT)
    assert "EVENTSNAP_DATABASE_URL" in assistant.banner.text
    assert "secret" not in assistant.banner.text
    assert assistant.step == 0
    assert assistant.forward.isEnabled()
    assert not (home / "config.toml").exists()


def test_secrets_go_into_the_keyring_and_addresses_into_the_file(
    qtbot: QtBot, assistant: Assistant, home: Path, memory_keyring: MemoryKeyring
) -> None:
    step = assistant.storage
    step.own.choose()
    step.database_url.setText("postgresql://me:secret@127.0.0.1:1/photos")
    step.endpoint.setText("http://127.0.0.1:1")
    step.access_key.setText("an access key")
    step.secret_key.setText("a secret key")
    step.bucket.setText("weddings")
    go_on(qtbot, assistant, 1)
    assert sorted(name for _, name in memory_keyring.kept) == [
        "database.url",
        "storage.access_key",
        "storage.secret_key",
    ]
    text = (home / "config.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {
        "database": {"url_in_keyring": True},
        "storage": {"endpoint": "http://127.0.0.1:1"},
    }
    qtbot.waitUntil(lambda: bool(assistant.models.fetch_buttons), timeout=_WAIT)
    assistant.models.agreed.click()
    go_on(qtbot, assistant, 2)
    assistant.event_step.own.choose()
    qtbot.keyClicks(assistant.event_step.code, "party")
    assert assistant.event_step.source.uri == "minio://weddings/party"


def test_escape_rejects_and_back_goes_back(qtbot: QtBot, assistant: Assistant) -> None:
    go_to_event(qtbot, assistant)
    qtbot.mouseClick(assistant.back, Qt.MouseButton.LeftButton)
    assert assistant.step == 1
    with qtbot.waitSignal(assistant.rejected, timeout=_WAIT):
        qtbot.keyClick(assistant, Qt.Key.Key_Escape)


@pytest.fixture
def small_release(tmp_path: Path) -> Iterator[Release]:
    """Return a release on a server of the test's own: its pack has two files of a few bytes."""
    served = tmp_path / "served"
    served.mkdir()
    contents = {"one.onnx": b"a detector", "two.onnx": b"a recognizer"}
    with zipfile.ZipFile(served / "small.zip", "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    files = [
        ModelFile(name, hashlib.sha256(content).hexdigest(), "small.zip")
        for name, content in contents.items()
    ]
    digest = hashlib.sha256((served / "small.zip").read_bytes()).hexdigest()
    pack = replace(KNOWN_PACKS["standard"], detector=files[0], recognizer=files[1])

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(served))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Release(
            f"http://127.0.0.1:{server.server_port}",
            {**ARCHIVES, "small.zip": Archive(digest, 2_000_000)},
            {"lite": KNOWN_PACKS["lite"], "standard": pack},
        )
        server.shutdown()
        thread.join()


def test_a_pack_is_fetched_once_its_licence_is_acknowledged(
    qtbot: QtBot, jobs: Jobs, home: Path, small_release: Release
) -> None:
    assistant = open_assistant(qtbot, jobs, home, small_release)
    go_on(qtbot, assistant, 1)
    models = assistant.models
    qtbot.waitUntil(lambda: "standard" in models.fetch_buttons, timeout=_WAIT)
    assert not models.fetch_buttons["standard"].isEnabled()
    models.agreed.click()
    qtbot.mouseClick(models.fetch_buttons["standard"], Qt.MouseButton.LeftButton)
    assert models.is_fetching
    assert not assistant.forward.isEnabled()
    qtbot.waitUntil(lambda: not models.is_fetching, timeout=_WAIT)
    assert models.said.property("role") == "good", models.said.text()
    assert "standard" not in models.fetch_buttons
    assert sorted(file.name for file in (home / "models").glob("*.onnx")) == [
        "one.onnx",
        "two.onnx",
    ]
    assert assistant.forward.isEnabled()


def test_a_pack_is_taken_from_a_file_that_was_carried_over(
    qtbot: QtBot, jobs: Jobs, home: Path, small_release: Release, tmp_path: Path
) -> None:
    assistant = open_assistant(qtbot, jobs, home, small_release)
    go_on(qtbot, assistant, 1)
    models = assistant.models
    qtbot.waitUntil(lambda: "standard" in models.fetch_buttons, timeout=_WAIT)
    assert not models.from_file.isEnabled()
    models.agreed.click()
    assert models.from_file.isEnabled()

    (tmp_path / "empty.zip").write_bytes(b"PK\5\6" + bytes(18))
    models.take_file(tmp_path / "empty.zip")
    qtbot.waitUntil(lambda: not models.is_fetching, timeout=_WAIT)
    assert models.said.property("role") == "danger"
    assert "holds no file of a model pack" in models.said.text()

    models.take_file(tmp_path / "served" / "small.zip")
    qtbot.waitUntil(lambda: not models.is_fetching, timeout=_WAIT)
    assert models.said.property("role") == "good", models.said.text()
    assert "standard" not in models.fetch_buttons
