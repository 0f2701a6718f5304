"""Settings come from arguments, environment, file and defaults, in that order."""

import re
from pathlib import Path
from typing import Any

import pytest

from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.settings.loading import Origin, default_home, load_settings, save_settings
from eventsnap_desktop.settings.schema import fields, is_secret, variable


def test_with_nothing_set_every_value_is_its_default(home: Path) -> None:
    loaded = load_settings({})

    assert loaded.settings.home == home
    assert loaded.settings.database.url is None
    assert loaded.settings.storage.region == "us-east-1"
    assert loaded.settings.model.pack == "auto"
    assert loaded.warnings == ()
    from_elsewhere = {n for n, origin in loaded.origins.items() if origin is not Origin.DEFAULT}
    assert from_elsewhere == {"home"}


def test_without_a_data_folder_set_the_platform_names_one() -> None:
    assert load_settings({}).settings.home == default_home()


def test_an_argument_beats_the_environment_which_beats_the_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text("[encode]\nfetch_threads = 1\nmax_attempts = 1\n")
    assert load_settings({}).settings.encode.fetch_threads == 1

    monkeypatch.setenv("EVENTSNAP_ENCODE_FETCH_THREADS", "2")
    loaded = load_settings({})
    assert (loaded.settings.encode.fetch_threads, loaded.settings.encode.max_attempts) == (2, 1)
    assert loaded.origins["encode.fetch_threads"] is Origin.ENVIRONMENT
    assert loaded.origins["encode.max_attempts"] is Origin.FILE

    loaded = load_settings({"encode": {"fetch_threads": 3, "decode_threads": None}})
    assert loaded.settings.encode.fetch_threads == 3
    assert loaded.origins["encode.fetch_threads"] is Origin.ARGUMENT
    assert loaded.origins["encode.decode_threads"] is Origin.DEFAULT


@pytest.mark.parametrize(
    ("name", "given", "group", "field", "value"),
    [
        ("EVENTSNAP_STORAGE_ENDPOINT", " http://minio:9000 ", "storage", "endpoint", "http://minio:9000"),
        ("EVENTSNAP_STORAGE_REGION", "eu-west-1", "storage", "region", "eu-west-1"),
        ("EVENTSNAP_STORAGE_MAX_PHOTO_MEGABYTES", "64", "storage", "max_photo_megabytes", 64),
        ("EVENTSNAP_MODEL_PACK", "seed", "model", "pack", "seed"),
        ("EVENTSNAP_MODEL_GPU_MEM_LIMIT_MB", "2048", "model", "gpu_mem_limit_mb", 2048),
        ("EVENTSNAP_DATABASE_URL_IN_KEYRING", "true", "database", "url_in_keyring", True),
        ("eventsnap_match_sure", "0.4", "match", "sure", 0.4),
        ("EVENTSNAP_KIOSK_CAMERA", "1", "kiosk", "camera", "1"),
        ("EVENTSNAP_KIOSK_ACCESSIBLE", "true", "kiosk", "accessible", True),
        ("EVENTSNAP_MAIL_PORT", "465", "mail", "port", 465),
        ("EVENTSNAP_MAIL_SENDER_NAME", "The venue", "mail", "sender_name", "The venue"),
    ],
)  # fmt: skip
def test_a_variable_is_called_by_group_and_field(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, given: str, group: str, field: str,
    value: Any,
) -> None:  # fmt: skip
    monkeypatch.setenv(name, given)

    assert getattr(getattr(load_settings({}).settings, group), field) == value


def test_an_empty_variable_counts_as_not_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", "")
    monkeypatch.setenv("EVENTSNAP_ENCODE_FETCH_THREADS", "")

    loaded = load_settings({})

    assert loaded.settings.database.url is None
    assert loaded.origins["encode.fetch_threads"] is Origin.DEFAULT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EVENTSNAP_ENCODE_FETCH_THREADS", "65"),
        ("EVENTSNAP_ENCODE_FETCH_THREADS", "many"),
        ("EVENTSNAP_MODEL_PROVIDER", "tpu"),
        ("EVENTSNAP_DATABASE_PATIENCE", "nan"),
        ("EVENTSNAP_LOG_LEVEL", "LOUD"),
        ("EVENTSNAP_STORAGE", "not json"),
        ("EVENTSNAP_MATCH_SURE", "1.5"),
        ("EVENTSNAP_KIOSK_THEME", "system"),
        ("EVENTSNAP_MAIL_PORT", "0"),
        ("EVENTSNAP_MAIL_SECURITY", "ssl3"),
    ],
)
def test_a_wrong_variable_is_refused_by_its_name(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(UsageError, match=rf"{name}\b"):
        load_settings({})


def test_a_wrong_argument_is_refused_by_its_name(home: Path) -> None:
    with pytest.raises(UsageError, match=re.escape("encode.max_megapixels")):
        load_settings({"encode": {"max_megapixels": 0}})
    with pytest.raises(UsageError, match="nonsense"):
        load_settings({"nonsense": {"x": 1}})


def test_thresholds_that_contradict_each_other_are_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTSNAP_MATCH_SURE", "0.3")
    monkeypatch.setenv("EVENTSNAP_MATCH_MAYBE", "0.4")

    with pytest.raises(UsageError, match="EVENTSNAP_MATCH"):
        load_settings({})


def test_where_file_and_environment_contradict_each_other_the_file_gives_way(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text("[match]\nmaybe = 0.5\n")
    monkeypatch.setenv("EVENTSNAP_MATCH_SURE", "0.4")

    loaded = load_settings({})

    assert (loaded.settings.match.sure, loaded.settings.match.maybe) == (0.4, None)
    assert any("match.maybe" in warning for warning in loaded.warnings)


@pytest.mark.parametrize("line", ["camera = 1", "camera = '1'", "camera = ' 1 '"])
def test_a_cameras_number_may_be_written_as_a_number(home: Path, line: str) -> None:
    (home / "config.toml").write_text(f"[kiosk]\n{line}\n")

    loaded = load_settings({})

    assert (loaded.settings.kiosk.camera, loaded.warnings) == ("1", ())


def test_a_misspelt_variable_is_pointed_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSNAP_STORGE_ENDPOINT", "http://minio:9000")

    (warning,) = load_settings({}).warnings

    assert "EVENTSNAP_STORGE_ENDPOINT" in warning
    assert "EVENTSNAP_STORAGE_ENDPOINT?" in warning
    assert "minio" not in warning


def test_a_data_folder_that_is_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("EVENTSNAP_HOME", str(file))

    with pytest.raises(UsageError, match="EVENTSNAP_HOME is a file"):
        load_settings({})


@pytest.mark.parametrize("path", ["\0", "~nobody-by-this-name/x"])
def test_a_data_folder_that_cannot_be_one_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="home"):
        load_settings({"home": path})


def test_the_data_folder_is_absolute_and_knows_the_users_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({"home": "here"}).settings.home == tmp_path / "here"
    assert load_settings({"home": "~/es"}).settings.home == Path.home() / "es"


def test_loading_makes_no_folder(tmp_path: Path) -> None:
    load_settings({"home": tmp_path / "not-there"})

    assert list(tmp_path.iterdir()) == []


def test_saved_values_are_loaded_again_and_others_stay(home: Path) -> None:
    (home / "config.toml").write_text("[encode]\nmax_attempts = 5\nfetch_threads = 4\n")

    save_settings(home, {"storage.region": "eu", "encode.fetch_threads": None, "match.sure": 0.5})

    loaded = load_settings({})
    assert loaded.settings.storage.region == "eu"
    assert loaded.settings.match.sure == 0.5
    assert (loaded.settings.encode.max_attempts, loaded.settings.encode.fetch_threads) == (5, 0)
    assert loaded.warnings == ()


def test_a_value_that_cannot_be_used_is_not_saved(home: Path) -> None:
    save_settings(home, {"encode.max_attempts": 5})
    before = (home / "config.toml").read_bytes()

    with pytest.raises(UsageError, match="max_attempts"):
        save_settings(home, {"encode.max_attempts": 0})

    assert (home / "config.toml").read_bytes() == before
    assert [path.name for path in home.iterdir()] == ["config.toml"]


def test_every_field_has_a_description_and_a_variable_of_its_own() -> None:
    names = [name for name, _ in fields()]

    assert all(info.description for _, info in fields())
    assert len({variable(name) for name in names}) == len(names)
    assert [name for name in names if is_secret(name)] == [
        "database.url",
        "storage.access_key",
        "storage.secret_key",
        "mail.password",
    ]
