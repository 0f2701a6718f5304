"""Tells how a call of ``eventsnap`` is tried: to its end, until it is up, or only by its words."""

import contextlib
import io
import re
from collections.abc import Sequence
from enum import StrEnum

from eventsnap_desktop.app.command_line import check_combination, parser
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.vision.pack_catalog import KNOWN_PACKS

_NAME = re.compile(r"(\S*bin/)?eventsnap")


class Way(StrEnum):
    """How a call is tried."""

    TO_ITS_END = "to its end"
    UNTIL_UP = "until it is up"
    WORDS = "words"  # needs a network


def is_ours(words: list[str]) -> bool:
    """Tell whether a command calls the program, wherever it is installed."""
    return bool(words) and _NAME.fullmatch(words[0]) is not None


def way_of(arguments: Sequence[str]) -> Way:
    """Return how these arguments are tried; AssertionError where the program refuses them."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            chosen = parser().parse_args(arguments)
            check_combination(chosen)
    except SystemExit as ended:
        if ended.code:
            raise AssertionError(said.getvalue()) from ended
        return Way.TO_ITS_END  # --help, --version
    except UsageError as error:
        raise AssertionError(f"eventsnap {' '.join(arguments)}: {error}") from error
    if chosen.models in set(KNOWN_PACKS) - {"lite"}:  # which is there from the start
        assert chosen.accept_model_license, "it would only say that the licence must be accepted"
        return Way.WORDS
    delivering = chosen.deliver is not None and not chosen.once
    return (
        Way.UNTIL_UP
        if chosen.kiosk or chosen.watch or delivering or not _does(chosen)
        else Way.TO_ITS_END
    )


def check_options(words: list[str]) -> None:
    """Look that the program has every option that is named."""
    known = {option for action in parser()._actions for option in action.option_strings}
    for word in words:
        assert not word.startswith("--") or word.split("=")[0] in known, f"there is no {word}"


def _does(chosen: object) -> bool:
    """Tell whether anything but the organizer's window was asked for."""
    [exclusive] = parser()._mutually_exclusive_groups
    values = [getattr(chosen, action.dest) for action in exclusive._group_actions]
    return any(value is not None and value is not False for value in values)
