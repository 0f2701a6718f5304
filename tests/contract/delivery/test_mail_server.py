"""E-mails handed to a real mail server, and what becomes of a server's every mood."""

import socket
import ssl
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from eventsnap_desktop.delivery.mail_message import Attachment, Mail
from eventsnap_desktop.delivery.mail_server import (
    SOMEBODY_MUST_ACT,
    MailServer,
    RecipientLaterError,
)
from eventsnap_desktop.domain.outgoing import NeverError, NotNowError
from tests.fixtures.smtp import PASSWORD, USER, Certificate, MailTrap, serve

MAIL = Mail(
    "jane@example.com", "Your photos", "Here they are", "<p>Here they are</p>", "<one@example.org>"
)


def server_at(trap: MailTrap, security: str = "none", **more: object) -> MailServer:
    plain = MailServer(trap.host, trap.port, "none", "", "", "kiosk@example.org", "Kiosk", 5.0)
    return replace(plain, security=security, **more)  # type: ignore[arg-type]


def refused(server: MailServer) -> NotNowError:
    with pytest.raises(NotNowError) as told:
        server.send(MAIL)
    assert "jane" not in str(told.value)
    assert PASSWORD not in str(told.value)
    return told.value


def test_a_mail_arrives_as_it_was_sent(mail_trap: MailTrap) -> None:
    photo = bytes(range(256)) * 40
    answer = server_at(mail_trap).send(
        replace(MAIL, text=".\nA dot", attachments=(Attachment("a.jpg", photo),))
    )

    (taken,) = mail_trap.taken
    assert taken.recipients == ("jane@example.com",)
    assert taken.sender == "kiosk@example.org"
    assert taken.message["Message-ID"] == "<one@example.org>"
    (attached,) = taken.message.iter_attachments()
    assert attached.get_content() == photo
    text = taken.message.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == [".", "A dot"]
    assert answer.startswith("taken")
    assert "jane" not in answer


def test_the_machines_name_is_not_told(mail_trap: MailTrap) -> None:
    server_at(mail_trap).send(MAIL)

    assert socket.gethostname().encode() not in mail_trap.taken[0].raw


def test_a_server_that_is_away_is_for_later() -> None:
    with serve() as trap:
        pass

    error = refused(server_at(trap))

    assert "cannot be reached" in str(error)
    assert error.after is None


def test_a_name_that_nobody_has_is_for_later() -> None:
    server = MailServer("mail.invalid", 25, "none", "", "", "kiosk@example.org", "", 5.0)

    assert "cannot be reached" in str(refused(server))


def test_a_server_that_never_greets_is_not_waited_for_forever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        trap = MailTrap(port=deaf.getsockname()[1])

        assert "in time" in str(refused(server_at(trap, timeout=0.2)))


def test_a_server_that_never_answers_to_a_mail_is_not_waited_for_forever() -> None:
    with serve(MailTrap(silent=True)) as trap:
        assert "in time" in str(refused(server_at(trap, timeout=0.1)))


def test_an_address_that_is_not_taken_yet_is_for_later() -> None:
    with serve(MailTrap(rcpt=lambda to: f"450 4.2.0 <{to}> greylisted")) as trap:
        error = refused(server_at(trap))

    assert isinstance(error, RecipientLaterError)
    assert "450" in str(error)


def test_an_address_that_is_refused_is_given_up() -> None:
    with (
        serve(MailTrap(rcpt=lambda to: f"550 5.1.1 <{to}> unknown")) as trap,
        pytest.raises(NeverError, match="refused an address") as told,
    ):
        server_at(trap).send(MAIL)

    assert "550" in str(told.value)
    assert "jane" not in str(told.value)
    assert not trap.taken


def test_a_mail_that_is_not_taken_now_is_for_later() -> None:
    with serve(MailTrap(data="451 4.3.0 try later")) as trap:
        error = refused(server_at(trap))

    assert not isinstance(error, RecipientLaterError)
    assert error.after is None


def test_a_mail_that_is_refused_is_given_up() -> None:
    with (
        serve(MailTrap(data="554 5.7.1 looks like spam")) as trap,
        pytest.raises(NeverError, match="looks like spam"),
    ):
        server_at(trap).send(MAIL)


def test_a_mail_that_is_too_large_is_given_up_before_it_is_sent() -> None:
    large = replace(MAIL, attachments=(Attachment("a.jpg", bytes(50_000)),))
    with (
        serve(data_size_limit=20_000) as trap,
        pytest.raises(NeverError, match="larger than the mail server takes"),
    ):
        server_at(trap).send(large)

    assert not trap.asked


def test_a_connection_that_breaks_after_the_mail_is_for_later() -> None:
    with serve(MailTrap(drop_after_data=True)) as trap:
        error = refused(server_at(trap))

    assert error.after is None
    assert len(trap.taken) == 1


def test_a_connection_that_breaks_before_the_mail_is_for_later() -> None:
    with serve(MailTrap(drop_before_data=True)) as trap:
        refused(server_at(trap))

    assert not trap.taken


def test_a_sender_that_is_refused_is_for_somebody_to_see_to() -> None:
    with serve(MailTrap(mail="550 5.7.1 not your address")) as trap:
        error = refused(server_at(trap))

    assert "sender" in str(error)
    assert error.after == SOMEBODY_MUST_ACT


def test_a_server_that_closes_for_the_night_is_for_later() -> None:
    with serve(MailTrap(mail="421 4.3.2 shutting down")) as trap:
        assert refused(server_at(trap)).after is None


def test_a_login_goes_encrypted_and_opens_the_door(certificate: Certificate) -> None:
    with serve(tls_context=certificate.of_server(), login=True) as trap:
        server_at(trap, "starttls", user=USER, password=PASSWORD, trust=certificate.trusted()).send(
            MAIL
        )

    assert trap.taken[0].encrypted


def test_a_wrong_password_is_for_somebody_to_see_to(certificate: Certificate) -> None:
    with serve(tls_context=certificate.of_server(), login=True) as trap:
        error = refused(
            server_at(trap, "starttls", user=USER, password="wrong", trust=certificate.trusted())
        )

    assert "login" in str(error)
    assert error.after == SOMEBODY_MUST_ACT


def test_a_login_that_is_wanted_and_not_set_is_for_somebody_to_see_to(
    certificate: Certificate,
) -> None:
    with serve(tls_context=certificate.of_server(), login=True) as trap:
        error = refused(server_at(trap, "starttls", trust=certificate.trusted()))

    assert "wants a login" in str(error)
    assert error.after == SOMEBODY_MUST_ACT


def test_a_login_that_is_not_offered_is_for_somebody_to_see_to(mail_trap: MailTrap) -> None:
    error = refused(server_at(mail_trap, user=USER, password=PASSWORD))

    assert "login" in str(error)
    assert error.after == SOMEBODY_MUST_ACT


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: Certificate, security: str
) -> None:
    with serving(certificate, security) as trap:
        error = refused(server_at(trap, security))

    assert "certificate is not trusted" in str(error)
    assert error.after == SOMEBODY_MUST_ACT
    assert not trap.taken


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_name_is_refused(certificate: Certificate, security: str) -> None:
    with serving(certificate, security) as trap:
        there = server_at(trap, security, trust=certificate.trusted(), host="127.0.0.2")
        error = refused(there)

    assert "certificate" in str(error) or "reached" in str(error)
    assert not trap.taken


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_server_is_spoken_to_encrypted(certificate: Certificate, security: str) -> None:
    with serving(certificate, security) as trap:
        server_at(trap, security, trust=certificate.trusted()).send(MAIL)

    assert len(trap.taken) == 1


def test_without_the_encryption_that_is_set_nothing_is_sent(mail_trap: MailTrap) -> None:
    error = refused(server_at(mail_trap, "starttls", user=USER, password=PASSWORD))

    assert "no encryption" in str(error)
    assert error.after == SOMEBODY_MUST_ACT
    assert not mail_trap.taken
    assert not mail_trap.asked


def test_the_wrong_port_is_told(mail_trap: MailTrap) -> None:
    assert "port" in str(refused(server_at(mail_trap, "tls")))


def test_a_senders_address_that_is_none_is_told(mail_trap: MailTrap) -> None:
    assert "sender" in str(refused(server_at(mail_trap, sender="kiosk")))


def test_the_password_is_in_no_text_of_the_server() -> None:
    server = MailServer("mail.example.org", 587, "starttls", USER, PASSWORD)

    assert PASSWORD not in repr(server)
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED


def serving(certificate: Certificate, security: str) -> AbstractContextManager[MailTrap]:
    context = certificate.of_server()
    return serve(ssl_context=context) if security == "tls" else serve(tls_context=context)
