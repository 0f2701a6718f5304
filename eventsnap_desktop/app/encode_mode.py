"""`--encode`: sync an event with its source and encode what is new, without a window."""

import signal
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from types import FrameType

from eventsnap_desktop.app.assembly import Program, encode_chain, encode_options, open_program
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.giving_way import give_way
from eventsnap_desktop.app.progress_bar import EncodeBar
from eventsnap_desktop.app.talking import say, say_json
from eventsnap_desktop.app.watched_day import WatchedDay
from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import Event, checked_code
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.encode import EncodeReport, encode_event


def run_encode(chosen: Namespace) -> int:
    """Encode an event; return 0, 3 when some photos failed, or 130 when it was stopped."""
    program = open_program(chosen)
    cancel = Cancel()
    with stopped_by_signals(cancel):
        report = _encode(chosen, program, cancel)
    if chosen.json:
        say_json(asdict(report))
    else:
        _tell(report)
    if report.cancelled and not chosen.watch:
        return ExitCode.STOPPED
    return ExitCode.SOME_FAILED if report.failed else ExitCode.DONE


def _encode(chosen: Namespace, program: Program, cancel: Cancel) -> EncodeReport:
    code = checked_code(chosen.encode)
    source = program.open_source(chosen.source) if chosen.source else None
    with program.open_index() as index:
        day = WatchedDay(program, index, code, cancel)
        if chosen.watch:
            day.look_before()
        if source is not None:
            source.check()
            event = day.event_to_encode(source.uri)
            if event.source != source.uri:
                index.events.set_source(event.id, source.uri)
        else:
            event = known_event(day.event_to_encode())
            source = program.open_source(event.source)
        give_way()  # here, so that a database server that was just started does not
        vision = program.open_vision()
        chain = encode_chain(source, vision, index)
        options = encode_options(program.settings, vision.provider, source, chosen.watch)
        with (
            EncodeBar(vision.provider, quiet=chosen.json) as bar,
            day.watched() if chosen.watch else nullcontext(),
        ):
            return encode_event(event, chain, options, bar.show, cancel)


def known_event(event: Event) -> Event:
    """Return the event, or say that it has no source yet."""
    if not event.source:
        raise UnknownEventError(
            f"The event {event.code} has no photo source yet", "Name one with --source."
        )
    return event


@contextmanager
def stopped_by_signals(cancel: Cancel) -> Iterator[None]:
    """Turn the first Ctrl-C or termination into a wish to stop; a second Ctrl-C ends at once."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        if cancel.requested and number == signal.SIGINT:
            raise KeyboardInterrupt
        cancel.request()

    before = {number: signal.signal(number, on_signal) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _tell(report: EncodeReport) -> None:
    """Print the report for a person."""
    say(
        f"{report.event}: {report.found} photos found, {report.encoded} encoded "
        f"({report.faces} faces, {report.without_faces} photos without one), "
        f"{report.skipped} unchanged, {report.gone} gone, {len(report.failed)} failed."
    )
    if report.encoded:
        say(
            f"{report.seconds:.1f} seconds, {report.photos_per_second:.1f} photos a second on "
            f"the {report.provider.upper()} with the model pack {report.model_pack}."
        )
    for failed in report.failed:
        say(f"  failed  {failed.key}: {failed.reason}")
    if report.cancelled:
        say("Stopped; what was encoded is kept, and the next run goes on from here.")
