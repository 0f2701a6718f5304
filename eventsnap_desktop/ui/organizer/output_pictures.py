"""Pictures of how what leaves an event looks, made by the very code that makes what leaves it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage

from eventsnap_desktop.delivery.mail_template import MailTemplate
from eventsnap_desktop.delivery.mail_words import MailContent, MailKind
from eventsnap_desktop.delivery.outgoing_photo import prepare
from eventsnap_desktop.delivery.print_layout import photos_a_sheet
from eventsnap_desktop.delivery.print_render import PrintPhoto, render_page, trimmed
from eventsnap_desktop.delivery.sample_photo import SampleHour, sample_jpeg, sample_photo
from eventsnap_desktop.domain.outgoing import (
    Attaching,
    Branding,
    OutgoingPhoto,
    OutputSettings,
    link_lasts,
)
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.ui.widgets.resource_files import resource

_PHOTOS = 6  # of the guest whose e-mail is shown
_SHEET_HEIGHT = 1200  # pixels
_LINK = "https://192.168.1.20:8377/s/a-link-as-long-as-those-that-guests-get-for-their-photos"

_HIDDEN = re.compile(r'<div style="display:none[^>]*>.*?</div>', re.DOTALL)
_FONTS = re.compile(r"font-family:[^;\"]*")


class OutputView(StrEnum):
    """What the preview shows."""

    MAIL = "mail"
    PHOTO = "photo"
    PRINT = "print"
    WIFI = "wifi"


@dataclass(frozen=True, slots=True)
class MailPreview:
    """An e-mail as a guest gets it."""

    subject: str
    page: str


def photo_picture(settings: OutputSettings, branding: Branding) -> QImage:
    """Return the sample photo as guests get photos; takes a moment."""
    data = _sample_jpeg()
    with_size = OutgoingPhoto(PhotoId(1), "sample.jpg", 1800, 1200, datetime.now(UTC))
    made = prepare(data, with_size, settings, branding, font=_font())
    return QImage.fromData(made)


def sheet_picture(settings: OutputSettings, branding: Branding) -> QImage:
    """Return a printed sheet of sample photos; takes a moment."""
    layout = settings.print_layout
    hours = list(SampleHour)[: photos_a_sheet(layout)]
    photos = [PrintPhoto(_sample(hour), date.today()) for hour in hours]  # noqa: DTZ011 - local
    page = trimmed(render_page(photos, layout, settings, branding, _LINK, _font()))
    page.thumbnail((_SHEET_HEIGHT * 2, _SHEET_HEIGHT), Image.Resampling.LANCZOS)
    data = page.convert("RGB").tobytes()
    width, height = page.size
    # Copied: the bytes end with this function.
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def mail_preview(
    settings: OutputSettings, branding: Branding, language: str, everywhere: bool = False
) -> MailPreview:
    """Return the e-mail of a guest who asked for six photos.

    ``everywhere``: links open outside the event's network too.
    """
    is_link = settings.attaching is Attaching.LINK
    content = MailContent(
        MailKind.LINK if is_link else MailKind.ATTACHED,
        language,
        branding,
        count=_PHOTOS,
        here=_PHOTOS,
        scaled=settings.attaching is Attaching.SCALED,
        link=_LINK if is_link else "",
        link_until=datetime.now(UTC) + link_lasts(settings),
        link_wifi=settings.wifi_name,
        link_everywhere=everywhere,
        subject=settings.mail_subject,
        text=settings.mail_text,
    )
    made = MailTemplate(resource("mail")).render(content)
    return MailPreview(made.subject, _as_qt_shows_it(made.html))


def _as_qt_shows_it(page: str) -> str:
    """Return an e-mail's page without what Qt's rich text does not know: hidden parts, the card."""
    seen = _HIDDEN.sub("", page)
    in_inter = _FONTS.sub("font-family:Inter", seen)
    return in_inter.replace('<td class="inside', '<td bgcolor="#ffffff" class="inside')


@cache
def _sample(hour: SampleHour) -> Image.Image:
    return sample_photo(hour)


@cache
def _sample_jpeg() -> bytes:
    return sample_jpeg()


def _font() -> Path:
    return resource("fonts", "Inter-SemiBold.otf")
