"""Which port phones are answered on, with real sockets: free, a stranger's, or one of ours."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import httpx
import pytest

from eventsnap_desktop.delivery import share_listening
from eventsnap_desktop.delivery.share_listening import Port, ask_who, find_port, listen, ports_from
from eventsnap_desktop.domain.errors import UsageError
from tests.fixtures.shares import Party

HERE = "127.0.0.1"


def find(
    ports: list[int], name: str = "ours", ends: bool = False, patience: float = 60.0
) -> Port | None:
    ask = partial(ask_who, HERE, scheme="http", within=0.5)
    return find_port(HERE, ports, name, ask, lambda _: ends, patience)


def taken() -> socket.socket:
    listening = listen(HERE, 0)
    assert listening is not None
    return listening


def number(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


@contextmanager
def stranger(answer: bytes) -> Iterator[int]:
    """Another program, which answers everything with the same bytes."""
    with taken() as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    if connection.recv(65536):
                        connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield number(listening)
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_the_wanted_port_is_taken_where_it_is_free() -> None:
    with taken() as listening:
        free = number(listening)
    assert find([free, 0]) == Port(free, is_free=True)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nours",
        b"220 mail.example.org ESMTP\r\n",
        b"\x16\x03\x01\x00\xff\xfe",
    ],
)
def test_a_strangers_port_is_left_to_them(answer: bytes) -> None:
    with stranger(answer) as port, taken() as next_one:
        free = number(next_one)
        next_one.close()
        assert find([port, free]) == Port(free, is_free=True)


def test_where_one_of_ours_answers_nobody_else_has_to() -> None:
    with Party().served(name="ours") as address:
        port = int(address.rpartition(":")[2])
        assert httpx.get(f"{address}{share_listening.WHO}").text == "ours"
        assert find([port, 0]) == Port(port, is_free=False)
        other = find([port, 0], name="another database")
        assert other == Port(0, is_free=True)
    assert find([port, 0]) == Port(port, is_free=True)


def test_who_begins_on_a_port_is_waited_for_and_who_stays_silent_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(share_listening, "PATIENCE", 0.1)
    impatient = partial(find, patience=0.1)
    with taken() as silent, taken() as another:
        ports = [number(silent), number(another), 0]
        assert impatient(ports) == Port(0, is_free=True)
        assert find(ports, ends=True) is None
        asked: list[int] = []

        def ask(port: int) -> str | None:
            asked.append(port)
            return "ours" if len(asked) > 1 else None

        found = find_port(HERE, [number(silent)], "ours", ask, lambda _: False)
        assert found == Port(number(silent), is_free=False)


def test_the_port_that_was_had_before_comes_first() -> None:
    assert ports_from(8473)[:2] == [8473, 8474]
    assert ports_from(8473)[-1] == 0
    assert ports_from(8473, before=8475)[:3] == [8475, 8473, 8474]
    assert ports_from(8473, before=8475).count(8475) == 1
    assert ports_from(65535) == [65535, 0]
    assert ports_from(0) == [0]


def test_an_address_that_is_not_this_machines_is_said() -> None:
    with pytest.raises(UsageError, match=r"share\.host"):
        listen("192.0.2.77", 0)
