"""Sends one new object to an S3 server without ever holding it whole in memory."""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

import urllib3
from minio.error import InvalidResponseError, S3Error

from eventsnap_desktop.domain.errors import PhotoUnreadableError

_IN_MEMORY = 8 << 20
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo's bytes, ready to be sent: a seekable stream, its length in bytes, its MD5 digest."""

    stream: BinaryIO
    size: int
    digest: bytes


@contextmanager
def spooled(content: BinaryIO, size: int | None) -> Iterator[Upload]:
    """Copy a stream aside, to disk above 8 MB, and give it as an upload.

    Length and digest must be known before the first byte is sent, and a try after a broken
    connection begins anew. PhotoUnreadableError when the stream does not have ``size`` bytes.
    """
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        digest = hashlib.md5(usedforsecurity=False)
        written = 0
        while block := content.read(_BLOCK):
            spool.write(block)
            digest.update(block)
            written += len(block)
        if size is not None and written != size:
            raise PhotoUnreadableError(f"The file ended after {written} of {size} bytes")
        yield Upload(cast("BinaryIO", spool), written, digest.digest())


def send_new(pool: urllib3.PoolManager, url: str, upload: Upload) -> None:
    """PUT the upload to a presigned ``url``, refusing to replace what is there.

    Raises S3Error with the server's code, ``PreconditionFailed`` when the key is taken.
    """
    headers = {
        "Content-Length": str(upload.size),
        "Content-MD5": base64.b64encode(upload.digest).decode("ascii"),
        "Content-Type": "application/octet-stream",
    }
    answer = _put(pool, url, upload, headers | {"If-None-Match": "*"})
    if answer.status == 501:  # a server without conditional writes
        answer = _put(pool, url, upload, headers)
    if answer.status not in {200, 201, 204}:
        raise _error_of(answer)


def _put(
    pool: urllib3.PoolManager, url: str, upload: Upload, headers: dict[str, str]
) -> urllib3.BaseHTTPResponse:
    upload.stream.seek(0)
    return pool.urlopen("PUT", url, body=upload.stream, headers=headers, redirect=False)


def _error_of(answer: urllib3.BaseHTTPResponse) -> S3Error | InvalidResponseError:
    if answer.status == 412:
        return S3Error(answer, "PreconditionFailed", "the key is taken", None, None, None)
    kind = answer.headers.get("Content-Type", "")
    if answer.data and "xml" in kind:
        error: S3Error = S3Error.fromxml(answer)
        return error
    return InvalidResponseError(answer.status, kind, None)
