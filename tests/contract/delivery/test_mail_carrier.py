"""Deliveries by e-mail to a real mail server: each address its own, none twice, none forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from eventsnap_desktop.delivery.mail_carrier import MailCarrier, MailParts
from eventsnap_desktop.delivery.mail_server import MailServer, RecipientLaterError
from eventsnap_desktop.delivery.mail_template import MailTemplate
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind
from eventsnap_desktop.domain.errors import PhotoGoneError, SourceAwayError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.outgoing import (
    Attaching,
    Branding,
    DeliveryJob,
    NeverError,
    NotNowError,
    OutgoingPhoto,
    OutputSettings,
)
from tests.fixtures.smtp import MailTrap, serve
from tests.unit.delivery.photo_files import jpeg, opened, outgoing, scene, tags_of, talkative_jpeg

RESOURCES = Path(__file__).parents[3] / "resources"
JANE, TOM, EVE = "jane@example.com", "tom@example.org", "eve@example.net"
SETTINGS, BRANDING = OutputSettings(), Branding("Summer party", "Jane Doe", "#c2410c")


def job(count: int = 2, *addresses: str, **more: object) -> DeliveryJob:
    made = DeliveryJob(
        DeliveryId(7), "key-7", DeliveryKind.EMAIL, EventId(1), "party", "en",
        tuple(outgoing(number, f"IMG_{number}.jpg") for number in range(1, count + 1)),
        datetime(2030, 5, 1, tzinfo=UTC), 0, addresses or (JANE,),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


class Photos:
    """Reads the same photo for all; fails as it is told."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data or talkative_jpeg(scene())
        self.trouble: dict[int, Exception] = {}
        self.read_ids: list[int] = []

    def __call__(self, event_code: str, photo: OutgoingPhoto) -> bytes:
        assert event_code == "party"
        self.read_ids.append(photo.id)
        if photo.id in self.trouble:
            raise self.trouble[photo.id]
        return self.data


def carrier(trap: MailTrap, link: Callable[[DeliveryJob], str] | None = None) -> MailCarrier:
    server = MailServer(trap.host, trap.port, "none", "", "", "kiosk@example.org", "Kiosk", 5.0)
    parts = MailParts(
        MailTemplate(RESOURCES / "mail"), RESOURCES / "fonts" / "Inter-SemiBold.otf", link=link
    )
    return MailCarrier(server, parts)


def deliver(
    to: MailCarrier,
    one: DeliveryJob,
    settings: OutputSettings = SETTINGS,
    photos: Photos | None = None,
) -> list[str]:
    told: list[str] = []
    to.deliver(one, settings, BRANDING, photos or Photos(), told.append)
    return told


def ids(trap: MailTrap) -> list[str]:
    return [str(one.message["Message-ID"]) for one in trap.taken]


def test_photos_arrive_without_what_they_need_not_tell(mail_trap: MailTrap) -> None:
    deliver(carrier(mail_trap), job(2))

    attached = list(mail_trap.taken[0].message.iter_attachments())
    assert [part.get_filename() for part in attached] == ["IMG_1.jpg", "IMG_2.jpg"]
    for part in attached:
        assert tags_of(part.get_content())["GPS"] == {}
    assert mail_trap.taken[0].message["Subject"] == "Your 2 photos from Summer party"


def test_recipients_do_not_see_each_other(mail_trap: MailTrap) -> None:
    deliver(carrier(mail_trap), job(1, JANE, TOM, EVE, JANE))

    assert [one.recipients for one in mail_trap.taken] == [(JANE,), (TOM,), (EVE,)]
    for one in mail_trap.taken:
        others = {JANE, TOM, EVE} - set(one.recipients)
        assert not any(other.encode() in one.raw for other in others)
    assert len(set(ids(mail_trap))) == 3


def test_what_does_not_fit_comes_in_several_mails(mail_trap: MailTrap) -> None:
    photos = Photos(jpeg(scene(680, 500), quality=98))
    assert 250_000 < len(photos.data) < 340_000

    told = deliver(carrier(mail_trap), job(4), OutputSettings(mail_megabytes=1), photos)

    subjects = [str(one.message["Subject"]) for one in mail_trap.taken]
    assert subjects[0].endswith("(1 of 2)")
    assert subjects[1].endswith("(2 of 2)")
    assert all(len(one.raw) <= 1_000_000 for one in mail_trap.taken)
    assert told == ["Sending e-mail 1 of 2", "Sending e-mail 2 of 2"]


def test_scaled_photos_come_in_one_mail(mail_trap: MailTrap) -> None:
    photos = Photos(jpeg(scene(2400, 1600), quality=92))
    settings = OutputSettings(attaching=Attaching.SCALED, mail_megabytes=2)

    deliver(carrier(mail_trap), job(3), settings, photos)

    (taken,) = mail_trap.taken
    assert len(taken.raw) <= 2_000_000
    sizes = {opened(part.get_content()).size for part in taken.message.iter_attachments()}
    assert len(sizes) == 1
    assert max(sizes.pop()) < 2400
    assert "made smaller" in taken.raw.decode()


def test_a_link_takes_the_place_of_photos(mail_trap: MailTrap) -> None:
    made: list[DeliveryJob] = []

    def link(one: DeliveryJob) -> str:
        made.append(one)
        return "http://192.168.1.20:8080/g/abc"

    photos = Photos()
    deliver(
        carrier(mail_trap, link),
        job(3, JANE, TOM),
        OutputSettings(attaching=Attaching.LINK),
        photos,
    )

    assert len(made) == 1
    assert len(mail_trap.taken) == 2
    assert all(b"192.168.1.20" in one.raw for one in mail_trap.taken)
    assert all(b"The link works until" in one.raw for one in mail_trap.taken)
    assert photos.read_ids == []


def test_without_a_page_to_link_to_photos_are_scaled(mail_trap: MailTrap) -> None:
    deliver(carrier(mail_trap), job(1), OutputSettings(attaching=Attaching.LINK))

    assert len(list(mail_trap.taken[0].message.iter_attachments())) == 1


def test_a_guest_without_photos_is_told_of_new_ones(mail_trap: MailTrap) -> None:
    deliver(carrier(mail_trap), job(3, told_later=True), photos=Photos())

    assert mail_trap.taken[0].message["Subject"] == "There are new photos of you from Summer party"
    assert not list(mail_trap.taken[0].message.iter_attachments())


def test_one_refused_address_does_not_keep_the_others_from_theirs() -> None:
    with serve(MailTrap(rcpt=lambda to: "550 5.1.1 unknown" if to == JANE else None)) as trap:
        with pytest.raises(NeverError, match="1 of 2 addresses") as told:
            deliver(carrier(trap), job(1, JANE, TOM))

        assert [one.recipients for one in trap.taken] == [(TOM,)]
    assert "@" not in str(told.value)


def test_what_was_taken_is_not_sent_again() -> None:
    with serve(MailTrap(rcpt=lambda to: "450 4.2.0 later" if to == JANE else None)) as trap:
        to, one = carrier(trap), job(1, JANE, TOM)
        with pytest.raises(RecipientLaterError):
            deliver(to, one)
        trap.rcpt = lambda _: None

        deliver(to, one)

        assert [taken.recipients for taken in trap.taken] == [(TOM,), (JANE,)]


def test_a_refused_address_is_told_once_the_others_have_theirs() -> None:
    answers = {JANE: "550 5.1.1 unknown", TOM: "450 4.2.0 later"}
    with serve(MailTrap(rcpt=answers.get)) as trap:
        to, one = carrier(trap), job(1, JANE, TOM)
        with pytest.raises(RecipientLaterError):
            deliver(to, one)
        answers.pop(TOM)

        with pytest.raises(NeverError, match="unknown"):
            deliver(to, one)

        assert trap.asked.count(JANE) == 1
        assert [taken.recipients for taken in trap.taken] == [(TOM,)]


def test_a_try_after_a_broken_connection_sends_the_same_identity() -> None:
    with serve(MailTrap(drop_after_data=True)) as trap:
        to, one = carrier(trap), job(1)
        with pytest.raises(NotNowError):
            deliver(to, one)
        trap.drop_after_data = False

        deliver(to, one)

        first, second = ids(trap)
        assert first == second


def test_another_process_sends_the_same_identities(mail_trap: MailTrap) -> None:
    photos = Photos(jpeg(scene(680, 500), quality=98))
    settings = OutputSettings(mail_megabytes=1)

    for _ in range(2):
        deliver(carrier(mail_trap), job(4, JANE, TOM), settings, photos)

    assert len(mail_trap.taken) == 8
    assert len(set(ids(mail_trap))) == 4


def test_parts_that_were_taken_are_neither_made_nor_sent_again() -> None:
    settings = OutputSettings(mail_megabytes=1)
    photos = Photos(jpeg(scene(680, 500), quality=98))
    with serve() as trap:
        to, one = carrier(trap), job(4)

        def break_at_second(_: str) -> str | None:
            return "421 4.3.2 shutting down" if len(trap.asked) == 2 else None

        trap.rcpt = break_at_second
        with pytest.raises(NotNowError):
            deliver(to, one, settings, photos)
        photos.read_ids.clear()

        deliver(to, one, settings, photos)

        assert len(set(ids(trap))) == len(trap.taken) == 2
        assert photos.read_ids.count(4) == 2  # to be measured, and to be sent
        assert photos.read_ids.count(1) == 1  # to be measured only


def test_a_source_that_is_away_is_waited_for(mail_trap: MailTrap) -> None:
    photos = Photos()
    photos.trouble[2] = SourceAwayError("away")

    with pytest.raises(SourceAwayError):
        deliver(carrier(mail_trap), job(2), photos=photos)

    assert not mail_trap.taken


def test_a_photo_that_is_gone_is_looked_for_again_and_then_left_out(mail_trap: MailTrap) -> None:
    photos = Photos()
    photos.trouble[2] = PhotoGoneError("gone")
    with pytest.raises(NotNowError):
        deliver(carrier(mail_trap), job(2), photos=photos)
    assert not mail_trap.taken

    deliver(carrier(mail_trap), job(2, attempts=3), photos=photos)

    (taken,) = mail_trap.taken
    assert len(list(taken.message.iter_attachments())) == 1
    assert b"One photo could not be sent" in taken.raw


def test_a_broken_photo_does_not_keep_the_others_back(mail_trap: MailTrap) -> None:
    photos = Photos()
    photos.trouble[1] = NeverError("broken")

    deliver(carrier(mail_trap), job(2), photos=photos)

    assert len(list(mail_trap.taken[0].message.iter_attachments())) == 1


def test_without_any_photo_no_mail_is_sent(mail_trap: MailTrap) -> None:
    with pytest.raises(NeverError, match="handed out"):
        deliver(carrier(mail_trap), job(0))
    with pytest.raises(NeverError, match="read"):
        deliver(carrier(mail_trap), job(1), photos=Photos(b"no picture"))
    with pytest.raises(NeverError, match="address"):
        deliver(carrier(mail_trap), replace(job(1), addresses=()))

    assert not mail_trap.taken


def test_an_address_with_a_line_break_gets_nothing(mail_trap: MailTrap) -> None:
    bad = "jane@example.com\r\nBcc: eve@example.net"

    with pytest.raises(NeverError):
        deliver(carrier(mail_trap), job(1, bad, TOM))

    assert [one.recipients for one in mail_trap.taken] == [(TOM,)]


def test_the_log_names_nobody(mail_trap: MailTrap, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    mail_trap.rcpt = lambda to: f"550 5.1.1 <{to}> unknown" if to == JANE else None

    with pytest.raises(NeverError):
        deliver(carrier(mail_trap), job(1, JANE, TOM))

    ours = [one.getMessage() for one in caplog.records if one.name.startswith("eventsnap")]
    assert ours
    assert "@" not in " ".join(ours)


def test_a_logo_and_a_watermark_go_along(mail_trap: MailTrap, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    Image.new("RGB", (400, 100), "red").save(file)
    branding = replace(BRANDING, logo=str(file), watermark="Summer party")

    carrier(mail_trap).deliver(job(1), SETTINGS, branding, Photos(), lambda _: None)

    kinds = [part.get_content_type() for part in mail_trap.taken[0].message.walk()]
    assert kinds.count("image/png") == 1
