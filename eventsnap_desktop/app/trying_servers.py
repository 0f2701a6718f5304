"""Tries a database or an S3 server that somebody is about to use; says exactly what is wrong."""

from eventsnap_desktop.domain.errors import DatabaseRefusedError, SourceRefusedError
from eventsnap_desktop.index.probe import probe as probe_database
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.probing import check_server
from eventsnap_desktop.storage.probing import probe as probe_source
from eventsnap_desktop.storage.s3_connection import S3Connection


def try_database(url: str) -> str:
    """Return a sentence that the database works; DatabaseRefusedError with what is wrong."""
    if not url.strip():
        return "The built-in database needs nothing."
    report = probe_database(url.strip())
    if report.problem or not report.reachable:
        raise DatabaseRefusedError(report.problem or "It cannot be reached", report.advice)
    return f"PostgreSQL {report.server} with pgvector {report.pgvector} answers."


def try_storage(endpoint: str, access_key: str, secret_key: str, region: str, bucket: str) -> str:
    """Return a sentence that the server works; SourceRefusedError or SourceAwayError otherwise.

    With an empty ``bucket`` only the server and the keys are tried.
    """
    connection = S3Connection(endpoint.strip(), access_key.strip(), secret_key.strip(), region)
    if not bucket.strip():
        check_server(connection)
        return "The server answers and takes the keys."
    source = open_source(f"minio://{bucket.strip()}", connection)
    report = probe_source(source)
    if not report.reachable:
        raise SourceRefusedError(report.problem, report.advice)
    if not report.writable:
        return "The bucket can be read, but not written: nothing can be imported into it."
    return "The bucket can be read and written."
