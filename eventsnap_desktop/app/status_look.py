"""What `--status` looks at: database, sources, disk, model packs. It changes nothing of them."""

import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.domain.errors import EventSnapError, ModelPackError
from eventsnap_desktop.domain.health import IndexHealth
from eventsnap_desktop.index.embedded import EmbeddedServer, embedded_server
from eventsnap_desktop.index.health import read_health
from eventsnap_desktop.settings.addresses import without_secrets
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.settings.secrets import reveal

_SOURCE_SECONDS = 6.0
_MOST_SOURCES = 20


@dataclass(frozen=True, slots=True)
class DatabaseLook:
    """The database: the built-in one or the one at ``where``, and what was read in it.

    ``running`` is None for a server of the user's own: that is known only by its answer. ``index``
    is None where ``problem`` says why nothing could be read, and where the built-in database does
    not run or ``is_made`` not yet.
    """

    built_in: bool
    where: str
    running: bool | None
    is_made: bool = True
    index: IndexHealth | None = None
    problem: EventSnapError | None = None


@dataclass(frozen=True, slots=True)
class PackLook:
    """A model pack that an event or the settings ask for; ``problem`` is "" where it is there."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class StatusLook:
    """Everything `--status` has seen, as of ``now``.

    ``code`` is that of the event that was asked for, None for all. ``sources`` says of each source
    that was asked what is wrong with it, "" for nothing.
    """

    now: datetime
    code: str | None
    home: Path
    database: DatabaseLook
    sources: dict[str, str]
    free_bytes: int | None
    packs: tuple[PackLook, ...]


def look(program: Program, code: str | None, start: bool) -> StatusLook:
    """Look at all of it, at the events or one of them; ``start`` a built-in database that stands.

    Nothing is raised: a database that cannot be read is part of the answer.
    """
    settings = program.settings
    database = _look_at_database(settings, code, start)
    index = database.index
    current = [] if index is None else [one.event for one in index.events if not one.archived]
    sources = list(dict.fromkeys(event.source for event in current if event.source))
    digests = {event.model_pack for event in current if event.model_pack}
    return StatusLook(
        now=datetime.now(UTC) if index is None else index.now,
        code=code,
        home=settings.home,
        database=database,
        sources=ask_sources(sources[:_MOST_SOURCES], lambda uri: program.open_source(uri).check()),
        free_bytes=_free_bytes(settings.home),
        packs=tuple(_look_at_packs(settings, digests)),
    )


def ask_sources(
    sources: Iterable[str], check: Callable[[str], None], seconds: float = _SOURCE_SECONDS
) -> dict[str, str]:
    """Return what is wrong with each source, "" for nothing; never takes longer than ``seconds``.

    All are asked at once. A network share whose server is gone may hold who asks it for minutes:
    such a thread is left to end by itself.
    """
    answers: dict[str, str] = {}

    def ask(uri: str) -> None:
        try:
            check(uri)
        except EventSnapError as error:
            answers[uri] = error.message
        else:
            answers[uri] = ""

    threads = {uri: threading.Thread(target=ask, args=(uri,), daemon=True) for uri in sources}
    for thread in threads.values():
        thread.start()
    deadline = time.monotonic() + seconds
    for thread in threads.values():
        thread.join(max(0.0, deadline - time.monotonic()))
    return {uri: answers.get(uri, f"No answer within {seconds:g} seconds") for uri in threads}


def _look_at_database(settings: Settings, code: str | None, start: bool) -> DatabaseLook:
    try:
        url = reveal(settings, "database.url")
    except EventSnapError as error:  # the system's keyring does not answer
        return DatabaseLook(False, "a database address", None, problem=error)
    if url:
        return _read(DatabaseLook(False, without_secrets(url), None), url, code)
    server = EmbeddedServer(settings.home)
    where = str(settings.home / "database")
    try:
        if not server.is_made:
            return DatabaseLook(True, where, running=False, is_made=False)
        with _running(server, settings.home, start) as runs:
            seen = DatabaseLook(True, where, running=runs)
            return _read(seen, server.url, code) if runs else seen
    except EventSnapError as error:
        return DatabaseLook(True, where, running=False, problem=error)


@contextmanager
def _running(server: EmbeddedServer, home: Path, start: bool) -> Iterator[bool]:
    """Say whether the built-in server runs, as long as the block needs it where it may start."""
    if not start:
        yield server.is_running
        return
    with embedded_server(home):
        yield True


def _read(seen: DatabaseLook, url: str, code: str | None) -> DatabaseLook:
    try:
        return replace(seen, index=read_health(url, code))
    except EventSnapError as error:
        return replace(seen, problem=error)


def _free_bytes(home: Path) -> int | None:
    """Return how much space is left where the data folder is or would be."""
    place = next((one for one in (home, *home.parents) if one.is_dir()), None)
    try:
        return None if place is None else shutil.disk_usage(place).free
    except OSError:
        return None


def _look_at_packs(settings: Settings, digests: set[str]) -> Iterator[PackLook]:
    """Look at the packs of events and settings; others are not read, they may be large."""
    from eventsnap_desktop.vision.pack_catalog import KNOWN_PACKS
    from eventsnap_desktop.vision.packs import find_pack, known_digest, list_packs

    models, chosen = settings.models_folder, settings.model.pack
    names = {name: known_digest(pack) for name, pack in KNOWN_PACKS.items()}
    wanted = [name for name, digest in names.items() if digest in digests]
    if chosen != "auto" and chosen not in wanted:
        wanted.append(chosen)
    found = set(names.values())
    for name in wanted:
        try:
            found.add(find_pack(name, models).digest)
        except ModelPackError as error:
            yield PackLook(name, error.message)
        else:
            yield PackLook(name, "")
    if digests - found:
        found |= {pack.digest for pack in list_packs(models) if pack.digest and not pack.problem}
    for digest in sorted(digests - found):
        yield PackLook(digest[:12], f"The model pack {digest[:12]} is not on this machine")
