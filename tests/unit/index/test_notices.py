"""What listeners are told, written and read."""

import pytest

from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.notices import notice_of, notices, read_notice


def test_photos_that_are_told_of_are_read_again() -> None:
    ids = [PhotoId(number) for number in range(2**62, 2**62 + 1000)]
    payloads = notices(7, ids)
    assert all(len(payload) < 8000 for payload in payloads)
    read = [read_notice(payload) for payload in payloads]
    assert all(one is not None and one.subject is Subject.PHOTOS for one in read)
    assert [number for one in read if one is not None for number in one.photos] == ids


@pytest.mark.parametrize("subject", Subject)
def test_a_subject_that_is_told_of_is_read_again(subject: Subject) -> None:
    assert read_notice(notice_of(subject, 7)) == Notice(subject, EventId(7))


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "hello",
        "7",
        "null",
        "[]",
        "{}",
        '{"event": "7"}',
        '{"event": true}',
        '{"event": 7.0}',
        '{"event": null, "subject": "outbox"}',
        '{"event": 7, "subject": "weather"}',
        '{"event": 7, "subject": ["outbox"]}',
        '{"event": 7, "photos": 3}',
        '{"event": 7, "photos": ["3"]}',
        '{"event": 7, "photos": [null]}',
        '{"event": 7, "photos": [1]',
        "[" * 7999,
        '{"event": ' + "9" * 7000 + "}",
    ],
)
def test_a_payload_of_another_kind_is_none_of_ours(payload: str) -> None:
    assert read_notice(payload) is None
