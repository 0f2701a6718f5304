"""storage.sh on a real MinIO, and the program's source with exactly the rights that it gives."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest
from minio import Minio, MinioAdmin
from minio.credentials.providers import StaticProvider
from minio.error import S3Error

from eventsnap_desktop.domain.errors import SourceRefusedError
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.probing import check_server, probe
from eventsnap_desktop.storage.s3 import S3Source
from eventsnap_desktop.storage.s3_connection import S3Connection
from eventsnap_desktop.storage.s3_watch import _Listener
from tests.fixtures.minio_build import minio_binary
from tests.fixtures.own_servers import SERVERS, StorageRun, run_storage_script
from tests.fixtures.s3 import S3Server

SECRET = "secret-of-the-program"
KEYS = {"STORAGE_ACCESS_KEY": "venue", "STORAGE_SECRET_KEY": SECRET}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """Return a MinIO of this module's own, with a bucket that is none of the program's business."""
    binary = minio_binary()
    if binary is None:
        pytest.skip("there is no MinIO on this machine")
    server = S3Server("minio", binary, tmp_path_factory.mktemp("own-minio"))
    server.start()
    server.client().make_bucket("private")
    server.client().put_object("private", "secret.jpg", io.BytesIO(b"x"), 1)
    yield server
    server.stop()


def prepare(server: S3Server, **more: str) -> StorageRun:
    administrator = server.connection
    return run_storage_script(
        administrator.endpoint,
        **{
            "STORAGE_ADMIN_USER": administrator.access_key,
            "STORAGE_ADMIN_PASSWORD": administrator.secret_key,
            **KEYS,
            **more,
        },
    )


@pytest.fixture(scope="module")
def keys(server: S3Server) -> S3Connection:
    """Return the program's connection after storage.sh."""
    done = prepare(server)
    assert done.code == 0, done.err
    return replace(server.connection, access_key="venue", secret_key=SECRET)


def _client(keys: S3Connection) -> Minio:
    return Minio(keys.host, keys.access_key, keys.secret_key, secure=False, region="us-east-1")


def _may_listen(keys: S3Connection, bucket: str) -> bool:
    """Ask the very question the program listens with; a MinIO that allows it may stay silent."""
    try:
        with httpx.stream("GET", _Listener(keys, bucket, "")._url(), timeout=2) as answer:
            assert answer.status_code in {200, 403}
            return answer.status_code == 200
    except httpx.ReadTimeout:
        return True


def _photos(keys: S3Connection, prefix: str = "") -> S3Source:
    source = open_source(f"minio://photos/{prefix}", keys)
    assert isinstance(source, S3Source)
    return source


def test_the_program_can_do_all_it_has_to(keys: S3Connection) -> None:
    source = _photos(keys, "day 1")

    check_server(keys)
    report = probe(source)
    source.put("a.jpg", io.BytesIO(b"photo"), 5)
    listed = [photo.key for photo in source.list_photos()]

    assert (report.reachable, report.writable) == (True, True), report
    assert listed == ["a.jpg"]
    assert source.read("a.jpg") == b"photo"
    assert source.stat("a.jpg") is not None
    assert source.stat("b.jpg") is None
    assert httpx.get(source.link("a.jpg", "a.jpg", 60)).content == b"photo"
    with pytest.raises(FileExistsError):
        source.put("a.jpg", io.BytesIO(b"other"), 5)
    source.close()


def test_the_server_lets_it_listen_for_changes(keys: S3Connection) -> None:
    assert _may_listen(keys, "photos")
    assert not _may_listen(keys, "private")


def test_other_buckets_are_closed(keys: S3Connection) -> None:
    other = open_source("minio://private", keys)
    assert isinstance(other, S3Source)

    with pytest.raises(SourceRefusedError, match="No right to use the bucket “private”"):
        other.check()
    with pytest.raises(SourceRefusedError):
        other.read("secret.jpg")
    assert httpx.get(other.link("secret.jpg", "x.jpg", 60)).status_code == 403
    assert [bucket.name for bucket in _client(keys).list_buckets()] == ["photos"]
    other.close()


def test_photos_cannot_be_removed_nor_rights_changed(server: S3Server, keys: S3Connection) -> None:
    client = _client(keys)
    server.client().put_object("photos", "kept.jpg", io.BytesIO(b"x"), 1)
    everybody = {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"]}
    policy = {"Version": "2012-10-17", "Statement": [{**everybody, "Resource": ["*"]}]}

    all_forbidden: list[Callable[[], object]] = [
        lambda: client.remove_object("photos", "kept.jpg"),
        lambda: client.remove_bucket("photos"),
        lambda: client.make_bucket("another"),
        lambda: client.set_bucket_policy("photos", json.dumps(policy)),
    ]
    for forbidden in all_forbidden:
        with pytest.raises(S3Error) as refused:
            forbidden()
        assert refused.value.code == "AccessDenied"


def test_it_may_be_run_again_with_another_key_and_more_buckets(server: S3Server) -> None:
    keys = {"STORAGE_ACCESS_KEY": "again"}
    assert prepare(server, **keys).code == 0
    more = {"STORAGE_SECRET_KEY": "another-secret", "STORAGE_BUCKETS": "photos second"}

    done = prepare(server, **keys, **more)

    assert done.code == 0, done.err
    connection = replace(server.connection, access_key="again", secret_key="another-secret")
    names = {bucket.name for bucket in _client(connection).list_buckets()}
    assert names == {"photos", "second"}
    with pytest.raises(SourceRefusedError, match="does not accept the access key"):
        open_source("minio://photos", replace(connection, secret_key=SECRET)).check()


def test_no_secret_is_said_and_none_stands_in_a_command_line(server: S3Server) -> None:
    administrator = server.connection.secret_key

    good = prepare(server)
    wrong = prepare(server, STORAGE_ADMIN_PASSWORD="wrong-one-123")
    short = prepare(server, STORAGE_SECRET_KEY="short")

    assert (good.code, wrong.code != 0, short.code != 0) == (0, True, True)
    for run in (good, wrong, short):
        assert "alias set server" in run.commands
        shown = run.out + run.err + run.commands
        assert not [one for one in (SECRET, administrator, "wrong-one-123") if one in shown]


@pytest.mark.parametrize("missing", ["STORAGE_ADMIN_USER", "STORAGE_SECRET_KEY"])
def test_what_is_not_set_is_named(server: S3Server, missing: str) -> None:
    done = prepare(server, **{missing: ""})

    assert done.code == 1
    assert done.err == f"storage.sh: {missing} is not set\n"


def test_the_administrators_name_is_not_given_to_the_program(server: S3Server) -> None:
    done = prepare(server, STORAGE_ACCESS_KEY=server.connection.access_key)

    assert done.code == 1
    assert "choose another name" in done.err


def test_both_policies_differ_only_in_what_only_minio_knows() -> None:
    of_minio = json.loads((SERVERS / "minio-policy.json").read_text(encoding="utf-8"))
    of_others = json.loads((SERVERS / "s3-policy.json").read_text(encoding="utf-8"))

    of_minio["Statement"][0]["Action"].remove("s3:ListenBucketNotification")
    of_minio["Statement"][0]["Sid"] = "List"
    assert of_minio == of_others


def test_the_policy_for_other_servers_suffices(server: S3Server) -> None:
    policy = (SERVERS / "s3-policy.json").read_text(encoding="utf-8").replace("BUCKET", "plain")
    server.client().make_bucket("plain")
    administrator = MinioAdmin(
        endpoint=server.connection.host,
        credentials=StaticProvider(server.connection.access_key, server.connection.secret_key),
        secure=False,
    )
    administrator.user_add("plain-user", SECRET)
    administrator.policy_add("plain", policy=json.loads(policy))
    administrator.attach_policy(["plain"], user="plain-user")

    keys = replace(server.connection, access_key="plain-user", secret_key=SECRET)
    report = probe(open_source("minio://plain/a", keys))

    assert (report.reachable, report.writable, report.problem) == (True, True, "")
    assert not _may_listen(keys, "plain")
