#!/usr/bin/env python3
"""Turns the answer of `eventsnap --status --no-start --json` into what a monitor reads.

    eventsnap --status --no-start --json | python3 packaging/servers/monitor.py nagios
    eventsnap --status --no-start --json | python3 packaging/servers/monitor.py prometheus

`nagios` prints one line and ends with 0 (all is well), 2 (to be looked after) or 3 (no answer), as
Nagios, Icinga, Checkmk and Zabbix take it. `prometheus` prints metrics for the textfile collector
of node_exporter. It needs Python 3 and nothing else.
"""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

OK, CRITICAL, UNKNOWN = 0, 2, 3

_GAUGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "photos_pending": lambda event: event["pending"],
    "photos_encoded": lambda event: event["encoded"],
    "photos_failed": lambda event: event["failed"],
    "faces": lambda event: event["faces"],
    "encoding": lambda event: int(event["encoding"]),
    "deliveries_waiting": lambda event: event["deliveries"]["waiting"],
    "deliveries_failed": lambda event: event["deliveries"]["failed"],
    "delivery_oldest_seconds": lambda event: event["deliveries"]["oldest_seconds"] or 0,
}


def main() -> int:
    """Read the answer from stdin and print it in the form that was asked for."""
    if len(sys.argv) != 2 or sys.argv[1] not in {"nagios", "prometheus"}:
        sys.stderr.write(f"{__doc__}\n")
        return UNKNOWN
    lines = sys.stdin.read().strip().splitlines()
    try:
        answer = json.loads(lines[-1])
        healthy = bool(answer["healthy"])
    except (IndexError, KeyError, TypeError, ValueError):
        answer, healthy = {"problems": ["eventsnap gave no answer"]}, None
    if sys.argv[1] == "nagios":
        return _nagios(answer, healthy)
    sys.stdout.writelines(f"{line}\n" for line in _metrics(answer, healthy))
    return OK


def _nagios(answer: dict[str, Any], healthy: bool | None) -> int:
    words = {True: ("OK", OK), False: ("CRITICAL", CRITICAL), None: ("UNKNOWN", UNKNOWN)}
    word, code = words[healthy]
    # A bar begins the figures there.
    said = "; ".join(answer["problems"]).replace("|", "/") or "all is well"
    sys.stdout.write(f"EVENTSNAP {word} - {said}\n")
    return code


def _metrics(answer: dict[str, Any], healthy: bool | None) -> Iterator[str]:
    yield "# TYPE eventsnap_healthy gauge"
    yield f"eventsnap_healthy {int(healthy or False)}"
    if healthy is None:
        return
    yield "# TYPE eventsnap_problems gauge"
    yield f"eventsnap_problems {len(answer['problems'])}"
    yield "# TYPE eventsnap_database_reachable gauge"
    yield f"eventsnap_database_reachable {int(answer['database']['reachable'])}"
    if answer["data_folder"]["free_bytes"] is not None:
        yield "# TYPE eventsnap_data_folder_free_bytes gauge"
        yield f"eventsnap_data_folder_free_bytes {answer['data_folder']['free_bytes']}"
    events = answer.get("events", [answer] if "event" in answer else [])
    for name, figure in _GAUGES.items():
        yield f"# TYPE eventsnap_{name} gauge"
        for event in events:
            yield f'eventsnap_{name}{{event="{_label(event["event"])}"}} {figure(event)}'
    yield "# TYPE eventsnap_kiosk_heartbeat_seconds gauge"
    for event in events:
        for kiosk in event["kiosks"]:
            labels = f'event="{_label(event["event"])}",kiosk="{_label(kiosk["name"])}"'
            yield f"eventsnap_kiosk_heartbeat_seconds{{{labels}}} {kiosk['heartbeat_seconds']}"


def _label(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


if __name__ == "__main__":
    sys.exit(main())
