"""The supervisor of the kiosk, with real programs that crash, hang, end and are left alone."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.kiosk_alive import AliveFile
from eventsnap_desktop.app.kiosk_supervisor import Patience, Supervisor, explain
from eventsnap_desktop.domain.errors import EventSnapError
from tests.unit.app.kiosk_programs import LIVE, Program

QUICK = Patience(soon=20, longest_pause=0.0, silent=1.0, starting=60, gentle=10, look_every=0.02)


def supervisor(
    program: Program, patience: Patience = QUICK, check: Callable[[], None] = lambda: None
) -> Supervisor:
    return Supervisor(program.command, AliveFile(program.alive), check, patience)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        threading.Event().wait(0.02)


@contextmanager
def running(guard: Supervisor) -> Iterator[list[int]]:
    """Run it on a thread, stop it at the end of the block; the list gets its exit code."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(guard.run()))
    thread.start()
    try:
        yield codes
    finally:
        guard.stop()
        thread.join(60)
        assert not thread.is_alive()


def ended(number: int) -> bool:
    try:
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_leaving_on_purpose_ends_it(tmp_path: Path) -> None:
    program = Program(tmp_path, "alive.touch()")

    assert supervisor(program).run() == ExitCode.DONE
    assert len(program.started) == 1


@pytest.mark.parametrize(
    "crash",
    [
        "raise ValueError",
        "os.abort()",
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "os._exit(3)",
        "os._exit(139)",
    ],
)
def test_a_crash_starts_it_again(
    crash: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    program = Program(tmp_path, f"alive.touch()\nif start < 3:\n    {crash}")

    assert supervisor(program).run() == ExitCode.DONE
    assert len(program.started) == 3
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_a_crash_before_it_was_up_starts_it_again_too(tmp_path: Path) -> None:
    program = Program(tmp_path, "if start < 4:\n    os.abort()")

    assert supervisor(program).run() == ExitCode.DONE
    assert len(program.started) == 4


def test_one_that_only_ever_crashed_is_given_up(tmp_path: Path) -> None:
    program = Program(tmp_path, "os.abort()")

    with pytest.raises(EventSnapError, match="cannot start: it was ended by SIGABRT, 5 times"):
        supervisor(program).run()
    assert len(program.started) == 5


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    guard = Supervisor([str(tmp_path / "nothing")], AliveFile(tmp_path / "alive"), lambda: None)

    with pytest.raises(EventSnapError, match="cannot be started"):
        guard.run()


def test_it_is_started_again_when_the_staff_want_that(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    slow = Patience(soon=20, longest_pause=30, look_every=0.02)
    program = Program(tmp_path, "alive.touch()\nif start < 4:\n    sys.exit(75)")

    assert supervisor(program, slow).run() == ExitCode.DONE
    assert len(program.started) == 4
    assert all("in 0.0 s: a restart is wanted" in record.message for record in caplog.records)


@pytest.mark.parametrize("code", [ExitCode.COULD_NOT_RUN, ExitCode.USAGE])
def test_what_could_not_start_is_not_tried_again(code: int, tmp_path: Path) -> None:
    program = Program(tmp_path, f"sys.exit({int(code)})")

    assert supervisor(program).run() == code
    assert len(program.started) == 1


def test_a_kiosk_that_was_up_once_is_tried_for_ever(tmp_path: Path) -> None:
    program = Program(
        tmp_path,
        "if start == 1:\n    alive.touch()\n    os.abort()\n"
        "if start < 9:\n    sys.exit(1 + start % 2)\n",
    )

    assert supervisor(program).run() == ExitCode.DONE
    assert len(program.started) == 9


def test_pauses_grow_while_it_crashes_at_once_and_end_when_it_lived(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    guard = supervisor(Program(tmp_path, ""), Patience())

    assert [guard._pause(crashes) for crashes in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]
    assert guard._pause(100_000) == 30

    caplog.set_level(logging.WARNING)
    program = Program(tmp_path, "alive.touch()\nif start < 5:\n    os.abort()")
    assert supervisor(program, Patience(soon=0, look_every=0.02)).run() == ExitCode.DONE
    assert all("again in 0.0 s" in record.message for record in caplog.records)


def test_one_that_hangs_is_ended_and_started_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    program = Program(
        tmp_path,
        "alive.touch()\nif start == 1:\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    time.sleep(600)",
    )

    assert supervisor(program).run() == ExitCode.DONE
    assert len(program.started) == 2
    assert ended(program.started[0])
    assert "no sign of life for 1 s" in caplog.text


def test_one_that_never_gets_up_is_started_again(tmp_path: Path) -> None:
    program = Program(tmp_path, "if start == 1:\n    time.sleep(600)")
    impatient = Patience(starting=1.0, look_every=0.02)

    assert supervisor(program, impatient).run() == ExitCode.DONE
    assert len(program.started) == 2


def test_a_living_one_is_left_alone(tmp_path: Path) -> None:
    program = Program(tmp_path, LIVE)

    with running(supervisor(program)) as codes:
        wait_for(lambda: AliveFile(program.alive).stamp() > 0)
        begin = time.monotonic()
        wait_for(lambda: time.monotonic() - begin > 2 * QUICK.silent)
        assert not codes

    assert codes == [ExitCode.DONE]
    assert len(program.started) == 1
    assert ended(program.started[0])


def test_it_ends_gently_when_it_is_told_to(tmp_path: Path) -> None:
    program = Program(
        tmp_path,
        "def end(number, frame):\n"
        "    Path(sys.argv[1] + '.gentle').touch()\n    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\n" + LIVE,
    )
    guard = supervisor(program)

    with running(guard) as codes:
        wait_for(lambda: AliveFile(program.alive).stamp() > 0)
        guard.stop(signal.SIGINT)
        wait_for(lambda: bool(codes))

    assert codes == [ExitCode.STOPPED]
    assert (tmp_path / "notes.gentle").exists()


def test_one_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    program = Program(tmp_path, "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + LIVE)

    with running(supervisor(program, Patience(gentle=0.3, look_every=0.02))) as codes:
        wait_for(lambda: AliveFile(program.alive).stamp() > 0)

    assert codes == [ExitCode.DONE]
    assert ended(program.started[0])


def test_it_gives_up_when_the_screen_is_gone(tmp_path: Path) -> None:
    program = Program(tmp_path, "alive.touch()\nos.abort()")

    def gone() -> None:
        if program.started:
            raise EventSnapError("The screen is gone")

    with pytest.raises(EventSnapError, match="screen is gone"):
        supervisor(program, check=gone).run()
    assert len(program.started) == 1


GUARDING = """
import sys
from pathlib import Path
from eventsnap_desktop.app.kiosk_alive import AliveFile
from eventsnap_desktop.app.kiosk_supervisor import Supervisor
Supervisor(sys.argv[2:], AliveFile(Path(sys.argv[1])), lambda: None).run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kiosk_ends_when_its_supervisor_was_killed(tmp_path: Path) -> None:
    program = Program(
        tmp_path, "watch_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))\n" + LIVE
    )

    with subprocess.Popen(
        [sys.executable, "-c", GUARDING, str(program.alive), *program.command]
    ) as guard:
        wait_for(lambda: AliveFile(program.alive).stamp() > 0)
        guard.kill()

    wait_for(lambda: ended(program.started[0]))
    assert len(program.started) == 1


def test_programs_that_a_kiosk_starts_do_not_inherit_its_supervisors_pipe(tmp_path: Path) -> None:
    body = (
        "import subprocess\nwatch_parent(lambda: None)\n"
        "again = 'import sys; sys.exit(len(sys.stdin.read()))'\n"
        "sys.exit(subprocess.run([sys.executable, '-c', again]).returncode)"
    )

    assert supervisor(Program(tmp_path, body)).run() == ExitCode.DONE


def test_a_sign_of_life_that_cannot_be_given_does_no_harm(tmp_path: Path) -> None:
    alive = AliveFile(tmp_path / "nowhere" / "alive")

    alive.touch()

    assert alive.stamp() == 0


def test_a_fresh_start_is_not_taken_for_a_living_kiosk(tmp_path: Path) -> None:
    alive = AliveFile(tmp_path / "new" / "alive")
    alive.prepare()
    assert alive.stamp() == 0
    alive.touch()
    assert alive.stamp() > 0
    alive.prepare()
    assert alive.stamp() == 0


def test_nobody_reads_up_from_a_start_that_is_being_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = AliveFile(tmp_path / "alive")
    read: list[int] = []
    set_time = os.utime

    def look_and_set_time(*what: Any, **times: Any) -> None:
        read.append(alive.stamp())
        set_time(*what, **times)

    monkeypatch.setattr(os, "utime", look_and_set_time)
    alive.prepare()

    assert read
    assert not any(read)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (-signal.SIGSEGV, "it was ended by SIGSEGV"),
        (-99, "it was ended by signal 99"),
        (1, "it ended with code 1"),
        (0xC0000005, "it ended with code 0xc0000005"),
        (ExitCode.RESTART, "a restart is wanted"),
    ],
)
def test_the_log_says_how_it_ended(code: int, words: str) -> None:
    assert explain(code) == words
