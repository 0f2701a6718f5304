"""Writes the pages docs/commands.md and docs/settings.md out of the program's code.

    make references      writes both pages; with --check this script only compares

What the parser and the settings say of themselves is the page; further words are in
references.toml beside this file.
"""

import argparse
import contextlib
import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from eventsnap_desktop.app.command_line import check_combination, parser
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.settings.field_kinds import Kind, kind_of
from eventsnap_desktop.settings.schema import fields, is_secret, variable

ROOT = Path(__file__).parents[1]
WORDS = Path(__file__).with_suffix(".toml")
# Companions without which a command is refused, so that the other options can be tried with it.
_NEEDED = {
    "--match": ["--selfie", "FILE"],
    "--erase": ["--selfie", "FILE"],
    "--import": ["PATH"],
}
_SAMPLES = {"N": "1"}


def commands_page() -> str:
    """Return the page of all arguments, exit codes and JSON answers."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return str(words["commands"]).format(
        modes="\n".join(_mode_rows()),
        options="\n".join(_option_rows()),
        codes="\n".join(_code_rows(words["exit_codes"])),
        answers="".join(_answers(words["answers"])),
    )


def settings_page() -> str:
    """Return the page of all settings."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return str(words["settings"]).format(rows="\n".join(_setting_rows()))


def modes() -> list[argparse.Action]:
    """Return what the program can be told to do."""
    [exclusive] = parser()._mutually_exclusive_groups
    return list(exclusive._group_actions)


def options() -> list[argparse.Action]:
    """Return the arguments that go with others."""
    [group] = [one for one in parser()._action_groups if one.title == "with"]
    return [one for one in group._group_actions if one.help != argparse.SUPPRESS]


def goes_with(mode: argparse.Action | None, option: argparse.Action) -> bool:
    """Tell whether the program takes an option with a command, or without any (None)."""
    flag = mode.option_strings[0] if mode else ""
    needed = [] if option.dest in {"paths", "selfie"} else _NEEDED.get(flag, [])
    # The command last: some take any number of words that follow.
    calls = [_given(option), needed, _given(mode) if mode else []]
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            check_combination(parser().parse_args([word for part in calls for word in part]))
    except (UsageError, SystemExit):
        return False
    return True


def _given(action: argparse.Action) -> list[str]:
    """Return the words that use an argument."""
    value = [] if action.nargs == 0 else [_SAMPLES.get(str(action.metavar), str(action.metavar))]
    return [*action.option_strings[:1], *value]


def _usage(action: argparse.Action) -> str:
    name, value = " ".join(action.option_strings[:1]), str(action.metavar)
    if action.nargs == 0:
        return name
    shown = {"?": f"[{value}]", "+": f"{value} ...", "*": f"{value} ..."}
    return f"{name} {shown.get(str(action.nargs), value)}".strip()


def _mode_rows() -> Iterator[str]:
    yield f"| `eventsnap` | opens the organizer's window | {_fitting_options(None)} |"
    for mode in modes():
        call = " ".join(["eventsnap", _usage(mode), *_NEEDED.get(mode.option_strings[0], [])])
        yield f"| `{call}` | {_cell(mode.help)} | {_fitting_options(mode)} |"


def _fitting_options(mode: argparse.Action | None) -> str:
    fitting = [one for one in options() if goes_with(mode, one) and not _goes_with_all(one)]
    return ", ".join(f"`{_usage(one)}`" for one in fitting)


def _goes_with_all(option: argparse.Action) -> bool:
    return all(goes_with(mode, option) for mode in [None, *modes()])


def _option_rows() -> Iterator[str]:
    for option in options():
        fitting = [f"`{mode.option_strings[0]}`" for mode in modes() if goes_with(mode, option)]
        shown = "any command" if _goes_with_all(option) else ", ".join(fitting)
        yield f"| `{_usage(option)}` | {_cell(option.help)} | {shown} |"


def _code_rows(words: dict[str, list[str]]) -> Iterator[str]:
    for code in ExitCode:
        yield f"| {code:d} | {words[str(int(code))][0]} | {words[str(int(code))][1]} |"


def _answers(words: dict[str, dict[str, str]]) -> Iterator[str]:
    for command, keys in words.items():
        rows = "\n".join(f"| `{key}` | {meaning} |" for key, meaning in keys.items())
        yield f"\n### `{command}`\n\n| Key | |\n|---|---|\n{rows}\n"


def _setting_rows() -> Iterator[str]:
    for name, info in fields():
        in_file = "-" if name == "home" else f"`{name}`"
        meaning = _cell(info.description)
        if is_secret(name) and "is a secret" not in meaning:
            meaning += "; **secret**"
        cells = [f"`{variable(name)}`", in_file, _default(name, info), _may_be(info), meaning]
        yield f"| {' | '.join(cells)} |"


def _default(name: str, info: FieldInfo) -> str:
    if name == "home":
        return "the platform's place"
    if info.default in {None, ""}:
        return "none"
    return str(info.default).lower() if isinstance(info.default, bool) else str(info.default)


def _may_be(info: FieldInfo) -> str:
    """Return the choices or limits of a field."""
    kind = kind_of(info)
    if kind.kind is Kind.SWITCH:
        return "true, false"
    if kind.choices:
        return ", ".join(kind.choices)
    if kind.low is not None and kind.high is not None:
        return f"{kind.low:.10g} to {kind.high:.10g}"
    return "text"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


def pages() -> dict[Path, str]:
    """Return the text of each page."""
    return {
        ROOT / "docs/commands.md": commands_page(),
        ROOT / "docs/settings.md": settings_page(),
    }


def main(arguments: Any = None) -> int:
    """Write the pages, or with ``--check`` return 1 when one is not as it would be written."""
    reading = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reading.add_argument("--check", action="store_true", help="write nothing")
    check = reading.parse_args(arguments).check
    old = {page: text for page, text in pages().items() if _text_of(page) != text}
    for page, text in old.items():
        said = "is not as “make references” makes it" if check else "was written"
        sys.stdout.write(f"{page.relative_to(ROOT)} {said}\n")
        if not check:
            page.write_text(text, encoding="utf-8")
    return 1 if check and old else 0


def _text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
