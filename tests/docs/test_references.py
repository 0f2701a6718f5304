"""The pages of commands and settings are what the code says."""

import subprocess
import sys

import pytest

from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.settings.schema import fields, is_secret, variable
from tests.docs.references import ROOT, generator, words

COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["commands.md", "settings.md"])
def test_a_page_is_as_make_references_makes_it(name: str) -> None:
    made = generator().pages()[ROOT / "docs" / name]

    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made, "run: make references"


def test_the_generator_tells_a_page_that_is_out_of_date() -> None:
    command = [sys.executable, "packaging/references.py", "--check"]

    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def test_every_setting_has_a_row_and_secrets_are_marked() -> None:
    rows = {line.split("`")[1]: line for line in SETTINGS.splitlines() if line.startswith("| `")}

    assert set(rows) == {variable(name) for name, _ in fields()}
    told = {name for name, _ in fields() if "secret**" in rows[variable(name)]}
    assert told | {"database.url"} == {name for name, _ in fields() if is_secret(name)}
    assert "With a password it is a secret" in rows["EVENTSNAP_DATABASE_URL"]


def test_limits_choices_and_defaults_are_told() -> None:
    assert "| `encode.max_attempts` | 3 | 1 to 100 |" in SETTINGS
    assert "| `mail.security` | starttls | starttls, tls, none |" in SETTINGS
    assert "| `share.enabled` | true | true, false |" in SETTINGS


def test_every_argument_is_told_and_what_it_goes_with() -> None:
    made = generator()

    for action in [*made.modes(), *made.options()]:
        for option in action.option_strings:
            assert f"`{option}" in COMMANDS or f"`eventsnap {option}" in COMMANDS
    assert "encode what is new | `--source URI`, `--watch`," in COMMANDS
    yes = ", ".join(f"`--{one}`" for one in ("erase", "delete", "delete-expired", "backup"))
    assert f"| `--yes` | do not ask | {yes}, `--restore` |" in COMMANDS
    assert "`--kiosk-child" not in COMMANDS


def test_every_exit_code_is_explained_and_none_that_is_not_there() -> None:
    assert set(words()["exit_codes"]) == {str(int(code)) for code in ExitCode}
