"""Prints the manual page eventsnap(1), made from the parser of the command line.

.venv/bin/python packaging/debian/man_page.py [YYYY-MM-DD]
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import date

from eventsnap_desktop import __version__
from eventsnap_desktop.app.command_line import parser

_FILES = {
    "~/.local/share/eventsnap": "the data folder: settings, built-in database, model packs, logs",
    "/var/lib/eventsnap": "the data folder of the services",
    "/etc/eventsnap/eventsnap.conf": "settings and secrets of the services",
    "/etc/eventsnap/kiosk.conf": "the event of this machine's kiosk",
    "/etc/eventsnap/encode-EVENT.conf": "what eventsnap-encode@EVENT.service is told besides",
}


def man_page(day: date) -> str:
    """Return the page as troff."""
    made = parser()
    return "\n".join(
        [
            f'.TH EVENTSNAP 1 "{day.isoformat()}" "eventsnap {__version__}" "User Commands"',
            ".SH NAME",
            "eventsnap \\- finds every photo of a guest at a live event",
            ".SH SYNOPSIS",
            ".B eventsnap",
            "[\\fICOMMAND\\fR] [\\fIOPTION\\fR ...]",
            ".SH DESCRIPTION",
            _escaped(made.description or ""),
            *_groups(made),
            ".SH EXIT STATUS",
            *_epilog(made.epilog or ""),
            ".SH FILES",
            *_pairs({f"\\fI{_escaped(path)}\\fR": says for path, says in _FILES.items()}),
            ".SH SEE ALSO",
            "\\fBeventsnap-kiosk\\fR(1), \\fBeventsnap-service\\fR(8)",
            ".PP",
            "The whole documentation: /usr/share/doc/eventsnap-desktop/",
            "",
        ]
    )


def _groups(made: argparse.ArgumentParser) -> Iterator[str]:
    titles = {"what to do": ".SH COMMANDS", "with": ".SH OPTIONS"}
    for group in made._action_groups:
        shown = [one for one in group._group_actions if one.help != argparse.SUPPRESS]
        if group.title in titles and shown:
            yield titles[group.title]
            yield from _pairs({_usage(one): one.help or "" for one in shown})


def _usage(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f"\\fI{_escaped(str(action.metavar))}\\fR"
    shapes = {"?": f"[{value}]", "+": f"{value} ...", "*": f"[{value} ...]"}
    names = ", ".join(f"\\fB{_escaped(name)}\\fR" for name in action.option_strings)
    return f"{names} {shapes.get(str(action.nargs), value)}".strip()


def _pairs(pairs: dict[str, str]) -> Iterator[str]:
    for term, meaning in pairs.items():
        yield from (".TP", term, _escaped(meaning))


def _epilog(text: str) -> Iterator[str]:
    codes, _, rest = text.partition("\n\n")
    listed = re.findall(r"(\d+) ([^,]+)", codes.partition(":")[2].replace("\n", " "))
    yield from _pairs({f"\\fB{code}\\fR": meaning.strip() for code, meaning in listed})
    if rest:
        yield from (".SH ENVIRONMENT", _escaped(" ".join(rest.split())))


def _escaped(text: str) -> str:
    """Return plain text as troff takes it: hyphens to copy, no line that looks like a request."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain


def main() -> None:
    """Print the page, of today or of a given day."""
    day = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date.today()  # noqa: DTZ011
    sys.stdout.write(man_page(day))


if __name__ == "__main__":
    main()
