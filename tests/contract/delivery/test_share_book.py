"""Links for phones, in a real database and in the tests' memory: both behave alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import OutgoingPhoto, ShareToken
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.index.share_desk import ShareDesk
from tests.contract.index.made_up import NOON
from tests.contract.index.outbox_rows import change, photos_of
from tests.fixtures.shares import MemoryShares


@dataclass
class Book:
    """A desk of links, two events, and photos of the first."""

    desk: ShareDesk | MemoryShares
    event: EventId
    other: EventId
    photos: list[OutgoingPhoto]

    def share(self, photos: list[OutgoingPhoto], hours: float = 1) -> ShareToken:
        until = datetime.now(UTC) + timedelta(hours=hours)
        return self.desk.share(self.event, None, photos, "de", until)


@pytest.fixture(params=["database", "memory"])
def book(request: pytest.FixtureRequest) -> Iterator[Book]:
    if request.param == "memory":
        photos = [OutgoingPhoto(PhotoId(one), f"{one}.jpg", 60, 40, NOON) for one in range(1, 5)]
        yield Book(MemoryShares(), EventId(1), EventId(2), photos)
        return
    index: Index = request.getfixturevalue("index")
    event = index.events.create_event("party", "Summer party", "").id
    other = index.events.create_event("other", "", "").id
    found = index.guests.photos(event, photos_of(index, event, 4))
    photos = [OutgoingPhoto(one.id, one.key, one.width, one.height, NOON) for one in found]
    yield Book(index.shares, event, other, photos)


def test_a_link_shows_its_photos_in_their_order(book: Book) -> None:
    token = book.share(book.photos[2::-1])
    share = book.desk.find(token)
    assert share is not None
    assert (share.event_id, share.event_code, share.language) == (book.event, "party", "de")
    assert share.branding.event_name == "Summer party"
    assert [one.id for one in share.photos] == [one.id for one in book.photos[2::-1]]
    found = book.desk.photo(token, book.photos[1].id)
    assert found is not None
    assert found.key == book.photos[1].key


def test_other_photos_and_other_tokens_show_nothing(book: Book) -> None:
    token, another = book.share(book.photos[:1]), book.share(book.photos[1:2])
    assert token != another
    assert len(token) == 43  # 32 bytes as base64
    for wrong in (book.photos[1].id, PhotoId(0), PhotoId(-1), PhotoId(10**30)):
        assert book.desk.photo(token, wrong) is None
    for text in ("", token[:-1], token.lower() + "x", token + " "):
        assert book.desk.find(ShareToken(text)) is None


def test_a_links_stamp_changes_with_what_it_shows_and_never_else(book: Book) -> None:
    token = book.share(book.photos[:2])
    first = book.desk.stamp(token)
    assert first is not None
    assert book.desk.stamp(token) == first
    book.share(book.photos)
    assert book.desk.stamp(token) == first
    book.desk.show_also(token, book.photos[:3])
    more = book.desk.stamp(token)
    assert more not in {None, first}
    book.desk.show_also(token, book.photos[2::-1])
    assert book.desk.stamp(token) not in {None, first, more}, "another order"
    book.desk.show_also(token, book.photos[:2])
    assert book.desk.stamp(token) == first
    book.desk.revoke(book.event, token)
    assert book.desk.stamp(token) is None
    assert book.desk.stamp(book.share(book.photos, hours=-0.1)) is None
    assert book.desk.stamp(ShareToken("no link")) is None


def test_a_photo_that_is_hidden_changes_the_stamp(index: Index, database_url: str) -> None:
    event = index.events.create_event("party", "", "").id
    ids = photos_of(index, event, 2)
    found = index.guests.photos(event, ids)
    photos = [OutgoingPhoto(one.id, one.key, one.width, one.height, NOON) for one in found]
    until = datetime.now(UTC) + timedelta(hours=1)
    token = index.shares.share(event, None, photos, "en", until)
    before = index.shares.stamp(token)
    index.browsing.set_hidden(event, ids[:1], True)
    hidden = index.shares.stamp(token)
    assert hidden not in {None, before}
    index.browsing.set_hidden(event, ids[:1], False)
    assert index.shares.stamp(token) == before
    for odd in ("7", "{}", '["a", {"id": "x"}, {"id": 99999999999999999999}, {}]'):
        change(database_url, f"update share set photos = '{odd}'")
        assert index.shares.stamp(token) is not None


def test_other_photos_come_to_a_link_that_works_only(book: Book) -> None:
    token, over = book.share(book.photos[:1]), book.share(book.photos[:1], hours=-0.1)
    for one in (token, over, ShareToken("no link")):
        book.desk.show_also(one, book.photos)
    share = book.desk.find(token)
    assert share is not None
    assert len(share.photos) == 4
    assert book.desk.find(over) is None
    book.desk.revoke(book.event, token)
    book.desk.show_also(token, book.photos[:1])
    assert book.desk.find(token) is None


def test_a_link_can_be_revoked_alone_or_with_all_of_its_event(book: Book) -> None:
    one, two, three = (book.share(book.photos) for _ in range(3))
    until = datetime.now(UTC) + timedelta(hours=1)
    elsewhere = book.desk.share(book.other, None, [], "en", until)
    assert book.desk.revoke(book.other, one) == 0
    assert book.desk.revoke(book.event, one) == 1
    assert book.desk.revoke(book.event, one) == 0
    assert book.desk.find(one) is None
    assert book.desk.photo(one, book.photos[0].id) is None
    assert book.desk.find(two) is not None
    assert book.desk.revoke(book.event) == 2
    assert [book.desk.find(token) for token in (two, three)] == [None, None]
    assert book.desk.find(elsewhere) is not None


def test_a_link_that_is_over_shows_nothing_and_cannot_be_revoked(book: Book) -> None:
    over = book.share(book.photos, hours=-0.1)
    assert book.desk.find(over) is None
    assert book.desk.photo(over, book.photos[0].id) is None
    assert book.desk.revoke(book.event) == 0


def test_that_a_page_was_shown_can_be_noted_of_any_link(book: Book) -> None:
    token = book.share(book.photos)
    for one in (token, token, ShareToken("no link")):
        book.desk.note_opened(one)
    assert book.desk.find(token) is not None
