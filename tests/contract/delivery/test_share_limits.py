"""What the share page's server refuses: made-up paths, guesses, too much at once, slow phones."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from eventsnap_desktop.delivery.share_app import ShareLimits
from eventsnap_desktop.delivery.share_connections import ConnectionLimits
from eventsnap_desktop.delivery.share_listening import listen
from eventsnap_desktop.delivery.share_server import ShareServer, Tls
from eventsnap_desktop.domain.errors import UsageError
from tests.fixtures.picture_files import noise, saved
from tests.fixtures.shares import Party


@pytest.fixture
def party() -> Party:
    return Party()


@pytest.fixture
def phone(party: Party) -> Iterator[httpx.Client]:
    with party.served() as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/g/TOKEN/p/../../../../etc/passwd",
        "/g/TOKEN/p/..%2f..%2fetc%2fpasswd",
        "/g/TOKEN/p/%2e%2e/photos.json",
        "/share/../page.html",
        "/share/..%2fpage.html",
        "/share/page.html",
        "/share/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/g/TOKEN/p/1;2",
        "/g/TOKEN/p/-1",
        "/g/TOKEN/p/1e9",
        "/g/TOKEN/p/٣",
        "/g/TOKEN/p/1?size=../full",
        "/g/TOKEN/p/99999999999999999999999999",
        "/g/TOKEN/",
        "//g/TOKEN",
    ],
)
def test_nothing_is_reached_by_a_made_up_path(party: Party, phone: httpx.Client, path: str) -> None:
    token = party.share([party.add(1)])
    wanted = path.replace("TOKEN", token).encode()

    answer = raw(phone, b"GET " + wanted + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert status_of(answer) in {400, 404}
    assert b"root:" not in answer
    assert party.read == 0


def raw(phone: httpx.Client, request: bytes) -> bytes:
    """Send bytes as they are and return all that comes back."""
    with socket.create_connection(
        (phone.base_url.host, phone.base_url.port or 80), timeout=20
    ) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def status_of(answer: bytes) -> int:
    return int(answer.split()[1])


def test_only_reading_is_answered_and_nothing_may_be_sent(
    party: Party, phone: httpx.Client
) -> None:
    token = party.share([party.add(1)])
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"):
        assert phone.request(method, f"/g/{token}").status_code == 405
    assert phone.request("GET", f"/g/{token}", content=b"x").status_code == 413
    chunked = raw(
        phone, b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    )
    assert status_of(chunked) == 413
    assert phone.get(f"/g/{token}", params={"x": "y" * 500}).status_code == 414
    assert phone.get(f"/g/{'a' * 5000}").status_code == 414
    assert status_of(raw(phone, b"GET /" + b"a" * 20_000)) == 400
    large = b"GET / HTTP/1.1\r\n" + b"X-A: " + b"a" * 20_000
    assert status_of(raw(phone, large)) == 400
    assert status_of(raw(phone, b"\x16\x03\x01 what is this\r\n\r\n")) == 400
    assert phone.get(f"/g/{token}").status_code == 200


def test_who_guesses_has_to_wait_and_guests_do_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    party = Party()
    with (
        party.served(ShareLimits(wrong_links=5)) as address,
        httpx.Client(base_url=address) as phone,
    ):
        token = party.share([party.add(1)])
        assert phone.get(f"/g/{token}").status_code == 200
        guesses = [phone.get(f"/g/{number:043}").status_code for number in range(8)]
        asked = party.shares.asked
        assert guesses == [404] * 5 + [429] * 3
        assert phone.get(f"/g/{'x' * 43}").status_code == 429
        assert party.shares.asked == asked
        assert phone.get(f"/g/{token}").status_code == 200
        logged = caplog.text
    assert "links that do not work were opened" in logged
    assert "127.0.0.1" not in logged
    assert "0000" not in logged


def test_connections_that_ask_nothing_or_take_nothing_are_ended(party: Party) -> None:
    large = saved(noise(2000, 1500), "JPEG", quality=95)
    photos = [party.add(number) for number in range(1, 25)]
    for one in photos:
        party.files[one.key] = large
    token = party.share(photos)
    limits = ConnectionLimits(ask_within=0.5, take_within=0.5)
    with party.served(connections=limits) as address:
        silent, dripping, stuck = (connected(address) for _ in range(3))
        with silent, dripping, stuck:
            dripping.sendall(b"GET / HT")
            stuck.sendall(f"GET /g/{token}/all.zip HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert stuck.recv(4) == b"HTTP"
            assert ended(silent)
            assert ended(dripping)
            # One ZIP of a guest at a time: this one begins when the other has been ended.
            whole = httpx.get(f"{address}/g/{token}/all.zip", timeout=60).content
            got = all_of(stuck)
    assert len(got) < len(whole) / 2


def connected(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect((host, int(port)))
    return connection


def ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def all_of(connection: socket.socket) -> bytes:
    got = b""
    try:
        while piece := connection.recv(1 << 20):
            got += piece
    except ConnectionError:
        pass
    return got


def test_more_phones_than_there_is_room_for_are_told_so(party: Party) -> None:
    with party.served(connections=ConnectionLimits(together=3)) as address:
        waiting = [connected(address) for _ in range(3)]
        try:
            assert httpx.get(f"{address}/robots.txt").status_code == 503
        finally:
            for one in waiting:
                one.close()


async def nothing(scope: object, receive: object, send: object) -> None:
    """Fit ASGI, as far as starting and stopping goes."""


@pytest.fixture
def certificate(tmp_path: Path) -> Tls:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    tls = Tls(tmp_path / "party.pem", tmp_path / "party.key")
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1"
    words += " -subj /CN=party -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [openssl, *words.split(), "-keyout", str(tls.key), "-out", str(tls.certificate)],
        check=True,
        capture_output=True,
    )
    return tls


def test_with_a_certificate_the_page_is_encrypted(party: Party, certificate: Tls) -> None:
    token = party.share([party.add(1)])
    trust = ssl.create_default_context(cafile=certificate.certificate)
    with party.served(tls=certificate) as address:
        assert address.startswith("https://")
        assert httpx.get(f"{address}/g/{token}", verify=trust).status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{address.replace('https', 'http')}/g/{token}")


def test_a_certificate_that_cannot_be_used_is_said(certificate: Tls, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    for tls in (
        Tls(broken, certificate.key),
        Tls(certificate.certificate, broken),
        Tls(tmp_path / "none.pem", certificate.key),
    ):
        with pytest.raises(UsageError, match="cannot be used with the key"):
            ShareServer(nothing, bound(), tls).start()


def bound() -> socket.socket:
    listening = listen("127.0.0.1", 0)
    assert listening is not None
    return listening
