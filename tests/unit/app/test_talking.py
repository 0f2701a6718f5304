"""What is said reaches its reader as one line, and where nobody can be reached that is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eventsnap_desktop.app.talking import note, say

PROGRAM = Path(sys.executable).parent / "eventsnap"
FULL = Path("/dev/full")

needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("new\nline.jpg", "new\\nline.jpg"),
        ("tab\there.jpg", "tab\\there.jpg"),
        ("esc\x1b[31mred.jpg", "esc\\x1b[31mred.jpg"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("c1\x9b2J", "c1\\x9b2J"),
    ],
)
def test_a_name_can_neither_break_a_line_nor_command_the_terminal(
    name: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(f"0.998  sure  {name}")
    note(f"failed  {name}")

    said = capsys.readouterr()
    assert said.out == f"0.998  sure  {shown}\n"
    assert said.err == f"failed  {shown}\n"


@pytest.mark.parametrize("name", ["Grüße.jpg", "😀 family 👨‍👩‍👧.jpg", "e\u0301.jpg", "שלום.jpg"])
def test_names_of_all_languages_are_shown_as_they_are(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(name)

    assert capsys.readouterr().out == f"{name}\n"


def _ended(redirections: str, home: Path, command: str = "--models") -> tuple[int, str, str]:
    """Run the program as a shell does with these redirections; its code and what it said."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("EVENTSNAP_") and name != "PYTHONUNBUFFERED"
    }
    done = subprocess.run(
        ["sh", "-c", f'"$0" {command} {redirections}', str(PROGRAM)],
        env={**kept, "EVENTSNAP_HOME": str(home)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@needs_full
@pytest.mark.parametrize("form", ["", "--json"])
def test_an_answer_that_does_not_fit_onto_its_disk_ends_with_a_sentence(
    form: str, tmp_path: Path
) -> None:
    code, _, said = _ended(f"{form} >/dev/full", tmp_path)

    assert code == 1
    assert said.startswith("eventsnap: The answer could not be written (No space left on device).")
    assert len(said.splitlines()) == 1


@needs_full
def test_what_is_said_beside_the_answer_may_be_lost(tmp_path: Path) -> None:
    code, answer, _ = _ended("2>/dev/full", tmp_path)

    assert code == 0
    assert "lite" in answer


@pytest.mark.skipif(os.name == "nt", reason="redirections of a POSIX shell")
@pytest.mark.parametrize("redirections", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_streams_that_the_caller_closed_are_no_fault(redirections: str, tmp_path: Path) -> None:
    code, _, said = _ended(redirections, tmp_path)

    assert (code, said) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="redirections of a POSIX shell")
def test_without_a_stdin_a_question_is_answered_with_no(tmp_path: Path) -> None:
    asked = tmp_path / "asked.py"
    asked.write_text(
        "from eventsnap_desktop.app.talking import confirm, open_streams\n"
        "open_streams()\n"
        "print(confirm('Delete it?'))\n"
    )
    done = subprocess.run(
        ["sh", "-c", '"$0" "$1" <&-', sys.executable, str(asked)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.stdout == "False\n"
    assert done.stderr == "Delete it? Say so with --yes.\n"


@needs_full
def test_the_line_of_an_encode_may_be_lost_while_the_encode_goes_on(tmp_path: Path) -> None:
    drawn = tmp_path / "drawn.py"
    drawn.write_text(
        "from eventsnap_desktop.app.live_bar import live_console\n"
        "console = live_console()\n"
        "console.print('encoding on CPU')\n"
        "print('went on')\n"
    )
    done = subprocess.run(
        ["sh", "-c", '"$0" "$1" 2>/dev/full', sys.executable, str(drawn)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "went on\n")
