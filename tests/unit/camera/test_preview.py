"""A camera's picture as a screen shows it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from eventsnap_desktop.camera.preview import draw_preview, preview_size

SIDES = some.integers(1, 4000)


@given(SIDES, SIDES, SIDES, SIDES)
def test_a_preview_fills_its_place_and_is_never_enlarged(
    width: int, height: int, place_width: int, place_height: int
) -> None:
    made = preview_size((width, height), (place_width, place_height))
    assert made[0] <= width
    assert made[1] <= height
    assert made[0] >= min(width, place_width)
    assert made[1] >= min(height, place_height)


def test_a_place_without_size_gets_the_whole_picture() -> None:
    assert preview_size((1280, 720), (0, 0)) == (1280, 720)


@pytest.mark.parametrize("scale", [1.0, 0.75, 0.25])
def test_a_preview_is_mirrored_and_opaque_in_the_same_colours(scale: float) -> None:
    image = np.zeros((80, 120, 3), np.uint8)
    image[:, :60] = (255, 0, 0)
    image[:, 60:] = (0, 128, 255)
    target = np.zeros((round(80 * scale), round(120 * scale), 4), np.uint8)
    draw_preview(image, target)
    middle, edge = target.shape[0] // 2, target.shape[1] - 2
    assert target[middle, 1].tolist() == [0, 128, 255, 255]
    assert target[middle, edge].tolist() == [255, 0, 0, 255]
