"""A support text says what happened, and nothing about anybody."""

from pathlib import Path

import pytest

from eventsnap_desktop.flows.support_text import (
    LOG_LINES,
    Masking,
    SupportFacts,
    support_text,
    without_personal_data,
)

HOMES = Path("/") / "home"
HOME = HOMES / "petra"
MASKING = Masking(
    {HOME: "~", HOME / ".local/share/eventsnap": "<data folder>"},
    ["Wedding of Ada & Bob", "wedding-2026", "A"],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"cannot read {HOME}/Pictures", "cannot read ~/Pictures"),
        (f"in {HOME}/.local/share/eventsnap/logs", "in <data folder>/logs"),
        (f"in {HOMES}/somebody/else", f"in {HOMES}/<user>/else"),
        (r"in C:\Users\Petra\photos", r"in C:\Users\<user>\photos"),
        ("sent to ada.lovelace+x@mail.example.org.", "sent to <e-mail>."),
        ("postgresql://me:geheim@db:5432/snap is away", "postgresql://…@db:5432/snap is away"),
        ("http://key@storage:9000 answered", "http://…@storage:9000 answered"),
        ("host=db password=geheim user=x", "host=db password=… user=x"),
        ("secret_key: abc123", "secret_key: …"),
        ("IMG_0001.JPG: the file is broken", "<photo>.JPG: the file is broken"),
        ("the photo “Ada and Bob kiss.jpeg” is gone", "the photo “<photo>.jpeg” is gone"),
        ("cannot decode guests/Ada Smith 2.heic at all", "cannot decode <photo>.heic at all"),
        ("skipped (party/DSC 12.NEF)", "skipped (<photo>.NEF)"),
        ("the event Wedding of Ada & Bob is busy", "the event <name> is busy"),
        ("event WEDDING-2026: done", "event <name>: done"),
        ("a photo is an Apple", "<name> photo is an Apple"),
    ],
)
def test_personal_data_is_masked(text: str, expected: str) -> None:
    assert without_personal_data(text, MASKING) == expected


@pytest.mark.parametrize(
    "text",
    [
        "encoded 12 photos in 3.4 s on CPUExecutionProvider",
        "Python 3.11.2, PySide6 6.11.3",
        "eventsnap_desktop.flows.encode: the database is away (ConnectionTimeout)",
        'File "eventsnap_desktop/ui/bridge/jobs.py", line 101, in perform',
        "http://storage:9000 does not answer",
    ],
)
def test_what_helps_stays(text: str) -> None:
    assert without_personal_data(text, MASKING) == text


def test_a_root_folder_does_not_swallow_every_slash() -> None:
    assert without_personal_data("/a/b", Masking({Path("/"): "~"})) == "/a/b"


def test_the_text_has_all_parts_and_the_newest_lines_only() -> None:
    text = support_text(
        SupportFacts(
            versions=[("EventSnap", "0.1.0"), ("Python", "3.11.2")],
            platform="Linux 6.1",
            settings=["model.pack = auto (default)", "storage.secret_key = set (environment)"],
            findings=[("warning", "camera", "none found", "Plug one in"), ("ok", "disk", "ok", "")],
            log=[f"line {number} about wedding-2026" for number in range(500)],
        ),
        MASKING,
    )

    assert "EventSnap 0.1.0\nPython 3.11.2" in text
    assert "Linux 6.1" in text
    assert "warning: camera: none found -> Plug one in" in text
    assert "line 499 about <name>" in text
    assert f"line {499 - LOG_LINES} " not in text
    assert "wedding" not in text


def test_without_anything_to_say_the_text_says_so() -> None:
    text = support_text(SupportFacts([], "Linux", [], [], []), Masking({}))

    assert text.endswith("## Log\n-\n")
