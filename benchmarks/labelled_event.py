"""A labelled event in memory: photos and selfies encoded, and who is in which photo."""

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.faces import EncodedPicture, EncodedSelfie, Face
from eventsnap_desktop.vision.decode import Picture, decode
from eventsnap_desktop.vision.encoder import ENOUGH_PIXELS, FaceEncoder

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class LabelledEvent:
    """``pairs`` are (photo, person); ``ignored`` ones count neither way (person `*` is anybody)."""

    photos: list[tuple[str, EncodedPicture]]
    selfies: dict[str, list[tuple[str, Callable[[], EncodedSelfie]]]]
    pairs: frozenset[Pair]
    ignored: frozenset[Pair]

    def is_ignored(self, photo: str, person: str) -> bool:
        """Whether a pair cannot be decided by eye."""
        return (photo, person) in self.ignored or (photo, "*") in self.ignored


def load_event(folder: Path, encoder: FaceEncoder, threads: int = 2) -> LabelledEvent:
    """Encode the photos/ and selfies/ of a folder with labels.csv and ignore.csv."""
    with ThreadPoolExecutor(threads) as pool:
        files = sorted((folder / "photos").iterdir())
        encoded = list(pool.map(lambda path: encode_file(path, encoder)[1], files))
        selfies = {
            person.name: list(
                pool.map(lambda path: _selfie(path, encoder), sorted(person.iterdir()))
            )
            for person in sorted((folder / "selfies").iterdir())
        }
    photos = [(path.name, picture) for path, picture in zip(files, encoded, strict=True)]
    return LabelledEvent(
        photos, selfies, _pairs(folder / "labels.csv"), _pairs(folder / "ignore.csv")
    )


def encode_file(path: Path, encoder: FaceEncoder) -> tuple[Picture, EncodedPicture]:
    """Decode and encode one file as the program does."""
    picture = decode(path.read_bytes(), enough=ENOUGH_PIXELS)
    return picture, encoder.encode([picture])[0]


def _selfie(path: Path, encoder: FaceEncoder) -> tuple[str, Callable[[], EncodedSelfie]]:
    picture, encoded = encode_file(path, encoder)

    def mirrored(face: Face) -> Embedding:
        return encoder.embed_mirrored(picture, face)

    return path.name, lambda: EncodedSelfie(encoded, mirrored)


def _pairs(path: Path) -> frozenset[Pair]:
    with path.open(newline="", encoding="utf-8") as file:
        return frozenset((row["photo"], row["person"]) for row in csv.DictReader(file))
