"""What of a photo is printed: the paper's shape, inside the photo, faces kept whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.delivery.print_crop import PAPER_RATIO, crop_for
from eventsnap_desktop.domain.faces import Box

SIDES = st.integers(40, 8000)
RATIOS = st.sampled_from([PAPER_RATIO, 1 / PAPER_RATIO, 1.0, 4 / 3, 7 / 5])
PLACES = st.floats(0.0, 1.0)


@st.composite
def photos(draw: st.DrawFn) -> tuple[int, int, list[Box]]:
    """Draw a photo's size and faces inside it."""
    width, height = draw(SIDES), draw(SIDES)
    faces = []
    for _ in range(draw(st.integers(0, 5))):
        side = draw(st.floats(0.01, 0.6)) * min(width, height)
        left, top = draw(PLACES) * (width - side), draw(PLACES) * (height - side)
        faces.append(Box(left, top, side, side))
    return width, height, faces


def holds(crop: Box, face: Box) -> bool:
    """Tell whether a face is whole in a crop, to a thousandth of a pixel."""
    near = 0.001
    return (
        crop.x - near <= face.x
        and face.x + face.width <= crop.x + crop.width + near
        and crop.y - near <= face.y
        and face.y + face.height <= crop.y + crop.height + near
    )


@given(photos(), RATIOS)
def test_the_crop_has_the_papers_shape_inside_the_photo_and_is_the_largest(
    photo: tuple[int, int, list[Box]], ratio: float
) -> None:
    width, height, faces = photo

    crop = crop_for(width, height, faces, ratio)

    turned = max(ratio, 1 / ratio) if width >= height else min(ratio, 1 / ratio)
    assert crop.width / crop.height == pytest.approx(turned)
    assert crop.x >= 0
    assert crop.y >= 0
    assert crop.x + crop.width <= width + 1e-6
    assert crop.y + crop.height <= height + 1e-6
    assert crop.width == pytest.approx(width) or crop.height == pytest.approx(height)


@given(photos(), RATIOS)
def test_faces_that_fit_are_all_whole(photo: tuple[int, int, list[Box]], ratio: float) -> None:
    width, height, faces = photo

    crop = crop_for(width, height, faces, ratio)

    if not faces:
        return
    across = max(f.x + f.width for f in faces) - min(f.x for f in faces)
    down = max(f.y + f.height for f in faces) - min(f.y for f in faces)
    if across <= crop.width and down <= crop.height:
        assert all(holds(crop, face) for face in faces)


@given(photos(), RATIOS)
def test_there_is_always_a_whole_face_where_one_fits(
    photo: tuple[int, int, list[Box]], ratio: float
) -> None:
    width, height, faces = photo

    crop = crop_for(width, height, faces, ratio)

    if any(face.width <= crop.width and face.height <= crop.height for face in faces):
        assert any(holds(crop, face) for face in faces)


def test_without_faces_it_is_the_middle() -> None:
    crop = crop_for(4000, 3000, [], PAPER_RATIO)

    assert (crop.x, crop.width) == (0, 4000)
    assert crop.y + crop.height / 2 == pytest.approx(1500)


def test_a_portrait_without_known_faces_loses_more_below_than_above() -> None:
    crop = crop_for(1000, 2000, [], PAPER_RATIO)

    assert crop.y == pytest.approx(125)
    assert crop.height == pytest.approx(1500)


def test_a_face_comes_to_the_upper_third_of_a_portrait() -> None:
    crop = crop_for(1000, 3000, [Box(400, 1400, 200, 200)], PAPER_RATIO)

    assert (1500 - crop.y) / crop.height == pytest.approx(1 / 3, abs=0.02)


def test_a_head_at_the_edge_has_room_above_it() -> None:
    crop = crop_for(4000, 3000, [Box(1800, 60, 400, 400)], PAPER_RATIO)

    assert crop.y == 0


def test_faces_of_a_panorama_come_to_its_middle() -> None:
    crop = crop_for(6000, 2000, [Box(4000, 800, 200, 200), Box(4600, 800, 200, 200)], PAPER_RATIO)

    assert crop.x + crop.width / 2 == pytest.approx(4400)


def test_where_not_all_fit_the_most_are_whole_and_none_is_cut() -> None:
    faces = [Box(0, 100, 200, 200), Box(5400, 100, 200, 200), Box(5800, 100, 200, 200)]

    crop = crop_for(6000, 2000, faces, PAPER_RATIO)

    assert [holds(crop, face) for face in faces] == [False, True, True]


def test_a_box_that_reaches_beyond_the_photo_counts_as_far_as_it_is_in_it() -> None:
    crop = crop_for(4000, 3000, [Box(100, -300, 900, 900), Box(9000, 9000, 10, 10)], PAPER_RATIO)

    assert crop.y == 0
