"""The short code an event is known by: checked while it is typed, proposed from its name."""

import re
import unicodedata

from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.events import checked_code


def proposed_code(name: str) -> str:
    """Return a code made of a name: "Anna & Tom's Fest" becomes "anna-tom-s-fest"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def code_problem(text: str) -> str:
    """Return what is wrong with a code, "" for nothing."""
    try:
        checked_code(text)
    except UsageError as error:
        return error.advice
    return ""
