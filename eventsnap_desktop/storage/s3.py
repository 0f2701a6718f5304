"""An S3 bucket as a photo source: MinIO first, any S3-compatible server as well."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, NoReturn
from urllib.parse import quote
from uuid import uuid4

import urllib3
from minio import Minio
from minio.error import S3Error
from minio.helpers import check_bucket_name
from urllib3.exceptions import MaxRetryError

from eventsnap_desktop.domain.errors import (
    PhotoGoneError,
    PhotoUnreadableError,
    SourceAwayError,
    SourceRefusedError,
)
from eventsnap_desktop.domain.photos import SourcePhoto
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.storage.limits import MAX_PHOTO_BYTES, size_refusal
from eventsnap_desktop.storage.names import folded, is_photo_key
from eventsnap_desktop.storage.s3_connection import S3Connection
from eventsnap_desktop.storage.s3_failures import MISSING, TAKEN, is_bad_name, telling
from eventsnap_desktop.storage.s3_upload import send_new, spooled
from eventsnap_desktop.storage.s3_watch import watch_bucket

# One connection for each of the up to 64 fetch threads (DESIGN.md 5).
_CONNECTIONS = 64
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 60.0
_EPOCH = datetime.fromtimestamp(0, UTC)


def connection_pool() -> urllib3.PoolManager:
    """Return a pool of 64 connections that tries again with back-off."""
    retries = urllib3.Retry(
        total=3,
        connect=2,
        read=2,
        backoff_factor=0.2,
        status_forcelist=(500, 502, 503, 504),
        allowed_methods=frozenset({"GET", "HEAD", "PUT", "DELETE"}),
        raise_on_status=False,
    )
    return urllib3.PoolManager(
        num_pools=4,
        maxsize=_CONNECTIONS,
        block=False,
        timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
        retries=retries,
        cert_reqs="CERT_REQUIRED",
    )


class S3Source:
    """Photos of a bucket below a prefix, which is a folder: ``wedding`` is never ``wedding2/...``.

    A key is relative to the prefix, so a bucket and a folder of the same photos have the same keys.
    """

    def __init__(
        self,
        bucket: str,
        prefix: str,
        connection: S3Connection,
        max_bytes: int = MAX_PHOTO_BYTES,
    ) -> None:
        self._bucket, self._connection, self._max_bytes = bucket, connection, max_bytes
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        try:
            check_bucket_name(bucket)
        except ValueError as error:
            raise SourceRefusedError(
                f"“{bucket}” cannot be a bucket's name",
                "A source is written as minio://BUCKET or minio://BUCKET/PREFIX.",
            ) from error
        self._pool = connection_pool()
        self._client = Minio(
            connection.host,
            connection.access_key,
            connection.secret_key,
            secure=connection.secure,
            region=connection.region,
            http_client=self._pool,
        )

    @property
    def uri(self) -> str:
        """``minio://BUCKET`` or ``minio://BUCKET/PREFIX``; the server stands in the settings."""
        return f"minio://{self._bucket}/{self._prefix}".rstrip("/")

    def close(self) -> None:
        """Close the connections; the source may be used again."""
        self._pool.clear()

    def check(self) -> None:
        """Raise SourceRefusedError or SourceAwayError when the bucket cannot be listed."""
        next(self._objects(), None)

    def list_photos(self) -> Iterator[SourcePhoto]:
        """Stream the bucket's photos, a thousand a request."""
        for key, photo in self._objects():
            if is_photo_key(key) and "\0" not in key:
                yield photo

    def stat(self, key: str) -> SourcePhoto | None:
        """Return one photo as the listing would, or None when it is not there."""
        if not is_photo_key(key) or not _can_be_asked(key):
            return None
        found = self._head(key)
        if found is None:
            self.check()  # a missing bucket answers the same, and is not a missing photo
        return found

    def read(self, key: str) -> bytes:
        """Return a photo's bytes; a connection that breaks is tried again twice."""
        if not _can_be_asked(key):
            raise PhotoUnreadableError("The object's name has a part “.” or “..”")
        for wait in (0.2, 0.8):
            try:
                return self._get(key)
            except SourceAwayError as error:
                if isinstance(error.__cause__, MaxRetryError):
                    raise  # the pool has tried again already
                time.sleep(wait)
        return self._get(key)

    def link(self, key: str, name: str, seconds: int) -> str:
        """Return an address that saves a photo under a name, for so long, without our keys.

        Nothing is asked of the server: the address of a photo that is not there does not work.
        """
        if not _can_be_asked(key):
            raise PhotoUnreadableError("The object's name has a part “.” or “..”")
        exact = quote(name.encode("utf-8", "replace"), safe="")
        return self._client.presigned_get_object(
            self._bucket,
            self._prefix + key,
            expires=timedelta(seconds=seconds),
            response_headers={
                "response-content-disposition": f"attachment; filename*=UTF-8''{exact}"
            },
        )

    def watch(self, on_change: Callable[[str | None], None], cancel: Cancel) -> None:
        """Report objects that the server notifies of; see the port.

        Only MinIO has this; others are noticed once and the method returns.
        """

        def on_key(key: str | None) -> None:
            if key is None:
                on_change(None)
            elif key.startswith(self._prefix) and is_photo_key(key[len(self._prefix) :]):
                on_change(key[len(self._prefix) :])

        watch_bucket(self._connection, self._bucket, self._prefix, on_key, cancel)

    def keys_folded(self) -> dict[str, str]:
        """Return every object's key by its folded form, photos or not."""
        return folded(key for key, _ in self._objects())

    def put(self, key: str, content: BinaryIO, size: int | None) -> None:
        """Write a new object: whole or not at all, never over another (FileExistsError).

        The server is asked first and told to refuse an overwrite (``If-None-Match``). One that does
        not know that header leaves a moment between the question and the writing, in which another
        program may write the same key.
        """
        if not _can_be_asked(key):
            raise PhotoUnreadableError(f"“{key}” cannot be an object's name")
        if self._head(key) is not None:
            raise FileExistsError(key)
        url = self._client.get_presigned_url(
            "PUT", self._bucket, self._prefix + key, expires=timedelta(hours=1)
        )
        try:
            with (
                spooled(content, size) as upload,
                telling(self._bucket, self._connection.host),
            ):
                send_new(self._pool, url, upload)
        except S3Error as error:
            self._raise_for_put(error, key)

    def try_writing(self) -> None:
        """Write and remove a hidden object; raise when that does not go."""
        name = f"{self._prefix}.eventsnap-{uuid4().hex}"
        with telling(self._bucket, self._connection.host):
            self._client.put_object(self._bucket, name, io.BytesIO(), 0)
            self._client.remove_object(self._bucket, name)

    def _objects(self) -> Iterator[tuple[str, SourcePhoto]]:
        """Stream all objects below the prefix as (key, photo), without the markers of folders."""
        with self._telling_all():
            for found in self._client.list_objects(self._bucket, self._prefix, recursive=True):
                key = (found.object_name or "")[len(self._prefix) :]
                if key and not key.endswith("/"):
                    yield key, _photo_of(key, found.etag, found.size, found.last_modified)

    def _head(self, key: str) -> SourcePhoto | None:
        try:
            with telling(self._bucket, self._connection.host):
                found = self._client.stat_object(self._bucket, self._prefix + key)
        except S3Error as error:
            if error.code in MISSING or is_bad_name(error.code or ""):
                return None
            raise _unexpected(error) from error
        return _photo_of(key, found.etag, found.size, found.last_modified)

    def _get(self, key: str) -> bytes:
        response: urllib3.BaseHTTPResponse | None = None
        try:
            with telling(self._bucket, self._connection.host):
                response = self._client.get_object(self._bucket, self._prefix + key)
                size = int(response.headers.get("Content-Length", "0"))
                if size > self._max_bytes:
                    response.close()
                    raise size_refusal(size, self._max_bytes)
                content = response.read(self._max_bytes + 1)
        except S3Error as error:
            if error.code in MISSING:
                raise PhotoGoneError(f"“{key}” is no longer in the bucket") from error
            if is_bad_name(error.code or ""):
                raise PhotoUnreadableError("The server does not take the object's name") from error
            raise _unexpected(error) from error
        finally:
            if response is not None:
                response.release_conn()
        if len(content) > self._max_bytes:
            raise size_refusal(len(content), self._max_bytes)
        return content

    @contextmanager
    def _telling_all(self) -> Iterator[None]:
        try:
            with telling(self._bucket, self._connection.host):
                yield
        except S3Error as error:
            raise _unexpected(error) from error

    def _raise_for_put(self, error: S3Error, key: str) -> NoReturn:
        if error.code in TAKEN:
            raise FileExistsError(key) from error
        if is_bad_name(error.code or ""):
            raise PhotoUnreadableError("The server does not take the object's name") from error
        raise _unexpected(error) from error


def _can_be_asked(key: str) -> bool:
    """Return whether a request for the key can be signed: no ``.`` or ``..`` part, no NUL."""
    return bool(key.strip()) and "\0" not in key and not {".", ".."} & set(key.split("/"))


def _photo_of(
    key: str, etag: str | None, size: int | None, modified: datetime | None
) -> SourcePhoto:
    # A listing gives milliseconds, a single object's answer whole seconds.
    when = _EPOCH if modified is None else modified.astimezone(UTC).replace(microsecond=0)
    return SourcePhoto(key, (etag or "").strip('"'), size or 0, when)


def _unexpected(error: S3Error) -> SourceRefusedError:
    return SourceRefusedError(
        f"The photo storage refused the request ({error.code}: {error.message})",
        "Look at the server, and at the address, keys and bucket in the settings.",
    )
