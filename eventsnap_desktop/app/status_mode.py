"""`--status`: how far the events are."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from eventsnap_desktop.app.assembly import open_program
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.talking import say, say_json
from eventsnap_desktop.domain.events import Event, checked_code
from eventsnap_desktop.index.opening import Index


def run_status(chosen: Namespace) -> int:
    """Tell how far one event, or all events, are."""
    program = open_program(chosen)
    with program.open_index() as index:
        if chosen.status:
            event = index.events.find_event(checked_code(chosen.status))
            answer: dict[str, Any] = _with_failures(event, index)
        else:
            answer = {"events": [_described(event, index) for event in index.events.list_events()]}
    if chosen.json:
        say_json(answer)
    elif chosen.status:
        _tell_one(answer)
    else:
        _tell_all(answer["events"])
    return ExitCode.DONE


def _described(event: Event, index: Index) -> dict[str, Any]:
    counts = asdict(index.events.counts(event.id))
    return {
        "event": event.code,
        "name": event.name,
        "source": event.source,
        "model_pack": event.model_pack,
        "created_at": event.created_at.isoformat(),
        "keep_until": event.keep_until.isoformat() if event.keep_until else None,
        **counts,
    }


def _with_failures(event: Event, index: Index) -> dict[str, Any]:
    failed = [asdict(photo) for photo in index.events.failed_photos(event.id)]
    return {**_described(event, index), "failed_photos": failed}


def _tell_one(event: dict[str, Any]) -> None:
    say(f"{event['event']}  {event['source'] or 'no source yet'}")
    say(
        f"  {event['encoded']} photos encoded ({event['without_faces']} without a face), "
        f"{event['faces']} faces, {event['pending']} waiting, {event['failed']} failed, "
        f"{event['gone']} gone"
    )
    for photo in event["failed_photos"]:
        say(f"  failed  {photo['key']}: {photo['reason']}")


def _tell_all(events: list[dict[str, Any]]) -> None:
    if not events:
        say("No events yet. Begin with: eventsnap --encode EVENT --source FOLDER")
        return
    width = max(len(event["event"]) for event in events)
    say(f"{'event':<{width}}  {'encoded':>8} {'waiting':>8} {'failed':>7} {'faces':>8}  source")
    for event in events:
        say(
            f"{event['event']:<{width}}  {event['encoded']:>8} {event['pending']:>8} "
            f"{event['failed']:>7} {event['faces']:>8}  {event['source']}"
        )
