"""`--deliver`: send and print what guests asked for, without a window."""

from argparse import Namespace
from contextlib import nullcontext
from dataclasses import asdict

from eventsnap_desktop.app.assembly import open_program
from eventsnap_desktop.app.delivering import opened_delivering
from eventsnap_desktop.app.encode_mode import stopped_by_signals
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.expiring import expiring_beside, expiry_of
from eventsnap_desktop.app.talking import note, say, say_json
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.deliver import DeliverReport, deliver_all


def run_deliver(chosen: Namespace) -> int:
    """Deliver what waits of one event or of all; return 0, 3 when something failed, or 130.

    It goes on until it is stopped, or with ``--once`` until nothing is due. With
    ``--other-machines`` it prints what others were asked for, on printers of the same names.
    While it goes on it deletes events whose day is over.
    """
    program, cancel = open_program(chosen), Cancel()
    with stopped_by_signals(cancel), program.open_index() as index:
        event = index.events.find_event(checked_code(chosen.deliver)) if chosen.deliver else None
        others = chosen.other_machines
        with opened_delivering(program, index, event, once=chosen.once, others=others) as parts:
            if not program.settings.mail.host:
                note("No mail server is set (mail.host), so e-mails wait.")
            expiry = expiry_of(program, index, event.id if event else None)
            with nullcontext() if chosen.once else expiring_beside(expiry.look):
                report = deliver_all(parts, lambda _: None, cancel)
    if chosen.json:
        say_json({"event": event.code if event else None, **asdict(report)})
    else:
        _tell(report)
    if report.cancelled and chosen.once:
        return ExitCode.STOPPED
    return ExitCode.SOME_FAILED if report.failed else ExitCode.DONE


def _tell(report: DeliverReport) -> None:
    say(
        f"{report.emails} e-mails and {report.prints} prints delivered, {report.failed} failed, "
        f"{report.tried_again} times it did not work yet and is tried again."
    )
