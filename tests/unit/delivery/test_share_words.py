"""What the phone's page says: until when, how many, in which language; and the Wi-Fi's code."""

from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from eventsnap_desktop.delivery.share_page import focus, text_colour
from eventsnap_desktop.delivery.share_words import (
    ENGLISH,
    GERMAN,
    count_words,
    until_words,
    words_for,
    words_in,
)
from eventsnap_desktop.delivery.wifi_words import wifi_words
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import OutgoingPhoto
from eventsnap_desktop.domain.photos import PhotoId

FRIDAY = datetime(2026, 5, 1, 20, 0).astimezone()


@pytest.mark.parametrize(
    ("later", "english", "german"),
    [
        (timedelta(hours=2, minutes=30), "until 22:30 today", "bis heute 22:30"),
        (timedelta(hours=26), "until tomorrow 22:00", "bis morgen 22:00"),
        (timedelta(days=2, hours=2), "until Sunday 22:00", "bis Sonntag 22:00"),
        (timedelta(days=6), "until Thursday 20:00", "bis Donnerstag 20:00"),
        (timedelta(days=7), "until 8 May 20:00", "bis 8. Mai 20:00"),
    ],
)
def test_the_page_says_until_when(later: timedelta, english: str, german: str) -> None:
    assert until_words(FRIDAY + later, FRIDAY, ENGLISH) == english
    assert until_words(FRIDAY + later, FRIDAY, GERMAN) == german


def test_the_page_says_how_many_photos_there_are() -> None:
    assert [count_words(many, GERMAN) for many in (0, 1, 2)] == [
        "Noch keine Fotos",
        "1 Foto",
        "2 Fotos",
    ]


def test_languages_we_do_not_speak_are_english() -> None:
    assert words_in("de_AT") is GERMAN
    assert words_in("fr") is ENGLISH
    assert words_for("fr-CH, fr;q=0.9, de;q=0.7") is GERMAN
    assert words_for("") is ENGLISH
    assert words_for("*" * 100_000) is ENGLISH


def test_no_text_of_a_language_is_missing() -> None:
    for words in (ENGLISH, GERMAN):
        assert all(getattr(words, one.name) for one in fields(words))
        assert (len(words.weekdays), len(words.months)) == (7, 12)


def test_text_on_an_events_colour_can_be_read() -> None:
    assert text_colour("#000000") == "#ffffff"
    assert text_colour("#c2410c") == "#ffffff"
    assert text_colour("#ffee00") == "#10151c"


def test_a_square_shows_the_guests_faces() -> None:
    def photo(width: int, height: int, *faces: Box) -> OutgoingPhoto:
        return OutgoingPhoto(PhotoId(1), "a.jpg", width, height, FRIDAY, faces)

    assert focus(photo(300, 200)) == "50% 35%"
    assert focus(photo(300, 200, Box(280, 10, 20, 20))) == "100% 50%"
    assert focus(photo(300, 200, Box(140, 10, 20, 20))) == "50% 50%"
    assert focus(photo(200, 400, Box(10, 0, 50, 60), Box(100, 40, 50, 60))) == "50% 0%"
    assert focus(photo(0, 0, Box(1, 1, 1, 1))) == "50% 50%"


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("", "secret", ""),
        ("Party", "", "WIFI:T:nopass;S:Party;;"),
        ("Party", "12345678", "WIFI:T:WPA;S:Party;P:12345678;;"),
        ('A;B,C:D"E\\F', "p;w", r"WIFI:T:WPA;S:A\;B\,C\:D\"E\\F;P:p\;w;;"),
        ("Zelt Süd", "größer", "WIFI:T:WPA;S:Zelt Süd;P:größer;;"),
    ],
)
def test_the_code_of_a_wifi_is_what_phones_read(name: str, password: str, code: str) -> None:
    assert wifi_words(name, password) == code
