"""What the share page says, in each language, and until when a link works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class ShareWords:
    """All texts of one language; braces stand where something is put in."""

    language: str
    title: str
    one_photo: str
    photos: str
    no_photos: str
    until: str
    until_today: str
    until_tomorrow: str
    until_date: str
    moment: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    save_all: str
    save: str
    close: str
    back: str
    forward: str
    photo: str
    live: str
    hold: str
    offline: str
    over_title: str
    over: str
    wait_title: str
    wait: str
    slow_title: str
    slow: str
    missing_file: str
    missing: str
    privacy: str


ENGLISH = ShareWords(
    language="en",
    title="Your photos",
    one_photo="1 photo",
    photos="{count} photos",
    no_photos="No photos yet",
    until="until {day} {time}",
    until_today="until {time} today",
    until_tomorrow="until tomorrow {time}",
    until_date="until {day} {month} {time}",
    moment="{weekday} {day} {month}, {time}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    save_all="Save all",
    save="Save",
    close="Close",
    back="Previous photo",
    forward="Next photo",
    photo="Photo {number}",
    live="New photos of you appear here by themselves.",
    hold="Hold the photo to put it into your library.",
    offline="No connection. Is your phone still in the event’s Wi-Fi?",
    over_title="There is nothing here",
    over="This link does not work, or not any more. At the event you can get a new one.",
    wait_title="One moment",
    wait="The photos cannot be reached just now. This page tries again by itself.",
    slow_title="One moment",
    slow="Too many links that do not work were opened from here. Please wait a minute.",
    missing_file="Not in here.txt",
    missing="These photos could not be read. Open your link again to save them later:",
    privacy="Only people with this link can see these photos.",
)

GERMAN = ShareWords(
    language="de",
    title="Deine Fotos",
    one_photo="1 Foto",
    photos="{count} Fotos",
    no_photos="Noch keine Fotos",
    until="bis {day} {time}",
    until_today="bis heute {time}",
    until_tomorrow="bis morgen {time}",
    until_date="bis {day}. {month} {time}",
    moment="{weekday}, {day}. {month}, {time} Uhr",
    weekdays=(
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ),
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    save_all="Alle speichern",
    save="Speichern",
    close="Schließen",
    back="Voriges Foto",
    forward="Nächstes Foto",
    photo="Foto {number}",
    live="Neue Fotos von dir erscheinen hier von selbst.",
    hold="Halte das Foto gedrückt, um es in deine Fotos zu legen.",
    offline="Keine Verbindung. Ist dein Handy noch im WLAN der Veranstaltung?",
    over_title="Hier ist nichts",
    over="Dieser Link gilt nicht oder nicht mehr. Auf der Veranstaltung bekommst du einen neuen.",
    wait_title="Einen Moment",
    wait="Die Fotos sind gerade nicht erreichbar. Diese Seite versucht es von selbst wieder.",
    slow_title="Einen Moment",
    slow="Von hier wurden zu viele Links geöffnet, die nicht gelten. Bitte warte eine Minute.",
    missing_file="Fehlt.txt",
    missing="Diese Fotos ließen sich nicht lesen. Öffne deinen Link später noch einmal dafür:",
    privacy="Nur wer diesen Link hat, sieht diese Fotos.",
)

_ALL = {words.language: words for words in (ENGLISH, GERMAN)}


def words_in(language: str) -> ShareWords:
    """Return the texts of a language like ``de`` or ``de-AT``, English for one we do not speak."""
    return _ALL.get(language.replace("_", "-").partition("-")[0].lower(), ENGLISH)


def words_for(accepted: str) -> ShareWords:
    """Return the texts of the first language of an Accept-Language header that we speak."""
    for one in accepted[:200].split(","):
        language = one.partition(";")[0].strip().partition("-")[0].lower()
        if language in _ALL:
            return _ALL[language]
    return ENGLISH


def count_words(count: int, words: ShareWords) -> str:
    """Return how many photos there are."""
    forms: Sequence[str] = (words.no_photos, words.one_photo)
    return forms[count] if count < len(forms) else words.photos.format(count=count)


def moment_words(when: datetime, words: ShareWords) -> str:
    """Return date and time in this machine's time, for somebody who reads it on any day."""
    local = when.astimezone()
    return words.moment.format(
        weekday=words.weekdays[local.weekday()],
        day=local.day,
        month=words.months[local.month - 1],
        time=f"{local:%H:%M}",
    )


def until_words(expires_at: datetime, now: datetime, words: ShareWords) -> str:
    """Return until when a link works, in this machine's time: "until Sunday 22:30"."""
    end, today = expires_at.astimezone(), now.astimezone().date()
    time = f"{end:%H:%M}"
    if end.date() == today:
        return words.until_today.format(time=time)
    if end.date() == today + timedelta(days=1):
        return words.until_tomorrow.format(time=time)
    if today < end.date() < today + timedelta(days=7):
        return words.until.format(day=words.weekdays[end.weekday()], time=time)
    return words.until_date.format(day=end.day, month=words.months[end.month - 1], time=time)
