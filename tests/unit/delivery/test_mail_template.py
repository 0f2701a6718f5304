"""What e-mails say, in the guest's language and the event's colours; no text becomes HTML."""

import io
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from eventsnap_desktop.delivery.mail_logo import MailLogo, read_logo
from eventsnap_desktop.delivery.mail_template import ACCENT, MailTemplate
from eventsnap_desktop.delivery.mail_words import MailContent, MailKind
from eventsnap_desktop.domain.outgoing import Branding

FOLDER = Path(__file__).parents[3] / "resources" / "mail"
TEMPLATE = MailTemplate(FOLDER)
PARTY = Branding("Summer party", "Jane Doe", "#c2410c")
ENDS = datetime(2030, 12, 1, 22, 30).astimezone()
SIX = MailContent(MailKind.ATTACHED, "en", PARTY, count=6, here=6)
LINK = "https://192.168.1.20:8443/g/abc?x=1&y=2"


class Tags(HTMLParser):
    """Collects the elements of a page, and what follows after links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_it_says_how_many_and_where_they_are() -> None:
    said = TEMPLATE.render(SIX)

    assert said.subject == "Your 6 photos from Summer party"
    assert "Here are your 6 photos" in said.html
    assert "attached" in said.text
    assert "Jane Doe" in said.text


def test_one_photo_is_not_many() -> None:
    said = TEMPLATE.render(replace(SIX, count=1, here=1))

    assert said.subject == "Your photo from Summer party"
    assert "1 photo" not in said.text


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "photos"), ("de", "Fotos"), ("de-AT", "Fotos"), ("fr", "photos"), ("", "photos")],
)
def test_it_speaks_the_guests_language_or_english(language: str, word: str) -> None:
    said = TEMPLATE.render(replace(SIX, language=language))

    assert word in said.subject
    assert f'lang="{"de" if language.startswith("de") else "en"}"' in said.html


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("count", [1, 2])
def test_nothing_is_left_to_put_in(language: str, kind: MailKind, count: int) -> None:
    content = MailContent(
        kind, language, PARTY, count, count, 1, count, left_out=count, scaled=True,
        link=LINK, link_until=ENDS, link_wifi="Party" * (count - 1),
    )  # fmt: skip
    said = TEMPLATE.render(content)

    for text in (said.subject, said.text, said.html.partition("</style>")[2]):
        assert "{" not in text
        assert "$" not in text


def test_a_part_says_which_of_how_many() -> None:
    said = TEMPLATE.render(replace(SIX, count=14, here=5, part=2, parts=3))

    assert said.subject == "Your 14 photos from Summer party (2 of 3)"
    assert "with 5 of them" in said.text


def test_a_link_has_a_button_and_says_until_when_and_where_it_works() -> None:
    linked = replace(SIX, kind=MailKind.LINK, link=LINK, link_until=ENDS)
    said = TEMPLATE.render(linked)

    assert LINK in Tags(said.html).links
    assert LINK in said.text
    assert "The link works until Sunday 1 December, 22:30." in said.text
    assert "in the event’s network only" in said.text
    assert "attached" not in said.text
    german = TEMPLATE.render(replace(linked, language="de", link_wifi="Gäste"))
    assert "Der Link gilt bis Sonntag, 1. Dezember, 22:30 Uhr." in german.text
    assert "nur im WLAN der Veranstaltung, „Gäste“" in german.text
    everywhere = TEMPLATE.render(replace(linked, link_wifi="Guests", link_everywhere=True))
    assert "until Sunday" in everywhere.text
    assert " only" not in everywhere.text


@pytest.mark.parametrize("link", ["javascript:alert(1)", 'https://a"onclick="x', "http://a b", ""])
def test_what_is_no_link_is_no_button(link: str) -> None:
    said = TEMPLATE.render(replace(SIX, kind=MailKind.LINK, link=link))

    assert Tags(said.html).links == []
    assert "See your photos" not in said.html


def test_the_organizers_own_words_take_the_place_of_ours() -> None:
    said = TEMPLATE.render(
        replace(
            SIX,
            subject="Thanks! {count} from {event} {x}",
            text="Dear guest,\n\nat {event}:\n{count}",
        )
    )

    assert said.subject == "Thanks! 6 from Summer party {x}"
    assert "Dear guest,\n\nat Summer party:\n6" in said.text
    assert "at Summer party:<br>" in said.html
    assert "attached" not in said.text


def test_the_organizers_own_words_are_not_said_of_new_photos() -> None:
    said = TEMPLATE.render(replace(SIX, kind=MailKind.LATER, subject="Thanks!", text="Dear guest"))

    assert said.subject == "There are new photos of you from Summer party"
    assert "Dear" not in said.text


def test_what_was_put_in_is_not_looked_at_again() -> None:
    tricky = replace(SIX, branding=Branding("{organizer} $accent {count}", "Jane"), text="{event}")

    assert "{organizer} $accent {count}" in TEMPLATE.render(tricky).text
    assert "{organizer} $accent {count}" in TEMPLATE.render(tricky).html


def test_a_script_in_a_name_is_text() -> None:
    evil = "<script>alert(1)</script>"
    said = TEMPLATE.render(
        replace(SIX, branding=Branding(evil, evil, '"><script>'), subject=evil, text=evil)
    )

    assert "script" not in Tags(said.html).names
    assert "&lt;script&gt;" in said.html
    assert ACCENT in said.html


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20), st.text(max_size=200))
@settings(deadline=None)
def test_no_text_changes_the_page(event: str, organizer: str, accent: str, text: str) -> None:
    usual = Tags(TEMPLATE.render(replace(SIX, text="x")).html)
    content = replace(SIX, branding=Branding(event, organizer, accent), text=text or "x")

    made = Tags(TEMPLATE.render(content).html)

    assert set(made.names) <= set(usual.names)
    assert made.attributes <= usual.attributes
    assert made.links == []


@pytest.mark.parametrize(
    ("accent", "on_it"), [("#fde047", "#000000"), ("#1d4ed8", "#ffffff"), ("#777777", "#000000")]
)
def test_words_on_the_button_are_read_on_its_colour(accent: str, on_it: str) -> None:
    content = replace(SIX, kind=MailKind.LINK, link=LINK, branding=Branding(accent=accent))

    assert f"color:{on_it}; text-decoration" in TEMPLATE.render(content).html


def test_an_event_without_a_name_is_the_event() -> None:
    assert (
        TEMPLATE.render(replace(SIX, branding=Branding())).subject == "Your 6 photos from the event"
    )


def test_a_photo_that_could_not_be_sent_is_told() -> None:
    assert "One photo could not be sent" in TEMPLATE.render(replace(SIX, left_out=1)).text
    assert "3 photos could not be sent" in TEMPLATE.render(replace(SIX, left_out=3)).text


def test_a_logo_is_shown_as_a_part_of_the_mail() -> None:
    said = TEMPLATE.render(replace(SIX, logo=MailLogo(b"", 120, 40)))

    assert Tags(said.html).links == ["cid:logo@eventsnap"]
    assert 'alt="Summer party"' in said.html


def test_a_logo_becomes_a_small_png(tmp_path: Path) -> None:
    file = tmp_path / "logo.jpg"
    Image.new("RGB", (3000, 500)).save(file)

    logo = read_logo(str(file))

    assert logo is not None
    assert (logo.width, logo.height) == (220, 36)
    assert Image.open(io.BytesIO(logo.data)).format == "PNG"


def test_a_logo_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    broken = tmp_path / "logo.png"
    broken.write_bytes(b"no picture")

    assert read_logo(str(broken)) is None
    assert read_logo(str(tmp_path / "nowhere.png")) is None
    assert read_logo("") is None


def test_every_language_says_the_same_things() -> None:
    import tomllib

    def names(table: dict[str, object], before: str = "") -> set[str]:
        found = set()
        for name, value in table.items():
            found |= names(value, f"{name}.") if isinstance(value, dict) else {before + name}
        return found

    files = list(FOLDER.glob("*.toml"))
    tables = [names(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    assert len(files) >= 2
    assert all(table == tables[0] for table in tables)
