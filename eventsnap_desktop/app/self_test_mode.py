"""`--self-test`: every part of this installation, tried once."""

import json
import subprocess
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from eventsnap_desktop import __version__
from eventsnap_desktop.app import self_test_installation as installation
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.kiosk_starting import program
from eventsnap_desktop.app.self_test_bench import Bench, open_bench
from eventsnap_desktop.app.self_test_outcomes import Check, Outcome, as_lines, run_checks
from eventsnap_desktop.app.talking import say, say_json
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.ui.widgets.resource_files import resource

SCREENS = "screens"
"""The part that the self-test runs in a process of its own."""

_WINDOWS_WITHIN = 180.0  # seconds, also on a machine that is busy


def run_self_test(chosen: Namespace) -> int:
    """Try every part; return 0 when all of them work, else 1."""
    if chosen.self_test == SCREENS:
        return _run_screens(chosen)
    tell: Callable[[Outcome], None] = _nothing if chosen.json else _tell
    with open_bench(chosen) as bench:
        outcomes = run_checks(checks(bench), tell)
    return _conclude(outcomes, chosen.json)


def checks(bench: Bench) -> list[tuple[str, Check]]:
    """Return what is looked at, in this order; the database is first among what needs it."""
    return [
        ("program", installation.check_program),
        ("modules", installation.check_modules),
        ("resources", lambda: installation.check_resources(resource())),
        ("licences", installation.check_licences),
        ("certificates", installation.check_certificates),
        ("keyring", installation.check_keyring),
        *_part("inference", "self_test_faces", "check_inference", bench),
        *_part("providers", "self_test_faces", "check_providers", bench),
        *_part("model pack", "self_test_faces", "check_pack", bench),
        *_part("database", "self_test_parts", "check_database", bench),
        *_part("pictures", "self_test_parts", "check_formats", bench),
        *_part("camera", "self_test_parts", "check_camera", bench),
        *_part("printing", "self_test_parts", "check_print", bench),
        *_part("QR code", "self_test_parts", "check_code", bench),
        *_part("photo storage", "self_test_parts", "check_storage", bench),
        *_part("phones", "self_test_parts", "check_phones", bench),
        ("windows", lambda: _check_windows(bench)),
    ]


def _part(name: str, module: str, function: str, bench: Bench) -> list[tuple[str, Check]]:
    """Return a check whose module is imported by the check: it may be what is broken."""

    def check() -> str | list[Outcome]:
        from importlib import import_module

        found: Check = partial(
            getattr(import_module(f"eventsnap_desktop.app.{module}"), function), bench
        )
        return found()

    return [(name, check)]


def _check_windows(bench: Bench) -> str | list[Outcome]:
    """Let a process of its own draw all pages and screens; return its outcomes."""
    if not installation.has_windows():
        return "Qt is not installed: everything works but the windows."
    assert bench.index
    command = [*program(), "--self-test", SCREENS, f"--home={bench.folder}", "--json"]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_WINDOWS_WITHIN,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise EventSnapError(f"The windows were not drawn within {error.timeout:.0f} s") from error
    lines = done.stdout.splitlines()
    if not lines or not lines[-1].startswith("{"):
        said = " ".join(done.stderr.split())[-300:] or "it said nothing"
        raise EventSnapError(f"The windows' process ended with {done.returncode}: {said}")
    return [Outcome(**one) for one in json.loads(lines[-1])["checks"]]


def _run_screens(chosen: Namespace) -> int:
    from eventsnap_desktop.app.self_test_screens import check_screens

    outcomes = check_screens(chosen, _nothing if chosen.json else _tell)
    return _conclude(outcomes, chosen.json)


def _conclude(outcomes: list[Outcome], as_json: bool) -> int:
    failed = [one.name for one in outcomes if not one.ok]
    if as_json:
        listed = [asdict(one) for one in outcomes]
        say_json({"ok": not failed, "version": __version__, "checks": listed})
    else:
        seconds = sum(one.seconds for one in outcomes)
        say("")
        say(
            f"{len(failed)} of {len(outcomes)} checks failed: {', '.join(failed)}."
            if failed
            else f"All {len(outcomes)} checks passed in {seconds:.0f} seconds."
        )
    return ExitCode.COULD_NOT_RUN if failed else ExitCode.DONE


def _tell(outcome: Outcome) -> None:
    for line in as_lines(outcome):
        say(line)


def _nothing(_: Outcome) -> None:
    """Say nothing before the end."""
