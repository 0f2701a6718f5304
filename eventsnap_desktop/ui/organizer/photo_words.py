"""What is said about a photo and its faces, in words."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QObject

from eventsnap_desktop.domain.browsing import PhotoRow, StoredFace
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.domain.photos import PhotoState
from eventsnap_desktop.flows.explain import Rule

TONES = {Rule.SURE: "good", Rule.MAYBE: "warning"}
"""A rule's tone; all others keep the photo out."""


class PhotoWords(QObject):
    """Words of photos, in the window's language and as this place writes numbers and times."""

    def state(self, photo: PhotoRow) -> str:
        """Return where a photo stands."""
        if photo.state is PhotoState.FAILED:
            return self.tr("Failed")
        if photo.state is PhotoState.PENDING:
            return self.tr("Waits to be encoded")
        if not photo.face_count:
            return self.tr("Encoded, no faces")
        return self.tr("Encoded")

    def heading(self, overview: EventOverview | None, shown: int | None) -> str:
        """Return an event's name and how many of its photos are shown, None for not known."""
        if overview is None:
            return ""
        counts, number = overview.counts, QLocale().toString
        every = counts.pending + counts.encoded + counts.failed
        said = self.tr("{shown} of {count} photos").format(
            shown=number(shown or 0), count=number(every)
        )
        if shown in {every, None}:
            said = self.tr("%n photo(s)", "", every)
        return f"{overview.event.name or overview.event.code}  ·  {said}"

    def moment(self, when: datetime) -> str:
        """Return a local date and time, to the second."""
        local = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
        date = QLocale().toString(local.date(), QLocale.FormatType.ShortFormat)
        return f"{date}  {local.toString('HH:mm:ss')}"

    def size(self, photo: PhotoRow) -> str:
        """Return a photo's pixels and bytes."""
        length = QLocale().formattedDataSize(photo.bytes, 1)
        if photo.width is None or photo.height is None:
            return length
        return self.tr("{width} × {height} px, {bytes}").format(
            width=photo.width, height=photo.height, bytes=length
        )

    def label(self, number: int, face: StoredFace) -> str:
        """Return a face's label: its number from 1, score, size in pixels and quality."""
        return self.tr("{number} · {score} · {size} px · q {quality}").format(
            number=number,
            score=_two(face.score),
            size=round(face.box.shorter_side),
            quality=_two(face.quality),
        )

    def measures(self, face: StoredFace) -> str:
        """Return a face's score, size and quality, each with its name."""
        return self.tr("Score {score}  ·  {size} px  ·  Quality {quality}").format(
            score=_two(face.score), size=round(face.box.shorter_side), quality=_two(face.quality)
        )

    def similarity(self, similarity: float) -> str:
        """Return how similar a face is to whom one looks for."""
        return self.tr("Similarity {similarity}").format(similarity=_two(similarity))

    def rule(self, rule: Rule, thresholds: Thresholds) -> str:
        """Return what a rule says about one face."""
        sure, maybe = _two(thresholds.sure), _two(thresholds.maybe)
        said = {
            Rule.SURE: self.tr("Found: at or above {sure}, the limit for “sure”."),
            Rule.MAYBE: self.tr("Asked about: between {maybe} (“maybe”) and {sure} (“sure”)."),
            Rule.BELOW_MAYBE: self.tr("Left out: below {maybe}, the limit for “maybe”."),
            Rule.BETTER_FACE: self.tr("Not counted: another face of this photo is more similar."),
            Rule.HIDDEN: self.tr("Left out: the photo is hidden."),
            Rule.NOT_ENCODED: self.tr("Left out: the photo is not encoded yet."),
            Rule.FAILED: self.tr("Left out: the photo could not be encoded."),
            Rule.NO_FACE: self.tr("Left out: no face was found in the photo."),
        }
        return said[rule].format(sure=sure, maybe=maybe)

    def verdict(self, rule: Rule) -> str:
        """Return what a rule says about a whole photo, short."""
        said = {
            Rule.SURE: self.tr("Found, sure"),
            Rule.MAYBE: self.tr("Found, asked about"),
            Rule.HIDDEN: self.tr("Not found: hidden"),
            Rule.NOT_ENCODED: self.tr("Not found: not encoded yet"),
            Rule.FAILED: self.tr("Not found: encoding failed"),
            Rule.NO_FACE: self.tr("Not found: no face"),
        }
        return said.get(rule, self.tr("Not found: not similar enough"))


def _two(number: float) -> str:
    return QLocale().toString(number, "f", 2)
