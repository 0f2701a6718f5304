"""A kiosk's settings as JSON, read back whatever somebody has made of it."""

from dataclasses import fields
from typing import Any

from eventsnap_desktop.domain.kiosks import ConsentText, KioskSettings
from eventsnap_desktop.index.text import from_stored, to_stored


def to_json(settings: KioskSettings) -> dict[str, object]:
    """Return settings as a JSON object that the database can store."""
    return {one.name: _stored(getattr(settings, one.name)) for one in fields(settings)}


def from_json(value: object) -> KioskSettings:
    """Return the settings of a JSON value; the default of each field that does not fit its type.

    Keys that are not known are ignored: a newer program may have written them.
    """
    if not isinstance(value, dict):
        return KioskSettings()
    default = KioskSettings()
    read = {
        one.name: _read(one.name, value[one.name], getattr(default, one.name))
        for one in fields(KioskSettings)
        if one.name in value
    }
    return KioskSettings(**read)


def _stored(value: object) -> object:
    if isinstance(value, str):
        return to_stored(value)
    if isinstance(value, tuple):
        return [_stored(one) for one in value]
    if isinstance(value, ConsentText):
        return {one.name: _stored(getattr(value, one.name)) for one in fields(value)}
    return value


# Any, because the default of a field has the field's type, whichever that is.
def _read(name: str, value: object, default: Any) -> Any:
    if isinstance(default, tuple):
        texts = _consent_texts(value) if name == "consent_texts" else _strings(value)
        return default if texts is None else texts
    # By type(), because True is an int as well.
    if type(value) is not type(default) or (type(value) is int and value < 0):
        return default
    return from_stored(value) if isinstance(value, str) else value


def _strings(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return tuple(from_stored(one) for one in value)


def _consent_texts(value: object) -> tuple[ConsentText, ...] | None:
    if not isinstance(value, list):
        return None
    names = [one.name for one in fields(ConsentText)]
    read = [_strings([one.get(name) for name in names]) for one in value if isinstance(one, dict)]
    texts = tuple(ConsentText(*one) for one in read if one is not None)
    # All or none: with one language missing, its guests would agree to another language's text.
    return texts if len(texts) == len(value) else None
