"""Prints through a real CUPS: what is on the paper."""

from pathlib import Path

import pytest

from eventsnap_desktop.domain.outgoing import (
    OutputSettings,
    PrintLayout,
)
from tests.fixtures.cups import CUPS_PDF_FOLDER, Cups
from tests.fixtures.cups_carrier import carrier, until
from tests.fixtures.pdf_pages import page_picture, page_sizes
from tests.fixtures.prints import (
    BLUE,
    GREEN,
    RED,
    YELLOW,
    Try,
    photo,
    print_job,
)


def test_a_photo_comes_out_once_in_the_papers_size(cups: Cups) -> None:
    paper = cups.paper("Selphy")
    job = print_job("Selphy")
    attempt = Try(carrier(cups))

    attempt.deliver(job)
    attempt.deliver(job)

    (out,) = paper.prints()
    assert page_sizes(out) == [(288, 432)]
    assert attempt.read == 1, "nothing is read for what is printed already"


def test_what_is_on_paper_lies_as_in_the_photo(cups: Cups) -> None:
    paper = cups.paper("Selphy")

    Try(carrier(cups)).deliver(print_job("Selphy", photo(1, 600, 900)))

    picture = page_picture(paper.prints()[0], 60)
    assert near(picture.getpixel((10, 10)), RED)
    assert near(picture.getpixel((230, 10)), GREEN)
    assert near(picture.getpixel((10, 350)), BLUE)
    assert near(picture.getpixel((230, 350)), YELLOW)
    # The middle of the photo is the middle of the paper.
    assert near(picture.getpixel((116, 176)), RED)
    assert near(picture.getpixel((124, 184)), YELLOW)


def test_a_wide_photo_is_turned_onto_the_paper(cups: Cups) -> None:
    paper = cups.paper("Selphy")

    Try(carrier(cups)).deliver(print_job("Selphy", photo(1, 900, 600)))

    picture = page_picture(paper.prints()[0], 60)
    assert picture.size == (240, 360)
    corners = [picture.getpixel(at) for at in ((10, 10), (10, 350), (230, 350), (230, 10))]
    around = [GREEN, RED, BLUE, YELLOW]  # a quarter turn to the left
    assert all(near(found, wanted) for found, wanted in zip(corners, around, strict=True))


def test_a_driver_with_bleed_gets_the_page_with_it(cups: Cups) -> None:
    paper = cups.paper("DNP", bleed=True)

    Try(carrier(cups)).deliver(print_job("DNP"))

    (size,) = page_sizes(paper.prints()[0])
    assert size == pytest.approx((297.6, 441.6), abs=1)


def test_strips_go_on_paper_that_is_cut(cups: Cups) -> None:
    paper = cups.paper("DNP", bleed=True)
    attempt = Try(carrier(cups), OutputSettings(print_layout=PrintLayout.STRIP))
    job = print_job("DNP [PageSize=w288h432-div2]", photo(1), photo(2), photo(3), photo(4))

    attempt.deliver(job)

    assert [page_sizes(one) for one in paper.prints()] == [[(288, 432)]] * 2


def test_copies_and_photos_all_come_out(cups: Cups) -> None:
    paper = cups.paper("Selphy")

    Try(carrier(cups)).deliver(print_job("Selphy", photo(1), photo(2), copies=3))

    assert len(paper.prints()) == 2
    assert sum(len(page_sizes(one)) for one in paper.prints()) == 6


def test_cups_pdf_makes_one_page_of_four_by_six_inches(cups: Cups) -> None:
    cups.cups_pdf("PDF")
    job = print_job("PDF")
    attempt = Try(carrier(cups))
    try:
        for _ in range(3):
            attempt.deliver(job)
        until(lambda: len(cups_pdf_files(job.key)) == 1)
        assert page_sizes(cups_pdf_files(job.key)[0]) == [(288, 432)]
        picture = page_picture(cups_pdf_files(job.key)[0], 300)
        assert picture.size == (1200, 1800)
        assert near(picture.getpixel((5, 5)), GREEN)
    finally:
        for file in cups_pdf_files(job.key):
            file.unlink()


def test_options_of_a_queue_are_given_with_each_print(cups: Cups) -> None:
    paper = cups.paper("Selphy")

    Try(carrier(cups)).deliver(print_job("Selphy [PageSize=w360h504]"))

    assert page_sizes(paper.prints()[0]) == [(360, 504)]


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    """Tell whether two colours are the same but for compression."""
    assert isinstance(found, tuple)
    return all(abs(int(a) - b) < 14 for a, b in zip(found, wanted, strict=True))


def cups_pdf_files(key: str) -> list[Path]:
    """Return what cups-pdf made of a delivery."""
    return sorted(CUPS_PDF_FOLDER.glob(f"*{key}*.pdf"))
