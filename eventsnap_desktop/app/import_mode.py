"""`--import`: files, folders and ZIPs into an event's source."""

from argparse import Namespace
from dataclasses import asdict

from eventsnap_desktop.app.assembly import Program, Source, open_program
from eventsnap_desktop.app.encode_mode import stopped_by_signals
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.talking import note, say, say_json
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.import_photos import ImportReport, import_photos


def run_import(chosen: Namespace) -> int:
    """Import; return 0, 3 when some files were refused, or 130 when it was stopped."""
    program = open_program(chosen)
    code = checked_code(chosen.import_)
    for path in chosen.paths:
        if not path.exists():
            raise UsageError(f"There is nothing at {path}")
    source = _source_of(code, chosen.source, program)
    cancel = Cancel()
    with stopped_by_signals(cancel):
        report = import_photos(chosen.paths, source, lambda _: None, cancel)
    if chosen.json:
        say_json({"event": code, "source": source.uri, **asdict(report)})
    else:
        _tell(code, source, report)
    if report.cancelled:
        return ExitCode.STOPPED
    return ExitCode.SOME_FAILED if report.refused else ExitCode.DONE


def _source_of(code: str, uri: str | None, program: Program) -> Source:
    """Return the event's source, made in the data folder where the event has none yet."""
    with program.open_index() as index:
        event = index.events.create_event(code, code, "")
        if not uri and not event.source:
            folder = program.settings.home / "photos" / code
            folder.mkdir(parents=True, exist_ok=True)
            uri = str(folder)
        source = program.open_source(uri or event.source)
        source.check()
        if source.uri != event.source:
            index.events.set_source(event.id, source.uri)
    return source


def _tell(code: str, source: Source, report: ImportReport) -> None:
    left_out = sum(one.count for one in report.left_out)
    say(
        f"{code}: {report.added} photos added to {source.uri}, {report.already_there} were there "
        f"already, {left_out} files left out, {len(report.refused)} refused."
    )
    for renamed in report.renamed:
        say(f"  renamed  {renamed.name} is now {renamed.key}")
    for one in report.left_out:
        say(f"  left out  {one.count} x {one.reason}")
    for refused in report.refused:
        say(f"  refused  {refused.name}: {refused.reason}")
    if report.cancelled:
        note("Stopped; what was added stays, and the next run adds the rest.")
