"""A screen that is not there, or does not answer any more, is said before Qt aborts."""

import socket
import sys
from pathlib import Path

import pytest

from eventsnap_desktop.app.screen_check import check_display, check_screen
from eventsnap_desktop.domain.errors import EventSnapError

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a screen"
)


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_no_screen_at_all_is_said() -> None:
    with pytest.raises(EventSnapError, match="no screen here"):
        check_screen()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAYLAND_DISPLAY", "wayland-99"),
        ("DISPLAY", ":9431"),
        ("DISPLAY", "unix:9431.0"),
        ("DISPLAY", "127.0.0.1:59001.0"),
    ],
)
def test_a_display_server_that_is_gone_is_said(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(EventSnapError, match=f"“{value}” does not answer"):
        check_display()


def test_a_display_server_that_listens_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    monkeypatch.setenv("DISPLAY", ":9431")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        check_display()
        monkeypatch.setenv("WAYLAND_DISPLAY", str(tmp_path / "wayland-7"))
        check_display()


def test_an_x_server_of_another_machine_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.getsockname()[1] - 6000}")
        check_display()


@pytest.mark.parametrize("platform", ["offscreen", "vnc:size=1280x800", "eglfs", "linuxfb"])
def test_what_needs_no_display_server_is_not_asked_for_one(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)

    check_display()
