"""Spans of time in words."""

from PySide6.QtCore import QCoreApplication


def in_words(seconds: float) -> str:
    """Return a duration as people say it: 40 s, 12 min, 3 h 5 min."""
    whole = max(0, round(seconds))
    if whole < 100:
        return QCoreApplication.translate("Durations", "{n} s").format(n=whole)
    minutes = round(whole / 60)
    if minutes < 100:
        return QCoreApplication.translate("Durations", "{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    return QCoreApplication.translate("Durations", "{h} h {m} min").format(h=hours, m=rest)
