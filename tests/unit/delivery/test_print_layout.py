"""Where things lie on a print: on the paper, beside each other, photos through the bleed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.delivery.print_layout import (
    BLEED,
    PhotoShape,
    SheetParts,
    SheetPlan,
    paper_pixels,
    photos_a_sheet,
    placements,
)
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import PrintLayout

LAYOUTS = st.sampled_from(list(PrintLayout))
PARTS = st.builds(SheetParts, st.booleans(), st.booleans(), st.booleans(), st.booleans())
SIDES = st.integers(200, 8000)
SAFE = BLEED  # pixels from the paper's edge that a borderless printer may cut off too


@st.composite
def sheets(draw: st.DrawFn) -> tuple[PrintLayout, list[PhotoShape], SheetParts]:
    """Draw a layout, photos for one sheet of it, and what else is on it."""
    layout = draw(LAYOUTS)
    count = draw(st.integers(1, photos_a_sheet(layout)))
    photos = []
    for _ in range(count):
        width, height = draw(SIDES), draw(SIDES)
        side = min(width, height) / 8
        left = draw(st.floats(0, width - side))
        photos.append(PhotoShape(width, height, (Box(left, height / 3, side, side),)))
    return layout, photos, draw(PARTS)


def right(box: Box) -> float:
    return box.x + box.width


def bottom(box: Box) -> float:
    return box.y + box.height


def apart(one: Box, other: Box) -> bool:
    """Tell whether two boxes do not lie over each other."""
    near = 1e-6
    return (
        right(one) <= other.x + near
        or right(other) <= one.x + near
        or bottom(one) <= other.y + near
        or bottom(other) <= one.y + near
    )


def beside_photos(plan: SheetPlan) -> list[Box]:
    return [*plan.captions, *plan.logos, *plan.codes]


@given(sheets())
def test_everything_is_on_the_paper_and_nothing_lies_over_anything(
    sheet: tuple[PrintLayout, list[PhotoShape], SheetParts],
) -> None:
    plan = placements(*sheet)

    for box in beside_photos(plan):
        assert box.x >= SAFE
        assert box.y >= SAFE
        assert right(box) <= plan.width - SAFE
        assert bottom(box) <= plan.height - SAFE
        assert min(box.width, box.height) > 0
    for placed in plan.photos:
        assert placed.place.x >= -BLEED
        assert placed.place.y >= -BLEED
        assert right(placed.place) <= plan.width + BLEED
        assert bottom(placed.place) <= plan.height + BLEED
    boxes = beside_photos(plan) + [placed.place for placed in plan.photos]
    assert all(apart(one, other) for one, other in combinations(boxes, 2))


@given(sheets())
def test_photos_keep_their_proportions_and_are_inside_themselves(
    sheet: tuple[PrintLayout, list[PhotoShape], SheetParts],
) -> None:
    layout, photos, parts = sheet

    for placed in placements(layout, photos, parts).photos:
        photo, crop = photos[placed.number], placed.crop
        ratio = placed.place.width / placed.place.height
        assert crop.width / crop.height == pytest.approx(ratio, rel=1e-6)
        assert crop.x >= -1e-6
        assert crop.y >= -1e-6
        assert right(crop) <= photo.width + 1e-6
        assert bottom(crop) <= photo.height + 1e-6


@given(sheets())
def test_the_guests_face_is_on_the_print(
    sheet: tuple[PrintLayout, list[PhotoShape], SheetParts],
) -> None:
    layout, photos, parts = sheet

    for placed in placements(layout, photos, parts).photos:
        (face,) = photos[placed.number].faces
        if face.width > placed.crop.width or face.height > placed.crop.height:
            continue
        assert face.x >= placed.crop.x - 1e-3
        assert right(face) <= right(placed.crop) + 1e-3


@pytest.mark.parametrize("layout", list(PrintLayout))
def test_a_sheet_has_the_papers_size_and_turns_as_the_photo(layout: PrintLayout) -> None:
    short, long = paper_pixels(layout)
    high = placements(layout, [PhotoShape(600, 900)])
    wide = placements(layout, [PhotoShape(900, 600)])

    assert (high.width, high.height) == (short, long)
    turned = (short, long) if layout is PrintLayout.STRIP else (long, short)
    assert (wide.width, wide.height) == turned


def test_the_layouts_are_their_inches_at_300_dpi() -> None:
    assert paper_pixels(PrintLayout.PHOTO_4X6) == (4 * 300, 6 * 300)
    assert paper_pixels(PrintLayout.PHOTO_5X7) == (5 * 300, 7 * 300)
    assert paper_pixels(PrintLayout.PHOTO_6X8) == (6 * 300, 8 * 300)
    assert paper_pixels(PrintLayout.STRIP) == (4 * 300, 6 * 300)


def test_a_photo_alone_reaches_through_the_bleed() -> None:
    (placed,) = placements(PrintLayout.PHOTO_4X6, [PhotoShape(900, 600)]).photos

    assert placed.place == Box(-BLEED, -BLEED, 1800 + 2 * BLEED, 1200 + 2 * BLEED)


def test_a_frame_leaves_the_photo_inside() -> None:
    (placed,) = placements(
        PrintLayout.PHOTO_4X6, [PhotoShape(900, 600)], SheetParts(frame=True)
    ).photos

    assert min(placed.place.x, placed.place.y) > BLEED
    assert 1800 - right(placed.place) == placed.place.x


@pytest.mark.parametrize("count", [1, 2, 3])
def test_both_strips_are_the_same_and_can_be_cut_apart(count: int) -> None:
    photos = [PhotoShape(900, 600)] * count
    plan = placements(PrintLayout.STRIP, photos, SheetParts(False, True, True, True))

    first, second = plan.photos[:count], plan.photos[count:]
    assert [placed.number for placed in first] == [placed.number for placed in second]
    for one, other in zip(first, second, strict=True):
        assert other.place.x - one.place.x == 600
        assert right(one.place) < 600 - BLEED
        assert (one.place.y, one.place.height) == (other.place.y, other.place.height)
    assert len(plan.captions) == len(plan.logos) == len(plan.codes) == 2
