"""How long ago something was, and how long until it is, in words."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QObject


class Ages(QObject):
    """Words for times beside now; both are timezone-aware."""

    def ago(self, when: datetime, now: datetime) -> str:
        """Return "just now", "12 s ago", "5 min ago", "3 h ago" or a date."""
        seconds = int((now - when).total_seconds())
        if seconds < 5:
            return self.tr("just now")
        if seconds < 60:
            return self.tr("{n} s ago").format(n=seconds)
        if seconds < 3600:
            return self.tr("{n} min ago").format(n=seconds // 60)
        if seconds < 86_400:
            return self.tr("{n} h ago").format(n=seconds // 3600)
        return self.moment(when)

    def until(self, when: datetime, now: datetime) -> str:
        """Return "now", "in 12 s", "in 5 min", "in 3 h" or a date."""
        seconds = int((when - now).total_seconds())
        if seconds <= 0:
            return self.tr("now")
        if seconds < 60:
            return self.tr("in {n} s").format(n=seconds)
        if seconds < 3600:
            return self.tr("in {n} min").format(n=seconds // 60)
        if seconds < 86_400:
            return self.tr("in {n} h").format(n=seconds // 3600)
        return self.moment(when)

    def moment(self, when: datetime) -> str:
        """Return date and time as this place writes them."""
        local = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
        return QLocale().toString(local, QLocale.FormatType.ShortFormat)
