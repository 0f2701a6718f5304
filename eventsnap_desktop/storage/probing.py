"""Looks whether a source can be read and written, for the technician's report."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.storage.folder import FolderSource

if TYPE_CHECKING:
    from eventsnap_desktop.storage.s3 import S3Source


@dataclass(frozen=True, slots=True)
class SourceReport:
    """Whether a source can be reached and written, what is wrong, and what to do (both may be "").

    A source that can only be read is enough to encode; photos cannot be imported into it.
    """

    uri: str
    reachable: bool
    writable: bool
    problem: str
    advice: str


def probe(source: "FolderSource | S3Source") -> SourceReport:
    """Return what works, by listing a bit and by writing and removing one hidden name."""
    try:
        source.check()
    except EventSnapError as error:
        return SourceReport(source.uri, False, False, error.message, error.advice)
    try:
        source.try_writing()
    except EventSnapError as error:
        return SourceReport(source.uri, True, False, error.message, error.advice)
    return SourceReport(source.uri, True, True, "", "")
