"""Links to photos of a bucket: they work without our keys, and for no other photo."""

import io

import httpx
import pytest

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3 import S3Source
from tests.fixtures.s3 import S3Place


def test_a_link_saves_its_photo_under_a_name(s3: S3Place) -> None:
    source = open_source(f"minio://{s3.bucket}/day 1/", s3.connection)
    assert isinstance(source, S3Source)
    s3.client().put_object(s3.bucket, "day 1/Müller.jpg", io.BytesIO(b"photo"), 5)
    s3.client().put_object(s3.bucket, "day 1/else.jpg", io.BytesIO(b"other"), 5)

    link = source.link("Müller.jpg", "Müller & Söhne.jpg", 60)
    answer = httpx.get(link)

    assert answer.content == b"photo"
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=UTF-8''M%C3%BCller%20%26%20S%C3%B6hne.jpg"
    )
    assert httpx.get(link.replace("M%C3%BCller.jpg?", "else.jpg?")).status_code == 403
    assert httpx.get(link.partition("?")[0]).status_code in {400, 403}
    with pytest.raises(PhotoUnreadableError):
        source.link("../secret.jpg", "a.jpg", 60)
    source.close()
