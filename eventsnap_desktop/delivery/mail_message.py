"""One e-mail to one address, as the bytes that a mail server takes."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from eventsnap_desktop.delivery.addresses import check_address
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.outgoing import NeverError, NotNowError

LOGO_ID = "logo@eventsnap"
"""What an e-mail's HTML calls its logo: ``<img src="cid:...">`` (RFC 2392)."""

_SEVEN_BITS: Final = SMTP.clone(cte_type="7bit")  # not every server takes bytes above 127
_ID_LETTERS = 40
_LONGEST_SUBJECT = 200
_LINE, _LINE_END = 76, 2  # of base64 (RFC 2045 6.8)
_PART_HEADERS = 400  # bytes around an attachment, its name twice


@dataclass(frozen=True, slots=True)
class Attachment:
    """A JPEG, and what its file is called."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to one address. ``logo`` is a PNG that the HTML shows, b"" for none."""

    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    logo: bytes = b""
    attachments: tuple[Attachment, ...] = ()


def message_id(job_key: str, recipient: str, part: str, sender: str) -> str:
    """Return the Message-ID that this part of a delivery has at every try.

    Mail servers and mail programs take a second one with the same ID for what it is.
    """
    told = "\0".join((job_key, recipient, part)).encode("utf-8", "surrogatepass")
    domain = sender.rpartition("@")[2]
    return f"<{hashlib.sha256(told).hexdigest()[:_ID_LETTERS]}@{domain}>"


def encoded_size(size: int) -> int:
    """Return how many bytes an attachment of ``size`` bytes takes in an e-mail."""
    letters = (size + 2) // 3 * 4
    return letters + (letters + _LINE - 1) // _LINE * _LINE_END + _PART_HEADERS


def compose(mail: Mail, sender: str, sender_name: str, date: datetime | None = None) -> bytes:
    """Return the e-mail as it is sent.

    Nobody but the one recipient is named in it. A line break in a name or a subject is a space: no
    text can become a header. NeverError where the address is none, NotNowError where the sender's.
    """
    made = EmailMessage(policy=_SEVEN_BITS)
    made["From"] = _sender(sender, one_line(sender_name))
    made["To"] = Address(addr_spec=_recipient(mail.recipient))
    made["Subject"] = one_line(mail.subject)[:_LONGEST_SUBJECT]
    made["Date"] = format_datetime(date or datetime.now(UTC))
    made["Message-ID"] = mail.message_id
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notes, please
    made.set_content(_storable(mail.text))
    made.add_alternative(_storable(mail.html), subtype="html")
    if mail.logo:
        _html_part(made).add_related(
            mail.logo, "image", "png", cid=f"<{LOGO_ID}>", filename="logo.png", disposition="inline"
        )
    for attachment in mail.attachments:
        made.add_attachment(
            attachment.data, "image", "jpeg", filename=one_line(attachment.name) or "photo.jpg"
        )
    return made.as_bytes()


def one_line(text: str) -> str:
    """Return a text without line breaks, control characters and halves of letters."""
    kept = (
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
        for letter in text
    )
    return " ".join("".join(kept).split())


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _recipient(text: str) -> str:
    try:
        return check_address(text)
    except UsageError:
        raise NeverError("An e-mail address is not one") from None  # unchained: it is not named


def _sender(text: str, name: str) -> Address:
    try:
        return Address(display_name=name, addr_spec=check_address(text))
    except UsageError as error:
        raise NotNowError("The sender's address in the settings is not one", 900) from error


def _html_part(made: EmailMessage) -> MIMEPart:
    part = made.get_body(("html",))
    assert part is not None
    return part
