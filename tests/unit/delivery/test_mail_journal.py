"""What a mail server took is known after a kill, and for no longer than it is of use."""

import time
from pathlib import Path

from eventsnap_desktop.delivery.mail_journal import MailJournal
from eventsnap_desktop.delivery.mail_memory import MailMemory


def test_what_was_noted_is_known_to_another_program_at_once(tmp_path: Path) -> None:
    file = tmp_path / "delivered" / "e-mails"
    MailJournal(file).note("<one@example.org>")
    MailJournal(file).note("<two@example.org>")

    assert MailJournal(file).taken() == {"<one@example.org>", "<two@example.org>"}


def test_what_is_old_or_broken_counts_no_more(tmp_path: Path) -> None:
    file = tmp_path / "e-mails"
    old = time.time() - 8 * 86_400
    file.write_text(f"{old:.0f} <old@x>\nrubbish\n{time.time():.0f} <new@x>\n9", encoding="ascii")

    assert MailJournal(file).taken() == {"<new@x>"}


def test_a_file_that_has_grown_is_shortened_when_a_program_starts(tmp_path: Path) -> None:
    file = tmp_path / "e-mails"
    old = time.time() - 8 * 86_400
    file.write_text(f"{old:.0f} <old@x>\n" * 20_000, encoding="ascii")
    journal = MailJournal(file)
    journal.note("<new@x>")

    assert file.stat().st_size < 100
    assert journal.taken() == {"<new@x>"}


def test_without_a_place_to_write_e_mails_go_out_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="ascii")
    journal = MailJournal(blocked / "e-mails")

    journal.note("<one@x>")

    assert journal.taken() == set()
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_delivery_begun_by_a_killed_program_knows_what_was_taken(tmp_path: Path) -> None:
    journal = MailJournal(tmp_path / "e-mails")
    first = MailMemory(journal)
    first.took(first.of("key"), "<one@x>")

    assert "<one@x>" in MailMemory(journal).of("key").taken
    assert MailMemory().of("key").taken == set()
