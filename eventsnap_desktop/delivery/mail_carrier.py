"""Photos by e-mail: fitted, put into e-mails, one for each address, each handed over once.

A delivery may take several e-mails, and a try may end in the middle of them. What the server took
is remembered while the program runs and not sent again. After a crash that is forgotten; the next
try sends the same Message-IDs, by which mail programs show a second one as the first.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from eventsnap_desktop.delivery.mail_fitting import (
    FittedPhoto,
    Fitting,
    fit_as_they_are,
    fit_into_one,
)
from eventsnap_desktop.delivery.mail_journal import MailJournal
from eventsnap_desktop.delivery.mail_logo import read_logo
from eventsnap_desktop.delivery.mail_memory import JobMemory, MailMemory
from eventsnap_desktop.delivery.mail_message import Attachment, Mail, message_id
from eventsnap_desktop.delivery.mail_names import file_names
from eventsnap_desktop.delivery.mail_server import RecipientLaterError
from eventsnap_desktop.delivery.mail_template import MailTemplate
from eventsnap_desktop.delivery.mail_words import MailContent, MailKind
from eventsnap_desktop.delivery.outgoing_photo import Decode, encoded_sizes, prepare
from eventsnap_desktop.domain.errors import PhotoGoneError
from eventsnap_desktop.domain.outgoing import (
    Attaching,
    Branding,
    DeliveryJob,
    NeverError,
    NotNowError,
    OutgoingPhoto,
    OutputSettings,
    link_lasts,
)

log = logging.getLogger(__name__)

_MEGABYTE = 1_000_000
_WORDS = 40_000  # bytes of an e-mail besides logo and photos; ours have some 12,000
_TRIES_FOR_GONE_PHOTOS = 3
"""Tries after which an e-mail goes without a photo that its source does not have."""

ReadPhoto = Callable[[str, OutgoingPhoto], bytes]
MakeLink = Callable[[DeliveryJob], str]
"""A delivery to the address of a page with its photos; may raise TryAgainError, NeverError."""


class Server(Protocol):
    """Takes e-mails: mail_server.MailServer."""

    @property
    def sender(self) -> str:
        """The address that e-mails come from."""

    def send(self, mail: Mail, taken: Callable[[], None] = ...) -> str:
        """Hand over one e-mail; as mail_server.MailServer.send."""


@dataclass(frozen=True, slots=True)
class MailParts:
    """What e-mails are made with: folder of the words, font of the watermark, and two ways out.

    ``decode`` reads what Pillow cannot, ``link`` makes the page of a delivery; both may be missing.
    ``link_everywhere``: a link opens outside the event's network too.
    """

    template: MailTemplate
    font: Path | None = None
    decode: Decode | None = None
    link: MakeLink | None = None
    link_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class _Letter:
    """One e-mail of a delivery, without its addresses. ``part`` is the same at every try."""

    part: str
    content: MailContent
    photos: tuple[FittedPhoto, ...] = ()


class MailCarrier:
    """Fits flows/deliver_ports.Carrier; may be used by several threads, one for each delivery.

    ``journal`` has a program that was killed know at its next start what was taken.
    """

    def __init__(
        self, server: Server, parts: MailParts, journal: MailJournal | None = None
    ) -> None:
        self._server, self._parts = server, parts
        self._memory = MailMemory(journal)

    def deliver(
        self,
        job: DeliveryJob,
        settings: OutputSettings,
        branding: Branding,
        read: ReadPhoto,
        tell: Callable[[str], None],
    ) -> None:
        """Send the delivery's e-mails, those that were not yet taken.

        NotNowError while any is to be tried again; NeverError when one was refused for good and
        there is nothing left to try. The others have theirs then.
        """
        if not job.addresses:
            raise NeverError("The e-mail has no address")
        memory = self._memory.of(job.key)
        files = _Files(job, settings, branding, read, self._parts)
        letters = self._letters(job, settings, files, memory)
        later = self._send_all(job, letters, files, memory, tell)
        if later is not None:
            raise later
        if memory.refused:
            refused, memory.refused = memory.refused, {}
            raise NeverError(_refused_sentence(refused, job))
        self._memory.forget(job.key)

    def _letters(
        self, job: DeliveryJob, settings: OutputSettings, files: "_Files", memory: JobMemory
    ) -> list[_Letter]:
        logo = read_logo(files.branding.logo)
        base = MailContent(
            MailKind.ATTACHED,
            job.language,
            files.branding,
            subject=settings.mail_subject,
            text=settings.mail_text,
            logo=logo,
        )
        if job.told_later:
            return [_Letter("later", replace(base, kind=MailKind.LATER))]
        if not job.photos:
            raise NeverError("None of the photos may be handed out any more")
        if settings.attaching is Attaching.LINK and self._parts.link is not None:
            if not memory.link:
                memory.link = self._parts.link(job)
                memory.link_until = datetime.now(UTC) + link_lasts(settings)
            return [self._linked(base, job, settings, memory)]
        room = _room(settings, len(logo.data) if logo else 0)
        fit = fit_as_they_are if settings.attaching is Attaching.ORIGINAL else fit_into_one
        return list(_attached(base, fit(job.photos, files, room)))

    def _linked(
        self, base: MailContent, job: DeliveryJob, settings: OutputSettings, memory: JobMemory
    ) -> _Letter:
        content = replace(
            base,
            kind=MailKind.LINK,
            count=len(job.photos),
            link=memory.link,
            link_until=memory.link_until,
            link_wifi=settings.wifi_name,
            link_everywhere=self._parts.link_everywhere,
        )
        return _Letter("link", content)

    def _send_all(
        self,
        job: DeliveryJob,
        letters: Sequence[_Letter],
        files: "_Files",
        memory: JobMemory,
        tell: Callable[[str], None],
    ) -> NotNowError | None:
        """Send each e-mail to each address; return why one is to be tried again, if any is.

        What concerns one address does not keep the others from having theirs; whatever else is
        wrong with the server is raised at once.
        """
        later: NotNowError | None = None
        addresses = list(dict.fromkeys(job.addresses))
        for number, letter in enumerate(letters, 1):
            due = [one for one in addresses if self._is_due(job, letter, one, memory)]
            if not due:
                continue
            tell(f"Sending e-mail {number} of {len(letters)}")
            mail = self._mail(letter, files)
            for address in due:
                identity = self._identity(job, letter, address)
                try:
                    self._server.send(
                        replace(mail, recipient=address, message_id=identity),
                        partial(self._memory.took, memory, identity),
                    )
                except RecipientLaterError as error:
                    later = error
                except NeverError as error:
                    log.info("delivery %s: an address or its e-mail was refused", job.id)
                    memory.refused[address] = str(error)
        return later

    def _is_due(self, job: DeliveryJob, letter: _Letter, address: str, memory: JobMemory) -> bool:
        taken = self._identity(job, letter, address) in memory.taken
        return not taken and address not in memory.refused

    def _identity(self, job: DeliveryJob, letter: _Letter, address: str) -> str:
        return message_id(job.key, address, letter.part, self._server.sender)

    def _mail(self, letter: _Letter, files: "_Files") -> Mail:
        """Return the e-mail without address; photos that vanished meanwhile are left out."""
        content, photos = letter.content, list(letter.photos)
        made: list[tuple[str, bytes]] = []
        for one in photos:
            try:
                made.append((one.photo.key, files.make(one.photo, one.side)))
            except (NeverError, PhotoGoneError):
                content = replace(content, here=content.here - 1, left_out=content.left_out + 1)
        names = file_names(key for key, _ in made)
        attachments = (Attachment(name, data) for name, (_, data) in zip(names, made, strict=True))
        said = self._parts.template.render(content)
        logo = content.logo.data if content.logo else b""
        return Mail("", said.subject, said.text, said.html, "", logo, tuple(attachments))


class _Files:
    """Makes one delivery's photos; fits mail_fitting.FittingPhotos."""

    def __init__(
        self,
        job: DeliveryJob,
        settings: OutputSettings,
        branding: Branding,
        read: ReadPhoto,
        parts: MailParts,
    ) -> None:
        self._job, self._settings, self._read, self._parts = job, settings, read, parts
        self.branding = branding

    def make(self, photo: OutgoingPhoto, side: int | None) -> bytes:
        return prepare(
            self._original(photo),
            photo,
            self._settings,
            self.branding,
            longer_side=side,
            font=self._parts.font,
            decode=self._parts.decode,
        )

    def sizes(self, photo: OutgoingPhoto, sides: tuple[int, ...]) -> dict[int, int]:
        return encoded_sizes(
            self._original(photo),
            photo,
            self._settings,
            self.branding,
            sides,
            font=self._parts.font,
            decode=self._parts.decode,
        )

    def _original(self, photo: OutgoingPhoto) -> bytes:
        try:
            return self._read(self._job.event_code, photo)
        except PhotoGoneError as error:
            if self._job.attempts < _TRIES_FOR_GONE_PHOTOS:  # it may be replaced at this moment
                raise NotNowError("A photo is not in its source at the moment") from error
            raise


def _room(settings: OutputSettings, logo: int) -> int | None:
    """Return the bytes that one e-mail has for encoded photos, None for no limit."""
    if settings.mail_megabytes <= 0:
        return None
    return max(0, settings.mail_megabytes * _MEGABYTE - _WORDS - logo * 3 // 2)


def _attached(base: MailContent, fitting: Fitting) -> Iterator[_Letter]:
    """Yield an e-mail for each part; its identity is which photos it holds, not its number.

    Should fewer photos be there at the next try, none counts as sent that was not.
    """
    if not fitting.mails:
        raise NeverError("None of the photos can be read any more")
    for number, photos in enumerate(fitting.mails, 1):
        content = replace(
            base,
            count=fitting.count,
            here=len(photos),
            part=number,
            parts=len(fitting.mails),
            left_out=fitting.left_out if number == len(fitting.mails) else 0,
            scaled=fitting.scaled,
        )
        yield _Letter(",".join(str(one.photo.id) for one in photos), content, photos)


def _refused_sentence(refused: dict[str, str], job: DeliveryJob) -> str:
    sentence = next(iter(refused.values()))
    count = len(dict.fromkeys(job.addresses))
    if count == 1:
        return sentence
    return f"{len(refused)} of {count} addresses were refused. {sentence}"
