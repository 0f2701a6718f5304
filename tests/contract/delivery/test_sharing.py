"""The share page as the program serves it by its settings: its address, and what is wrong."""

from pathlib import Path

import httpx
import pytest

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.domain.outgoing import NotNowError, ShareToken
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings
from tests.fixtures.shares import RESOURCES

TOKEN = ShareToken("A" * 43)


def sharing_of(index: Index, home: Path, **share: object) -> Sharing:
    loaded = load_settings({"home": home, "share": {"port": 18573, **share}})
    return Sharing(Program(loaded.settings), index, RESOURCES, lambda: "192.168.1.20")


def test_links_begin_with_the_address_that_phones_reach(index: Index, tmp_path: Path) -> None:
    sharing = sharing_of(index, tmp_path)
    sharing.start()
    try:
        port = sharing.address.rpartition(":")[2]
        assert sharing.link(TOKEN) == f"http://192.168.1.20:{port}/g/{TOKEN}"
        assert httpx.get(f"http://127.0.0.1:{port}/g/{TOKEN}").status_code == 404
    finally:
        sharing.stop()
    assert not sharing.is_running
    with pytest.raises(NotNowError):
        sharing.link(TOKEN)


def test_what_stands_before_this_machine_is_told_instead(index: Index, tmp_path: Path) -> None:
    sharing = sharing_of(
        index, tmp_path, host="127.0.0.1", public_url="https://photos.example.org/"
    )
    sharing.start()
    try:
        assert sharing.link(TOKEN) == f"https://photos.example.org/g/{TOKEN}"
    finally:
        sharing.stop()


def test_switched_off_nothing_is_served(index: Index, tmp_path: Path) -> None:
    sharing = sharing_of(index, tmp_path, enabled=False)
    sharing.start()
    assert (sharing.is_running, sharing.problem) == (False, "")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ({"host": "192.0.2.77"}, "share.host"),
        ({"certificate": "a.pem"}, "needs its key"),
        ({"certificate": "a.pem", "key": "a.key"}, "cannot be used with the key"),
    ],
)
def test_what_cannot_be_served_is_said_and_the_kiosk_goes_on(
    index: Index, tmp_path: Path, share: dict[str, object], words: str
) -> None:
    sharing = sharing_of(index, tmp_path, **share)
    sharing.start()
    assert not sharing.is_running
    assert words in sharing.problem
