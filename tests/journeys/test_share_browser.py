"""A phone's browser opens the address of the code: the guest's photos, all of them, no other."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from re import findall

import httpx
import numpy as np
import pytest
from PIL import Image

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.outgoing import OutputSettings, Share, ShareToken
from eventsnap_desktop.flows.phone_links import PhoneLinks, outgoing
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.storage.folder import FolderSource
from tests.contract.index.made_up import encode_all
from tests.fixtures.shares import EVENT, MemoryShares, Party, drawn
from tests.unit.delivery.photo_files import SECRETS, tags_of, talkative_jpeg

_PATIENCE = 120  # seconds
TONES = {
    "one.jpg": (220, 40, 40),
    "two.jpg": (40, 200, 60),
    "three.jpg": (50, 70, 230),
    "else.jpg": (230, 0, 230),
}
"""The colour of each photo's whole area, by its key."""


@pytest.fixture(scope="module")
def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found is not None:
            return found
    pytest.skip("needs chromium")


class Phone:
    """A browser of a phone's size; each page is opened anew, as by a scanned code."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        self.complaints = ""

    def document(self, address: str, seconds: float = 3) -> str:
        """Return the page as it is after so many seconds of its scripts' time."""
        return self._run(address, seconds, "--dump-dom")

    def picture(self, address: str, *flags: str) -> Image.Image:
        """Return what is seen."""
        file = self._folder / "seen.png"
        self._run(address, 3, f"--screenshot={file}", "--hide-scrollbars", *flags)
        return Image.open(file).convert("RGB")

    def _run(self, address: str, seconds: float, *flags: str) -> str:
        done = subprocess.run(
            [
                self._program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--enable-logging=stderr",
                "--window-size=390,844",
                f"--user-data-dir={self._folder / 'profile'}",
                f"--virtual-time-budget={seconds * 1000:.0f}",
                *flags,
                address,
            ],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
        self.complaints += "".join(
            line for line in done.stderr.splitlines() if "CONSOLE" in line.upper()
        )
        return done.stdout


@pytest.fixture
def phone(chromium: str, tmp_path: Path) -> Phone:
    folder = tmp_path / "phone"
    folder.mkdir()
    return Phone(chromium, folder)


@pytest.fixture
def event(index: Index, tmp_path: Path) -> Event:
    """An event in a folder, whose photos tell where they were taken."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for key, tone in TONES.items():
        (folder / key).write_bytes(talkative_jpeg(Image.new("RGB", (600, 400), tone)))
    source = FolderSource(folder)
    made = index.events.create_event("party", "<script>alert(1)</script> & Söhne", source.uri)
    encode_all(index, made.id, list(source.list_photos()))
    return made


@pytest.fixture
def sharing(database_url: str, tmp_path: Path) -> Iterator[Sharing]:
    chosen = {"host": "127.0.0.1", "port": 18473}
    loaded = load_settings({"home": tmp_path, "database": {"url": database_url}, "share": chosen})
    sharing = Sharing(Program(loaded.settings))
    sharing.start()
    assert sharing.is_running, sharing.problem
    yield sharing
    sharing.stop()


def gallery(index: Index, event: Event, *keys: str) -> list[GalleryPhoto]:
    ids = {row.id: row.key for row in (index.browsing.find(event.id, key) for key in keys) if row}
    found = {one.key: one for one in index.guests.photos(event.id, list(ids))}
    return [found[key] for key in keys]


def close_to(image: Image.Image, tone: tuple[int, int, int]) -> float:
    """Return which part of a picture has a colour."""
    pixels = np.asarray(image, np.int16)
    return float((np.abs(pixels - np.array(tone)).max(axis=2) < 24).mean())


def test_the_codes_address_shows_exactly_the_guests_photos(
    index: Index, event: Event, sharing: Sharing, phone: Phone
) -> None:
    links = PhoneLinks(index.shares, lambda _event: OutputSettings(), sharing.link)
    photos = gallery(index, event, "one.jpg", "two.jpg", "three.jpg")

    link = links.open(event.id, None, photos, "de")
    seen, document = phone.picture(link.address), phone.document(link.address)

    for key in ("one.jpg", "two.jpg", "three.jpg"):
        assert close_to(seen, TONES[key]) > 0.04, key
    assert close_to(seen, TONES["else.jpg"]) == 0
    assert findall(r'<a class="photo"[^>]* id="p(\d+)"', document) == [
        str(one.id) for one in photos
    ]
    assert "3 Fotos" in document
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne" in document
    assert not phone.complaints
    dark = phone.picture(link.address, "--blink-settings=preferredColorScheme=0")
    assert np.asarray(dark)[5, 5].max() < 50
    assert np.asarray(seen)[5, 5].min() > 200


def test_all_photos_are_saved_at_once_without_where_they_were_taken(
    index: Index, event: Event, sharing: Sharing, phone: Phone
) -> None:
    photos = gallery(index, event, "one.jpg", "two.jpg")
    token = index.shares.share(event.id, None, outgoing(photos), "en", tomorrow())
    [path] = findall(r'<nav id="all"><a[^>]* href="([^"]+)"', phone.document(sharing.link(token)))

    saved = httpx.get(f"{sharing.address}/g/{path}", timeout=60)

    with zipfile.ZipFile(io.BytesIO(saved.content)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if not name.endswith("/")]
        assert [Path(name).name for name in names] == ["one.jpg", "two.jpg"]
        assert not [name for name in names if set(name) & set('<>:"\\|?*')]
        for name in names:
            content = archive.read(name)
            assert tags_of(content)["GPS"] == {}
            assert not [secret for secret in SECRETS if secret in content]
            assert close_to(Image.open(io.BytesIO(content)), TONES[Path(name).name]) == 1


def test_another_a_revoked_and_an_expired_link_show_nothing(
    index: Index, event: Event, sharing: Sharing, phone: Phone
) -> None:
    photos = outgoing(gallery(index, event, "one.jpg"))
    over = index.shares.share(event.id, None, photos, "en", datetime.now(UTC))
    revoked = index.shares.share(event.id, None, photos, "en", tomorrow())
    assert 'class="photo"' in phone.document(sharing.link(revoked))
    index.shares.revoke(event.id, revoked)

    for token in (over, revoked, ShareToken("A" * 43), ShareToken("../" * 9)):
        document = phone.document(sharing.link(token))
        assert "There is nothing here" in document
        assert "<img" not in document
        answer = httpx.get(f"{sharing.link(token)}/p/{photos[0].id}?size=full")
        assert answer.status_code == 404
    for path in ("/g/../../etc/passwd", f"/g/{'a' * 9000}", "/share/%2e%2e/%2e%2e/pyproject.toml"):
        assert httpx.get(f"{sharing.address}{path}").status_code in {404, 414}
    assert httpx.post(sharing.link(revoked), content=b"x" * 10_000_000).status_code == 405


def test_new_photos_come_to_a_page_that_is_open(phone: Phone) -> None:
    class Growing(MemoryShares):
        def find(self, token: ShareToken) -> Share | None:
            found = super().find(token)
            self.show_also(token, photos)
            return found

    party = Party(shares=Growing())
    photos = [party.add(number) for number in (1, 2, 3)]
    with party.served() as address:
        document = phone.document(f"{address}/g/{party.share(photos[1:2])}", seconds=12)

    assert findall(r'<a class="photo[^>]* id="p(\d+)"', document) == ["1", "2", "3"]
    assert len(findall('class="photo fresh"', document)) == 2
    assert "3 photos" in document
    assert "Save all" in document
    assert not phone.complaints


def test_a_page_that_is_open_says_when_its_link_is_over(phone: Phone) -> None:
    class Ending(MemoryShares):
        looks = 0

        def stamp(self, token: ShareToken) -> str | None:
            self.looks += 1
            if self.looks > 2:  # the second look was told that nothing is new
                self.revoke(EVENT, token)
            return super().stamp(token)

    party = Party(shares=Ending())
    photos = [party.add(1)]
    with party.served() as address:
        document = phone.document(f"{address}/g/{party.share(photos)}", seconds=40)

    assert '<p id="word" class="word" role="status">This link does not work' in document


def test_without_scripts_the_page_shows_every_photo_too(phone: Phone) -> None:
    party = Party()
    party.files["tall.jpg"] = talkative_jpeg(drawn(7, (400, 600)))
    photos = [party.add(number) for number in (1, 2)]
    with party.served() as address:
        page = httpx.get(f"{address}/g/{party.share(photos)}").text
        links = findall(r'<a class="photo" id="p\d+" href="([^"]+)"', page)
        answers = [httpx.get(f"{address}/g/{one}") for one in links]
    assert [one.headers["content-type"] for one in answers] == ["image/jpeg"] * 2
    assert '<noscript><meta http-equiv="refresh"' in page


def tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)
