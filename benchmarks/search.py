"""How long the complete answer of a search takes: ours, NumPy's `X @ q`, and the seed's query.

    python -m benchmarks.search [--faces 10000 100000 1000000] [--quick]

All three look at the same made-up vectors in the same run, taking turns. The server is the
embedded one in a temporary folder. The seed stored `vector(512)` and asked with `<=>` and GROUP BY.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import numpy as np
import psycopg
from pgvector import Vector
from pgvector.psycopg import register_vector

from eventsnap_desktop.domain.arrays import Embedding, EmbeddingRows
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.faces import Box, EncodedPicture, Face
from eventsnap_desktop.domain.photos import PhotoResult, SourcePhoto
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index

THRESHOLD = 0.33
FACES_A_PHOTO = 4
PEOPLE = 500
BATCH = 500
SEED_TABLE = b"create table seed_face (photo_id integer, embedding vector(512))"
SEED_COPY = b"copy seed_face (photo_id, embedding) from stdin with (format binary)"
SEED_QUERY = b"""
    select photo_id, max(1 - (embedding <=> %(template)s)) as similarity from seed_face
    where 1 - (embedding <=> %(template)s) >= %(threshold)s
    group by photo_id order by similarity desc
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Milliseconds (median) for one number of faces, and how much of the exact answer came."""

    faces: int
    hits: int
    numpy: float
    ours: float
    seed: float
    recall: float

    def line(self) -> str:
        """Return the row of the table."""
        return (
            f"{self.faces:>9,} {self.hits:>6,} {self.numpy:>9.1f} {self.ours:>9.1f} "
            f"{self.seed:>9.1f} {self.ours / self.numpy:>11.1f} {self.seed / self.ours:>10.1f} "
            f"{self.recall:>8.5f}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--faces", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--quick", action="store_true", help="10,000 faces only")
    chosen = options.parse_args()
    print(
        f"{'faces':>9} {'hits':>6} {'NumPy ms':>9} {'ours ms':>9} {'seed ms':>9} "
        f"{'ours/NumPy':>11} {'seed/ours':>10} {'recall':>8}"
    )
    for faces in [10_000] if chosen.quick else chosen.faces:
        print(measure(faces).line(), flush=True)


def measure(faces: int) -> Outcome:
    """Fill a database with made-up faces and time the three ways, taking turns."""
    folder = Path(tempfile.mkdtemp(prefix="eventsnap-search-"))
    try:
        with embedded_server(folder) as server, open_index(server.url) as index:
            rows, template = crowd(faces)
            event = fill(index, rows)
            with psycopg.connect(server.url, autocommit=True) as seed:
                fill_seed(seed, rows)
                seed.execute("vacuum (analyze)")
                return compare(index, event, seed, rows, template)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def compare(
    index: Index,
    event: EventId,
    seed: psycopg.Connection,
    rows: EmbeddingRows,
    template: Embedding,
) -> Outcome:
    values = {"template": Vector(template), "threshold": THRESHOLD}
    ways: list[Callable[[], object]] = [
        lambda: rows @ template,
        lambda: index.faces.search(event, template, THRESHOLD),
        lambda: seed.execute(SEED_QUERY, values).fetchall(),
    ]
    times: list[list[float]] = [[] for _ in ways]
    rounds = 5 if len(rows) > 200_000 else 21
    for number in range(rounds + 2):
        for way, taken in zip(ways, times, strict=True):
            began = perf_counter()
            way()
            if number >= 2:  # the first rounds bring everything into memory
                taken.append((perf_counter() - began) * 1000)
    numpy, ours, theirs = (float(np.median(taken)) for taken in times)
    exact = set(np.flatnonzero(rows @ template >= THRESHOLD).tolist())
    found = {
        number_of(face.key, int(face.box.x))
        for face in index.faces.search(event, template, THRESHOLD)
    }
    recall = len(exact & found) / len(exact)
    return Outcome(len(rows), len(found), numpy, ours, theirs, recall)


def crowd(count: int) -> tuple[EmbeddingRows, Embedding]:
    """Return faces of 500 people, float32 (count, 512), and the template of one of them.

    Similarities to the template are some 0.6 for the person and 0 +- 0.044 for all others.
    """
    random = np.random.default_rng(1)
    people = random.standard_normal((PEOPLE, 512), dtype=np.float32)
    rows = random.standard_normal((count, 512), dtype=np.float32) * np.float32(1.3)
    for start in range(0, count, 50_000):
        part = rows[start : start + 50_000]
        part += people[random.integers(0, PEOPLE, len(part))]
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    return rows, people[0] / np.linalg.norm(people[0])


def fill(index: Index, rows: EmbeddingRows) -> EventId:
    """Write the faces as an encode does, four a photo; a face's place is in its box."""
    event = index.events.create_event("search", "", "").id
    photos = -(-len(rows) // FACES_A_PHOTO)
    now = datetime.now(UTC)
    index.photos.sync(event, (SourcePhoto(f"{n}.jpg", "", 1, now) for n in range(photos)), 3)
    while waiting := index.photos.next_pending(event, BATCH, []):
        results = []
        for photo in waiting:
            first = int(photo.key.removesuffix(".jpg")) * FACES_A_PHOTO
            picture = EncodedPicture(6000, 4000, faces_of(rows[first : first + FACES_A_PHOTO]))
            results.append(PhotoResult(photo, "digest", None, picture, None))
        index.photos.write(event, results)
    return event


def faces_of(rows: EmbeddingRows) -> tuple[Face, ...]:
    points = np.zeros((5, 2), np.float32)
    return tuple(Face(Box(n, 0, 50, 50), points, 0.9, 0.8, row) for n, row in enumerate(rows))


def number_of(key: str, place: int) -> int:
    return int(key.removesuffix(".jpg")) * FACES_A_PHOTO + place


def fill_seed(connection: psycopg.Connection, rows: EmbeddingRows) -> None:
    register_vector(connection)
    connection.execute(SEED_TABLE)
    with connection.cursor() as cursor, cursor.copy(SEED_COPY) as copy:
        copy.set_types(["int4", "vector"])
        for number, row in enumerate(rows):
            copy.write_row((number // FACES_A_PHOTO, Vector(row)))


if __name__ == "__main__":
    main()
