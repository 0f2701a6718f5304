"""The staff's PIN: right ones pass, guessing takes longer and longer."""

import pytest

from eventsnap_desktop.flows.staff_gate import StaffGate
from eventsnap_desktop.flows.staff_pin import make_pin_hash


@pytest.fixture(scope="module")
def pin_hash() -> str:
    return make_pin_hash("4711")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_right_pin_passes_and_a_wrong_one_does_not(pin_hash: str) -> None:
    gate = StaffGate()

    assert not gate.try_pin("0000", pin_hash)
    assert gate.try_pin("4711", pin_hash)
    assert not gate.try_pin("", pin_hash)
    assert not gate.try_pin("4711", "")


def test_after_three_wrong_pins_even_the_right_one_has_to_wait(pin_hash: str) -> None:
    clock = Clock()
    gate = StaffGate(clock)
    for pin in ("1111", "2222", "3333"):
        assert gate.seconds_to_wait() == 0
        assert not gate.try_pin(pin, pin_hash)

    assert 30 <= gate.seconds_to_wait() <= 31
    assert not gate.try_pin("4711", pin_hash)
    clock.now += 31
    assert gate.try_pin("4711", pin_hash)
    assert gate.seconds_to_wait() == 0


def test_each_further_wrong_pin_doubles_the_wait_up_to_a_quarter_of_an_hour(
    pin_hash: str,
) -> None:
    clock = Clock()
    gate = StaffGate(clock)
    waits = []
    for _ in range(9):
        gate.try_pin("9999", pin_hash)
        waits.append(gate.seconds_to_wait())
        clock.now += 1000

    assert [wait // 30 for wait in waits] == [0, 0, 1, 2, 4, 8, 16, 30, 30]
