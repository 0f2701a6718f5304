"""The sources under contract, each with a way to change what it holds behind its back."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3 import S3Source
from tests.fixtures.s3 import S3Place


class Holding(Protocol):
    """A source and its other side."""

    @property
    def source(self) -> FolderSource | S3Source: ...

    def small(self, max_bytes: int) -> FolderSource | S3Source: ...

    def place(self, key: str, content: bytes) -> None: ...

    def remove(self, key: str) -> None: ...

    def names(self) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class FolderHolding:
    root: Path
    source: FolderSource

    def small(self, max_bytes: int) -> FolderSource:
        return FolderSource(self.root, max_bytes)

    def place(self, key: str, content: bytes) -> None:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def remove(self, key: str) -> None:
        (self.root / key).unlink()

    def names(self) -> set[str]:
        files = [path for path in self.root.rglob("*") if path.is_file()]
        return {path.relative_to(self.root).as_posix() for path in files}


@dataclass(frozen=True, slots=True)
class BucketHolding:
    s3: S3Place
    prefix: str
    source: S3Source

    def small(self, max_bytes: int) -> S3Source:
        return S3Source(self.s3.bucket, self.prefix, self.s3.connection, max_bytes)

    def place(self, key: str, content: bytes) -> None:
        body = io.BytesIO(content)
        self.s3.client().put_object(self.s3.bucket, self.prefix + key, body, len(content))

    def remove(self, key: str) -> None:
        self.s3.client().remove_object(self.s3.bucket, self.prefix + key)

    def names(self) -> set[str]:
        found = self.s3.client().list_objects(self.s3.bucket, self.prefix, recursive=True)
        return {(one.object_name or "").removeprefix(self.prefix) for one in found}


@pytest.fixture(params=["folder", "minio", "minio with a prefix", "seaweedfs"])
def holding(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Holding]:
    """Return an empty source of each kind."""
    kind = str(request.param)
    if kind == "folder":
        root = tmp_path / "photos"
        root.mkdir()
        yield FolderHolding(root, FolderSource(root))
        return
    place: S3Place = request.getfixturevalue(f"{kind.split(maxsplit=1)[0]}_place")
    prefix = "some event/day 1/" if "prefix" in kind else ""
    source = open_source(f"minio://{place.bucket}/{prefix}", place.connection)
    assert isinstance(source, S3Source)
    yield BucketHolding(place, prefix, source)
    source.close()
