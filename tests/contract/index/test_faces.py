"""Searching and erasing faces in a real database, compared with NumPy."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psycopg
import pytest
from pgvector import HalfVector
from pgvector.psycopg import register_vector

from eventsnap_desktop.domain.arrays import Embedding, EmbeddingRows
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.index.queries import queries
from tests.contract.index.made_up import NOON, embedding, encode_all, face, photo

PEOPLE = 40


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def crowd(count: int) -> tuple[EmbeddingRows, Embedding]:
    """Return faces of 40 people as they are stored, and one person's template."""
    random = np.random.default_rng(7)
    people = random.standard_normal((PEOPLE, 512))
    rows = people[np.arange(count) % PEOPLE] + random.standard_normal((count, 512))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    template = people[3] / np.linalg.norm(people[3])
    return rows.astype(np.float16).astype(np.float32), template.astype(np.float32)


def fill(url: str, event: EventId, rows: EmbeddingRows, faces_a_photo: int = 4) -> None:
    """Put faces in by plain statements, four a photo; photo n is ``n.jpg``."""
    with psycopg.connect(url) as connection:
        photos = connection.execute(
            "insert into photo (event_id, key, etag, bytes, modified_at, state, face_count)"
            " select %s, n || '.jpg', '', 1, %s, 'encoded', %s from generate_series(0, %s) n"
            " returning id",
            (event, NOON, faces_a_photo, len(rows) // faces_a_photo - 1),
        ).fetchall()
        with connection.cursor().copy(
            "copy face (event_id, photo_id, score, quality, embedding, box, landmarks) from stdin"
        ) as copy:
            for number, row in enumerate(rows):
                vector = "[" + ",".join(f"{value:.8g}" for value in row) + "]"
                photo_id = photos[number // faces_a_photo][0]
                zeros = "{" + ",".join("0" * 10) + "}"
                copy.write_row((event, photo_id, 1, 0.5, vector, "{1,2,3,4}", zeros))


@pytest.mark.parametrize("count", [400, 16_000])
def test_a_search_finds_exactly_the_faces_numpy_finds(
    index: Index, event: EventId, database_url: str, count: int
) -> None:
    rows, template = crowd(count)
    fill(database_url, event, rows)
    similarities = rows @ template
    for threshold in (0.5, 0.1, float(np.sort(similarities)[-7])):
        found = index.faces.search(event, template, threshold)
        again = index.faces.search(event, template, threshold)
        assert [one.face_id for one in again] == [one.face_id for one in found]
        expected = np.sort(similarities[similarities >= threshold])[::-1]
        assert len(found) == len(expected)
        assert np.abs(expected - [one.similarity for one in found]).max() < 1e-6
        numbers = [int(one.key.removesuffix(".jpg")) for one in found]
        where = np.flatnonzero(similarities >= threshold) // 4
        assert sorted(numbers) == sorted(where.tolist())


def test_a_search_among_some_photos_finds_what_a_search_finds_in_them(
    index: Index, event: EventId, database_url: str
) -> None:
    rows, template = crowd(16_000)
    fill(database_url, event, rows)
    every = index.faces.search(event, template, 0.4)
    some = sorted({one.photo_id for one in every})[::3]
    among = index.faces.search_photos(event, template, 0.4, [*some, PhotoId(999_999), some[0]])
    expected = [one for one in every if one.photo_id in set(some)]
    assert [(one.face_id, one.key, one.similarity) for one in among] == [
        (one.face_id, one.key, one.similarity) for one in expected
    ]
    assert len(among) > 100
    assert np.array_equal(among[0].embedding, expected[0].embedding)
    assert index.faces.search_photos(event, template, 0.4, []) == []


def test_a_search_among_some_photos_leaves_out_hidden_ones_and_other_events(
    index: Index, event: EventId
) -> None:
    shown, hidden = (
        one.id for one in encode_all(index, event, [photo("a.jpg"), photo("b.jpg")], faces=2)
    )
    other = index.events.create_event("other", "", "").id
    index.browsing.set_hidden(event, [hidden], True)
    found = index.faces.search_photos(event, embedding(0), -1.0, [shown, hidden])
    assert [one.photo_id for one in found] == [shown, shown]
    assert index.faces.search_photos(other, embedding(0), -1.0, [shown, hidden]) == []


def test_a_search_among_some_photos_goes_by_the_index(
    index: Index, event: EventId, database_url: str
) -> None:
    rows, template = crowd(16_000)
    fill(database_url, event, rows)
    with psycopg.connect(database_url) as connection:
        register_vector(connection)
        values = {"event": event, "template": HalfVector(template), "limit": -0.4}
        plan = connection.execute(
            b"explain " + queries("faces")["search_photos"], {**values, "photos": [5, 6, 7]}
        ).fetchall()
    assert any("photo_id_idx" in line for (line,) in plan), plan


def test_a_search_looks_at_its_own_event_only(index: Index, event: EventId) -> None:
    other = index.events.create_event("other", "", "").id
    encode_all(index, event, [photo("a.jpg")])
    assert index.faces.search(other, embedding(0), -1.0) == []
    assert index.faces.count_faces(other) == 0


def test_searches_at_the_same_time_all_get_the_whole_answer(
    index: Index, event: EventId, database_url: str
) -> None:
    rows, template = crowd(16_000)
    fill(database_url, event, rows)
    expected = int((rows @ template >= 0.5).sum())
    index.faces.search(event, template, 0.5)
    with ThreadPoolExecutor(12) as threads:
        answers = [threads.submit(index.faces.search, event, template, 0.5) for _ in range(24)]
    assert [len(answer.result()) for answer in answers] == [expected] * 24


def test_the_best_face_comes_first(index: Index, event: EventId) -> None:
    encode_all(index, event, [photo(f"{number}.jpg") for number in range(20)], faces=3)
    found = index.faces.search(event, face(105).embedding, -1.0)
    assert len(found) == index.faces.count_faces(event) == 60
    similarities = [one.similarity for one in found]
    assert similarities == sorted(similarities, reverse=True)


def test_erased_faces_are_gone_and_their_photos_know_it(
    index: Index, event: EventId, database_url: str
) -> None:
    encode_all(index, event, [photo("a.jpg"), photo("b.jpg")], faces=3)
    every = index.faces.search(event, embedding(0), -1.0)
    chosen = [one for one in every if one.key == "a.jpg"][:2]
    assert index.faces.erase_faces(event, chosen) == 2
    assert index.faces.erase_faces(event, chosen) == 0
    left = {one.face_id for one in index.faces.search(event, embedding(0), -1.0)}
    assert left == {one.face_id for one in every} - {one.face_id for one in chosen}
    assert index.faces.count_faces(event) == 4
    with psycopg.connect(database_url) as connection:
        counts = connection.execute("select key, face_count from photo order by key").fetchall()
    assert counts == [("a.jpg", 1), ("b.jpg", 3)]


def test_an_erased_face_does_not_come_back_with_the_next_listing(
    index: Index, event: EventId
) -> None:
    encode_all(index, event, [photo("a.jpg")])
    index.faces.erase_faces(event, index.faces.search(event, embedding(0), -1.0))
    assert index.photos.sync(event, [photo("a.jpg")], 3).unchanged == 1
    assert index.events.counts(event).without_faces == 1


def test_no_face_is_erased_where_none_is_named(index: Index, event: EventId) -> None:
    encode_all(index, event, [photo("a.jpg")])
    assert index.faces.erase_faces(event, []) == 0
    assert index.faces.count_faces(event) == 1
