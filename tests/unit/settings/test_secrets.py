"""Secrets come from settings or keyring, and show nowhere."""

import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from eventsnap_desktop.domain.errors import EventSnapError, UsageError
from eventsnap_desktop.settings.addresses import has_password, without_secrets
from eventsnap_desktop.settings.loading import load_settings, save_settings
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.settings.secrets import forget_secret, reveal, store_secret

SECRET = "correct-horse-battery"
WITH_PASSWORD = f"postgresql://me:{SECRET}@host:5433/events"


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory that counts questions and may be broken."""

    priority = 1

    def __init__(self, broken: bool = False) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.questions = 0
        self.broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        del self.entries[service, username]

    def _answer(self) -> None:
        self.questions += 1
        if self.broken:
            raise keyring.errors.KeyringLocked(f"locked, cannot handle {SECRET}")


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    fake = Ring()
    keyring.set_keyring(fake)
    yield fake
    keyring.set_keyring(before)


def settings(arguments: dict[str, object], home: Path) -> Settings:
    return load_settings(arguments).settings


def test_a_secret_that_is_set_is_not_asked_for(home: Path, ring: Ring) -> None:
    given = settings({"storage": {"endpoint": "http://s3", "secret_key": SECRET}}, home)

    assert reveal(given, "storage.secret_key") == SECRET
    assert ring.questions == 0


def test_loading_asks_no_keyring(home: Path, ring: Ring) -> None:
    settings({"storage": {"endpoint": "http://s3"}, "database": {"url_in_keyring": True}}, home)

    assert ring.questions == 0


def test_the_keyring_gives_what_is_not_set(home: Path, ring: Ring) -> None:
    store_secret("storage.secret_key", SECRET)
    store_secret("database.url", WITH_PASSWORD)
    store_secret("mail.password", SECRET)
    given = settings(
        {
            "storage": {"endpoint": "http://s3"},
            "database": {"url_in_keyring": True},
            "mail": {"host": "smtp.example.org"},
        },
        home,
    )

    assert reveal(given, "storage.secret_key") == SECRET
    assert reveal(given, "storage.access_key") is None
    assert reveal(given, "database.url") == WITH_PASSWORD
    assert reveal(given, "mail.password") == SECRET


def test_with_nothing_configured_the_keyring_is_not_asked(home: Path, ring: Ring) -> None:
    given = settings({}, home)

    assert reveal(given, "database.url") is None
    assert reveal(given, "storage.secret_key") is None
    assert reveal(given, "mail.password") is None
    assert ring.questions == 0


def test_a_broken_keyring_counts_as_empty(home: Path, ring: Ring) -> None:
    ring.broken = True
    given = settings({"storage": {"endpoint": "http://s3"}}, home)

    assert reveal(given, "storage.secret_key") is None
    forget_secret("storage.secret_key")


def test_a_database_address_missing_from_the_keyring_does_not_lead_to_another_database(
    home: Path, ring: Ring
) -> None:
    given = settings({"database": {"url_in_keyring": True}}, home)

    with pytest.raises(EventSnapError, match="EVENTSNAP_DATABASE_URL"):
        reveal(given, "database.url")


def test_a_keyring_that_takes_nothing_is_a_sentence_without_the_secret(ring: Ring) -> None:
    ring.broken = True

    with pytest.raises(EventSnapError, match="EVENTSNAP_STORAGE_SECRET_KEY") as caught:
        store_secret("storage.secret_key", SECRET)

    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_stored_secret_can_be_forgotten(home: Path, ring: Ring) -> None:
    store_secret("storage.secret_key", SECRET)
    forget_secret("storage.secret_key")

    assert ring.entries == {}


def test_only_secrets_go_into_the_keyring(ring: Ring) -> None:
    with pytest.raises(UsageError, match="region"):
        store_secret("storage.region", "eu")


def test_no_secret_shows_in_the_settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", WITH_PASSWORD)
    monkeypatch.setenv("EVENTSNAP_STORAGE_ACCESS_KEY", SECRET)
    loaded = load_settings({"storage": {"secret_key": SECRET}, "mail": {"password": SECRET}})

    assert SECRET not in repr(loaded)
    assert SECRET not in loaded.settings.model_dump_json()
    assert loaded.settings.storage.secret_key is not None
    assert pickle.loads(pickle.dumps(loaded.settings)) == loaded.settings


def test_a_refused_secret_is_not_repeated(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSNAP_STORAGE", f'{{"secret_key": ["{SECRET}"]}}')

    with pytest.raises(UsageError) as caught:
        load_settings({})

    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("storage.secret_key", SECRET),
        ("mail.password", SECRET),
        ("database.url", WITH_PASSWORD),
    ],
)
def test_a_secret_is_not_saved_to_the_file(home: Path, name: str, value: str) -> None:
    with pytest.raises(UsageError, match="keyring") as caught:
        save_settings(home, {name: value})

    assert SECRET not in str(caught.value)
    assert not (home / "config.toml").exists()


@pytest.mark.parametrize(
    ("address", "holds"),
    [
        (WITH_PASSWORD, True),
        ("postgresql://me@host/db", False),
        ("postgresql://host/db?password=x", True),
        ("postgresql:///db?host=/run", False),
        ("host=h dbname=d password = x", True),
        ("host=h dbname=d", False),
        ("postgresql://me:a/b@host/db", True),
        ("postgresql://[broken", True),
    ],
)
def test_an_address_with_a_password_is_told(address: str, holds: bool) -> None:
    assert has_password(address) is holds


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (WITH_PASSWORD, "host:5433/events"),
        (f"postgresql://host/db?password={SECRET}", "host/db"),
        (f"postgresql://me:{SECRET}/x@host/db", "a database address"),
        (f"host=h password={SECRET}", "a database address"),
        ("postgresql:///db", "this machine/db"),
        (f"postgresql://me:{SECRET}@[::1/db", "a database address"),
    ],
)
def test_an_address_is_shown_without_user_and_password(address: str, shown: str) -> None:
    assert without_secrets(address) == shown
