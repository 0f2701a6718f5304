"""Delivering as this machine is set up: the links of e-mails and codes, and what carries photos."""

from pathlib import Path

import pytest

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.carriers import DeliveryLinks, make_carriers
from eventsnap_desktop.app.delivering import opened_delivering, public_address
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import NotNowError, PrintPlaces, ShareToken
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.settings.loading import load_settings
from tests.contract.index.outbox_rows import PRINTER, photos_of, put_mail, put_print


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def program(home: Path, **groups: dict[str, str]) -> Program:
    return Program(load_settings({"home": home, **groups}).settings)


def test_a_delivery_has_one_page_with_its_photos_however_often_it_is_tried(
    index: Index, event: EventId, database_url: str
) -> None:
    photos = photos_of(index, event)
    put_mail(database_url, event, photos)
    job = index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60.0)
    assert job is not None
    links = DeliveryLinks(index, lambda token: f"https://photos.example.org/g/{token}")
    link = links.make(job)
    assert links.make(job) == link
    share = index.shares.find(ShareToken(link.rpartition("/")[2]))
    assert share is not None
    assert [one.id for one in share.photos] == photos
    assert share.language == "de"


def test_a_print_has_the_code_that_its_kiosk_showed_whoever_serves_phones_now(
    index: Index, event: EventId, database_url: str
) -> None:
    photos = photos_of(index, event)
    put_print(database_url, event, photos, page="http://192.168.1.20:8473")
    put_print(database_url, event, photos)
    job, without = (
        index.outbox.claim([DeliveryKind.PRINT], PrintPlaces(printers=(PRINTER,)), 60.0)
        for _ in range(2)
    )
    assert job is not None
    assert without is not None
    links = DeliveryLinks(index)
    link = links.make_printed(job)
    assert links.make_printed(job) == link
    begins, _, token = link.rpartition("/")
    assert begins == "http://192.168.1.20:8473/g"
    share = index.shares.find(ShareToken(token))
    assert share is not None
    assert [one.id for one in share.photos] == photos
    assert links.make_printed(without) == ""
    assert index.shares.revoke(event) == 1


def test_a_page_that_nobody_serves_is_waited_for(
    index: Index, event: EventId, database_url: str
) -> None:
    put_mail(database_url, event, photos_of(index, event))
    job = index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60.0)
    assert job is not None
    with pytest.raises(NotNowError, match="not served"):
        DeliveryLinks(index, lambda token: f"/g/{token}").make(job)
    assert index.shares.revoke(event) == 0


def test_a_machine_without_a_mail_server_leaves_e_mails_to_others(
    index: Index, tmp_path: Path
) -> None:
    assert set(make_carriers(program(tmp_path), index)) == {DeliveryKind.PRINT}
    with_mail = program(tmp_path, mail={"host": "mail.example.org"})
    assert set(make_carriers(with_mail, index)) == {DeliveryKind.PRINT, DeliveryKind.EMAIL}


def test_links_need_an_address_that_phones_can_reach(tmp_path: Path) -> None:
    assert public_address(program(tmp_path).settings) is None
    address = public_address(program(tmp_path, share={"public_url": "https://x.org/"}).settings)
    assert address is not None
    assert address(ShareToken("abc")) == "https://x.org/g/abc"


def test_what_a_process_had_that_was_killed_is_free_at_the_next_chores(
    index: Index, event: EventId, database_url: str, tmp_path: Path
) -> None:
    put_mail(database_url, event, photos_of(index, event))
    with open_index(database_url) as killed:
        assert killed.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60.0) is not None
        folder = tmp_path / "delivering"
        folder.mkdir()
        (folder / f"{killed.outbox.name}.lock").touch()  # nobody holds it any more
        with opened_delivering(program(tmp_path), index) as parts:
            assert index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60.0) is None
            parts.chores()
            assert index.outbox.claim([DeliveryKind.EMAIL], PrintPlaces(), 60.0) is not None
