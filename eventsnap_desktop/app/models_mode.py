"""`--models`: list the model packs, fetch one, or take one from a file or folder."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.live_bar import live_console
from eventsnap_desktop.app.talking import note, say, say_json
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision.pack_catalog import KnownPack
from eventsnap_desktop.vision.pack_install import FetchReport, Release, fetch_pack, import_pack
from eventsnap_desktop.vision.pack_licences import notice_for, record_notice, require_acceptance
from eventsnap_desktop.vision.packs import PackState, Presence, find_pack, list_packs, missing_files


def run_models(chosen: Namespace) -> int:
    """Do what ``--models [PACK]`` asks for; what fails is raised as an EventSnapError."""
    home = settings_for(chosen).settings.home
    return models(chosen.models or "", chosen.accept_model_license, chosen.json, home)


def models(
    pack: str, accept: bool, as_json: bool, home: Path, release: Release | None = None
) -> int:
    """List the packs (``pack`` is ""), or bring one onto the machine and check it; return 0."""
    release = release or Release()
    packs = release.packs
    ready = bring_in(pack, accept, as_json, home, release) if pack else []
    states = list_packs(home / "models", packs)
    if as_json:
        listed = [_as_json(state, packs) for state in states]
        say_json({"folder": str(home / "models"), "ready": ready, "packs": listed})
        return ExitCode.DONE
    for name in ready:
        say(f"The model pack {name} is ready.")
    if not pack:
        _tell(states)
    elif not ready:
        say("The files fit, but another part of their pack is still missing:")
        _tell([state for state in states if state.presence is not Presence.PRESENT])
    return ExitCode.DONE


def bring_in(pack: str, accept: bool, quiet: bool, home: Path, release: Release) -> list[str]:
    """Fetch a known pack, import a file or folder, or check a pack that is there; return names."""
    path = Path(pack).expanduser()
    cancel = Cancel()
    if pack not in release.packs and path.exists():
        ready = import_pack(path, home, accept, cancel, release.packs)
    elif pack in release.packs:
        _announce(release.packs[pack], accept, home, release)
        with _bar(quiet) as report:
            ready = [fetch_pack(pack, home, accept, report, cancel, release).name]
    else:
        ready = [find_pack(pack, home / "models", release.packs).name]
    for name in ready:
        _acknowledge(name, accept, home, release.packs)
    return ready


def _acknowledge(name: str, accept: bool, home: Path, packs: Mapping[str, KnownPack]) -> None:
    """Record that the licence was accepted, or say it once."""
    if accept and name in packs:
        require_acceptance(packs[name], accept, home)
    found = find_pack(name, home / "models", packs)
    notice = notice_for(found, home)
    if notice is not None:
        note(notice)
        record_notice(found, home)


def _announce(pack: KnownPack, accept: bool, home: Path, release: Release) -> None:
    """Say what will be fetched from where, before the first byte and after the licence."""
    if pack.archives and missing_files(pack, home / "models"):
        require_acceptance(pack, accept, home)
        size = sum(release.archives[name].bytes for name in pack.archives) // 1_000_000
        places = ", ".join(release.url_of(name) for name in pack.archives)
        note(f"The model pack {pack.name}: up to {size} MB from {places}")


@contextmanager
def _bar(quiet: bool) -> Iterator[FetchReport]:
    """Draw what arrives on stderr."""
    console = live_console()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    tasks: dict[str, Any] = {}

    def report(name: str, done: int, total: int | None) -> None:
        if name not in tasks:
            tasks[name] = bar.add_task(name, total=total)
        bar.update(tasks[name], completed=done, total=total)

    with bar:
        yield report


def _as_json(state: PackState, packs: Mapping[str, KnownPack]) -> dict[str, Any]:
    return {
        "name": state.name,
        "state": str(state.presence),
        "folder": state.where or None,
        "digest": state.digest,
        "licence": packs[state.name].licence if state.name in packs else None,
        "problem": state.problem or None,
    }


def _tell(states: list[PackState]) -> None:
    width = max((len(state.name) for state in states), default=0)
    for state in states:
        said = state.problem or f"digest {(state.digest or '')[:16]}  {state.where}"
        say(f"{state.name:<{width}}  {state.presence:<8}  {said}")
