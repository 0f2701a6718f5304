"""What `--doctor` asks the program's parts: settings, models, inference, database, storage."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from eventsnap_desktop.app.doctor_machine import Gpu
from eventsnap_desktop.app.findings import Finding, Level
from eventsnap_desktop.domain.errors import EventSnapError, ModelPackError
from eventsnap_desktop.settings.addresses import without_secrets
from eventsnap_desktop.settings.loading import LoadedSettings, Origin
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.settings.secrets import reveal
from eventsnap_desktop.storage.s3_connection import S3Connection
from eventsnap_desktop.vision.packs import Presence, auto_pack, find_pack, list_packs

if TYPE_CHECKING:  # onnxruntime's module may not load, which the doctor has to survive
    from eventsnap_desktop.vision.runtime import ProviderReport

_MOST_SOURCES = 5
_BY = {
    Origin.FILE: "by file",
    Origin.ENVIRONMENT: "by environment",
    Origin.ARGUMENT: "by argument",
}


def check_settings(loaded: LoadedSettings) -> Iterator[Finding]:
    """Name where settings come from, values left out, and what of the config file was wrong."""
    file = loaded.file
    said = [str(file) if file.exists() else f"{file} (not there: all as by default)"]
    for origin, by in _BY.items():
        names = [name for name, one in loaded.origins.items() if one is origin]
        if names:
            said.append(f"{by}: {', '.join(names)}")
    yield Finding("settings", Level.OK, "; ".join(said))
    for warning in loaded.warnings:
        yield Finding("settings", Level.WARNING, warning)


def check_packs(settings: Settings, gpu: bool) -> Iterator[Finding]:
    """List the model packs; only the one that is set, or `lite`, must be there and whole."""
    chosen = settings.model.pack
    wanted = auto_pack(gpu, settings.models_folder) if chosen == "auto" else chosen
    states = list_packs(settings.models_folder)
    for state in states:
        name = f"{state.name} (in use)" if state.name == wanted else state.name
        if state.presence is Presence.PRESENT:
            said = f"{name}: present, digest {(state.digest or '')[:16]}, {state.where}"
            yield Finding("model pack", Level.OK, said)
        elif state.name == wanted:
            yield Finding("model pack", Level.PROBLEM, name, state.problem)
        elif state.presence is Presence.MISSING:
            yield Finding("model pack", Level.OK, f"{state.name}: not on this machine")
        else:
            yield Finding("model pack", Level.WARNING, f"{state.name}: damaged", state.problem)
    if wanted not in {state.name for state in states}:
        pack = find_pack(wanted, settings.models_folder)
        said = f"{pack.name} (in use): digest {pack.digest[:16]}, {pack.detector.parent}"
        yield Finding("model pack", Level.OK, said)


def try_providers(settings: Settings) -> "list[ProviderReport]":
    """Try the CPU and the GPU with a warm-up run; an empty list where no model is there for it."""
    from eventsnap_desktop.vision.runtime import probe_providers

    detector = _any_detector(settings)
    return [] if detector is None else probe_providers(detector)


def check_providers(
    settings: Settings, gpus: Sequence[Gpu], tried: "Sequence[ProviderReport]"
) -> Iterator[Finding]:
    """Say which providers work; one that does not matters as much as it is wanted."""
    if not tried:
        said = "not tried: there is no model to try it with"
        yield Finding("inference", Level.WARNING, said, "Fetch a model pack with --models.")
    needed = settings.model.provider
    for report in tried:
        name = report.name.upper()
        if report.works:
            yield Finding("inference", Level.OK, f"{name} works")
        elif report.name in {needed, "cpu"}:
            advice = "Set the model provider to auto." if needed == "cuda" else "Install it again."
            yield Finding("inference", Level.PROBLEM, f"{name}: {report.reason}", advice)
        elif gpus and needed == "auto":
            advice = (
                "Install the CUDA libraries (make cuda, or pip install "
                "“eventsnap-desktop[cuda]”) and a driver for CUDA 13."
            )
            yield Finding("inference", Level.WARNING, f"{name}: {report.reason}", advice)
        else:
            yield Finding("inference", Level.OK, f"{name} is not used: {report.reason}")


def check_database(settings: Settings) -> Iterator[Finding]:
    """Look at the database, and at the sources of the newest events in it; changes nothing.

    No server is left running.
    """
    from eventsnap_desktop.index.probe import probe

    address = reveal(settings, "database.url")
    sources: list[str] = []
    with _database(settings, address) as (url, where):
        report = probe(url)
        if not report.problem and report.schema == report.known_schema:
            sources = _sources(url)
    if not report.reachable or report.problem:
        said = f"{where}: {report.problem or 'it cannot be reached'}"
        advice = report.advice or "Check that the server runs, and EVENTSNAP_DATABASE_URL."
        yield Finding("database", Level.PROBLEM, said, advice)
        return
    said = f"{where}: PostgreSQL {report.server}, pgvector {report.pgvector}"
    change = f", brought to {report.known_schema} at first use"
    current = report.schema == report.known_schema
    yield Finding(
        "database", Level.OK, f"{said}, schema {report.schema}{'' if current else change}"
    )
    for uri in sources[:_MOST_SOURCES]:
        yield _source(uri, settings)


def check_storage(settings: Settings) -> Iterator[Finding]:
    """Look whether the S3 server answers and takes the keys."""
    from eventsnap_desktop.storage.probing import check_server

    connection = _connection(settings)
    if connection is None:
        said = "no S3 server is set; photos come from folders"
        yield Finding("photo storage", Level.OK, said)
        return
    try:
        host = connection.host
        check_server(connection)
    except EventSnapError as error:
        yield Finding("photo storage", Level.PROBLEM, error.message, error.advice)
        return
    yield Finding("photo storage", Level.OK, f"the S3 server at {host} answers and takes the keys")


def _connection(settings: Settings) -> S3Connection | None:
    storage = settings.storage
    if not storage.endpoint:
        return None
    access = reveal(settings, "storage.access_key") or ""
    secret = reveal(settings, "storage.secret_key") or ""
    return S3Connection(storage.endpoint, access, secret, storage.region)


def _source(uri: str, settings: Settings) -> Finding:
    from eventsnap_desktop.storage.opening import open_source
    from eventsnap_desktop.storage.probing import probe

    try:
        report = probe(open_source(uri, _connection(settings)))
    except EventSnapError as error:
        return Finding("event source", Level.WARNING, f"{uri}: {error.message}", error.advice)
    if report.reachable and report.writable:
        return Finding("event source", Level.OK, f"{uri} can be read and written")
    if report.reachable:
        said = f"{uri} can be read, but not written: nothing can be imported into it"
        return Finding("event source", Level.OK, said)
    return Finding("event source", Level.WARNING, f"{uri}: {report.problem}", report.advice)


def _sources(url: str) -> list[str]:
    """Return the sources of the events, newest first, each once."""
    from eventsnap_desktop.index.opening import open_index

    with open_index(url) as index:
        events = index.events.list_events()
    return list(dict.fromkeys(event.source for event in events if event.source))


@contextmanager
def _database(settings: Settings, address: str | None) -> Iterator[tuple[str, str]]:
    """Lend an address and how to call it: the user's, or the built-in server while it is needed.

    Where the built-in database was not made yet, a server on trial in a temporary folder shows
    whether it could be.
    """
    from eventsnap_desktop.index.embedded import embedded_server

    if address is not None:
        yield address, without_secrets(address)
    elif (settings.home / "database").exists():
        with embedded_server(settings.home) as server:
            yield server.url, "built in"
    else:
        with (
            tempfile.TemporaryDirectory(prefix="eventsnap-doctor-") as folder,
            embedded_server(Path(folder)) as server,
        ):
            yield server.url, "built in (not made yet; a server on trial works)"


def _any_detector(settings: Settings) -> Path | None:
    for name in (settings.model.pack, "lite", "standard", "seed"):
        try:
            return find_pack(name, settings.models_folder).detector
        except ModelPackError:
            continue
    return None
