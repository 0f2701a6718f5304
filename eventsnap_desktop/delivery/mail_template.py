"""What e-mails to guests say and look like: the organizer's words and colours, or our own.

``resources/mail`` holds the layout, its pieces, and the words of each language. Whatever is put
into HTML is escaped; nothing that was put in is looked at again for more to put in.
"""

import html
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Final

from eventsnap_desktop.delivery.mail_logo import MailLogo
from eventsnap_desktop.delivery.mail_message import LOGO_ID
from eventsnap_desktop.delivery.mail_words import MailContent, MailWords, Words

ACCENT = "#2563eb"
"""The colour of bar and button where the event has none."""

_FALLBACK = "en"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """An e-mail's subject, and its words as plain text and as HTML."""

    subject: str
    text: str
    html: str


class MailTemplate:
    """Renders e-mails with the files of ``folder``, read when they are first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def render(self, content: MailContent) -> RenderedMail:
        """Return the e-mail. OSError when the program's own files are not there."""
        words = self._words(content.language)
        said = MailWords(words, content)
        page = self._html(said, content, words["language"])
        return RenderedMail(said.subject(), self._text(said), page)

    def _text(self, said: MailWords) -> str:
        paragraphs = said.paragraphs()
        if said.link:
            paragraphs.append(f"{said.button}: {said.link}")
        return self._pieces["layout.txt"].substitute(
            heading=said.heading(),
            paragraphs="\n\n".join([*paragraphs, *said.notes()]),
            footer="\n".join(said.footer()),
        )

    def _html(self, said: MailWords, content: MailContent, language: str) -> str:
        accent = _accent(content.branding.accent)
        return self._pieces["layout.html"].substitute(
            language=language,
            subject=html.escape(said.subject()),
            preview=html.escape(said.paragraphs()[0]),
            accent=accent,
            logo=self._logo(said, content.logo),
            event=html.escape(said.event),
            heading=html.escape(said.heading()),
            paragraphs=self._each("paragraph.html", said.paragraphs()),
            button=self._button(said, accent),
            notes=self._each("note.html", said.notes()),
            footer="<br>\n".join(html.escape(line) for line in said.footer()),
        )

    def _each(self, piece: str, texts: list[str]) -> str:
        escaped = (html.escape(text).replace("\n", "<br>\n") for text in texts)
        return "".join(self._pieces[piece].substitute(text=text) for text in escaped)

    def _logo(self, said: MailWords, logo: MailLogo | None) -> str:
        if logo is None:
            return ""
        alt = html.escape(said.event or "Logo")
        return self._pieces["logo.html"].substitute(
            logo_id=LOGO_ID, width=logo.width, height=logo.height, alt=alt
        )

    def _button(self, said: MailWords, accent: str) -> str:
        if not said.link:
            return ""
        return self._pieces["button.html"].substitute(
            link=html.escape(said.link),
            label=html.escape(said.button),
            accent=accent,
            on_accent=_readable_on(accent),
        )

    @cached_property
    def _pieces(self) -> dict[str, Template]:
        names = [*self._folder.glob("*.html"), *self._folder.glob("*.txt")]
        return {file.name: Template(file.read_text(encoding="utf-8")) for file in names}

    @cached_property
    def _languages(self) -> dict[str, Words]:
        files = sorted(self._folder.glob("*.toml"))
        return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}

    def _words(self, language: str) -> Words:
        found = _LANGUAGE.match(language.lower())
        code = found.group() if found else _FALLBACK
        code = code if code in self._languages else _FALLBACK
        return {**self._languages[code], "language": code}


def _accent(colour: str) -> str:
    return colour.strip() if _COLOUR.fullmatch(colour.strip()) else ACCENT


def _readable_on(colour: str) -> str:
    """Return white or black, whichever has more contrast on a colour (WCAG 2.2, 1.4.3)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
