"""Whether all is well, for a monitor: a sentence for everything that somebody has to look after."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from eventsnap_desktop.app.status_look import DatabaseLook, StatusLook
from eventsnap_desktop.domain.expiry import WARNED_FOR
from eventsnap_desktop.domain.health import EventHealth
from eventsnap_desktop.domain.kiosks import KioskState, KioskStatus

DELIVERY_IS_LATE = timedelta(minutes=15)
"""After this time a guest has gone home without the print."""

KIOSK_IS_SILENT = timedelta(seconds=60)
"""A kiosk reports every few seconds; its supervisor starts a crashed one within this time."""

EXPIRY_IS_LATE = timedelta(days=2)
"""By then a window or a service that runs would have deleted an event whose day is over."""

TOO_FEW_BYTES = 10**9
"""The built-in database stops when its disk is full."""

_IN_NEED = {
    KioskState.CAMERA_LOST: "has lost its camera",
    KioskState.PRINTER_PROBLEM: "has a printer that does not print",
    KioskState.WAITING: "waits for its database or its photos",
}


def problems(seen: StatusLook) -> list[str]:
    """Return what is wrong, the worst first; nothing for a system that works."""
    return [*_of_database(seen.database), *_of_machine(seen), *_of_events(seen)]


def expiring(seen: StatusLook) -> list[EventHealth]:
    """Return the events that are deleted by themselves within a week, or should be already."""
    index = seen.database.index
    events = () if index is None else index.events
    days = {one: one.event.keep_until for one in events}
    found = [one for one, day in days.items() if day and day < seen.now + WARNED_FOR]
    return sorted(found, key=lambda one: days[one] or seen.now)


def lasting(span: timedelta) -> str:
    """Return a span of time as people say it: its largest unit only."""
    seconds = max(0, int(span.total_seconds()))
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            return f"{seconds // size} {name}{'s' if seconds >= 2 * size else ''}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def _of_database(database: DatabaseLook) -> Iterator[str]:
    if database.problem is not None:
        yield f"Database {database.where}: {database.problem.message}"
    elif database.index is None and database.running is False:
        yield f"The built-in database in {database.where} {_why_idle(database)}"


def _why_idle(database: DatabaseLook) -> str:
    if database.is_made:
        return "does not run: no window, no kiosk and no --encode is open"
    return "is not there yet: nothing was encoded with this data folder"


def _of_machine(seen: StatusLook) -> Iterator[str]:
    if seen.free_bytes is None:
        yield f"The data folder {seen.home} cannot be looked at"
    elif seen.free_bytes < TOO_FEW_BYTES:
        yield f"Only {seen.free_bytes / 1e9:.1f} GB are free where the data folder {seen.home} is"
    for pack in seen.packs:
        if pack.problem:
            yield pack.problem


def _of_events(seen: StatusLook) -> Iterator[str]:
    index = seen.database.index
    events = () if index is None else index.events
    if index is not None and seen.code is not None and not events:
        yield f"There is no event “{seen.code}”"
    for one in events:
        code, keep = one.event.code, one.event.keep_until
        if keep is not None and keep + EXPIRY_IS_LATE < seen.now:
            yield f"{code}: it was to be kept until {keep:%Y-%m-%d} and is still there"
        if not one.archived:
            yield from (f"{code}: {said}" for said in _of_event(one, seen))


def _of_event(one: EventHealth, seen: StatusLook) -> Iterator[str]:
    trouble = seen.sources.get(one.event.source, "")
    if trouble:
        yield f"its photos cannot be reached: {trouble[:1].lower()}{trouble[1:]}"
    if one.counts.pending and not one.encoding:
        yield f"{_number(one.counts.pending, 'photo')} to be encoded, and nothing encodes"
    outbox = one.outbox
    if outbox.failed:
        yield f"{_number(outbox.failed, 'delivery', 'deliveries')} could not be made"
    if outbox.oldest_at is not None and not outbox.paused:
        waited = seen.now - outbox.oldest_at
        if waited > DELIVERY_IS_LATE:
            number = _number(outbox.waiting, "delivery", "deliveries")
            yield f"{number} waiting, the oldest for {lasting(waited)}"
    for kiosk in one.kiosks:
        yield from _of_kiosk(kiosk, seen.now)


def _of_kiosk(kiosk: KioskStatus, now: datetime) -> Iterator[str]:
    if kiosk.is_silent(now, KIOSK_IS_SILENT):
        silence = lasting(now - kiosk.heartbeat_at)
        yield f"the kiosk “{kiosk.name}” has not been heard of for {silence}"
    elif kiosk.state in _IN_NEED:
        yield f"the kiosk “{kiosk.name}” {_IN_NEED[kiosk.state]}"


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"
