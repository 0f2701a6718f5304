"""Links for phones in a real database: they show their photos, and end."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.outgoing import OutgoingPhoto, ShareToken
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.shared_links import LinkFigures
from eventsnap_desktop.index.notices import read_notice
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import NOON
from tests.contract.index.outbox_rows import change, photos_of

FACES = (Box(1.0, 2.0, 30.5, 40.0), Box(5.0, 6.0, 7.0, 8.0))


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "Ada & Charles", "").id


@pytest.fixture
def photos(index: Index, event: EventId) -> list[OutgoingPhoto]:
    ids = photos_of(index, event, 4)
    found = {one.id: one for one in index.guests.photos(event, ids)}
    return [
        OutgoingPhoto(one, found[one].key, found[one].width, found[one].height, NOON, FACES)
        for one in ids
    ]


def in_hours(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def shared(index: Index, event: EventId, photos: list[OutgoingPhoto]) -> ShareToken:
    return index.shares.share(event, None, photos, "de", in_hours(1))


def test_a_link_shows_its_photos_in_their_order_until_it_ends(
    index: Index, event: EventId, photos: list[OutgoingPhoto]
) -> None:
    index.organizing.set_kiosk_settings(event, KioskSettings(organizer_name="Studio"))
    visit = index.guests.begin(event, "tent", None)
    ends = in_hours(1)
    token = index.shares.share(event, visit, photos[2::-1], "de", ends)
    share = index.shares.find(token)
    assert share is not None
    assert (share.event_id, share.event_code, share.language) == (event, "wedding", "de")
    assert share.photos == tuple(photos[2::-1])
    assert share.expires_at == ends
    assert (share.branding.event_name, share.branding.organizer) == ("Ada & Charles", "Studio")
    assert index.shares.photo(token, photos[1].id) == photos[1]


def test_other_photos_and_other_tokens_show_nothing(
    index: Index, event: EventId, photos: list[OutgoingPhoto]
) -> None:
    token, another = shared(index, event, photos[:1]), shared(index, event, photos[1:2])
    assert token != another
    for wrong in (photos[1].id, PhotoId(0), PhotoId(-1), PhotoId(10**30), PhotoId(999)):
        assert index.shares.photo(token, wrong) is None
    for text in ("", token[:-1], token.lower() + "x", "a\x00", "\udc80", "é" * 99, token + " "):
        assert index.shares.find(ShareToken(text)) is None
        assert index.shares.photo(ShareToken(text), photos[0].id) is None


def test_a_link_shows_no_photo_of_another_event(
    index: Index, event: EventId, photos: list[OutgoingPhoto]
) -> None:
    other = index.events.create_event("other", "", "").id
    token = shared(index, other, photos)
    share = index.shares.find(token)
    assert share is not None
    assert share.photos == ()
    assert index.shares.photo(token, photos[0].id) is None


def test_hidden_and_gone_photos_leave_a_link(
    index: Index, event: EventId, photos: list[OutgoingPhoto], database_url: str
) -> None:
    token = shared(index, event, photos)
    index.browsing.set_hidden(event, [photos[0].id], True)
    change(database_url, f"update photo set state = 'gone' where id = {photos[1].id}")
    share = index.shares.find(token)
    assert share is not None
    assert share.photos == tuple(photos[2:])
    assert index.shares.photo(token, photos[0].id) is None
    assert index.shares.photo(token, photos[1].id) is None


def test_a_link_that_is_over_shows_nothing_and_is_forgotten_a_day_later(
    index: Index, event: EventId, photos: list[OutgoingPhoto], database_url: str
) -> None:
    over = index.shares.share(event, None, photos, "en", in_hours(-0.1))
    forgotten = index.shares.share(event, None, photos, "en", in_hours(-25))
    for token in (over, forgotten):
        assert index.shares.find(token) is None
        assert index.shares.photo(token, photos[0].id) is None
    assert index.shares.revoke(event) == 0
    shared(index, event, photos)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from share").fetchone() == (2,)


def test_the_organizer_sees_which_links_work_and_which_were_opened(
    index: Index, event: EventId, photos: list[OutgoingPhoto]
) -> None:
    visit = index.guests.begin(event, "tent", None)
    ends = in_hours(2)
    first = index.shares.share(event, visit, photos[:3], "de", ends)
    second = shared(index, event, photos[:1])
    over = index.shares.share(event, None, photos, "en", in_hours(-0.1))
    shared(index, index.events.create_event("other", "", "").id, [])
    for token in (first, first, over, ShareToken("no link")):
        index.shares.note_opened(token)

    newest, oldest = index.shares.links(event, 10)

    assert (newest.photos, newest.opened, newest.kiosk) == (1, False, "")
    assert (oldest.photos, oldest.opened, oldest.kiosk) == (3, True, "tent")
    assert oldest.expires_at == ends
    assert newest.created_at > oldest.created_at
    assert index.shares.links(event, 1) == [newest]
    assert index.shares.figures(event, in_hours(-1)) == LinkFigures(2, 1, ends, 3, 2)
    assert index.shares.figures(event, in_hours(1)) == LinkFigures(2, 1, ends)
    assert index.shares.end(event, [oldest.id]) == 1
    assert index.shares.end(event, [oldest.id]) == 0
    assert index.shares.find(first) is None
    assert index.shares.find(second) is not None
    assert index.shares.links(event, 10) == [newest]


def test_a_link_is_ended_in_its_own_event_only(
    index: Index, event: EventId, photos: list[OutgoingPhoto]
) -> None:
    other = index.events.create_event("other", "", "").id
    token = shared(index, event, photos)
    [link] = index.shares.links(event, 10)
    assert index.shares.end(other, [link.id]) == 0
    assert index.shares.find(token) is not None
    assert index.shares.figures(other, in_hours(-1)) == LinkFigures()


def test_listeners_hear_of_new_opened_and_ended_links(
    index: Index, event: EventId, photos: list[OutgoingPhoto], database_url: str
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("listen eventsnap")
        token = shared(index, event, photos)
        index.shares.note_opened(token)
        index.shares.note_opened(token)
        index.shares.revoke(event, token)
        connection.execute("notify eventsnap, 'all told'")
        heard = []
        for one in connection.notifies(timeout=60):
            if one.payload == "all told":
                break
            heard.append(read_notice(one.payload))
    told = [one for one in heard if one is not None and one.subject is Subject.SHARES]
    # One of four calls changes no row, and tells of none.
    assert told == [Notice(Subject.SHARES, event)] * 3


def test_the_database_does_not_hold_what_opens_a_link(
    index: Index, event: EventId, photos: list[OutgoingPhoto], database_url: str
) -> None:
    token = shared(index, event, photos)
    with psycopg.connect(database_url) as connection:
        [row] = connection.execute("select share::text from share").fetchall()
    assert token not in row[0]
    assert len(token) >= 43  # 32 bytes as base64


def test_links_go_with_their_event(
    index: Index, event: EventId, photos: list[OutgoingPhoto]
) -> None:
    token = shared(index, event, photos)
    index.events.delete_event(event)
    assert index.shares.find(token) is None
    with pytest.raises(UnknownEventError):
        shared(index, event, [])
