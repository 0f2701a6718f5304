"""A kiosk runs once under its name, and is started so that it outlives who started it."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from eventsnap_desktop.app.command_line import parser
from eventsnap_desktop.app.kiosk_lock import KioskFiles
from eventsnap_desktop.app.kiosk_options import kiosk_name
from eventsnap_desktop.app.kiosk_starting import kiosk_command, program, start_detached
from eventsnap_desktop.domain.errors import EventSnapError


def test_a_second_kiosk_of_the_same_name_is_refused(tmp_path: Path) -> None:
    with KioskFiles(tmp_path, "Entrance").held():
        with (
            pytest.raises(EventSnapError, match="“Entrance” runs already"),
            KioskFiles(tmp_path, "Entrance").held(),
        ):
            pytest.fail("it was held twice")
        with KioskFiles(tmp_path, "Bar").held(), KioskFiles(tmp_path / "b", "Entrance").held():
            pass
    with KioskFiles(tmp_path, "Entrance").held():
        pass


@pytest.mark.parametrize("name", ["a/b", "..", "Bühne 1", "x" * 100, "🎪" * 100, "CON", 'a"<>|?*:'])
def test_any_name_makes_files_of_its_own_in_the_data_folder(name: str, tmp_path: Path) -> None:
    files = KioskFiles(tmp_path, name)
    with files.held(), files.screen_held():
        files.alive.touch()

    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 3
    assert all(path.parent == Path("kiosks") for path in made)
    assert not set('/\\"<>|?*:') & set(files.stem)
    assert files.stem != KioskFiles(tmp_path, name + "y").stem


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "kiosks").write_text("in the way")

    with (
        pytest.raises(EventSnapError, match="cannot be written"),
        KioskFiles(tmp_path, "Entrance").held(),
    ):
        pytest.fail("it was held")


def test_each_further_screen_is_another_kiosk() -> None:
    assert kiosk_name("Entrance", None) == "Entrance"
    assert kiosk_name("Entrance", 0) == "Entrance"
    assert kiosk_name("Entrance", 1) == "Entrance 2"
    assert kiosk_name("", None)


def test_what_a_kiosk_is_called_with_comes_back_from_the_command_line(tmp_path: Path) -> None:
    command = kiosk_command(
        "party",
        tmp_path,
        camera="file:-odd name.mp4",
        windowed=True,
        screen=2,
        model_pack="lite",
        guarded_as="-Entrance 2",
    )

    chosen = parser().parse_args(command[len(program()) :])

    assert (chosen.kiosk, chosen.home, chosen.camera) == ("party", tmp_path, "file:-odd name.mp4")
    assert (chosen.windowed, chosen.screen, chosen.model_pack) == (True, 2, "lite")
    assert chosen.kiosk_child == "-Entrance 2"


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert program() == [sys.executable]


def test_why_it_ended_at_once_is_said(tmp_path: Path) -> None:
    code = "import sys; print('eventsnap: It is so.', file=sys.stderr); print('x', file=sys.stderr)"
    said = tmp_path / "logs" / "said.txt"

    with pytest.raises(EventSnapError) as refused:
        start_detached([sys.executable, "-c", f"{code}; sys.exit(1)"], said, 60)
    assert str(refused.value) == "It is so."

    with pytest.raises(EventSnapError, match=r"ended at once\. See .*said\.txt"):
        start_detached([sys.executable, "-c", "raise SystemExit(3)"], said, 60)
    assert "It is so." in said.read_text()

    with pytest.raises(EventSnapError, match="cannot be started"):
        start_detached([str(tmp_path / "nothing")], said, 60)


STARTING = """
import sys
from pathlib import Path
from eventsnap_desktop.app.kiosk_starting import start_detached
lasting = [sys.executable, "-c", "import time; time.sleep(600)"]
print(start_detached(lasting, Path(sys.argv[1]), 0.1).pid)
"""


def test_it_outlives_who_started_it(tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    done = subprocess.run(
        [sys.executable, "-c", STARTING, str(said)], capture_output=True, text=True, check=True
    )

    kiosk = psutil.Process(int(done.stdout))
    assert kiosk.status() != psutil.STATUS_ZOMBIE
    assert said.exists()
    kiosk.kill()
    deadline = time.monotonic() + 20
    while psutil.pid_exists(kiosk.pid) and kiosk.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)
