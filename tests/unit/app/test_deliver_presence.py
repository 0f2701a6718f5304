"""What a process that ended had taken on is known to be free, what a living one has is not."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eventsnap_desktop.app.deliver_presence import Presence

_DELIVERS = """
import sys
from pathlib import Path
from eventsnap_desktop.app.deliver_presence import Presence
with Presence(Path(sys.argv[1]), "other"):
    print("here", flush=True)
    sys.stdin.read()
"""


def let_go(presence: Presence, *names: str) -> list[str]:
    gone: list[str] = []
    presence.let_go_of_ended(lambda: names, gone.append)
    return gone


def test_only_what_a_killed_process_had_is_let_go(tmp_path: Path) -> None:
    with (
        Presence(tmp_path, "me") as me,
        subprocess.Popen(
            [sys.executable, "-c", _DELIVERS, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as other,
    ):
        assert other.stdout is not None
        assert other.stdout.readline() == b"here\n"
        assert let_go(me, "me", "other", "unknown", "../me", "") == []
        other.kill()
        other.wait()
        assert let_go(me, "me", "other") == ["other"]
        assert let_go(me, "other") == []  # its mark is gone as well
    assert list(tmp_path.iterdir()) == []


def test_marks_of_long_ago_are_removed_and_others_stay(tmp_path: Path) -> None:
    old, new = tmp_path / "old.lock", tmp_path / "new.lock"
    for file in (old, new):
        file.touch()
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    with Presence(tmp_path, "me"):
        assert sorted(file.name for file in tmp_path.iterdir()) == ["me.lock", "new.lock"]


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_deliver(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    with Presence(tmp_path / "file" / "folder", "me") as me:
        assert let_go(me, "other") == []
    assert str(tmp_path) not in caplog.text
