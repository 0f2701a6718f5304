"""The assistant's first step: the built-in database and folder, or one's own servers."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from eventsnap_desktop.settings.config_file import holds_secret
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.first_steps import FirstSteps, OwnServers
from eventsnap_desktop.ui.organizer.page import sentence
from eventsnap_desktop.ui.widgets.choice_card import ChoiceCard
from eventsnap_desktop.ui.widgets.pieces import button, label, restyle, row


class StorageStep(QWidget):
    """Two choices, the second with fields and a test of each server."""

    kept = Signal()
    """The choice is saved."""
    refused = Signal(str)
    """The choice cannot be saved; a sentence."""

    def __init__(self, jobs: Jobs, steps: FirstSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._steps = jobs, steps
        self.database_url, self.endpoint = QLineEdit(), QLineEdit()
        self.access_key, self.secret_key, self.bucket = QLineEdit(), QLineEdit(), QLineEdit()
        self.test_database = button(self.tr("Test connection"))
        self.test_storage = button(self.tr("Test connection"))
        self.database_said, self.storage_said = _said(), _said()
        self.built_in = ChoiceCard(
            self.tr("Use the built-in database and folder"),
            self.tr("Works at once. Everything stays on this computer: no server, no cloud."),
        )
        self.own = ChoiceCard(
            self.tr("Use my PostgreSQL and MinIO"),
            self.tr("For several computers at one event that share photos."),
            self._filled_fields(),
        )
        self._choices = QButtonGroup(self)
        self._arrange()
        self.built_in.choose()
        self.test_database.clicked.connect(self._on_test_database)
        self.test_storage.clicked.connect(self._on_test_storage)
        self.database_url.textChanged.connect(self._on_database_edited)
        for field in (self.endpoint, self.access_key, self.secret_key, self.bucket):
            field.textChanged.connect(self._on_storage_edited)

    @property
    def servers(self) -> OwnServers:
        """What is chosen; all empty for the built-in ones."""
        if self.built_in.is_chosen:
            return OwnServers()
        return OwnServers(
            self.database_url.text().strip(),
            self.endpoint.text().strip(),
            self.access_key.text().strip(),
            self.secret_key.text().strip(),
            self.bucket.text().strip(),
        )

    def keep(self) -> None:
        """Save the choice; ``kept`` or ``refused`` follows."""
        self._jobs.call(
            partial(keep_servers, self._steps, self.servers),
            owner=self,
            done=self._on_kept,
            failed=self._on_refused,
        )

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Welcome to EventSnap"), "title"))
        column.addWidget(
            label(
                self.tr(
                    "Guests find their photos by their face. Three short steps, and all of it can "
                    "be changed later in the settings."
                ),
                "faint",
                wrap=True,
            )
        )
        fixed = self._steps.fixed_by_environment
        if fixed:
            text = self.tr("Set in the environment, and stronger than what is chosen here: {names}")
            column.addWidget(label(text.format(names=", ".join(fixed)), "warning", wrap=True))
        column.addSpacing(6)
        for choice in (self.built_in, self.own):
            self._choices.addButton(choice.radio)
            column.addWidget(choice)
        column.addStretch(1)

    def _filled_fields(self) -> QWidget:
        self.database_url.setPlaceholderText("postgresql://user:password@host:5432/database")
        self.endpoint.setPlaceholderText("http://host:9000")
        self.secret_key.setEchoMode(QLineEdit.EchoMode.Password)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(26, 0, 0, 4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields = (
            (self.tr("Database address"), self.database_url),
            (self.tr("Storage address"), self.endpoint),
            (self.tr("Access key"), self.access_key),
            (self.tr("Secret key"), self.secret_key),
            (self.tr("Bucket"), self.bucket),
        )
        lines = (0, 2, 3, 4, 5)
        for (text, field), line in zip(fields, lines, strict=True):
            name = label(text, "faint")
            name.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(name, line, 0)
            grid.addWidget(field, line, 1)
        grid.addLayout(row(self.test_database, self.database_said), 1, 1)
        grid.addLayout(row(self.test_storage, self.storage_said), 6, 1)
        self.test_database.setAccessibleName(self.tr("Test the database"))
        self.test_storage.setAccessibleName(self.tr("Test the photo storage"))
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(
            label(
                self.tr(
                    "Leave an address empty to use the built-in one. Passwords and keys go into "
                    "the system's keyring, never into a file."
                ),
                "small",
                wrap=True,
            )
        )
        return made

    def _on_test_database(self) -> None:
        self._begin_test(self.test_database, self.database_said)
        self._jobs.call(
            partial(self._steps.test_database, self.database_url.text().strip()),
            owner=self,
            done=self._on_database_good,
            failed=self._on_database_bad,
        )

    def _on_test_storage(self) -> None:
        self._begin_test(self.test_storage, self.storage_said)
        fields = (self.endpoint, self.access_key, self.secret_key, self.bucket)
        self._jobs.call(
            partial(self._steps.test_storage, *(field.text().strip() for field in fields)),
            owner=self,
            done=self._on_storage_good,
            failed=self._on_storage_bad,
        )

    def _begin_test(self, pressed: QWidget, said: QLabel) -> None:
        pressed.setEnabled(False)
        _say(said, self.tr("Trying…"), "faint")

    def _on_database_good(self, text: str) -> None:
        self.test_database.setEnabled(True)
        _say(self.database_said, text, "good")

    def _on_database_bad(self, error: Exception) -> None:
        self.test_database.setEnabled(True)
        _say(self.database_said, sentence(error), "danger")

    def _on_storage_good(self, text: str) -> None:
        self.test_storage.setEnabled(True)
        _say(self.storage_said, text, "good")

    def _on_storage_bad(self, error: Exception) -> None:
        self.test_storage.setEnabled(True)
        _say(self.storage_said, sentence(error), "danger")

    def _on_database_edited(self) -> None:
        _say(self.database_said, "", "faint")

    def _on_storage_edited(self) -> None:
        _say(self.storage_said, "", "faint")

    def _on_kept(self, _: None) -> None:
        self.kept.emit()

    def _on_refused(self, error: Exception) -> None:
        self.refused.emit(sentence(error))


def keep_servers(steps: FirstSteps, servers: OwnServers) -> None:
    """Save which servers are used, secrets in the keyring; blocks.

    EventSnapError where the keyring refuses, naming the environment variable that helps instead;
    then no setting is changed.
    """
    in_keyring = holds_secret("database.url", servers.database_url)
    if in_keyring:
        steps.store_secret("database.url", servers.database_url)
    if servers.endpoint:
        steps.store_secret("storage.access_key", servers.access_key)
        steps.store_secret("storage.secret_key", servers.secret_key)
    plain = servers.database_url if servers.database_url and not in_keyring else None
    steps.save_settings(
        {
            "database.url": plain,
            "database.url_in_keyring": True if in_keyring else None,
            "storage.endpoint": servers.endpoint or None,
        }
    )


def _said() -> QLabel:
    made = label("", "faint", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setMinimumWidth(300)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def _say(said: QLabel, text: str, role: str) -> None:
    said.setText(text)
    said.setProperty("role", role)
    restyle(said)
