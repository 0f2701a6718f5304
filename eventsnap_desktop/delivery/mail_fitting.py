"""Which photos go into which e-mail, and how large: as few and as good as the limit allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from eventsnap_desktop.delivery.mail_message import encoded_size
from eventsnap_desktop.domain.errors import PhotoGoneError
from eventsnap_desktop.domain.outgoing import NeverError, OutgoingPhoto

T = TypeVar("T")

SIDES: Final = (5200, 4096, 3200, 2560, 2048, 1600, 1280, 1000)
"""Pixels of the longer side that photos are scaled to, each some 0.8 of the one before.

Searching among all would come to much the same, and decode every photo at each step.
"""

LEAST_SIDE: Final = SIDES[-1]
"""Photos are not made smaller than this to get them into one e-mail."""

_SURE = 0.97  # of the room: a size measured for another side's decoding is not quite exact


class FittingPhotos(Protocol):
    """Makes a delivery's photos, and tells how large they would be.

    Both raise NeverError or PhotoGoneError for a photo that cannot be handed out.
    """

    def make(self, photo: OutgoingPhoto, side: int | None) -> bytes:
        """Return the photo as it goes out, scaled to a longer side, or not."""

    def sizes(self, photo: OutgoingPhoto, sides: tuple[int, ...]) -> dict[int, int]:
        """Return its bytes at each of several longer sides."""


@dataclass(frozen=True, slots=True)
class FittedPhoto:
    """A photo, the longer side it is scaled to (None: as it is), its bytes in an e-mail."""

    photo: OutgoingPhoto
    side: int | None
    size: int


@dataclass(frozen=True, slots=True)
class Fitting:
    """The photos of each e-mail, how many cannot be handed out, whether any was made smaller."""

    mails: tuple[tuple[FittedPhoto, ...], ...]
    left_out: int
    scaled: bool

    @property
    def count(self) -> int:
        """How many photos there are in all e-mails."""
        return sum(len(mail) for mail in self.mails)


def fit_as_they_are(
    photos: Sequence[OutgoingPhoto], files: FittingPhotos, room: int | None
) -> Fitting:
    """Put photos into as many e-mails as they need, in their order.

    ``room`` is the encoded bytes that one e-mail has for photos, None for no limit. Only a photo
    that alone is too large is scaled.
    """
    fitted = _each(photos, lambda photo: _fit_one(photo, files, room))
    scaled = any(one.side is not None for one in fitted)
    return Fitting(_packed(fitted, room), len(photos) - len(fitted), scaled)


def fit_into_one(
    photos: Sequence[OutgoingPhoto], files: FittingPhotos, room: int | None
) -> Fitting:
    """Scale photos, all to the same side, until one e-mail takes them.

    They stay as they are where they fit, and go into several e-mails where even ``LEAST_SIDE``
    is too large.
    """
    if room is None or _fit_unscaled(photos, files, room):
        return fit_as_they_are(photos, files, room)
    totals = dict.fromkeys(SIDES, 0)

    def measure(photo: OutgoingPhoto) -> tuple[OutgoingPhoto, dict[int, int]]:
        open_sides = tuple(side for side in SIDES if totals[side] <= room * _SURE)
        sizes = files.sizes(photo, tuple(dict.fromkeys((*open_sides, LEAST_SIDE))))
        encoded = {side: encoded_size(size) for side, size in sizes.items()}
        for side, size in encoded.items():
            totals[side] += size
        return photo, encoded

    measured = _each(photos, measure)
    side = next((one for one in SIDES if totals[one] <= room * _SURE), LEAST_SIDE)
    fitted = [FittedPhoto(photo, side, sizes[side]) for photo, sizes in measured]
    mails = _packed(fitted, int(room * _SURE))
    return Fitting(mails, len(photos) - len(fitted), scaled=True)


def _each(photos: Sequence[OutgoingPhoto], work: Callable[[OutgoingPhoto], T]) -> list[T]:
    """Return what comes of each photo that can be handed out."""
    found = []
    for photo in photos:
        try:
            found.append(work(photo))
        except (NeverError, PhotoGoneError):
            continue  # counted by whoever asks: the guest is told how many
    return found


def _fit_one(photo: OutgoingPhoto, files: FittingPhotos, room: int | None) -> FittedPhoto:
    size = encoded_size(len(files.make(photo, None)))
    if room is None or size <= room:
        return FittedPhoto(photo, None, size)
    sizes = {side: encoded_size(size) for side, size in files.sizes(photo, SIDES).items()}
    side = next((one for one in SIDES if sizes[one] <= room * _SURE), LEAST_SIDE)
    return FittedPhoto(photo, side, sizes[side])


def _fit_unscaled(photos: Sequence[OutgoingPhoto], files: FittingPhotos, room: int) -> bool:
    """Whether one e-mail takes all as they are; stops looking when it does not."""
    total = 0
    for photo in photos:
        try:
            total += encoded_size(len(files.make(photo, None)))
        except (NeverError, PhotoGoneError):
            continue
        if total > room:
            return False
    return True


def _packed(fitted: Sequence[FittedPhoto], room: int | None) -> tuple[tuple[FittedPhoto, ...], ...]:
    """Return the photos by e-mail: in order, each e-mail as full as it gets."""
    mails: list[list[FittedPhoto]] = []
    used = 0
    for one in fitted:
        if not mails or (room is not None and used + one.size > room):
            mails.append([])
            used = 0
        mails[-1].append(one)
        used += one.size
    return tuple(tuple(mail) for mail in mails)
