"""Consent texts: what the program brings, and when a version changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings
from eventsnap_desktop.flows.consent_texts import (
    filled,
    next_version,
    read_consent_texts,
    texts_in_use,
    with_version,
)

OWN = read_consent_texts(Path(__file__).parents[3] / "resources" / "consent")
DEFAULT = KioskSettings()


def test_every_language_a_kiosk_offers_by_default_has_a_text() -> None:
    assert [text.language for text in OWN] == list(DEFAULT.languages)


@pytest.mark.parametrize("text", OWN, ids=lambda text: text.language)
def test_a_text_says_what_the_law_asks_for(text: ConsentText) -> None:
    assert len(text.summary) < 320
    assert "{organizer}" in text.full_text
    article = {"en": "Article 9(2)(a) GDPR", "de": "Art. 9 Abs. 2 lit. a"}[text.language]
    assert article in text.full_text
    choice = {"en": "Without face search", "de": "Ohne Gesichtssuche"}[text.language]
    assert choice in text.full_text


def test_an_event_uses_its_own_words_and_the_programs_for_the_rest() -> None:
    mine = ConsentText("de", "kurz", "lang")
    swedish = ConsentText("sv", "kort", "lång")

    used = texts_in_use(replace(DEFAULT, consent_texts=(swedish, mine)), OWN)

    assert used == (OWN[0], mine, swedish)


def test_saving_unchanged_words_keeps_the_version_and_writes_them_down() -> None:
    saved = with_version(replace(DEFAULT, greeting="Hello"), DEFAULT, OWN)

    assert saved.consent_version == "1"
    assert saved.consent_texts == OWN


def test_other_words_raise_the_version() -> None:
    changed = replace(DEFAULT, consent_texts=(replace(OWN[0], summary="Something else"),))

    assert with_version(changed, DEFAULT, OWN).consent_version == "2"


def test_another_responsible_organizer_raises_the_version() -> None:
    changed = replace(DEFAULT, organizer_name="Some Studio")

    assert with_version(changed, DEFAULT, OWN).consent_version == "2"


def test_taking_a_change_back_gives_a_new_version_too() -> None:
    first = with_version(replace(DEFAULT, organizer_name="Some Studio"), DEFAULT, OWN)

    assert with_version(DEFAULT, first, OWN).consent_version == "3"


@pytest.mark.parametrize(
    ("before", "after"), [("1", "2"), ("9", "10"), ("2026-a7", "2026-a8"), ("x", "x.2"), ("", "1")]
)
def test_the_next_version(before: str, after: str) -> None:
    assert next_version(before) == after


def test_the_organizer_is_named_where_the_text_says_so() -> None:
    assert filled("{organizer} is", " Studio ", "the organizer") == "Studio is"
    assert filled("{organizer} is", "", "the organizer") == "the organizer is"
