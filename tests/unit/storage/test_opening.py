"""Addresses of sources."""

from pathlib import Path

import pytest

from eventsnap_desktop.domain.errors import SourceRefusedError
from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3 import S3Source
from eventsnap_desktop.storage.s3_connection import S3Connection

SERVER = S3Connection("http://localhost:9000", "key", "secret")


@pytest.mark.parametrize(
    ("uri", "same"),
    [
        ("minio://photos", "minio://photos"),
        ("s3://photos/", "minio://photos"),
        ("MinIO://photos/a b/c/", "minio://photos/a b/c"),
        (" minio://photos//x ", "minio://photos/x"),
    ],
)
def test_a_bucket_is_opened(uri: str, same: str) -> None:
    source = open_source(uri, SERVER)
    assert isinstance(source, S3Source)
    assert source.uri == same


def test_a_folder_is_opened_however_its_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    folder = tmp_path / "my photos"
    folder.mkdir()
    uris = [
        str(folder),
        "my photos",
        "./my photos/",
        "~/my photos",
        folder.as_uri(),
        "x/../my photos",
    ]
    for uri in uris:
        source = open_source(uri, None)
        assert isinstance(source, FolderSource)
        assert source.root == folder
        source.check()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("ftp://host/photos", "cannot come from “ftp://”"),
        ("https://host/photos", "cannot come from"),
        ("minio://", "cannot be a bucket's name"),
        ("minio://a b/c", "cannot be a bucket's name"),
        ("minio:///photos", "cannot be a bucket's name"),
        ("file://other-host/photos", "another machine"),
        ("file://", "names no folder"),
        ("~nobody-of-this-name/photos", "names no home folder"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_with_a_sentence(uri: str, words: str) -> None:
    with pytest.raises(SourceRefusedError, match=words):
        open_source(uri, SERVER)


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        (None, "No server is set"),
        (S3Connection("", "key", "secret"), "No server is set"),
        (S3Connection("http://host", "", "secret"), "key is missing"),
        (S3Connection("http://host", "key", ""), "key is missing"),
    ],
)
def test_a_bucket_without_a_server_or_keys_says_what_to_set(
    connection: S3Connection | None, words: str
) -> None:
    with pytest.raises(SourceRefusedError, match=words) as caught:
        open_source("minio://photos", connection)
    assert "EVENTSNAP_STORAGE_" in caught.value.advice
