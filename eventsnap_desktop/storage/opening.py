"""Opens the source that an address names: a bucket or a folder."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from eventsnap_desktop.domain.errors import SourceRefusedError
from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.limits import MAX_PHOTO_BYTES
from eventsnap_desktop.storage.s3_connection import S3Connection

if TYPE_CHECKING:  # minio takes a third of a second to import, and most sources are folders
    from eventsnap_desktop.storage.s3 import S3Source

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def open_source(
    uri: str, connection: S3Connection | None, max_bytes: int = MAX_PHOTO_BYTES
) -> "FolderSource | S3Source":
    """Return the source of ``minio://BUCKET/PREFIX``, ``s3://...``, ``file://...`` or a path.

    Nothing is asked yet: ``check()`` says whether the source can be used. SourceRefusedError for an
    address that cannot be one, and for a bucket when no server is set (``connection`` is None).
    """
    text = uri.strip()
    scheme = _SCHEME.match(text)
    kind = scheme[1].lower() if scheme else ""
    if kind in {"minio", "s3"}:
        return _open_bucket(text[len(kind) + 3 :], connection, max_bytes)
    if kind == "file":
        return FolderSource(_path_of_file_uri(text), max_bytes)
    if kind:
        raise SourceRefusedError(
            f"Photos cannot come from “{kind}://”",
            "Use a folder's path or minio://BUCKET/PREFIX.",
        )
    if not text or "\0" in text:
        raise SourceRefusedError(
            "The source of the photos is empty", "Use a folder's path or minio://BUCKET/PREFIX."
        )
    return FolderSource(_expanded(Path(text)), max_bytes)


def _open_bucket(rest: str, connection: S3Connection | None, max_bytes: int) -> "S3Source":
    bucket, _, prefix = rest.partition("/")
    if connection is None or not connection.endpoint.strip():
        raise SourceRefusedError(
            f"No server is set for the bucket “{bucket}”",
            "Set the address and the keys of the photo storage (EVENTSNAP_STORAGE_ENDPOINT, "
            "EVENTSNAP_STORAGE_ACCESS_KEY, EVENTSNAP_STORAGE_SECRET_KEY).",
        )
    if not connection.access_key or not connection.secret_key:
        raise SourceRefusedError(
            "The photo storage's access key or secret key is missing",
            "Set EVENTSNAP_STORAGE_ACCESS_KEY and EVENTSNAP_STORAGE_SECRET_KEY.",
        )
    from eventsnap_desktop.storage.s3 import S3Source

    return S3Source(bucket, prefix, connection, max_bytes)


def _path_of_file_uri(text: str) -> Path:
    parts = urlsplit(text)
    if parts.netloc not in {"", "localhost"}:
        raise SourceRefusedError(
            f"“{text}” is a folder of another machine",
            "Connect its network share and use the path it has here.",
        )
    path = url2pathname(parts.path)
    if not path or not Path(path).is_absolute():
        raise SourceRefusedError(
            f"“{unquote(text)}” names no folder", "Write file:///PATH or simply the path."
        )
    return Path(path)


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise SourceRefusedError(
            f"“{path}” names no home folder", "Write the folder's full path."
        ) from error
