"""E-mails as bytes: one address each, no text that becomes a header, sizes as they are told."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsnap_desktop.delivery.mail_message import (
    Attachment,
    Mail,
    compose,
    encoded_size,
    message_id,
    one_line,
)
from eventsnap_desktop.delivery.mail_names import file_names
from eventsnap_desktop.domain.outgoing import NeverError, NotNowError

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding",
}  # fmt: skip


def mail(**more: object) -> Mail:
    values = {
        "recipient": "jane@example.com",
        "subject": "Your photos",
        "text": "Here they are",
        "html": "<p>Here they are</p>",
        "message_id": "<one@example.org>",
    }
    return Mail(**{**values, **more})  # type: ignore[arg-type]


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


def test_it_has_text_html_logo_and_photos() -> None:
    photos = (Attachment("a.jpg", b"one"), Attachment("Größe.jpg", b"two"))

    made = read(compose(mail(logo=b"\x89PNG", attachments=photos), "kiosk@example.org", "Fest"))

    assert made.get_content_type() == "multipart/mixed"
    text, page = made.get_body(("plain",)), made.get_body(("html",))
    assert text is not None
    assert page is not None
    assert text.get_content().strip() == "Here they are"
    assert [part.get_filename() for part in made.iter_attachments()] == ["a.jpg", "Größe.jpg"]
    logos = [part for part in made.walk() if part.get_content_type() == "image/png"]
    assert logos[0]["Content-ID"] == "<logo@eventsnap>"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["From"].addresses[0].display_name == "Fest"
    assert made["To"].addresses[0].addr_spec == "jane@example.com"


def test_every_byte_is_below_128() -> None:
    raw = compose(mail(subject="Größe", text="ä" * 2000, html="ü" * 2000), "a@b.de", "Söhne")

    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998  # RFC 5322 2.1.1


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=60))
@settings(deadline=None)
def test_no_text_becomes_a_header(subject: str, name: str, file: str) -> None:
    attachments = (Attachment(file, b"x"),)

    made = read(compose(mail(subject=subject, attachments=attachments), "a@example.org", name))

    assert set(made.keys()) <= HEADERS
    assert [one.addr_spec for one in made["To"].addresses] == ["jane@example.com"]
    assert [one.addr_spec for one in made["From"].addresses] == ["a@example.org"]


@pytest.mark.parametrize("bad", ["\r\nBcc: eve@example.com", "\nX: y", "\x00", "\u2028X: y"])
def test_a_line_break_in_a_subject_or_a_name_is_a_space(bad: str) -> None:
    made = read(compose(mail(subject=f"Photos{bad}"), "a@example.org", f"Kiosk{bad}"))

    assert "Bcc" not in made
    assert "X" not in made
    assert str(made["Subject"]).startswith("Photos")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jane",
        "jane@example.com\r\nBcc: eve@example.com",
        "a@example.com, b@example.com",
        "<a@b.de>",
    ],
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises(NeverError) as told:
        compose(mail(recipient=address), "kiosk@example.org", "")

    assert "jane" not in str(told.value)


def test_a_sender_that_is_no_address_is_for_somebody_to_see_to() -> None:
    with pytest.raises(NotNowError):
        compose(mail(), "kiosk", "")


@pytest.mark.parametrize(
    "words", ["Über uns", "Grüße aus dem Süden von der schönen Gartenparty", "新年会の写真"]
)
def test_a_subject_is_read_as_it_was_written(words: str) -> None:
    made = read(compose(mail(subject=f"{words} ({words})"), "a@example.org", ""))

    assert made["Subject"] == f"{words} ({words})"


def test_a_long_address_stays_in_one_piece() -> None:
    address = "x" * 64 + "@" + ".".join(["y" * 60] * 3) + ".com"

    assert address.encode() in compose(mail(recipient=address), address, "")


def test_an_identity_is_the_same_at_every_try_and_of_nothing_else() -> None:
    first = message_id("job", "jane@example.com", "1,2", "kiosk@example.org")

    assert first == message_id("job", "jane@example.com", "1,2", "kiosk@example.org")
    assert first.endswith("@example.org>")
    assert "jane" not in first
    others = {
        message_id("other", "jane@example.com", "1,2", "kiosk@example.org"),
        message_id("job", "tom@example.com", "1,2", "kiosk@example.org"),
        message_id("job", "jane@example.com", "1", "kiosk@example.org"),
        first,
    }
    assert len(others) == 4


@given(st.lists(st.integers(0, 60_000), max_size=5))
@settings(deadline=None, max_examples=25)
def test_a_mail_is_never_larger_than_its_parts_were_told_to_be(sizes: list[int]) -> None:
    bare = len(compose(mail(), "a@example.org", ""))
    attachments = tuple(Attachment("Gruppenfoto auf der Wiese.jpg", bytes(size)) for size in sizes)

    whole = len(compose(mail(attachments=attachments), "a@example.org", ""))

    assert whole <= bare + 300 + sum(encoded_size(size) for size in sizes)


def test_halves_of_letters_do_no_harm() -> None:
    assert one_line("a\ud800b") == "a b"
    assert compose(mail(subject="\ud800", text="\udcff", html="\ud800"), "a@example.org", "\udcff")


def test_files_are_called_as_the_photos_and_each_by_a_name_of_its_own() -> None:
    keys = [
        "day 1/IMG_1.HEIC",
        "day 2/IMG_1.jpg",
        "img_1.JPG",
        "../../etc/passwd",
        "a\r\nb.jpg",
        "..",
    ]

    assert file_names(keys) == [
        "IMG_1.jpg", "IMG_1 (2).jpg", "img_1 (3).jpg", "passwd.jpg", "a_b.jpg", "photo.jpg",
    ]  # fmt: skip
