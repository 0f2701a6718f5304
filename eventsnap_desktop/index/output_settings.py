"""What is set for what leaves an event, as JSON, read back whatever somebody has made of it."""

from dataclasses import fields
from enum import StrEnum
from typing import Any

from eventsnap_desktop.domain.outgoing import Branding, OutputSettings
from eventsnap_desktop.index.kiosk_settings import from_json
from eventsnap_desktop.index.text import from_stored, to_stored


def output_to_json(settings: OutputSettings) -> dict[str, object]:
    """Return settings as a JSON object that the database can store."""
    return {one.name: _stored(getattr(settings, one.name)) for one in fields(settings)}


def output_from_json(value: object) -> OutputSettings:
    """Return the settings of a JSON value; the default of each field that does not fit its type.

    Keys that are not known are ignored: a newer program may have written them.
    """
    if not isinstance(value, dict):
        return OutputSettings()
    default = OutputSettings()
    read = {
        one.name: _read(value[one.name], getattr(default, one.name))
        for one in fields(OutputSettings)
        if one.name in value
    }
    return OutputSettings(**read)


def branding_from_json(event_name: str, settings: object) -> Branding:
    """Return what an event puts on what it hands out, from all of its settings."""
    every = settings if isinstance(settings, dict) else {}
    kiosk, output = from_json(every.get("kiosk")), output_from_json(every.get("output"))
    return Branding(
        event_name=event_name,
        organizer=kiosk.organizer_name,
        accent=kiosk.accent,
        logo=kiosk.logo,
        watermark=output.watermark,
        frame=output.frame,
        caption=output.print_caption,
    )


def _stored(value: object) -> object:
    return to_stored(value) if isinstance(value, str) else value


# Any, because the default of a field has the field's type, whichever that is.
def _read(value: object, default: Any) -> Any:
    if isinstance(default, StrEnum):
        kind = type(default)
        return kind(value) if isinstance(value, str) and value in list(kind) else default
    # By type(), because True is an int as well.
    if type(value) is not type(default) or (type(value) is int and value < 0):
        return default
    return from_stored(value) if isinstance(value, str) else value
