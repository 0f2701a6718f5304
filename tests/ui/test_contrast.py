"""Contrast as WCAG counts it."""

import pytest

from eventsnap_desktop.ui.widgets.contrast import contrast, is_colour, readable_on


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ff0000", 1.0),
    ],
)
def test_known_pairs(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(("ground", "text"), [("#c2410c", "#ffffff"), ("#ffe08a", "#10131c")])
def test_text_that_can_be_read(ground: str, text: str) -> None:
    assert readable_on(ground) == text
    assert contrast(ground, text) >= 4.5


@pytest.mark.parametrize("text", ["#FFF", "red", "", "#12345g", "#1234567", "123456"])
def test_what_is_no_colour(text: str) -> None:
    assert not is_colour(text)
