"""Writes the demo's gallery: one HTML file with its pictures inside, for any browser."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class GalleryPhoto:
    """One photo: a thumbnail (JPEG bytes), where the whole photo is, and what to say about it.

    ``link`` is a path relative to the gallery; ``kind`` is "sure", "maybe" or "other"; ``figure``
    is the number beside the title ("" for none); ``wrong`` marks what should not be where it is.
    """

    thumbnail: bytes
    link: str
    title: str
    note: str
    figure: str
    kind: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class GalleryText:
    """The sentences around the photos."""

    headline: str
    verdict: str
    about_selfie: str
    facts: str


def gallery_html(text: GalleryText, selfie: bytes, photos: Sequence[GalleryPhoto]) -> str:
    """Return the whole page; every text is escaped, nothing is loaded from elsewhere."""
    template = files("eventsnap_desktop.app").joinpath("demo_gallery.html")
    sections = [
        _section("Your photos", "Shown at once.", [p for p in photos if p.kind == "sure"]),
        _section(
            "Is this you?", "A guest is asked first.", [p for p in photos if p.kind == "maybe"]
        ),
        _others([photo for photo in photos if photo.kind == "other"]),
    ]
    return Template(template.read_text(encoding="utf-8")).substitute(
        title="EventSnap demo",
        headline=escape(text.headline),
        verdict=escape(text.verdict),
        about_selfie=escape(text.about_selfie),
        facts=escape(text.facts),
        selfie=_as_uri(selfie),
        sections="\n".join(sections),
    )


def _section(title: str, explanation: str, photos: Sequence[GalleryPhoto]) -> str:
    if not photos:
        return ""
    head = f'<h2>{escape(title)}</h2>\n<p class="soft">{escape(explanation)}</p>'
    return f"<section>\n{head}\n{_listed(photos)}\n</section>"


def _others(photos: Sequence[GalleryPhoto]) -> str:
    if not photos:
        return ""
    return (
        f"<details>\n<summary>{len(photos)} photos of the event that were left out</summary>\n"
        f"{_listed(photos)}\n</details>"
    )


def _listed(photos: Sequence[GalleryPhoto]) -> str:
    return '<ul class="photos">\n' + "\n".join(_item(photo) for photo in photos) + "\n</ul>"


def _item(photo: GalleryPhoto) -> str:
    kind = f"{photo.kind} wrong" if photo.wrong else photo.kind
    return (
        f'<li class="{kind}"><a href="{escape(quote(photo.link))}">'
        f'<img src="{_as_uri(photo.thumbnail)}" alt="{escape(photo.title)}" loading="lazy"></a>'
        f"<div><b>{escape(photo.figure)}</b><strong>{escape(photo.title)}</strong>"
        f"<span>{escape(photo.note)}</span></div></li>"
    )


def _as_uri(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + b64encode(jpeg).decode("ascii")
