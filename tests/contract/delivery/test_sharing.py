"""The share page in its own process as a kiosk or window starts it: address, problems, ends."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psutil
import pytest

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.share_watch import Watching
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.delivery.share_listening import listen
from eventsnap_desktop.domain.outgoing import NotNowError, ShareToken
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings

TOKEN = ShareToken("A" * 43)
PORT = 18573

Begin = Callable[..., Sharing]

HASTY = Watching(every=0.2, again_after=0.1, answers_within=2.0, silent_for=3.0)
"""As a page is watched, ten times as fast."""


@pytest.fixture
def begin(database_url: str, tmp_path: Path) -> Iterator[Begin]:
    """Begin to share by settings; all of it is stopped at the end."""
    with ExitStack() as stack:

        def begin(**share: object) -> Sharing:
            given = {"host": "127.0.0.1", "port": PORT, **share}
            database = {"url": database_url}
            loaded = load_settings({"home": tmp_path, "database": database, "share": given})
            program = Program(loaded.settings)
            sharing = Sharing(program, lambda: "192.168.1.20", watching=HASTY)
            stack.callback(sharing.stop)
            sharing.start()
            return sharing

        yield begin


def has_answered(sharing: Sharing) -> bool:
    """Whether the page has answered the watch: before that it is not taken for stuck."""
    return sharing._watch.pause == HASTY.every


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def status(address: str) -> int:
    """Return the answer's status, 0 where nobody answers."""
    try:
        return httpx.get(address, timeout=5).status_code
    except httpx.TransportError:
        return 0


def a_link(index: Index) -> ShareToken:
    event = index.events.create_event("party", "Summer party", "").id
    return index.shares.share(event, None, [], "en", datetime.now(UTC) + timedelta(hours=1))


def test_links_begin_with_the_address_that_phones_reach(index: Index, begin: Begin) -> None:
    sharing = begin(host="")
    token = a_link(index)
    assert (sharing.is_running, sharing.problem) == (True, "")
    port = sharing.address.rpartition(":")[2]
    assert sharing.link(TOKEN) == f"http://192.168.1.20:{port}/g/{TOKEN}"
    assert status(f"http://127.0.0.1:{port}/g/{TOKEN}") == 404
    assert "Summer party" in httpx.get(f"http://127.0.0.1:{port}/g/{token}").text
    sharing.stop()
    assert (sharing.is_running, sharing.address, sharing.process_id) == (False, "", None)
    with pytest.raises(NotNowError):
        sharing.link(TOKEN)
    assert status(f"http://127.0.0.1:{port}/g/{TOKEN}") == 0


def test_what_stands_before_this_machine_is_told_instead(begin: Begin) -> None:
    sharing = begin(public_url="https://photos.example.org/")
    assert sharing.link(TOKEN) == f"https://photos.example.org/g/{TOKEN}"


def test_switched_off_nothing_is_served(begin: Begin) -> None:
    sharing = begin(enabled=False)
    assert (sharing.is_running, sharing.problem, sharing.process_id) == (False, "", None)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ({"host": "192.0.2.77"}, "share.host"),
        ({"certificate": "a.pem"}, "needs its key"),
        ({"certificate": "a.pem", "key": "a.key"}, "cannot be used with the key"),
    ],
)
def test_what_cannot_be_served_is_said_and_the_kiosk_goes_on(
    begin: Begin, share: dict[str, object], words: str
) -> None:
    sharing = begin(**share)
    assert not sharing.is_running
    assert words in sharing.problem


def test_a_process_that_dies_is_started_again_and_its_links_stay_good(
    index: Index, begin: Begin
) -> None:
    sharing = begin()
    link = sharing.link(a_link(index))
    first = sharing.process_id
    assert first is not None
    assert status(link) == 200
    os.kill(first, signal.SIGKILL)
    until(lambda: status(link) == 200 and sharing.is_running)
    assert sharing.process_id not in {None, first}


@pytest.mark.skipif(sys.platform == "win32", reason="nothing stops a process there")
def test_a_process_that_lives_and_does_not_answer_is_started_again_on_its_port(
    index: Index, begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    sharing = begin()
    link, first = sharing.link(a_link(index)), sharing.process_id
    assert first is not None
    assert (status(link), sharing.stuck_at) == (200, None)
    until(lambda: has_answered(sharing))
    os.kill(first, signal.SIGSTOP)
    try:
        until(lambda: status(link) == 200)
    finally:
        if psutil.pid_exists(first):
            os.kill(first, signal.SIGCONT)
    assert sharing.process_id not in {None, first}
    assert sharing.stuck_at is not None
    assert "does not answer and is started again" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="nothing stops a process there")
def test_a_page_of_another_program_that_hangs_is_waited_for_on_its_port(
    index: Index, begin: Begin
) -> None:
    kiosk, window = begin(), begin()
    link, first = kiosk.link(a_link(index)), kiosk.process_id
    assert first is not None
    until(lambda: has_answered(kiosk))
    os.kill(first, signal.SIGSTOP)
    until(lambda: status(link) == 200)
    assert not psutil.pid_exists(first)
    until(lambda: window.is_running and kiosk.is_running)
    assert window.address == kiosk.address == link.rpartition("/g/")[0]


def test_two_programs_answer_one_anothers_links_and_the_one_that_stays_takes_over(
    index: Index, begin: Begin
) -> None:
    kiosk, window = begin(), begin()
    link = kiosk.link(a_link(index))
    assert window.address == kiosk.address
    assert (kiosk.is_own, window.is_own) == (True, False)
    kiosk.stop()
    assert window.is_running
    until(lambda: status(link) == 200)
    until(lambda: window.is_own)
    assert window.address == link.rpartition("/g/")[0]


def test_the_port_that_links_name_is_taken_over_though_the_wanted_one_is_free_by_then(
    index: Index, begin: Begin
) -> None:
    stranger = listen("127.0.0.1", PORT)
    assert stranger is not None
    with stranger:
        kiosk = begin_beside(stranger, begin)
        link = kiosk.link(a_link(index))
        assert kiosk.address != f"http://127.0.0.1:{PORT}"
        window = begin_beside(stranger, begin)
    assert window.address == kiosk.address
    kiosk.stop()
    until(lambda: status(link) == 200 and window.is_own)
    assert window.address == link.rpartition("/g/")[0]


def begin_beside(stranger: socket.socket, begin: Begin) -> Sharing:
    """Begin to share while a stranger answers on the wanted port."""
    with answering(stranger):
        return begin()


@contextmanager
def answering(stranger: socket.socket) -> Iterator[None]:
    """Have a socket answer as strangers do."""
    ended = threading.Event()
    stranger.settimeout(0.1)

    def answer() -> None:
        while not ended.is_set():
            try:
                connection, _ = stranger.accept()
            except TimeoutError:
                continue
            with connection:
                connection.recv(65536)
                connection.sendall(b"220 mail.example.org ESMTP\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_the_process_is_told_no_secret_where_others_can_read_it(
    begin: Begin, database_url: str
) -> None:
    sharing = begin()
    assert sharing.process_id is not None
    process = psutil.Process(sharing.process_id)
    password = database_url.rpartition("@")[0].rpartition(":")[2]
    told = " ".join(process.cmdline())
    assert "--share-child" in told
    assert "postgres" not in told
    assert not password or password not in told
    if sys.platform != "win32":
        assert process.nice() > psutil.Process().nice()


def test_the_port_that_was_had_is_had_again_after_the_program_was_started_anew(
    index: Index, database_url: str, tmp_path: Path
) -> None:
    token = a_link(index)
    stranger = listen("127.0.0.1", 18593)
    assert stranger is not None
    with stranger, answering(stranger), started(database_url, tmp_path) as address:
        assert address != "http://127.0.0.1:18593"
        link = f"{address}/g/{token}"
        assert status(link) == 200
    until(lambda: status(link) == 0)

    with started(database_url, tmp_path) as again:  # though the wanted one is free by now
        assert again == address
        assert status(link) == 200
    with started(database_url, tmp_path / "another") as elsewhere:
        assert elsewhere == "http://127.0.0.1:18593"


@contextmanager
def started(database_url: str, home: Path) -> Iterator[str]:
    """Run a program of its own that answers phones, and yield at which address."""
    command = [sys.executable, "-c", PARENT, str(home), database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        number, address = parent.stdout.readline().split()
        child = psutil.Process(int(number))
        try:
            yield address
        finally:
            parent.kill()
            until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


PARENT = """
import sys, time
from pathlib import Path
from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.delivery.share_listening import listen
from eventsnap_desktop.settings.loading import load_settings
given = {"home": Path(sys.argv[1]), "database": {"url": sys.argv[2]}}
share = {"host": "127.0.0.1", "port": 18593}
sharing = Sharing(Program(load_settings({**given, "share": share}).settings))
sharing.start()
print(sharing.process_id, sharing.address, flush=True)
time.sleep(600)
"""


def test_the_process_ends_with_the_program_that_started_it_even_when_that_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path), database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        number, address = parent.stdout.readline().split()
        assert status(f"{address}/robots.txt") == 200
        child = psutil.Process(int(number))
        parent.kill()
        until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
    assert status(f"{address}/robots.txt") == 0


def test_started_by_hand_it_says_that_it_is_not_meant_to_be() -> None:
    command = [sys.executable, "-m", "eventsnap_desktop", "--share-child"]
    done = subprocess.run(command, input="{}\n", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "eventsnap: --share-child" in done.stderr
    assert done.stdout == ""
