"""Sends a test e-mail by mail settings that somebody is about to use; says what is wrong."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from eventsnap_desktop.app.carriers import mail_server
from eventsnap_desktop.delivery.addresses import check_address
from eventsnap_desktop.delivery.mail_message import Mail, message_id
from eventsnap_desktop.delivery.mail_template import MailTemplate
from eventsnap_desktop.delivery.mail_words import MailContent, MailKind
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.settings.schema import MailSettings, Settings
from eventsnap_desktop.ui.widgets.resource_files import resource

_PATIENCE = 20.0  # seconds for one answer: somebody sits and waits


def try_mail(settings: Settings, entered: Mapping[str, Any], address: str, language: str) -> str:
    """Return a sentence with the server's answer; UsageError, NotNowError, NeverError otherwise.

    ``entered`` are fields of the mail settings, used instead of those that hold.
    """
    recipient = check_address(address)
    mail = _mail_settings(settings.mail, entered)
    server = mail_server(settings.model_copy(update={"mail": mail}))
    said = MailTemplate(resource("mail")).render(MailContent(MailKind.TEST, language))
    identity = message_id(uuid.uuid4().hex, recipient, "test", server.sender)
    answer = replace(server, timeout=_PATIENCE).send(
        Mail(recipient, said.subject, said.text, said.html, identity)
    )
    return f"The mail server took the e-mail ({answer or 'OK'}). Look into the inbox, and the spam."


def _mail_settings(now: MailSettings, entered: Mapping[str, Any]) -> MailSettings:
    try:
        made = MailSettings.model_validate({**now.model_dump(), **entered})
    except ValidationError as error:
        fields = ", ".join(str(one["loc"][0]) for one in error.errors() if one["loc"])
        raise UsageError(f"The mail settings cannot be used: {fields}") from None
    if not made.host:
        raise UsageError("Enter the mail server first")
    try:
        check_address(made.sender)
    except UsageError as error:
        raise UsageError(f"The sender's address cannot be used. {error.message}") from error
    return made
