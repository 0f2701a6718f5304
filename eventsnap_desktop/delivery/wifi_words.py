"""A Wi-Fi network as the words of a QR code that phones join by."""

import re

_SPECIAL = re.compile(r'([\\;,:"])')


def wifi_words(name: str, password: str) -> str:
    """Return the code's words, "" without a name; without a password the network is open.

    The form is ZXing's (Barcode Contents, "Wi-Fi Network config"). Names and passwords that look
    like hexadecimal numbers are not put in quotes: phones would take the quotes for part of them.
    """
    if not name:
        return ""
    if not password:
        return f"WIFI:T:nopass;S:{_escaped(name)};;"
    return f"WIFI:T:WPA;S:{_escaped(name)};P:{_escaped(password)};;"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
