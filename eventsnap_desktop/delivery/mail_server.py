"""The mail server that e-mails are handed to, by SMTP."""

import asyncio
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal

import aiosmtplib
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPTimeoutError,
)

from eventsnap_desktop.delivery.mail_message import Mail, compose
from eventsnap_desktop.domain.outgoing import NeverError, NotNowError

SOMEBODY_MUST_ACT = 900.0
"""Seconds to the next try where waiting alone does not help: a login, a certificate."""

_DATA_PATIENCE = 10
"""Times the usual timeout: RFC 5321 4.5.3.2.6 gives a server ten minutes to take a message."""

_OURSELVES: Final = "[127.0.0.1]"
"""What the server is told of this machine; its name is nobody's business, and slow to find out."""

_TOO_LARGE: Final = (523, 552)  # RFC 1870 6.1; 523 is said by some
_LOGIN_NEEDED = 530  # RFC 4954 6
_CLOSING = 421  # RFC 5321 4.2.2: said to anything by a server that closes the connection
_LONGEST_ANSWER = 160
_ADDRESS: Final = re.compile(r"\S+@\S+")


class RecipientLaterError(NotNowError):
    """The server takes nothing for this one address now; others may have their e-mails."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server, and who sends by it. With ``starttls`` and ``tls`` nothing goes unencrypted.

    ``timeout`` is the seconds that the server has for one answer. ``trust`` is for tests: whose
    certificates are taken besides the system's.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str
    password: str = field(repr=False)
    sender: str = ""
    sender_name: str = ""
    timeout: float = 60.0
    trust: ssl.SSLContext | None = field(default=None, repr=False)

    def send(self, mail: Mail, taken: Callable[[], None] = lambda: None) -> str:
        """Hand over one e-mail; return the server's answer. Blocks.

        ``taken`` is called the moment the server has said that it takes it.

        Raises NotNowError, RecipientLaterError where only its recipient is the reason, NeverError
        where this recipient never gets it. No sentence names an address.
        """
        message = compose(mail, self.sender, self.sender_name)
        # Not the policy's loop: beside a window that may be Qt's, which has no place here.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(self._send(mail.recipient, message, taken))

    async def _send(self, recipient: str, message: bytes, taken: Callable[[], None]) -> str:
        client = SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            local_hostname=_OURSELVES,
            timeout=self.timeout,
            tls_context=self.trust or ssl.create_default_context(),
        )
        transport: asyncio.BaseTransport | None = None
        try:
            await client.connect()
            transport = client.transport
            if self.user:
                await client.login(self.user, self.password)
            answer = await self._hand_over(client, recipient, message)
            taken()
            # It is taken: whatever happens to the connection now is no failure.
            with suppress(SMTPException, OSError):
                await client.quit(timeout=min(self.timeout, 5.0))
        except (SMTPException, OSError, ValueError) as error:
            raise _told(error) from error
        finally:
            await _close(client, transport)
        return _said(answer)

    async def _hand_over(self, client: SMTP, recipient: str, message: bytes) -> str:
        await self._greet(client)
        size = [f"SIZE={len(message)}"] if client.supports_extension("size") else []
        await client.mail(self.sender, options=size)
        await client.rcpt(recipient)
        answer = await client.data(message, timeout=self.timeout * _DATA_PATIENCE)
        return answer.message

    async def _greet(self, client: SMTP) -> None:
        """Ask what the server can do, if nothing has yet; old ones are only told who is there."""
        if client.is_ehlo_or_helo_needed:
            try:
                await client.ehlo()
            except SMTPHeloError:
                await client.helo()


async def _close(client: SMTP, transport: asyncio.BaseTransport | None) -> None:
    client.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()  # what TLS would still say is not waited for
    await asyncio.sleep(0)  # the loop ends with this: the socket is closed in its next round


def _told(error: Exception) -> NotNowError | NeverError:
    """Return the error of a library as ours."""
    if (trouble := _tls_trouble(error)) is not None:
        return trouble
    if isinstance(error, SMTPResponseException):
        return _refused(error)
    if isinstance(error, SMTPTimeoutError | TimeoutError):
        return NotNowError("The mail server does not answer in time")
    if isinstance(error, aiosmtplib.SMTPConnectError):
        return NotNowError("The mail server cannot be reached")
    if isinstance(error, OSError):  # SMTPServerDisconnected is one
        return NotNowError("The connection to the mail server broke")
    return _cannot_be_used(error)


def _cannot_be_used(error: Exception) -> NotNowError:
    """Return what is to be said of a server that lacks what the settings ask for."""
    words = str(error).upper()
    if "AUTH" in words:  # looked for first: of a login it is said that it may come by STARTTLS
        said = "The mail server offers no login that the program knows"
    elif "STARTTLS" in words:
        said = "The mail server offers no encryption (STARTTLS), so nothing was sent"
    else:
        said = f"The mail server cannot be used: {_said(str(error))}"
    return NotNowError(said, SOMEBODY_MUST_ACT)


def _tls_trouble(error: BaseException | None) -> NotNowError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return NotNowError(
                f"The mail server's certificate is not trusted ({_said(error.verify_message)}), "
                "so nothing was sent",
                SOMEBODY_MUST_ACT,
            )
        if isinstance(error, ssl.SSLError):
            return NotNowError(
                "The mail server's encryption does not fit: is the port the right one?",
                SOMEBODY_MUST_ACT,
            )
        error = error.__cause__ or error.__context__
    return None


def _refused(error: SMTPResponseException) -> NotNowError | NeverError:
    """Return what an answer of 4xx (not now) or 5xx (never) means where it was given."""
    answer = f"{error.code} {_said(error.message)}".strip()
    if error.code in (_LOGIN_NEEDED, _CLOSING):
        return _refused_us(error, answer)
    if isinstance(error, SMTPRecipientRefused):
        if error.code < 500:
            return RecipientLaterError(f"The mail server does not take an address yet ({answer})")
        return NeverError(f"The mail server refused an address ({answer})")
    if isinstance(error, SMTPSenderRefused | SMTPDataError) and error.code in _TOO_LARGE:
        return NeverError(f"The e-mail is larger than the mail server takes ({answer})")
    if isinstance(error, SMTPDataError) and error.code >= 500:
        return NeverError(f"The mail server refused an e-mail ({answer})")
    return _refused_us(error, answer)


def _refused_us(error: SMTPResponseException, answer: str) -> NotNowError:
    """Return what a server says that would take no e-mail of ours: none is given up for that."""
    if error.code < 500:
        return NotNowError(f"The mail server does not take e-mails now ({answer})")
    if error.code == _LOGIN_NEEDED:
        said = "The mail server wants a login, and none is set"
    elif isinstance(error, SMTPAuthenticationError):
        said = "The mail server refused the login, check user and password"
    elif isinstance(error, SMTPSenderRefused):
        said = "The mail server refused the sender's address"
    else:
        said = "The mail server takes no e-mails from here"
    return NotNowError(f"{said} ({answer})", SOMEBODY_MUST_ACT)


def _said(answer: str) -> str:
    """Return a server's words in one line that names no address."""
    line = " ".join(_ADDRESS.sub("…", answer).split())
    return "".join(letter for letter in line if letter.isprintable())[:_LONGEST_ANSWER]
