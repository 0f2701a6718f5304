"""The port that links name is remembered for as long as links may work, and not for other ones."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventsnap_desktop.app.share_port import FILE, PortMemory


def test_each_database_has_its_own_port_until_another_one_is_wanted(tmp_path: Path) -> None:
    memory = PortMemory(tmp_path / "home")
    assert memory.recall("party", 8473) == 0
    memory.note("party", 8473, 8473)
    memory.note("fair", 8473, 8474)
    memory.note("party", 8473, 8475)
    again = PortMemory(tmp_path / "home")
    assert [again.recall(name, 8473) for name in ("party", "fair", "other")] == [8475, 8474, 0]
    assert again.recall("party", 9000) == 0
    assert [one.name for one in (tmp_path / "home").iterdir()] == [FILE]


def test_it_is_forgotten_when_no_link_can_work_any_more(tmp_path: Path) -> None:
    now = datetime(2030, 5, 1, tzinfo=UTC)
    PortMemory(tmp_path, lambda: now).note("party", 8473, 8474)
    assert PortMemory(tmp_path, lambda: now + timedelta(days=30)).recall("party", 8473) == 8474
    assert PortMemory(tmp_path, lambda: now + timedelta(days=32)).recall("party", 8473) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "{",
        '{"party": 8474}',
        '{"party": {"wanted": 8473}}',
        '{"party": {"wanted": 8473, "port": 8474, "at": "yesterday"}}',
        '{"party": {"wanted": 8473, "port": 8474, "at": "2030-01-01T00:00:00"}}',
        '{"party": {"wanted": 8473, "port": 700000, "at": "2130-01-01T00:00:00+00:00"}}',
        '{"party": {"wanted": 8473, "port": "8474", "at": "2130-01-01T00:00:00+00:00"}}',
    ],
)
def test_a_file_with_anything_in_it_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    memory = PortMemory(tmp_path)
    assert memory.recall("party", 8473) == 0
    memory.note("party", 8473, 8475)
    assert memory.recall("party", 8473) == 8475


def test_a_place_that_cannot_be_written_keeps_no_phone_from_being_answered(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    memory = PortMemory(tmp_path / "home")
    memory.note("party", 8473, 8474)
    assert memory.recall("party", 8473) == 0


def test_it_does_not_grow_without_end(tmp_path: Path) -> None:
    memory = PortMemory(tmp_path)
    for number in range(120):
        memory.note(f"database {number}", 8473, 8474)
    assert len(json.loads((tmp_path / FILE).read_text())) == 50
    assert memory.recall("database 119", 8473) == 8474
