"""The page that a guest's phone shows: made of templates, everything put in is escaped."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template

from eventsnap_desktop.delivery.share_words import (
    ShareWords,
    count_words,
    until_words,
    words_in,
)
from eventsnap_desktop.domain.outgoing import Branding, OutgoingPhoto, Share

DEFAULT_ACCENT = "#2f5bd7"
LAZY_FROM = 8
"""From this photo on pictures are fetched when they come near the screen."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FILES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that every page uses."""

    content: bytes
    media_type: str


class SharePages:
    """Makes the pages of templates in a folder (resources/share), which is read once."""

    def __init__(self, folder: Path) -> None:
        self._page = Template((folder / "page.html").read_text(encoding="utf-8"))
        self._notice = Template((folder / "notice.html").read_text(encoding="utf-8"))
        self.files = {
            name: PageFile((folder / name).read_bytes(), kind) for name, kind in _FILES.items()
        }
        every = b"".join(file.content for file in self.files.values())
        self._version = hashlib.sha256(every).hexdigest()[:12]

    def photos(self, share: Share, token: str, now: datetime, nonce: str, logo: bool) -> str:
        """Return the page of a link; ``nonce`` is that of its style, ``logo`` whether it has one.

        ``token`` has to be one that works: its characters are those of a link.
        """
        words, branding = words_in(share.language), share.branding
        count = len(share.photos)
        return self._page.substitute(
            _escaped(_texts(words, branding)),
            language=words.language,
            token=escape(token),
            nonce=nonce,
            version=self._version,
            style=_colours(branding.accent) + "".join(_crop(one) for one in share.photos),
            logo=_logo(token, branding) if logo else "",
            count=escape(count_words(count, words)),
            until=escape(until_words(share.expires_at, now, words)),
            size="one" if count == 1 else "many",
            photos="".join(
                _tile(token, photo, number, words)
                for number, photo in enumerate(share.photos, start=1)
            ),
            all_hidden="" if count else " hidden",
            save_href=f"{escape(token)}/{_saving(share)}",
            save_now=escape(_save_words(share, words)),
        )

    def news(self, share: Share, now: datetime) -> str:
        """Return what the page asks for again and again, as JSON."""
        words = words_in(share.language)
        return json.dumps(
            {
                "count": count_words(len(share.photos), words),
                "until": until_words(share.expires_at, now, words),
                "expires_at": share.expires_at.isoformat(),
                "saving": _saving(share),
                "save": _save_words(share, words),
                "photos": [
                    {
                        "id": int(one.id),
                        "width": int(one.width),
                        "height": int(one.height),
                        "focus": focus(one),
                    }
                    for one in share.photos
                ],
            }
        )

    def mark(self, stamp: str, now: datetime) -> str:
        """Return what changes whenever the news do (RFC 9110 8.8.3); ``stamp`` is ShareBook's.

        Until when a link works is said as of a day: "until tomorrow 22:30".
        """
        said = f"{stamp} {now.astimezone().date()} {self._version}"
        return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'

    def gone(self, words: ShareWords, nonce: str) -> str:
        """Return the page of a link that does not work, whatever the reason."""
        return self._note(words.over_title, words.over, words, nonce)

    def away(self, words: ShareWords, nonce: str, seconds: int) -> str:
        """Return the page for when the photos cannot be reached; it reloads itself."""
        return self._note(words.wait_title, words.wait, words, nonce, seconds)

    def slow_down(self, words: ShareWords, nonce: str) -> str:
        """Return the page for whoever tried too many links."""
        return self._note(words.slow_title, words.slow, words, nonce)

    def _note(
        self, title: str, sentence: str, words: ShareWords, nonce: str, reload_after: int = 0
    ) -> str:
        refresh = f'<meta http-equiv="refresh" content="{reload_after}">\n' if reload_after else ""
        return self._notice.substitute(
            language=words.language,
            title=escape(title),
            sentence=escape(sentence),
            nonce=nonce,
            refresh=refresh,
        )


def text_colour(accent: str) -> str:
    """Return white or near-black, whichever can be read better on a colour (WCAG 2.2)."""
    return "#ffffff" if 1.05 / (_luminance(accent) + 0.05) >= 4.5 else "#10151c"


def _texts(words: ShareWords, branding: Branding) -> dict[str, str]:
    event = branding.event_name.strip()
    return {
        "title": f"{words.title} – {event}" if event else words.title,
        "event": event or words.title,
        "organizer": branding.organizer.strip(),
        "photo_word": words.photo,
        "save": words.save,
        "close": words.close,
        "back": words.back,
        "forward": words.forward,
        "hold": words.hold,
        "live": words.live,
        "privacy": words.privacy,
        "offline": words.offline,
        "over": words.over,
    }


def _escaped(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(text) for name, text in texts.items()}


def focus(photo: OutgoingPhoto) -> str:
    """Return which part of a photo a square of it shows, as CSS says it: the guests' faces."""
    width, height = max(1, photo.width), max(1, photo.height)
    if not photo.faces:
        return "50% 35%"
    left = min(one.x for one in photo.faces)
    right = max(one.x + one.width for one in photo.faces)
    top = min(one.y for one in photo.faces)
    bottom = max(one.y + one.height for one in photo.faces)
    across = _share_of((left + right) / 2, width, min(width, height))
    return f"{across}% {_share_of((top + bottom) / 2, height, min(width, height))}%"


def _share_of(middle: float, length: float, shown: float) -> int:
    """Return where a window of ``shown`` lies on ``length`` so that ``middle`` is in its middle."""
    hidden = length - shown
    if hidden <= 0:
        return 50
    return round(100 * min(1.0, max(0.0, (middle - shown / 2) / hidden)))


def _crop(photo: OutgoingPhoto) -> str:
    return f"#p{int(photo.id)} img{{object-position:{focus(photo)}}}" if photo.faces else ""


def _saving(share: Share) -> str:
    """Return where all photos are saved from, below the link: one alone needs no ZIP."""
    if len(share.photos) == 1:
        return f"p/{int(share.photos[0].id)}?size=full"
    return "all.zip"


def _save_words(share: Share, words: ShareWords) -> str:
    return words.save if len(share.photos) == 1 else words.save_all


def _tile(token: str, photo: OutgoingPhoto, number: int, words: ShareWords) -> str:
    at = f"{escape(token)}/p/{int(photo.id)}"
    alt = escape(words.photo.format(number=number))
    lazy = ' loading="lazy"' if number > LAZY_FROM else ""
    return (
        f'<a class="photo" id="p{int(photo.id)}" href="{at}?size=large"><span>'
        f'<img src="{at}?size=small" width="{int(photo.width)}" height="{int(photo.height)}"'
        f' alt="{alt}"{lazy}></span></a>\n'
    )


def _logo(token: str, branding: Branding) -> str:
    name = escape(branding.organizer.strip())
    return f'<img src="{escape(token)}/logo" alt="{name}">\n'


def _colours(accent: str) -> str:
    """Return the style of an event's colour; anything that is none is not used."""
    colour = accent if _COLOUR.fullmatch(accent) else DEFAULT_ACCENT
    return f":root{{--accent:{colour};--on-accent:{text_colour(colour)}}}"


def _luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
