"""What the demo shows: the comparison with the truth, the table, the page and the sheet."""

from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from eventsnap_desktop.app.demo_gallery import GalleryPhoto, GalleryText, gallery_html
from eventsnap_desktop.app.demo_pages import write_contact_sheet, write_gallery
from eventsnap_desktop.app.demo_result import DemoResult, compare, table, verdict
from eventsnap_desktop.app.sample_event import SamplePhoto
from eventsnap_desktop.domain.faces import Box, FaceId
from eventsnap_desktop.domain.matches import Band, FoundFace, Match
from eventsnap_desktop.domain.photos import PhotoId

BOX = Box(10, 10, 20, 20)
TEXT = GalleryText("Headline", "Verdict", "About <the> selfie", "Facts")


def sample(key: str, shows_guest: bool) -> SamplePhoto:
    return SamplePhoto(key, f"photo {key}", shows_guest)


def face(number: int, key: str, similarity: float) -> FoundFace:
    vector = np.zeros(512, np.float32)
    return FoundFace(FaceId(number), PhotoId(number), key, similarity, 0.9, BOX, vector)


def match(number: int, key: str, similarity: float, band: Band) -> Match:
    return Match(PhotoId(number), FaceId(number), key, similarity, band, BOX, False)


@pytest.fixture
def right_answer() -> DemoResult:
    return compare(
        [sample("none.jpg", False), sample("other.jpg", False), sample("me.jpg", True)],
        [match(1, "me.jpg", 0.9, Band.SURE)],
        [face(1, "me.jpg", 0.9), face(2, "me.jpg", 0.1), face(3, "other.jpg", 0.05)],
    )


@pytest.fixture
def wrong_answer() -> DemoResult:
    return compare(
        [sample("missed.jpg", True), sample("stranger.jpg", False), sample("asked.jpg", True)],
        [match(1, "stranger.jpg", 0.8, Band.SURE), match(2, "asked.jpg", 0.35, Band.MAYBE)],
        [face(1, "stranger.jpg", 0.8), face(2, "asked.jpg", 0.35), face(3, "missed.jpg", 0.2)],
    )


def test_matches_come_first_and_photos_without_a_face_last(right_answer: DemoResult) -> None:
    assert [photo.sample.key for photo in right_answer.photos] == [
        "me.jpg",
        "other.jpg",
        "none.jpg",
    ]
    assert [photo.similarity for photo in right_answer.photos] == [0.9, 0.05, None]


def test_an_answer_that_is_the_truth_is_right(right_answer: DemoResult) -> None:
    assert right_answer.is_right
    assert verdict(right_answer) == (
        "All 1 photos of the guest were found. None of the 2 other photos was taken for theirs."
    )


def test_a_missed_photo_and_a_strangers_photo_are_counted_and_told(
    wrong_answer: DemoResult,
) -> None:
    assert (wrong_answer.expected, wrong_answer.missed, wrong_answer.wrong) == (2, 1, 1)
    assert not wrong_answer.is_right
    assert verdict(wrong_answer) == (
        "1 of the guest's 2 photos were found (1 to be asked about). "
        "1 of the 1 other photos was taken for theirs."
    )


def test_the_table_has_a_line_a_photo_and_points_at_what_is_wrong(wrong_answer: DemoResult) -> None:
    lines = table(wrong_answer)

    assert len(lines) == 4
    assert [line.split("<- ")[1] for line in lines if "<- " in line] == ["WRONG", "MISSED"]
    assert "0.350  maybe  yes" in lines[2]


class Page(HTMLParser):
    """Collects what a page refers to, and checks that its tags are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a":
            self.links.append(values["href"] or "")
        if tag == "img":
            assert values["alt"]
            self.pictures.append(values["src"] or "")
        if tag not in {"img", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def gallery_photo(kind: str, title: str = "t", link: str = "photos/a.jpg") -> GalleryPhoto:
    return GalleryPhoto(b"\xff\xd8", link, title, "note", "0.91", kind)


def test_the_page_is_well_formed_and_loads_nothing_from_elsewhere() -> None:
    photos = [gallery_photo(kind) for kind in ("sure", "maybe", "other")]

    text = gallery_html(TEXT, b"selfie", photos)
    page = Page(text)

    assert not page.open
    assert len(page.pictures) == 4
    assert all(source.startswith("data:image/jpeg;base64,") for source in page.pictures)
    assert page.links == ["photos/a.jpg"] * 3
    assert "http" not in text


def test_texts_and_names_cannot_break_the_page() -> None:
    nasty = '<script>alert("x")</script> & $headline'

    page = Page(gallery_html(TEXT, b"", [gallery_photo("sure", nasty, 'photos/a "b" #1 ü.jpg')]))

    assert "script" not in page.open
    assert nasty in page.texts
    assert page.links == ["photos/a%20%22b%22%20%231%20%C3%BC.jpg"]


def test_a_band_without_photos_has_no_heading() -> None:
    page = Page(gallery_html(TEXT, b"", [gallery_photo("sure")]))

    assert "Your photos" in page.texts
    assert "Is this you?" not in page.texts


@pytest.fixture
def photo_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("me", "other", "none", "missed", "stranger", "asked"):
        Image.new("RGB", (90, 60), "#335577").save(folder / f"{name}.jpg")
    return folder


def test_gallery_and_sheet_are_written_for_right_and_wrong_answers(
    tmp_path: Path, photo_folder: Path, right_answer: DemoResult, wrong_answer: DemoResult
) -> None:
    selfie = photo_folder / "me.jpg"
    for name, result in (("right", right_answer), ("wrong", wrong_answer)):
        page_file, sheet_file = tmp_path / f"{name}.html", tmp_path / f"{name}.png"
        write_gallery(page_file, photo_folder, selfie, result, "About", "Facts")
        write_contact_sheet(sheet_file, photo_folder, result, "Facts")

        page = Page(page_file.read_text(encoding="utf-8"))
        assert len(page.pictures) == 1 + len(result.photos)
        assert all((tmp_path / link).is_file() for link in page.links)
        assert verdict(result) in page.texts
        with Image.open(sheet_file) as sheet:
            assert sheet.format == "PNG"
    assert 'class="sure wrong"' in (tmp_path / "wrong.html").read_text(encoding="utf-8")
    assert "wrong" not in (tmp_path / "right.html").read_text(encoding="utf-8").split("</style>")[1]
