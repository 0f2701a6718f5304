"""What monitors are told, from real answers of `--status`."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eventsnap_desktop.app.status_answer import all_events, one_event
from eventsnap_desktop.app.status_look import DatabaseLook
from tests.unit.app.test_status_verdict import COUNTS, HEALTHY, KIOSK, seen

SCRIPT = Path(__file__).parents[2] / "packaging" / "servers" / "monitor.py"
# https://prometheus.io/docs/instrumenting/exposition_formats/
METRIC = re.compile(
    r'eventsnap_[a-z_]+(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? -?\d+'
)
WORKS = all_events(seen(replace(HEALTHY, kiosks=(replace(KIOSK, name='the "tent"'),))))
STUCK = one_event(seen(replace(HEALTHY, counts=replace(COUNTS, pending=7), encoding=False)))
AWAY = all_events(seen(database=DatabaseLook(True, "home/database", False)))


def monitor(kind: str, said: str) -> tuple[int, str]:
    command = [sys.executable, "-I", str(SCRIPT), kind]
    done = subprocess.run(command, input=said, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("answer", "code", "line"),
    [
        (WORKS, 0, "EVENTSNAP OK - all is well"),
        (STUCK, 2, "EVENTSNAP CRITICAL - PARTY: 7 photos to be encoded, and nothing encodes"),
        (AWAY, 2, "EVENTSNAP CRITICAL - The built-in database in home/database does not run"),
    ],
)
def test_nagios_reads_a_line_and_a_code(answer: dict[str, Any], code: int, line: str) -> None:
    ended, said = monitor("nagios", f"something before\n{json.dumps(answer)}\n")

    assert ended == code
    assert said.startswith(line)
    assert said.count("\n") == 1


@pytest.mark.parametrize("said", ["", "Traceback", "[]", "{}"])
def test_no_answer_is_unknown_and_not_healthy(said: str) -> None:
    assert monitor("nagios", said) == (3, "EVENTSNAP UNKNOWN - eventsnap gave no answer\n")
    assert monitor("prometheus", said)[1].splitlines()[-1] == "eventsnap_healthy 0"


@pytest.mark.parametrize("answer", [WORKS, STUCK, AWAY])
def test_prometheus_reads_metrics(answer: dict[str, Any]) -> None:
    code, said = monitor("prometheus", json.dumps(answer))

    assert code == 0
    lines = said.splitlines()
    metrics = [line for line in lines if not line.startswith("# TYPE ")]
    assert all(METRIC.fullmatch(line) for line in metrics), metrics
    named = [line.split()[2] for line in lines if line.startswith("# TYPE ")]
    assert len(named) == len(set(named))
    assert {re.split(r"[{ ]", line)[0] for line in metrics} <= set(named)
    assert f"eventsnap_healthy {int(answer['healthy'])}" in metrics


def test_figures_bear_their_event_and_kiosk() -> None:
    said = monitor("prometheus", json.dumps(WORKS))[1]

    assert 'eventsnap_photos_encoded{event="PARTY"} 40\n' in said
    assert r'eventsnap_kiosk_heartbeat_seconds{event="PARTY",kiosk="the \"tent\""} 3' in said


@pytest.mark.parametrize(("answer", "mail"), [(WORKS, ""), (STUCK, STUCK["problems"][0])])
def test_what_cron_runs_says_something_only_when_something_is_wrong(
    answer: dict[str, Any], mail: str
) -> None:
    page = (SCRIPT.parents[2] / "docs" / "servers.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"python3 -c '([^']+)'", page)

    done = subprocess.run(
        [sys.executable, "-c", command],
        input=json.dumps(answer),
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == (mail, "")
