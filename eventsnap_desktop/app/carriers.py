"""Builds the ways photos leave this machine: e-mail and print, with links to the phones' page."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Lock

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.kiosk_ways import print_notes
from eventsnap_desktop.app.picture_decoding import decode_picture
from eventsnap_desktop.delivery.mail_carrier import MailCarrier, MailParts
from eventsnap_desktop.delivery.mail_journal import MailJournal
from eventsnap_desktop.delivery.mail_server import MailServer
from eventsnap_desktop.delivery.mail_template import MailTemplate
from eventsnap_desktop.delivery.print_carrier import PrintCarrier
from eventsnap_desktop.delivery.printers import queues_of
from eventsnap_desktop.domain.deliveries import DeliveryKind
from eventsnap_desktop.domain.outgoing import DeliveryJob, NotNowError, ShareToken, link_lasts
from eventsnap_desktop.flows.deliver_ports import Carrier
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.settings.secrets import reveal
from eventsnap_desktop.ui.widgets.resource_files import resource

Address = Callable[[ShareToken], str]
"""What a phone opens for a token; "" or something without a host while no page is served."""

_REMEMBERED = 200  # deliveries whose links are known again at their next try


class DeliveryLinks:
    """Makes a page for a delivery's photos, the same at every try while the program runs."""

    def __init__(self, index: Index, address: Address = str) -> None:
        self._index, self._address = index, address
        self._made: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def make(self, job: DeliveryJob) -> str:
        """Return what opens the page; NotNowError while nobody serves it, DatabaseAwayError."""
        if not self._address(ShareToken("")).startswith("http"):
            raise NotNowError("The page for phones is not served at the moment")
        return self._made_once(job, self._address)

    def make_printed(self, job: DeliveryJob) -> str:
        """Return what a print's code opens, "" for none; DatabaseAwayError.

        It begins as was known when the print was ordered: the guest saw on the screen whether it
        has a code, and no print waits for a page that is not served any more.
        """
        return self._made_once(job, lambda token: f"{job.page}/g/{token}") if job.page else ""

    def _made_once(self, job: DeliveryJob, address: Address) -> str:
        with self._lock:
            if job.key in self._made:
                return self._made[job.key]
            settings = self._index.outbox.output_settings(job.event_id)
            until = datetime.now(UTC) + link_lasts(settings)
            token = self._index.shares.share(job.event_id, None, job.photos, job.language, until)
            link = self._made[job.key] = address(token)
            while len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
            return link


def make_carriers(
    program: Program, index: Index, address: Address | None = None
) -> dict[DeliveryKind, Carrier]:
    """Return how photos leave this machine; no e-mail without a mail server in the settings.

    Without ``address`` photos are attached where the event wants links. Prints have a code where
    the kiosk that ordered them said so.
    """
    settings = program.settings
    links = DeliveryLinks(index, address or str)
    font = resource("fonts", "Inter-SemiBold.otf")
    decode = partial(decode_picture, settings)
    carriers: dict[DeliveryKind, Carrier] = {
        DeliveryKind.PRINT: PrintCarrier(
            lambda printer: queues_of(printer, print_notes(settings)),
            links.make_printed,
            font,
            decode,
        )
    }
    if settings.mail.host:
        template = MailTemplate(resource("mail"))
        link = None if address is None else links.make
        everywhere = bool(settings.share.public_url)
        parts = MailParts(template, font, decode, link, everywhere)
        journal = MailJournal(settings.home / "delivered" / "e-mails")
        carriers[DeliveryKind.EMAIL] = MailCarrier(mail_server(settings), parts, journal)
    return carriers


def mail_server(settings: Settings) -> MailServer:
    """Return the mail server of the settings."""
    mail = settings.mail
    return MailServer(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        user=mail.user,
        password=reveal(settings, "mail.password") or "",
        sender=mail.sender,
        sender_name=mail.sender_name,
    )
