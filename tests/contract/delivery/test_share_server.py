"""The share page on a real server: a guest's photos for who has the link, nothing for others."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from PIL import Image

from eventsnap_desktop.domain.errors import DatabaseAwayError, SourceAwayError
from eventsnap_desktop.domain.outgoing import Branding, OutgoingPhoto, OutputSettings
from tests.fixtures.shares import EVENT, Party
from tests.unit.delivery.photo_files import SECRETS, tags_of

NAUGHTY = '<script>alert("x")</script> & "Söhne"'


@pytest.fixture
def party() -> Party:
    return Party()


@pytest.fixture
def phone(party: Party) -> Iterator[httpx.Client]:
    with party.served() as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


def three(party: Party) -> list[OutgoingPhoto]:
    return [party.add(number) for number in (1, 2, 3)]


def test_a_link_opens_the_page_with_exactly_its_photos(party: Party, phone: httpx.Client) -> None:
    photos = three(party)
    token = party.share(photos[:2])

    page = phone.get(f"/g/{token}")

    assert page.status_code == 200
    assert re.findall(r'id="p(\d+)"', page.text) == ["1", "2"]
    assert "2 photos" in page.text
    for photo in photos[:2]:
        small = phone.get(f"/g/{token}/p/{photo.id}?size=small")
        assert small.headers["content-type"] == "image/jpeg"
        assert Image.open(io.BytesIO(small.content)).size == (600, 400)
    assert phone.get(f"/g/{token}/p/3?size=small").status_code == 404


def test_a_picture_of_a_large_photo_is_small_and_tells_nothing(
    party: Party, phone: httpx.Client
) -> None:
    token = party.share([party.add(1, size=(3000, 2000))])

    for size, width in (("small", 640), ("large", 1920)):
        picture = phone.get(f"/g/{token}/p/1?size={size}").content
        assert Image.open(io.BytesIO(picture)).width == width
        assert not any(secret in picture for secret in SECRETS)
        assert b"Exif" not in picture


def test_a_photo_is_saved_under_its_name_without_where_it_was_taken(
    party: Party, phone: httpx.Client
) -> None:
    token = party.share([party.add(1, key="Samstag/Müller & Söhne.JPG")])

    saved = phone.get(f"/g/{token}/p/1?size=full")

    assert saved.headers["content-disposition"] == (
        'attachment; filename="M_ller & S_hne.JPG"; '
        "filename*=UTF-8''M%C3%BCller%20%26%20S%C3%B6hne.JPG"
    )
    assert int(saved.headers["content-length"]) == len(saved.content)
    assert tags_of(saved.content)["GPS"] == {}
    assert not any(secret in saved.content for secret in SECRETS)
    assert Image.open(io.BytesIO(saved.content)).size == (600, 400)


def test_the_zip_holds_every_photo_of_the_link_and_no_other(
    party: Party, phone: httpx.Client
) -> None:
    photos = [party.add(1, key="a/IMG.jpg"), party.add(2, key="b/img.JPG"), party.add(3)]
    token = party.share(photos[:2])

    answer = phone.get(f"/g/{token}/all.zip")

    assert 'filename="Summer party.zip"' in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == ["Summer party/", "Summer party/IMG.jpg", "Summer party/img (2).JPG"]
        for entry in archive.infolist()[1:]:
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.flag_bits & 0x08 == 0  # its size stands before it
            content = archive.read(entry)
            assert tags_of(content)["GPS"] == {}
            saved = phone.get(f"/g/{token}/p/{1 if 'IMG' in entry.filename else 2}?size=full")
            assert content == saved.content


def test_a_photo_that_cannot_be_read_is_named_in_the_zip(party: Party, phone: httpx.Client) -> None:
    photos = three(party)
    del party.files[photos[1].key]
    party.files[photos[2].key] = b"no picture"
    token = party.share(photos, "de")

    answer = phone.get(f"/g/{token}/all.zip")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[1:] == ["Summer party/DSC_0001.jpg", "Summer party/Fehlt.txt"]
        text = archive.read("Summer party/Fehlt.txt").decode("utf-8-sig")
    assert text.splitlines()[1:] == ["DSC_0002.jpg", "DSC_0003.jpg"]


def test_the_zip_begins_before_its_first_photo_is_read(party: Party, phone: httpx.Client) -> None:
    token = party.share(three(party))

    with phone.stream("GET", f"/g/{token}/all.zip") as answer:
        first = next(answer.iter_raw())

    assert first.startswith(b"PK\x03\x04")
    assert b"Summer party/" in first


def test_a_photo_that_leaves_the_link_leaves_a_page_that_is_open(
    party: Party, phone: httpx.Client
) -> None:
    photos = three(party)
    token = party.share(photos)
    assert phone.get(f"/g/{token}/p/1?size=small").status_code == 200

    party.shares.show_also(token, photos[1:])

    news = phone.get(f"/g/{token}/photos.json").json()
    assert [one["id"] for one in news["photos"]] == [2, 3]
    assert news["count"] == "2 photos"
    assert phone.get(f"/g/{token}/p/1?size=small").status_code == 404


def test_a_phone_that_knows_the_news_gets_them_only_when_they_change(
    party: Party, phone: httpx.Client
) -> None:
    photos = three(party)
    token = party.share(photos[:2])
    address = f"/g/{token}/photos.json"
    first = phone.get(address)
    known = {"if-none-match": first.headers["etag"]}
    asked = party.shares.asked

    same = phone.get(address, headers=known)

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    assert party.shares.asked == asked, "its photos are not even read"
    party.shares.show_also(token, photos)
    changed = phone.get(address, headers=known)
    assert (changed.status_code, len(changed.json()["photos"])) == (200, 3)
    assert changed.headers["etag"] != first.headers["etag"]
    party.shares.revoke(EVENT, token)
    assert phone.get(address, headers=known).status_code == 404


def test_every_link_that_does_not_work_gets_the_same_page(
    party: Party, phone: httpx.Client
) -> None:
    photos = three(party)
    over = party.shares.share(EVENT, None, photos, "en", datetime.now(UTC) - timedelta(seconds=1))
    revoked = party.share(photos)
    assert phone.get(f"/g/{revoked}").status_code == 200
    party.shares.revoke(EVENT, revoked)
    paths = [
        f"/g/{over}",
        f"/g/{revoked}",
        f"/g/{revoked}/p/1?size=small",
        f"/g/{revoked}/photos.json",
        f"/g/{revoked}/all.zip",
        f"/g/{'A' * 43}",
        "/g/short",
        "/g/%00",
        "/g/",
        "/g",
        "/",
        "/docs",
        "/openapi.json",
    ]

    pages = {re.sub(r'nonce="[^"]+"', "", phone.get(path).text) for path in paths}

    assert {phone.get(path).status_code for path in paths} == {404}
    assert len(pages) == 1
    assert "There is nothing here" in pages.pop()
    german = phone.get("/g/short", headers={"accept-language": "fr;q=1, de-AT;q=0.5"})
    assert "Hier ist nichts" in german.text


def test_every_answer_is_sealed(party: Party, phone: httpx.Client) -> None:
    token = party.share([party.add(1)])
    for path in (f"/g/{token}", f"/g/{token}/p/1", f"/g/{token}/photos.json", "/nothing"):
        headers = phone.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["cache-control"].startswith(("no-store", "private"))
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers
    assert phone.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert phone.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_a_name_with_html_in_it_is_only_text(phone: httpx.Client, party: Party) -> None:
    party.shares.branding = Branding(NAUGHTY, organizer=NAUGHTY, accent='"><script>')
    token = party.share([party.add(1)], language='"><script>')

    page = phone.get(f"/g/{token}").text

    assert page.count("<script") == 1  # our own, which is a file
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &quot;Söhne&quot;" in page
    assert 'lang="en"' in page
    archive = phone.get(f"/g/{token}/all.zip")
    assert "<" not in archive.headers["content-disposition"]


def test_the_page_with_all_that_it_needs_is_small(party: Party, phone: httpx.Client) -> None:
    token = party.share([party.add(number) for number in range(1, 13)])

    sizes = [len(phone.get(path).content) for path in (f"/g/{token}", "/share/page.css")]
    sizes += [len(phone.get(path).content) for path in ("/share/page.js", "/share/icon.svg")]

    assert sum(sizes) < 40_000


def test_a_database_that_is_away_gives_a_page_that_comes_back_by_itself(
    party: Party, phone: httpx.Client
) -> None:
    token = party.share([party.add(1)])
    party.shares.failure = DatabaseAwayError("the database does not answer")

    page = phone.get(f"/g/{token}")

    assert page.status_code == 503
    assert 'http-equiv="refresh"' in page.text
    assert page.headers["retry-after"] == "5"
    party.shares.failure = None
    assert phone.get(f"/g/{token}").status_code == 200


def test_a_photo_storage_that_is_away_is_told_apart_from_a_photo_that_is_gone(
    party: Party, phone: httpx.Client
) -> None:
    token = party.share(three(party))
    party.failure = SourceAwayError("the storage does not answer")
    for size in ("small", "full"):
        assert phone.get(f"/g/{token}/p/1?size={size}").status_code == 503
    party.failure = None
    del party.files["day/DSC_0001.jpg"]
    for size in ("small", "full"):
        assert phone.get(f"/g/{token}/p/1?size={size}").status_code == 404
    assert phone.get(f"/g/{token}/p/2?size=full").status_code == 200


def test_a_watermark_is_on_what_is_looked_at_as_on_what_is_saved() -> None:
    plain, marked = Party(), Party(settings=OutputSettings(watermark="Studio Ada"))
    found = []
    for party in (plain, marked):
        with party.served() as address, httpx.Client(base_url=address) as phone:
            token = party.share([party.add(1)])
            found.append(
                [phone.get(f"/g/{token}/p/1?size={size}").content for size in ("large", "full")]
            )
    for clean, branded in zip(*found, strict=True):
        assert clean != branded


def test_originals_of_an_s3_storage_can_be_saved_from_it() -> None:
    def presign(code: str, photo: OutgoingPhoto, name: str) -> str:
        assert photo.key.endswith(name)
        return f"https://s3.example.org/{code}/{name}?sign"

    party = Party(presign=presign)
    with party.served() as address, httpx.Client(base_url=address) as phone:
        token = party.share([party.add(1)])
        answer = phone.get(f"/g/{token}/p/1?size=full")
        assert (answer.status_code, answer.headers["location"]) == (
            302,
            "https://s3.example.org/party/DSC_0001.jpg?sign",
        )
        assert phone.get(f"/g/{token}/p/1?size=large").status_code == 200


def test_the_head_of_each_answer_can_be_asked_for(party: Party, phone: httpx.Client) -> None:
    token = party.share([party.add(1)])
    for path in ("", "/photos.json", "/p/1", "/p/1?size=full", "/all.zip"):
        answer = phone.head(f"/g/{token}{path}")
        assert (answer.status_code, answer.content) == (200, b"")


def test_the_news_say_until_when(party: Party, phone: httpx.Client) -> None:
    token = party.share([party.add(1)], "de")
    news = json.loads(phone.get(f"/g/{token}/photos.json").text)
    assert news["count"] == "1 Foto"
    assert news["until"].startswith("bis ")


def test_a_logo_is_shown_where_its_file_is(
    party: Party, phone: httpx.Client, tmp_path: Path
) -> None:
    file = str(tmp_path / "logo.png")
    Image.new("RGBA", (2000, 500), (200, 30, 30, 128)).save(file)
    party.shares.branding = Branding("Summer party", logo=file)
    token = party.share([party.add(1)])
    assert f'src="{token}/logo"' in phone.get(f"/g/{token}").text
    logo = Image.open(io.BytesIO(phone.get(f"/g/{token}/logo").content))
    assert (logo.format, logo.mode, logo.size) == ("PNG", "RGBA", (640, 160))
    party.shares.branding = Branding("Summer party", logo=str(tmp_path / "none.png"))
    token = party.share([party.add(2)])
    assert "/logo" not in phone.get(f"/g/{token}").text
    assert phone.get(f"/g/{token}/logo").status_code == 404
