"""What of the config file is in a backup, and what becomes of it in another data folder."""

from pathlib import Path

import pytest

from eventsnap_desktop.settings.config_copy import config_copy, put_config_back
from eventsnap_desktop.settings.loading import load_settings


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    return folder


def test_settings_come_back_without_secrets(old: Path, home: Path) -> None:
    (old / "config.toml").write_text(
        "log_level = 'INFO'\n[storage]\nendpoint = 'http://nas:9000'\nsecret_key = 'sesame'\n"
        "[mail]\nhost = 'mail.example.org'\npassword = 'open'\n"
    )
    copy = config_copy(old)

    assert put_config_back(home, copy) is None

    settings = load_settings({}).settings
    assert (settings.log_level, settings.storage.endpoint) == ("INFO", "http://nas:9000")
    assert settings.mail.host == "mail.example.org"
    assert b"sesame" not in copy
    assert b"open" not in copy


def test_the_former_databases_address_stays_behind(old: Path, home: Path) -> None:
    (old / "config.toml").write_text(
        "[database]\nurl = 'postgresql://nas/party'\nurl_in_keyring = true\npatience = 7.0\n"
    )

    put_config_back(home, config_copy(old))

    database = load_settings({}).settings.database
    assert (database.url, database.url_in_keyring, database.patience) == (None, False, 7.0)


def test_settings_of_the_new_folder_stay_and_the_others_lie_beside(old: Path, home: Path) -> None:
    (old / "config.toml").write_text("log_level = 'INFO'\n")
    (home / "config.toml").write_text("log_level = 'ERROR'\n")

    beside = put_config_back(home, config_copy(old))

    assert beside == home / "config.toml.restored"
    assert "INFO" in beside.read_text()
    assert load_settings({}).settings.log_level == "ERROR"


def test_put_back_twice_it_is_the_same(old: Path, home: Path) -> None:
    (old / "config.toml").write_text("log_level = 'INFO'\n")

    assert [put_config_back(home, config_copy(old)) for _ in range(2)] == [None, None]
    assert [one.name for one in home.iterdir()] == ["config.toml"]


def test_a_folder_without_settings_has_nothing_to_copy(old: Path) -> None:
    assert config_copy(old) == b""
