"""What `--status` tells people: how far events are, what works for them, what is wrong."""

from collections.abc import Iterator, Sequence

from eventsnap_desktop.app.status_look import StatusLook
from eventsnap_desktop.app.status_verdict import expiring, lasting, problems
from eventsnap_desktop.domain.health import EventHealth


def lines_of_one(seen: StatusLook) -> Iterator[str]:
    """Tell of one event closely, then of the machine."""
    index = seen.database.index
    for one in () if index is None else index.events:
        yield from _closely(one, seen)
    yield from _of_machine(seen)


def lines_of_all(seen: StatusLook) -> Iterator[str]:
    """Tell of all events, a line each, then of the machine."""
    index = seen.database.index
    if index is not None and index.events:
        yield from _table(index.events)
    elif index is not None or not seen.database.is_made:
        yield "No events yet. Begin with: eventsnap --encode EVENT --source FOLDER"
    if index is not None or seen.database.is_made:
        yield from _of_machine(seen)


def _closely(one: EventHealth, seen: StatusLook) -> Iterator[str]:
    counts, outbox = one.counts, one.outbox
    yield f"{one.event.code}  {one.event.source or 'no source yet'}"
    yield (
        f"  {counts.encoded} photos encoded ({counts.without_faces} without a face), "
        f"{counts.faces} faces, {counts.pending} waiting, {counts.failed} failed, "
        f"{counts.gone} gone"
    )
    if one.last_encoded_at is not None:
        now = "being encoded now" if one.encoding else "not being encoded now"
        yield f"  the last photo was encoded {lasting(seen.now - one.last_encoded_at)} ago, {now}"
    if outbox.waiting or outbox.failed or outbox.later or outbox.paused:
        paused = ", paused" if outbox.paused else ""
        yield (
            f"  deliveries: {outbox.waiting} waiting, {outbox.failed} failed, "
            f"{outbox.later} when there are new photos{paused}"
        )
    for kiosk in one.kiosks:
        ago = lasting(seen.now - kiosk.heartbeat_at)
        yield f"  kiosk {kiosk.name}: {kiosk.state.replace('_', ' ')}, heard of {ago} ago"
    for photo in one.failed_photos:
        yield f"  failed  {photo.key}: {photo.reason}"


def _table(events: Sequence[EventHealth]) -> Iterator[str]:
    width = max(5, *(len(one.event.code) for one in events))
    yield f"{'event':<{width}}  {'encoded':>8} {'waiting':>8} {'failed':>7} {'faces':>8}  source"
    for one in events:
        counts = one.counts
        yield (
            f"{one.event.code:<{width}}  {counts.encoded:>8} {counts.pending:>8} "
            f"{counts.failed:>7} {counts.faces:>8}  {one.event.source}"
        )


def _of_machine(seen: StatusLook) -> Iterator[str]:
    database, wrong = seen.database, problems(seen)
    if database.index is not None:
        kind = "built in" if database.built_in else f"at {database.where}"
        server = f"PostgreSQL {database.index.server}, pgvector {database.index.pgvector}"
        yield f"Database {kind}: {server}"
    if seen.free_bytes is not None:
        yield f"Data folder {seen.home}: {seen.free_bytes / 1e9:.1f} GB free"
    ending = expiring(seen)
    if ending:
        yield "Deleted by itself on its day, photos stay:"
        yield from (f"  {_ending(one, seen)}" for one in ending)
    yield "All is well." if not wrong else "To be looked after:"
    for sentence in wrong:
        yield f"  {sentence}"


def _ending(one: EventHealth, seen: StatusLook) -> str:
    day, outbox = one.event.keep_until, one.outbox
    assert day is not None
    when = f"in {lasting(day - seen.now)}" if day > seen.now else "overdue"
    waiting = outbox.waiting + outbox.later
    said = f", {waiting} deliveries were not made yet" if waiting else ""
    return f"{one.event.code}: {when} ({day:%Y-%m-%d}){said}"
