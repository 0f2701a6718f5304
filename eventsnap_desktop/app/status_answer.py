"""The answer of `--status --json`: one object that scripts and monitors read."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from eventsnap_desktop import __version__
from eventsnap_desktop.app.status_look import DatabaseLook, StatusLook
from eventsnap_desktop.app.status_verdict import KIOSK_IS_SILENT, expiring, problems
from eventsnap_desktop.domain.health import EventHealth
from eventsnap_desktop.domain.kiosks import KioskStatus


def one_event(seen: StatusLook) -> dict[str, Any]:
    """Return the answer for one event: its figures stand beside those of the machine."""
    index = seen.database.index
    events = () if index is None else index.events
    figures: dict[str, Any] = {}
    for one in events:
        failed = [asdict(photo) for photo in one.failed_photos]
        figures = {**_event(one, seen), "failed_photos": failed}
    return {**figures, **_machine(seen)}


def all_events(seen: StatusLook) -> dict[str, Any]:
    """Return the answer for all events, newest first."""
    index = seen.database.index
    events = () if index is None else index.events
    return {"events": [_event(one, seen) for one in events], **_machine(seen)}


def _machine(seen: StatusLook) -> dict[str, Any]:
    wrong = problems(seen)
    return {
        "healthy": not wrong,
        "problems": wrong,
        "expiring": [_expiring(one, seen) for one in expiring(seen)],
        "checked_at": seen.now.isoformat(),
        "version": __version__,
        "database": _database(seen.database),
        "data_folder": {"path": str(seen.home), "free_bytes": seen.free_bytes},
        "model_packs": [{"name": pack.name, "present": not pack.problem} for pack in seen.packs],
    }


def _database(database: DatabaseLook) -> dict[str, Any]:
    index = database.index
    return {
        "built_in": database.built_in,
        "where": database.where,
        "running": database.running,
        "reachable": index is not None,
        "server": None if index is None else index.server,
        "pgvector": None if index is None else index.pgvector,
        "schema": None if index is None else index.schema,
    }


def _event(one: EventHealth, seen: StatusLook) -> dict[str, Any]:
    event, outbox = one.event, one.outbox
    trouble = seen.sources.get(event.source)
    return {
        "event": event.code,
        "name": event.name,
        "source": event.source,
        "model_pack": event.model_pack,
        "created_at": event.created_at.isoformat(),
        "keep_until": _time(event.keep_until),
        **asdict(one.counts),
        "archived": one.archived,
        "source_reachable": None if trouble is None else not trouble,
        "encoding": one.encoding,
        "last_encoded_at": _time(one.last_encoded_at),
        "deliveries": {
            "waiting": outbox.waiting,
            "oldest_seconds": _seconds(outbox.oldest_at, seen.now),
            "for_later": outbox.later,
            "failed": outbox.failed,
            "paused": outbox.paused,
        },
        "kiosks": [_kiosk(kiosk, seen.now) for kiosk in one.kiosks],
    }


def _expiring(one: EventHealth, seen: StatusLook) -> dict[str, Any]:
    day = one.event.keep_until
    assert day is not None
    return {
        "event": one.event.code,
        "keep_until": day.isoformat(),
        "overdue": day < seen.now,
        "deliveries_waiting": one.outbox.waiting + one.outbox.later,
    }


def _kiosk(kiosk: KioskStatus, now: datetime) -> dict[str, Any]:
    return {
        "name": kiosk.name,
        "state": kiosk.state,
        "heartbeat_at": kiosk.heartbeat_at.isoformat(),
        "heartbeat_seconds": _seconds(kiosk.heartbeat_at, now),
        "silent": kiosk.is_silent(now, KIOSK_IS_SILENT),
    }


def _seconds(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, int((now - since).total_seconds()))


def _time(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()
