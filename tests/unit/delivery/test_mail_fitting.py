"""Photos into e-mails: as few e-mails and as good photos as the limit allows."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.delivery.mail_fitting import (
    LEAST_SIDE,
    SIDES,
    Fitting,
    fit_as_they_are,
    fit_into_one,
)
from eventsnap_desktop.delivery.mail_message import encoded_size
from eventsnap_desktop.domain.errors import PhotoGoneError
from eventsnap_desktop.domain.outgoing import NeverError, OutgoingPhoto
from tests.unit.delivery.photo_files import outgoing

MEGABYTE = 1_000_000


@dataclass
class Sized:
    """Photos of given sizes, which shrink with the square of their longer side from 6000 pixels."""

    bytes_of: dict[int, int]
    gone: frozenset[int] = frozenset()
    broken: frozenset[int] = frozenset()
    made: list[int] = field(default_factory=list)
    measured: list[tuple[int, ...]] = field(default_factory=list)

    def make(self, photo: OutgoingPhoto, side: int | None) -> bytes:
        self.made.append(photo.id)
        return bytes(self._size(photo, side or 6000))

    def sizes(self, photo: OutgoingPhoto, sides: tuple[int, ...]) -> dict[int, int]:
        self.measured.append(sides)
        return {side: self._size(photo, side) for side in sides}

    def _size(self, photo: OutgoingPhoto, side: int) -> int:
        if photo.id in self.gone:
            raise PhotoGoneError("gone")
        if photo.id in self.broken:
            raise NeverError("broken")
        return round(self.bytes_of[photo.id] * (min(side, 6000) / 6000) ** 2)


def photos(count: int) -> list[OutgoingPhoto]:
    return [outgoing(number) for number in range(1, count + 1)]


def sized(*sizes: int) -> Sized:
    return Sized(dict(enumerate(sizes, 1)))


def ids(fitting: Fitting) -> list[list[int]]:
    return [[one.photo.id for one in mail] for mail in fitting.mails]


def test_photos_stay_as_they_are_over_as_many_mails_as_they_need() -> None:
    fitting = fit_as_they_are(photos(5), sized(*[2 * MEGABYTE] * 5), 7 * MEGABYTE)

    assert ids(fitting) == [[1, 2], [3, 4], [5]]
    assert all(one.side is None for mail in fitting.mails for one in mail)
    assert not fitting.scaled


def test_a_photo_too_large_for_any_mail_is_scaled_to_fit() -> None:
    fitting = fit_as_they_are(photos(2), sized(20 * MEGABYTE, 1000), 7 * MEGABYTE)

    large = fitting.mails[0][0]
    assert large.side in {2560, 3200}
    assert large.size <= 7 * MEGABYTE
    assert fitting.scaled
    assert fitting.count == 2


def test_without_a_limit_all_go_into_one_mail() -> None:
    fitting = fit_as_they_are(photos(3), sized(*[9 * MEGABYTE] * 3), None)

    assert ids(fitting) == [[1, 2, 3]]


def test_photos_that_fit_are_not_scaled() -> None:
    fitting = fit_into_one(photos(3), sized(*[MEGABYTE] * 3), 7 * MEGABYTE)

    assert ids(fitting) == [[1, 2, 3]]
    assert not fitting.scaled


def test_photos_are_scaled_to_the_same_side_until_one_mail_takes_them() -> None:
    fitting = fit_into_one(photos(10), sized(*[6 * MEGABYTE] * 10), 7 * MEGABYTE)

    (mail,) = fitting.mails
    sides = {one.side for one in mail}
    assert len(sides) == 1
    assert sides <= set(SIDES)
    assert sum(one.size for one in mail) <= 7 * MEGABYTE
    larger = SIDES[SIDES.index(sides.pop() or 0) - 1]
    assert 10 * encoded_size(round(6 * MEGABYTE * (larger / 6000) ** 2)) > 7 * MEGABYTE * 0.97


def test_so_many_photos_that_all_would_be_too_small_go_into_several_mails() -> None:
    fitting = fit_into_one(photos(60), sized(*[9 * MEGABYTE] * 60), 7 * MEGABYTE)

    assert {one.side for mail in fitting.mails for one in mail} == {LEAST_SIDE}
    assert len(fitting.mails) > 1
    assert fitting.count == 60


def test_sides_that_are_too_large_already_are_not_measured_further() -> None:
    files = sized(*[9 * MEGABYTE] * 40)

    fit_into_one(photos(40), files, 7 * MEGABYTE)

    assert files.measured[0] == SIDES
    assert files.measured[-1] == (LEAST_SIDE,) or len(files.measured[-1]) < len(SIDES) // 2


def test_photos_that_cannot_be_handed_out_are_left_out_and_counted() -> None:
    for fit in (fit_as_they_are, fit_into_one):
        files = Sized({1: 10, 2: 10, 3: 10}, gone=frozenset({1}), broken=frozenset({3}))

        fitting = fit(photos(3), files, MEGABYTE)

        assert ids(fitting) == [[2]]
        assert fitting.left_out == 2


def test_nothing_makes_no_mail() -> None:
    assert fit_as_they_are([], sized(), MEGABYTE).mails == ()
    assert fit_into_one([], sized(), MEGABYTE).mails == ()


@given(st.lists(st.integers(1, 12 * MEGABYTE), max_size=25), st.integers(1, 20))
def test_no_mail_is_over_the_limit_and_no_photo_is_lost(sizes: list[int], megabytes: int) -> None:
    room = megabytes * MEGABYTE
    for fit in (fit_as_they_are, fit_into_one):
        fitting = fit(photos(len(sizes)), sized(*sizes), room)

        assert [one for mail in ids(fitting) for one in mail] == list(range(1, len(sizes) + 1))
        assert all(sum(one.size for one in mail) <= room for mail in fitting.mails)
