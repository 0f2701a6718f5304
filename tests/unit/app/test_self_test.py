"""The self-test goes on after a failure, says what failed, and leaves no part out."""

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eventsnap_desktop.app import self_test_installation as installation
from eventsnap_desktop.app import self_test_parts as parts
from eventsnap_desktop.app.kiosk_parts import screen_factories
from eventsnap_desktop.app.self_test_bench import open_bench
from eventsnap_desktop.app.self_test_faces import check_pack
from eventsnap_desktop.app.self_test_mode import checks
from eventsnap_desktop.app.self_test_outcomes import Outcome, as_lines, run_checks
from eventsnap_desktop.app.self_test_views import sample_views
from eventsnap_desktop.domain.errors import EventSnapError, ModelPackError
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.ui.widgets.resource_files import resource
from eventsnap_desktop.vision import packs


def chosen(home: Path, pack: str | None = None) -> Namespace:
    return Namespace(home=home, model_pack=pack, json=False, self_test="all")


def broken() -> str:
    raise EventSnapError("The lamp is out", "Change it.")


def buggy() -> str:
    raise KeyError("wire")


def test_a_failure_costs_only_its_own_check() -> None:
    told: list[Outcome] = []

    outcomes = run_checks(
        [("lamp", broken), ("wire", buggy), ("switch", lambda: "It clicks.")], told.append
    )

    assert told == outcomes
    assert [(one.name, one.ok) for one in outcomes] == [
        ("lamp", False),
        ("wire", False),
        ("switch", True),
    ]
    assert outcomes[0].said == "The lamp is out. Change it."
    assert "KeyError" in outcomes[1].said


def test_a_check_of_another_process_brings_its_outcomes() -> None:
    outcomes = [Outcome("page one", True, "drawn.", 0.1), Outcome("page two", False, "empty", 0.2)]

    assert run_checks([("windows", lambda: outcomes)], lambda _: None) == outcomes


def test_a_line_tells_the_end_first() -> None:
    [line] = as_lines(Outcome("lamp", False, "The lamp is out.", 1.234))

    assert line.split() == ["FAILED", "1.23", "s", "lamp", "The", "lamp", "is", "out."]
    assert all(len(one) <= 100 for one in as_lines(Outcome("lamp", True, "word " * 90, 1)))


def test_all_parts_are_looked_at(tmp_path: Path) -> None:
    with open_bench(chosen(tmp_path)) as bench:
        names = [name for name, _ in checks(bench)]

    assert names.index("database") < names.index("phones") < names.index("windows")
    assert {"modules", "resources", "licences", "certificates", "keyring", "providers"} <= {*names}
    assert {"model pack", "pictures", "camera", "printing", "QR code", "photo storage"} <= {*names}


def test_the_bench_is_none_of_the_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSNAP_DATABASE_URL", "postgresql://somebody@db.example/guests")
    monkeypatch.setenv("EVENTSNAP_STORAGE_ENDPOINT", "https://s3.example")

    with open_bench(chosen(tmp_path)) as bench:
        assert bench.settings.database.url is None
        assert bench.settings.storage.endpoint is None or not bench.settings.storage.endpoint
        assert tmp_path not in bench.settings.home.parents
        folder = bench.folder
        with pytest.raises(EventSnapError, match="database"):
            _ = bench.index

    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_resource_is_named(tmp_path: Path) -> None:
    assert "resource files" in installation.check_resources(resource())

    with pytest.raises(EventSnapError, match=r"mail/de\.toml"):
        installation.check_resources(tmp_path)


def test_every_screen_of_the_kiosk_has_something_to_show() -> None:
    photo = GalleryPhoto(PhotoId(1), "a.jpg", "", datetime.now(UTC), 900, 600)
    kinds = screen_factories(None, None, None, None)  # type: ignore[arg-type] # nothing is built

    assert set(kinds) == set(sample_views(photo))


def test_without_a_pack_nothing_fails_unless_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "LITE_PACKAGE", "no_such_package_is_installed")
    monkeypatch.setenv("EVENTSNAP_HOME", str(tmp_path))

    with open_bench(chosen(tmp_path)) as bench:
        assert "--models lite" in check_pack(bench)
    with open_bench(chosen(tmp_path, "lite")) as bench, pytest.raises(ModelPackError):
        check_pack(bench)


def test_a_pack_encodes_a_face(tmp_path: Path) -> None:
    with open_bench(chosen(tmp_path, "lite")) as bench:
        assert "lite on cpu encodes a picture: 1 face." in check_pack(bench)


@pytest.mark.parametrize(
    "check",
    [parts.check_formats, parts.check_camera, parts.check_print, parts.check_code],
)
def test_parts_without_a_database_work(tmp_path: Path, check: object) -> None:
    with open_bench(chosen(tmp_path)) as bench:
        assert str(check(bench)).endswith(".")  # type: ignore[operator]


def test_a_database_that_did_not_open_is_the_reason_given(tmp_path: Path) -> None:
    with open_bench(chosen(tmp_path)) as bench, pytest.raises(EventSnapError, match="database"):
        parts.check_phones(bench)


def test_a_test_uses_no_setting_of_the_machine(tmp_path: Path) -> None:
    with open_bench(chosen(tmp_path)) as bench:
        assert bench.settings.model == Settings(home=tmp_path).model
