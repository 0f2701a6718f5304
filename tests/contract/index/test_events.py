"""Events in a real database."""

import pytest

from eventsnap_desktop.domain.errors import (
    EventBusyError,
    PackMismatchError,
    UnknownEventError,
)
from eventsnap_desktop.domain.events import EventCounts, EventId
from eventsnap_desktop.domain.photos import FailedPhoto
from eventsnap_desktop.index.opening import Index
from tests.contract.index.made_up import encode_all, face, photo, result_of


def test_an_event_is_found_by_its_code(index: Index) -> None:
    made = index.events.create_event("wedding", "A wedding", "folder:/photos")
    assert index.events.find_event("wedding") == made
    assert (made.name, made.source, made.model_pack) == ("A wedding", "folder:/photos", None)


def test_creating_an_event_again_returns_the_one_that_is_there(index: Index) -> None:
    made = index.events.create_event("wedding", "A wedding", "folder:/photos")
    assert index.events.create_event("wedding", "Another", "") == made
    assert index.events.list_events() == [made]


def test_an_unknown_code_is_an_error_that_names_it(index: Index) -> None:
    with pytest.raises(UnknownEventError, match="nowhere"):
        index.events.find_event("nowhere")


def test_events_are_listed_newest_first(index: Index) -> None:
    for code in ("first", "second", "third"):
        index.events.create_event(code, code, "")
    assert [one.code for one in index.events.list_events()] == ["third", "second", "first"]


def test_the_source_of_an_event_can_be_changed(index: Index) -> None:
    event = index.events.create_event("wedding", "", "")
    index.events.set_source(event.id, "minio://bucket/prefix")
    assert index.events.find_event("wedding").source == "minio://bucket/prefix"


def test_the_source_of_a_deleted_event_cannot_be_changed(index: Index) -> None:
    with pytest.raises(UnknownEventError):
        index.events.set_source(EventId(77), "folder:/x")


def test_an_event_with_faces_belongs_to_one_model_pack(index: Index) -> None:
    event = index.events.create_event("wedding", "", "")
    index.events.claim_model_pack(event.id, "a" * 64)
    encode_all(index, event.id, [photo("a.jpg")])
    index.events.claim_model_pack(event.id, "a" * 64)
    with pytest.raises(PackMismatchError, match="encode again"):
        index.events.claim_model_pack(event.id, "b" * 64)
    assert index.events.find_event("wedding").model_pack == "a" * 64


def test_an_event_without_faces_may_change_its_model_pack_and_is_encoded_again(
    index: Index,
) -> None:
    event = index.events.create_event("wedding", "", "")
    index.events.claim_model_pack(event.id, "a" * 64)
    encode_all(index, event.id, [photo("a.jpg")], faces=0)
    assert index.photos.count_pending(event.id) == 0
    index.events.claim_model_pack(event.id, "b" * 64)
    assert index.events.find_event("wedding").model_pack == "b" * 64
    assert index.photos.count_pending(event.id) == 1


def test_counts_tell_photos_by_state_and_faces(index: Index) -> None:
    event = index.events.create_event("wedding", "", "")
    assert index.events.counts(event.id) == EventCounts(0, 0, 0, 0, 0, 0)
    names = ("two.jpg", "none.jpg", "bad.jpg", "late.jpg", "gone.jpg")
    index.photos.sync(event.id, [photo(name) for name in names], 3)
    waiting = {one.key: one for one in index.photos.next_pending(event.id, 10, [])}
    index.photos.write(
        event.id,
        [
            result_of(waiting["two.jpg"], [face(1), face(2)]),
            result_of(waiting["none.jpg"], []),
            result_of(waiting["bad.jpg"], failure="it is broken"),
        ],
    )
    index.photos.mark_gone(event.id, waiting["gone.jpg"].id)
    assert index.events.counts(event.id) == EventCounts(
        pending=1, encoded=2, failed=1, gone=1, without_faces=1, faces=2
    )
    assert index.events.failed_photos(event.id) == [FailedPhoto("bad.jpg", "it is broken")]


def test_a_deleted_event_takes_its_faces_along_and_leaves_other_events_alone(index: Index) -> None:
    gone = index.events.create_event("gone", "", "")
    stays = index.events.create_event("stays", "", "")
    for event in (gone, stays):
        encode_all(index, event.id, [photo("a.jpg"), photo("b.jpg")])
    assert index.events.delete_event(gone.id).faces == 2
    assert [one.code for one in index.events.list_events()] == ["stays"]
    assert index.faces.search(gone.id, face(0).embedding, -1.0) == []
    assert len(index.faces.search(stays.id, face(0).embedding, -1.0)) == 2


def test_deleting_an_event_that_is_gone_deletes_nothing(index: Index) -> None:
    assert index.events.delete_event(EventId(77)) == EventCounts(0, 0, 0, 0, 0, 0)


def test_an_event_that_is_being_encoded_is_not_deleted(index: Index) -> None:
    event = index.events.create_event("busy", "", "")
    with index.photos.encoding(event.id), pytest.raises(EventBusyError):
        index.events.delete_event(event.id)
    index.events.delete_event(event.id)


def test_a_code_is_used_again_after_its_event_was_deleted(index: Index) -> None:
    first = index.events.create_event("wedding", "", "")
    index.events.delete_event(first.id)
    assert index.events.create_event("wedding", "", "").id != first.id


def test_names_that_are_no_unicode_come_back_as_they_were(index: Index) -> None:
    odd = "caf\udce9 \x00 \U0001f600.jpg"
    event = index.events.create_event("wedding", odd, odd)
    assert (event.name, event.source) == (odd, odd)
    index.photos.sync(event.id, [photo(odd)], 3)
    assert [one.key for one in index.photos.next_pending(event.id, 5, [])] == [odd]
