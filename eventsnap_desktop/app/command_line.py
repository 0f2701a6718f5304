"""The command line: what it offers, and which mode each call starts."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from eventsnap_desktop import __version__
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.interrupts import ended_as_by_ctrl_c
from eventsnap_desktop.app.talking import finish_answer, note, open_streams
from eventsnap_desktop.domain.errors import Cancelled, EventSnapError, UsageError

_EPILOG = """\
exit codes: 0 done, 1 could not run, 2 wrong usage, 3 done but some photos failed,
4 no usable selfie, 130 stopped

Settings come from the arguments, then EVENTSNAP_* in the environment, then config.toml in the
data folder (EVENTSNAP_HOME), then defaults. With nothing set the database is built in.
"""


def run(arguments: Sequence[str]) -> int:
    """Run the program with these arguments; return its exit code."""
    open_streams()
    try:
        chosen = parser().parse_args(arguments)
        check_combination(chosen)
        check_folder(chosen)
        code = _dispatch(chosen)
        finish_answer()
        return code
    except SystemExit as ended:  # argparse has said why
        return int(ended.code or 0) if not isinstance(ended.code, str) else ExitCode.USAGE
    except UsageError as error:
        return _say(error, ExitCode.USAGE)
    except (Cancelled, KeyboardInterrupt):
        note("Stopped.")
        return ExitCode.STOPPED
    except EventSnapError as error:
        return _say(error, ExitCode.COULD_NOT_RUN)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        return ExitCode.COULD_NOT_RUN


def _say(error: EventSnapError, code: ExitCode) -> ExitCode:
    note(f"eventsnap: {error}")
    return code


def _dispatch(chosen: argparse.Namespace) -> int:
    """Hand over to the chosen mode; each imports only what it needs."""
    mode = _mode_of_photos(chosen)
    if mode is not None:
        with ended_as_by_ctrl_c():
            return mode(chosen)
    if chosen.self_test:
        from eventsnap_desktop.app.self_test_mode import run_self_test as other
    elif chosen.deliver is not None:
        from eventsnap_desktop.app.deliver_mode import run_deliver as other
    elif chosen.kiosk:
        from eventsnap_desktop.app.kiosk_mode import run_kiosk as other
    elif chosen.share_child:
        from eventsnap_desktop.app.share_child import run_share_child as other
    elif chosen.models is not None or chosen.doctor or chosen.demo:
        from eventsnap_desktop.app.machine_modes import run_machine as other
    else:
        from eventsnap_desktop.app.organizer_mode import run_organizer as other
    return other(chosen)


def _mode_of_photos(chosen: argparse.Namespace) -> Callable[[argparse.Namespace], int] | None:
    """Return the mode that works on photos and their index, None where another was chosen."""
    if chosen.faces:
        from eventsnap_desktop.app.faces_mode import run_faces as mode
    elif chosen.encode:
        from eventsnap_desktop.app.encode_mode import run_encode as mode
    elif chosen.match:
        from eventsnap_desktop.app.match_mode import run_match as mode
    elif chosen.import_:
        from eventsnap_desktop.app.import_mode import run_import as mode
    elif chosen.status is not None:
        from eventsnap_desktop.app.status_mode import run_status as mode
    elif chosen.erase:
        from eventsnap_desktop.app.erase_mode import run_erase as mode
    elif chosen.delete:
        from eventsnap_desktop.app.delete_mode import run_delete as mode
    elif chosen.delete_expired:
        from eventsnap_desktop.app.delete_expired_mode import run_delete_expired as mode
    elif chosen.backup or chosen.restore:
        from eventsnap_desktop.app.backup_mode import run_backup_mode as mode
    else:
        return None
    return mode


def check_combination(chosen: argparse.Namespace) -> None:
    """Refuse combinations that argparse cannot tell apart, and names that are empty."""
    for name in ("encode", "match", "import_", "erase", "delete", "kiosk", "source", "model_pack"):
        if getattr(chosen, name) == "":  # of a script whose variable is not set
            raise UsageError(f"--{name.rstrip('_').replace('_', '-')} needs a name; it got none")
    backups = (chosen.backup, chosen.restore)
    allowed = {
        "source": chosen.encode or chosen.import_,
        "watch": chosen.encode,
        "selfie": chosen.match or chosen.erase,
        "yes": any((chosen.erase, chosen.delete, chosen.delete_expired, *backups)),
        "accept_model_license": chosen.models is not None,
        "paths": chosen.import_,
        "once": chosen.deliver is not None,
        "no_start": chosen.status is not None,
        "other_machines": chosen.deliver is not None,
        "camera": chosen.kiosk,
        "windowed": chosen.kiosk,
        "screen": chosen.kiosk,
        "kiosk_child": chosen.kiosk,
    }
    for name, fits in allowed.items():
        value = getattr(chosen, name)
        given = value is not None and value is not False and value != []
        if given and not fits:
            shown = "PATH" if name == "paths" else f"--{name.replace('_', '-')}"
            raise UsageError(f"{shown} does not go with this command", "See eventsnap --help.")
    if (chosen.match or chosen.erase) and not chosen.selfie:
        raise UsageError("At least one --selfie FILE is needed")
    if chosen.import_ and not chosen.paths:
        raise UsageError("Name the files, folders or ZIPs to import")


def check_folder(chosen: argparse.Namespace) -> None:
    """Refuse paths that begin in the current folder where that was removed, or its drive was."""
    source = Path(chosen.source) if chosen.source and "://" not in chosen.source else None
    one_each = (chosen.home, chosen.backup, chosen.restore, source)
    paths = [*(chosen.faces or []), *(chosen.selfie or []), *chosen.paths, *filter(None, one_each)]
    if all(path.is_absolute() for path in paths):
        return
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise UsageError(
            "The folder that this was started in is not there any more",
            "Change to another one (cd), or name whole paths.",
        ) from error


def parser() -> argparse.ArgumentParser:
    """Return the parser; the page of commands is made from it too."""
    made = argparse.ArgumentParser(
        prog="eventsnap",
        description="Finds every photo of a guest at a live event. Without a command it opens the "
        "organizer's window.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_modes(made.add_argument_group("what to do").add_mutually_exclusive_group())
    _add_options(made.add_argument_group("with"))
    made.add_argument("--version", action="version", version=f"eventsnap {__version__}")
    return made


def _add_modes(group: argparse._MutuallyExclusiveGroup) -> None:
    group.add_argument("--encode", metavar="EVENT", help="sync an event and encode what is new")
    group.add_argument("--match", metavar="EVENT", help="find a person's photos by selfie")
    group.add_argument(
        "--faces", metavar="FILE", nargs="+", type=_path, help="detect and embed only, no database"
    )
    group.add_argument(
        "--import",
        dest="import_",
        metavar="EVENT",
        help="put files, folders and ZIPs into the event's source",
    )
    group.add_argument(
        "--status",
        metavar="EVENT",
        nargs="?",
        const="",
        help="how far the events are, and what is wrong",
    )
    group.add_argument(
        "--deliver",
        metavar="EVENT",
        nargs="?",
        const="",
        help="send and print what guests asked for",
    )
    group.add_argument("--erase", metavar="EVENT", help="one person's faces out of the index")
    group.add_argument("--delete", metavar="EVENT", help="an event's index data; photos stay")
    group.add_argument(
        "--delete-expired",
        action="store_true",
        help="the index data of each event whose day is over; photos stay",
    )
    group.add_argument(
        "--models", metavar="PACK", nargs="?", const="", help="list model packs, or fetch one"
    )
    group.add_argument("--doctor", action="store_true", help="what this machine has and lacks")
    group.add_argument("--demo", action="store_true", help="the whole chain on sample pictures")
    group.add_argument(
        "--backup",
        metavar="FILE",
        type=_path,
        help="all events' index, the settings, consents and deliveries into one file; no photos",
    )
    group.add_argument(
        "--restore", metavar="FILE", type=_path, help="put a backup into an empty data folder"
    )
    group.add_argument(
        "--self-test",
        metavar="PART",
        nargs="?",
        const="all",
        choices=("all", "screens"),
        help="try every part of this installation once, or only its screens",
    )
    group.add_argument("--kiosk", metavar="EVENT", help="the guests' full-screen kiosk")


def _path(text: str) -> Path:
    """Return a path; an empty one, of a script whose variable is not set, would be this folder."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def _screen(text: str) -> int:
    """Return a screen's number, counted from 0 as Qt does."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError("screens are 1, 2, …")
    return number - 1


def _add_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("paths", metavar="PATH", nargs="*", type=_path, help="what to import")
    group.add_argument(
        "--source", metavar="URI", help="where the photos are: a folder or minio://bucket/prefix"
    )
    group.add_argument("--watch", action="store_true", help="go on encoding what arrives")
    group.add_argument(
        "--selfie", metavar="FILE", type=_path, action="append", help="may be given several times"
    )
    group.add_argument("--once", action="store_true", help="deliver what is due, and end")
    group.add_argument(
        "--no-start", action="store_true", help="leave a built-in database that stands as it is"
    )
    group.add_argument(
        "--other-machines",
        action="store_true",
        help="print also what was ordered at machines that are switched off",
    )
    group.add_argument("--camera", metavar="CAMERA", help="the kiosk's: 0, 1, … or file:PATH")
    group.add_argument("--windowed", action="store_true", help="the kiosk in a window, for a trial")
    group.add_argument(
        "--screen", metavar="N", type=_screen, help="the kiosk's screen, counted from 1"
    )
    # The program that a supervisor guards, with the kiosk's name; without a name nobody guards it.
    group.add_argument("--kiosk-child", nargs="?", const="", help=argparse.SUPPRESS)
    # The process that answers phones, started by a kiosk or a window.
    group.add_argument("--share-child", action="store_true", help=argparse.SUPPRESS)
    group.add_argument("--yes", action="store_true", help="do not ask")
    group.add_argument("--json", action="store_true", help="one JSON object as the last line")
    group.add_argument(
        "--accept-model-license",
        action="store_true",
        help="acknowledge the model pack's licence (research, non-commercial)",
    )
    group.add_argument(
        "--home", metavar="FOLDER", type=_path, help="the data folder (EVENTSNAP_HOME)"
    )
    group.add_argument("--model-pack", metavar="PACK", help="lite, standard, seed or a folder")
