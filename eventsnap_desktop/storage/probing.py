"""Looks whether a source can be read and written, for the technician's report."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3_connection import S3Connection

if TYPE_CHECKING:
    from eventsnap_desktop.storage.s3 import S3Source

_NO_BUCKET = "eventsnap-doctor-looks-for-a-bucket-that-is-not-there"


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


def check_server(connection: S3Connection) -> None:
    """Raise with a sentence when an S3 server does not answer or does not take the keys.

    It is asked for a bucket that is not there: a good server with good keys says just that.
    """
    try:
        open_source(f"minio://{_NO_BUCKET}", connection).check()
    except EventSnapError as error:
        # The keys may be for one bucket only: then the server refuses to speak of another.
        if getattr(error.__cause__, "code", "") not in {"NoSuchBucket", "AccessDenied"}:
            raise


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
