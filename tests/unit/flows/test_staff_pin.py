"""A staff PIN is kept as a hash only."""

import pytest

from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.flows.staff_pin import check_pin, make_pin_hash


@pytest.mark.parametrize("pin", ["1234", "00000000", "483920"])
def test_a_pin_fits_its_hash_and_no_other(pin: str) -> None:
    kept = make_pin_hash(pin)

    assert check_pin(pin, kept)
    assert not check_pin(pin[::-1] + "1", kept)
    assert not check_pin("", kept)


def test_a_hash_does_not_hold_the_pin_and_is_never_the_same_twice() -> None:
    first, second = make_pin_hash("73519482"), make_pin_hash("73519482")

    assert first != second
    assert "73519482" not in first


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12 34", "12a4", "١٢٣٤", "1234\n"])
def test_anything_but_four_to_eight_digits_is_refused(pin: str) -> None:
    with pytest.raises(UsageError, match="4 to 8 digits"):
        make_pin_hash(pin)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "1234",
        "md5:1:1:1:AA==:AA==",
        "scrypt:3:8:1:AAAA:AAAA",
        "scrypt:16384:8:5:??:AAAA",
        "scrypt:x:8:5:AAAA:AAAA",
        "scrypt:1099511627776:8:5:AAAA:AAAA",
        "scrypt:16384:8:5:é:AAAA",
    ],
)
def test_what_is_no_hash_fits_no_pin(broken: str) -> None:
    assert not check_pin("1234", broken)
