"""A code for an event, made from its name."""

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae"})


def code_for(name: str) -> str:
    """Return a short plain code: "Müller & Söhne 2030" becomes mueller-soehne-2030.

    A name without any letter or digit we know gives "".
    """
    spelt = name.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", plain).strip("-")[:40].strip("-")
