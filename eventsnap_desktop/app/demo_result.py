"""Compares the demo's answer with what is known from how its photos were made."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsnap_desktop.app.sample_event import SamplePhoto
from eventsnap_desktop.domain.matches import Band, FoundFace, Match


@dataclass(frozen=True, slots=True, eq=False)
class DemoPhoto:
    """One photo: what it shows, its match if it is one, and all its faces, best first."""

    sample: SamplePhoto
    match: Match | None
    faces: tuple[FoundFace, ...]

    @property
    def similarity(self) -> float | None:
        """The best face's similarity to the guest, None for a photo without faces."""
        if self.match is not None:
            return self.match.similarity
        return self.faces[0].similarity if self.faces else None

    @property
    def is_missed(self) -> bool:
        """Whether the guest is in it but it was not found."""
        return self.sample.shows_guest and self.match is None

    @property
    def is_wrong(self) -> bool:
        """Whether it is shown as the guest's though they are not in it."""
        return self.band is Band.SURE and not self.sample.shows_guest

    @property
    def band(self) -> Band | None:
        """The match's band, None for a photo that is none."""
        return None if self.match is None else self.match.band


@dataclass(frozen=True, slots=True, eq=False)
class DemoResult:
    """All photos, best first, and how the answer compares with the truth."""

    photos: tuple[DemoPhoto, ...]

    @property
    def expected(self) -> int:
        """How many photos show the guest."""
        return sum(photo.sample.shows_guest for photo in self.photos)

    @property
    def missed(self) -> int:
        """How many of these were not found."""
        return sum(photo.is_missed for photo in self.photos)

    @property
    def wrong(self) -> int:
        """How many photos were found that do not show the guest."""
        return sum(photo.is_wrong for photo in self.photos)

    @property
    def is_right(self) -> bool:
        """Whether every photo of the guest was found and none of anybody else."""
        return self.missed == 0 and self.wrong == 0


def compare(
    samples: Sequence[SamplePhoto], matches: Sequence[Match], faces: Sequence[FoundFace]
) -> DemoResult:
    """Join the answer with the sample photos; ``faces`` are all faces, best first."""
    matched = {match.key: match for match in matches}
    photos = [
        DemoPhoto(sample, matched.get(sample.key), tuple(f for f in faces if f.key == sample.key))
        for sample in samples
    ]
    photos.sort(key=lambda photo: (photo.match is None, -(photo.similarity or -1.0)))
    return DemoResult(tuple(photos))


def table(result: DemoResult) -> list[str]:
    """Return the lines of the table people read."""
    width = max((len(photo.sample.key) for photo in result.photos), default=5)
    lines = [f"{'photo':<{width}}  similarity  band   guest in it  what it shows"]
    for photo in result.photos:
        figure = "-" if photo.similarity is None else f"{photo.similarity:.3f}"
        expected = "yes" if photo.sample.shows_guest else "no"
        remark = "  <- MISSED" if photo.is_missed else "  <- WRONG" if photo.is_wrong else ""
        lines.append(
            f"{photo.sample.key:<{width}}  {figure:>10}  {photo.band or '-':<5}  "
            f"{expected:<11}  {photo.sample.what}{remark}"
        )
    return lines


def verdict(result: DemoResult) -> str:
    """Return what came out, in two sentences."""
    others = len(result.photos) - result.expected
    return f"{_found(result)}. {_taken(result.wrong, others)}."


def _found(result: DemoResult) -> str:
    asked = sum(photo.band is Band.MAYBE for photo in result.photos)
    how = f" ({asked} to be asked about)" if asked else ""
    if result.missed:
        found = result.expected - result.missed
        return f"{found} of the guest's {result.expected} photos were found{how}"
    return f"All {result.expected} photos of the guest were found{how}"


def _taken(wrong: int, others: int) -> str:
    number = str(wrong) if wrong else "None"
    return (
        f"{number} of the {others} other photos {'were' if wrong > 1 else 'was'} taken for theirs"
    )
