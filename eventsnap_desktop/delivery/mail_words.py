"""What an e-mail to a guest is about, and what it says of that in the guest's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from eventsnap_desktop.delivery.mail_logo import MailLogo
from eventsnap_desktop.delivery.mail_message import one_line
from eventsnap_desktop.delivery.share_words import moment_words, words_in
from eventsnap_desktop.domain.outgoing import Branding

Words = Mapping[str, Any]
"""The words of one language, as its file in ``resources/mail`` has them."""

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_LINK: Final = re.compile(r"https?://[^\s\"'<>]+")


class MailKind(StrEnum):
    """What an e-mail is for."""

    ATTACHED = "attached"
    LINK = "link"
    LATER = "later"  # new photos came
    TEST = "test"  # of the organizer


@dataclass(frozen=True, slots=True)
class MailContent:
    """What one e-mail is about.

    ``count`` photos are handed out in all, ``here`` of them by this e-mail, ``part`` of ``parts``;
    ``left_out`` could not be. ``subject`` and ``text`` are the organizer's own, "" for ours. A link
    works in the event's network only, whose Wi-Fi is ``link_wifi``, or ``link_everywhere``.
    """

    kind: MailKind
    language: str
    branding: Branding = field(default_factory=Branding)
    count: int = 0
    here: int = 0
    part: int = 1
    parts: int = 1
    left_out: int = 0
    scaled: bool = False
    link: str = ""
    link_until: datetime | None = None
    link_wifi: str = ""
    link_everywhere: bool = False
    subject: str = ""
    text: str = ""
    logo: MailLogo | None = None


class MailWords:
    """The sentences of one e-mail. What is put into one is not looked at for more to put in."""

    def __init__(self, words: Words, content: MailContent) -> None:
        self._words, self._content = words, content
        self._values = {
            "event": one_line(content.branding.event_name) or words["some_event"],
            "organizer": one_line(content.branding.organizer),
            "count": str(content.count),
            "here": str(content.here),
            "part": str(content.part),
            "parts": str(content.parts),
            "until": self._until(),
            "wifi": one_line(content.link_wifi),
        }

    @property
    def link(self) -> str:
        """The link of the button, "" where there is none, or none that may be one."""
        return self._content.link if _LINK.fullmatch(self._content.link) else ""

    @property
    def button(self) -> str:
        """What stands on the button."""
        return str(self._words["button"])

    @property
    def event(self) -> str:
        """The event's name as it stands alone, "" where it has none."""
        return one_line(self._content.branding.event_name)

    def subject(self) -> str:
        """Return the subject, with which part it is where there are several."""
        own = one_line(self._content.subject) if self._is_about_photos else ""
        subject = self._filled(own) if own else self._said("subject", self._form())
        if self._content.parts == 1:
            return one_line(subject)
        return one_line(self._filled(self._words["part"], subject=subject))

    def heading(self) -> str:
        """Return the largest line."""
        return self._said("heading", self._form())

    def paragraphs(self) -> list[str]:
        """Return what is said: the organizer's own words, and what there is to be known."""
        own = self._content.text.strip() if self._is_about_photos else ""
        found = [self._filled(one.strip()) for one in re.split(r"\n\s*\n", own)] if own else []
        if not own or self._content.parts > 1:
            found.append(self._said("text", self._text_form()))
        return found

    def notes(self) -> list[str]:
        """Return what is said in small letters."""
        content, found = self._content, []
        if self.link and content.link_until is not None:
            found.append(self._said("note", "until"))
        if self.link and not content.link_everywhere:
            found.append(self._said("note", "wifi" if self._values["wifi"] else "network"))
        if content.scaled:
            found.append(self._said("note", f"scaled_{_one_or_many(content.count)}"))
        if content.left_out:
            form = f"left_out_{_one_or_many(content.left_out)}"
            found.append(self._filled(self._words["note"][form], count=str(content.left_out)))
        return found

    def footer(self) -> list[str]:
        """Return who sent it, and why."""
        if self._content.kind is MailKind.TEST:
            return [self._said("footer", "test")]
        found = [self._said("footer", "why"), self._said("footer", "answer")]
        if self._values["organizer"]:
            found.append(self._said("footer", "from"))
        return found

    @property
    def _is_about_photos(self) -> bool:
        return self._content.kind in (MailKind.ATTACHED, MailKind.LINK)

    def _form(self) -> str:
        if self._is_about_photos:
            return _one_or_many(self._content.count)
        return str(self._content.kind)

    def _text_form(self) -> str:
        content = self._content
        if content.kind is MailKind.LINK:
            return f"link_{_one_or_many(content.count)}"
        if content.kind is not MailKind.ATTACHED:
            return str(content.kind)
        if content.parts > 1:
            return f"parts_{_one_or_many(content.here)}"
        return f"attached_{_one_or_many(content.here)}"

    def _until(self) -> str:
        until = self._content.link_until
        return "" if until is None else moment_words(until, words_in(self._content.language))

    def _said(self, group: str, form: str) -> str:
        return self._filled(self._words[group][form])

    def _filled(self, sentence: str, **more: str) -> str:
        values = {**self._values, **more}
        return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), sentence)


def _one_or_many(count: int) -> str:
    return "one" if count == 1 else "many"
