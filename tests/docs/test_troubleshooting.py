"""The page of troubles knows everything that the doctor may find."""

import re

import pytest

from tests.docs.doctors_words import findings, sentences
from tests.docs.references import ROOT

PAGE = (ROOT / "docs/troubleshooting.md").read_text(encoding="utf-8")
NOTHING_SAID = re.compile(r"[…: ]*")


def section(topic: str) -> str:
    """Return what the page says below a topic's heading; of every topic where it is ""."""
    heading = f"## {topic or 'Any line'}\n"
    assert heading in PAGE, f"no section for the doctor's topic {topic}"
    return PAGE.split(heading, 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(("topic", "said"), sorted(set(findings())))
def test_every_finding_of_the_doctor_has_an_entry(topic: str, said: str) -> None:
    assert NOTHING_SAID.fullmatch(said) or said in section(topic), said


@pytest.mark.parametrize(("topic", "said"), sorted(set(sentences())))
def test_every_sentence_that_the_doctor_hands_on_has_an_entry(topic: str, said: str) -> None:
    assert said.partition(" (its schema")[0] in section(topic), said


def test_the_code_was_read() -> None:
    assert ("packages", "missing: …") in set(findings())
    assert ("database", "The database does not accept this user or password") in set(sentences())
    assert len(set(sentences())) > 45
