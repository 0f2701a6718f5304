"""What a support text says of the settings."""

from pathlib import Path

from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.organizer.support_report import settings_lines


def test_secrets_and_who_sends_mail_are_only_said_to_be_set(tmp_path: Path) -> None:
    mail = {"host": "smtp.example.org", "user": "anna", "password": "sesame", "sender_name": "Anna"}
    lines = settings_lines(load_settings({"home": tmp_path, "mail": mail}))

    assert "mail.host = smtp.example.org (argument)" in lines
    assert "mail.user is set (argument)" in lines
    assert "mail.sender is not set (default)" in lines
    assert "mail.password is set (argument)" in lines
    said = "\n".join(lines).casefold()
    assert "anna" not in said.replace(str(tmp_path).casefold(), "")
    assert "sesame" not in said
