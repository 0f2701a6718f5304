"""The embedded server: started, shared, killed, left behind, and put into odd folders."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from eventsnap_desktop.domain.errors import DatabaseRefusedError
from eventsnap_desktop.index.embedded import EmbeddedServer, embedded_server
from eventsnap_desktop.index.opening import open_index

USER = """
import select, signal, sys
from pathlib import Path
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import open_index
if len(sys.argv) > 2:
    # Everything is read first: another user may not be able to read root's Python.
    import importlib.readers, os, platform, psutil
    from eventsnap_desktop.index.queries import queries
    from eventsnap_desktop.index.schema import known_migrations
    known_migrations()
    for name in ("schema", "session", "events"):
        queries(name)
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
# A program that runs in the background of a shell inherits that it ignores interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
with embedded_server(Path(sys.argv[1])) as server, open_index(server.url) as index:
    index.events.create_event("wedding", "", "")
    try:
        print("ready", flush=True)
        # A read that begins just after the interrupt came would not be woken by it.
        while not select.select([sys.stdin], [], [], 0.1)[0]:
            pass
        sys.stdin.readline()
    except KeyboardInterrupt:
        index.events.create_event("after-the-interrupt", "", "")
        print("written", flush=True)
"""


@contextmanager
def another_process(
    folder: Path, user: int | None = None, own_session: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that uses the server until it reads a line; end it at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", USER, str(folder), *([] if user is None else [str(user)])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=own_session,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield process
        finally:
            process.kill()


def finish(process: subprocess.Popen[bytes]) -> None:
    process.communicate(b"\n", timeout=60)
    assert process.returncode == 0


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def postmaster(folder: Path) -> psutil.Process | None:
    try:
        text = (folder / "database" / "data" / "postmaster.pid").read_text()
        return psutil.Process(int(text.splitlines()[0]))
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None


def event_codes(server: EmbeddedServer) -> list[str]:
    with open_index(server.url) as index:
        return sorted(event.code for event in index.events.list_events())


def test_the_server_stops_with_its_last_user_and_keeps_what_was_written(
    short_folder: Path,
) -> None:
    with embedded_server(short_folder) as server:
        with open_index(server.url) as index:
            index.events.create_event("wedding", "", "")
        with embedded_server(short_folder) as same:
            assert same.url == server.url
        assert event_codes(server) == ["wedding"]
    assert postmaster(short_folder) is None
    with embedded_server(short_folder) as again:
        assert event_codes(again) == ["wedding"]
    assert postmaster(short_folder) is None


def test_processes_share_the_server_and_the_last_one_stops_it(short_folder: Path) -> None:
    with another_process(short_folder) as first, another_process(short_folder) as second:
        serving = postmaster(short_folder)
        finish(first)
        assert serving is not None
        assert postmaster(short_folder) == serving
        finish(second)
    assert postmaster(short_folder) is None


def test_processes_that_start_at_once_get_one_server(short_folder: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", USER, str(short_folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    answers = [process.communicate(b"\n", timeout=100)[0] for process in processes]
    assert answers == [b"ready\n"] * 3
    assert postmaster(short_folder) is None


@pytest.mark.parametrize("killed", [0, 1])
def test_the_server_survives_a_killed_process_and_still_stops_with_the_last(
    short_folder: Path, killed: int
) -> None:
    with another_process(short_folder) as first, another_process(short_folder) as second:
        pair = [first, second]
        victim, other = pair[killed], pair[1 - killed]
        victim.kill()
        victim.wait(timeout=60)
        with embedded_server(short_folder) as server:
            assert event_codes(server) == ["wedding"]
        assert postmaster(short_folder) is not None
        finish(other)
    assert postmaster(short_folder) is None


def test_a_server_whose_only_user_was_killed_serves_the_next_and_stops_with_it(
    short_folder: Path,
) -> None:
    with another_process(short_folder) as process:
        process.kill()
        process.wait(timeout=60)
    assert postmaster(short_folder) is not None
    with embedded_server(short_folder) as server:
        assert event_codes(server) == ["wedding"]
    assert postmaster(short_folder) is None


@pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX")
def test_an_interrupt_of_the_terminal_reaches_the_program_but_not_the_server(
    short_folder: Path,
) -> None:
    with another_process(short_folder, own_session=True) as process:
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        process.wait(timeout=60)
    with embedded_server(short_folder) as server:
        assert event_codes(server) == ["after-the-interrupt", "wedding"]


def test_a_killed_server_recovers_at_the_next_start(short_folder: Path) -> None:
    with embedded_server(short_folder) as server:
        with open_index(server.url) as index:
            index.events.create_event("wedding", "", "")
        serving = postmaster(short_folder)
        assert serving is not None
        serving.kill()
        wait_until(lambda: not serving.is_running() or serving.status() == psutil.STATUS_ZOMBIE)
        server.ensure_running()
        assert event_codes(server) == ["wedding"]


def test_a_number_that_another_process_has_got_does_not_keep_the_server_from_starting(
    short_folder: Path,
) -> None:
    with embedded_server(short_folder):
        pass
    user = (short_folder / "database" / "data").stat().st_uid
    # A process of the same user that happens to have the number of the server before.
    with subprocess.Popen(["sleep", "600"], user=user if os.geteuid() == 0 else None) as stranger:
        pid_file = short_folder / "database" / "data" / "postmaster.pid"
        data = short_folder / "database" / "data"
        pid_file.write_text(f"{stranger.pid}\n{data}\n1700000000\n5432\n{data}\n\n1 1\nready\n")
        shutil.chown(pid_file, user)
        with embedded_server(short_folder) as server:
            assert event_codes(server) == []
        assert stranger.poll() is None
        stranger.kill()


def test_a_socket_that_was_left_alone_does_not_keep_the_server_from_starting(
    short_folder: Path, postgres_server: EmbeddedServer
) -> None:
    """Its number may be that of another server by now, which its user may send signals to."""
    with embedded_server(short_folder):
        lock = next((short_folder / "database" / "data").glob(".s.PGSQL.*.lock"))
        lines = lock.read_text(encoding="utf-8").splitlines()
        owner = lock.stat()
    other = postgres_server._postmaster()
    assert other is not None
    lock.write_text("\n".join([str(other), *lines[1:], ""]), encoding="utf-8")
    os.chown(lock, owner.st_uid, owner.st_gid)
    lock.chmod(0o600)

    with embedded_server(short_folder) as server:
        assert server.is_running


def test_data_that_was_half_made_is_made_anew(short_folder: Path) -> None:
    half = short_folder / "database" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with embedded_server(short_folder) as server:
        assert event_codes(server) == []


@pytest.mark.parametrize(
    "name",
    ["with space", "Zürich 照片", 'it\'s $HOME & "quoted", `x`', "a\\b", "long" * 40],
    ids=["space", "letters", "signs", "backslash", "long"],
)
def test_the_data_folder_may_have_any_name(short_folder: Path, name: str) -> None:
    with embedded_server(short_folder / name) as server:
        assert event_codes(server) == []
        with another_process(short_folder / name) as process:
            finish(process)
        assert event_codes(server) == ["wedding"]
    assert postmaster(short_folder / name) is None


def test_a_folder_that_cannot_be_made_is_a_sentence(short_folder: Path) -> None:
    (short_folder / "file").write_text("in the way")
    with (
        pytest.raises(DatabaseRefusedError, match=r"cannot be written.*EVENTSNAP_HOME"),
        embedded_server(short_folder / "file" / "home"),
    ):
        pass


def test_data_of_an_unknown_version_is_a_sentence_and_stays(short_folder: Path) -> None:
    data = short_folder / "database" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("99\n")
    with pytest.raises(DatabaseRefusedError, match="PostgreSQL 99"), embedded_server(short_folder):
        pass
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_damaged_settings_are_a_sentence_that_names_the_log(short_folder: Path) -> None:
    with embedded_server(short_folder):
        pass
    with (short_folder / "database" / "data" / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with (
        pytest.raises(DatabaseRefusedError, match=r"no_such_setting|errors.*server\.log"),
        embedded_server(short_folder),
    ):
        pass


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root of Linux mounts a small disk"
)
def test_a_full_disk_is_a_sentence(short_folder: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m,mode=755", "tmpfs", str(short_folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount")
    try:
        with (
            pytest.raises(DatabaseRefusedError, match="disk is full"),
            embedded_server(short_folder),
        ):
            pass
    finally:
        subprocess.run(["umount", str(short_folder)], check=True)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root becomes another user"
)
def test_the_server_works_for_a_user_who_is_not_root(short_folder: Path) -> None:
    nobody = 65534
    os.chown(short_folder, nobody, nobody)
    with another_process(short_folder, nobody) as process:
        serving = postmaster(short_folder)
        assert serving is not None
        assert serving.uids().real == nobody
        finish(process)
    assert postmaster(short_folder) is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_a_data_folder_of_another_user_is_a_sentence(short_folder: Path) -> None:
    data = short_folder / "database" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    server = EmbeddedServer(short_folder)
    assert server.is_made
    data.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # nobody; root may look into every folder
    try:
        with pytest.raises(DatabaseRefusedError, match=r"cannot be read \(Permission denied\)"):
            _ = server.is_made
    finally:
        os.seteuid(user)
        data.chmod(0o700)


def test_strangers_cannot_reach_the_server(short_folder: Path) -> None:
    with embedded_server(short_folder) as server, psycopg.connect(server.url) as connection:
        row = connection.execute("show listen_addresses").fetchone()
        assert row == ("" if sys.platform != "win32" else "127.0.0.1",)
        folder = connection.execute("show unix_socket_directories").fetchone()
    if sys.platform != "win32":
        assert folder is not None
        assert (Path(folder[0]) if folder[0] else short_folder).stat().st_mode & 0o077 == 0
