"""What a model pack's licence says, told once, and who acknowledged it when."""

import logging
import tomllib
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import tomli_w

from eventsnap_desktop.domain.errors import LicenceNotAcceptedError, ModelPackError
from eventsnap_desktop.vision.pack_catalog import KnownPack
from eventsnap_desktop.vision.packs import ModelPack, known_digest

log = logging.getLogger(__name__)

LICENCES_FILE = "licences.toml"


class Acknowledgement(StrEnum):
    """How a licence was acknowledged."""

    SHOWN = "shown"
    ACCEPTED = "accepted"


def notice_for(pack: ModelPack, home: Path) -> str | None:
    """Return what the user has to be told about a pack's licence, None once it is recorded."""
    return None if pack.digest in _recorded(home) else pack.licence


def record_notice(pack: ModelPack, home: Path) -> None:
    """Record that the notice was shown; where that cannot be written it is shown again next time.

    Showing is enough for a pack that is there, so that scripts run without a question.
    """
    try:
        _record(pack.name, pack.digest, Acknowledgement.SHOWN, home)
    except OSError as error:
        log.info("the licence notice could not be recorded: %s", error.strerror)


def is_accepted(pack: KnownPack, home: Path) -> bool:
    """Return whether a known pack's licence was accepted, not only shown."""
    return _recorded(home).get(known_digest(pack)) == Acknowledgement.ACCEPTED


def require_acceptance(pack: KnownPack, accept: bool, home: Path) -> None:
    """Raise LicenceNotAcceptedError unless the licence is or was accepted; record a new acceptance.

    Needed before a pack is fetched.
    """
    if is_accepted(pack, home):
        return
    if not accept:
        raise LicenceNotAcceptedError(
            pack.licence, "If you agree, say so with --accept-model-license."
        )
    try:
        _record(pack.name, known_digest(pack), Acknowledgement.ACCEPTED, home)
    except OSError as error:
        raise ModelPackError(
            f"The acknowledgement cannot be written into {home} ({error.strerror})",
            "Give yourself the right to write there, free disk space, or set another data folder "
            "(EVENTSNAP_HOME).",
        ) from error


def _recorded(home: Path) -> dict[str, str]:
    """Return how each pack, by its digest, was acknowledged; the strongest way counts."""
    path = home / LICENCES_FILE
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("acknowledged", [])
        found = [(str(one["digest"]), str(one["how"])) for one in entries]
    except OSError:
        return {}
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        log.warning("%s is not readable; licences are shown again", path)
        return {}
    shown = dict.fromkeys((digest for digest, _ in found), str(Acknowledgement.SHOWN))
    return shown | {digest: how for digest, how in found if how == Acknowledgement.ACCEPTED}


def _record(name: str, digest: str, how: Acknowledgement, home: Path) -> None:
    """Append one entry, so that two programs at once both keep theirs."""
    path = home / LICENCES_FILE
    home.mkdir(parents=True, exist_ok=True)
    if path.exists() and not _is_toml(path):
        path.replace(path.with_name(f"{path.name}.bak"))
    when = datetime.now(UTC).replace(microsecond=0)
    entry = tomli_w.dumps({"pack": name, "digest": digest, "how": str(how), "at": when})
    with path.open("ab") as file:
        file.write(f"\n[[acknowledged]]\n{entry}".encode())


def _is_toml(path: Path) -> bool:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return False
    return isinstance(table.get("acknowledged", []), list)
