"""The demo's sample event: the same photos every time, and the truth about who is in them."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from eventsnap_desktop.app import sample_event
from eventsnap_desktop.app.sample_event import (
    make_sample_event,
    make_selfie,
    shipped_file,
    take,
)
from eventsnap_desktop.app.sample_shots import (
    GROUP_FACES,
    GUEST,
    SELFIE,
    SHOTS,
    Area,
    Shipped,
    Shot,
)
from eventsnap_desktop.domain.errors import EventSnapError


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("event")
    make_sample_event(folder)
    return folder


def test_every_shot_becomes_a_photo_with_a_time_it_was_taken(event: Path) -> None:
    files = sorted(event.iterdir())
    times = []
    for file in files:
        with Image.open(file) as picture:
            times.append(picture.getexif().get_ifd(0x8769)[0x9003])

    assert len(files) == len(SHOTS)
    assert times == sorted(times)
    assert len(set(times)) == len(times)


def test_the_event_is_the_same_every_time(event: Path, tmp_path: Path) -> None:
    make_sample_event(tmp_path)

    def digests(folder: Path) -> dict[str, str]:
        return {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}

    assert digests(tmp_path) == digests(event)


def test_the_photos_are_of_the_forms_their_names_say(event: Path) -> None:
    forms = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
    for file in event.iterdir():
        with Image.open(file) as picture:
            assert picture.format == forms[file.suffix[1:]]


@pytest.mark.parametrize("shot", [s for s in SHOTS if s.area], ids=lambda shot: str(shot.what))
def test_no_face_of_the_group_is_cut_through(shot: Shot) -> None:
    """Who is in a photo is known only if every face is in it wholly or not at all."""
    assert shot.area is not None

    for face in GROUP_FACES:
        assert not 0.03 < face.share_inside(shot.area) < 0.97


def test_the_event_has_photos_with_the_guest_without_them_and_without_anybody() -> None:
    with_guest = sum(shot.shows_guest for shot in SHOTS)
    of_the_group = [shot for shot in SHOTS if shot.picture is Shipped.GROUP]

    assert 25 <= len(SHOTS) <= 40
    assert 10 <= with_guest < len(of_the_group) < len(SHOTS)


def test_a_sideways_photo_is_stored_turned_and_upright_by_its_tag(event: Path) -> None:
    number = next(number for number, shot in enumerate(SHOTS) if shot.sideways)
    upright = take(SHOTS[number], np.random.default_rng(0))
    assert upright is not None
    with Image.open(event / f"IMG_{2001 + number}.jpg") as stored:
        shown = ImageOps.exif_transpose(stored)
        assert stored.size == upright.size[::-1]
        assert shown.size == upright.size
        difference = np.abs(np.asarray(shown, float) - np.asarray(upright, float)).mean()

    assert difference < 10  # grey levels: JPEG and noise, not another picture


def test_the_selfie_shows_the_guest_alone_and_is_not_a_copy(tmp_path: Path) -> None:
    make_selfie(tmp_path / "selfie.jpg")
    inside = [number for number, face in enumerate(GROUP_FACES) if face.share_inside(SELFIE) > 0.03]
    group = shipped_file(Shipped.GROUP)
    assert group is not None
    with Image.open(tmp_path / "selfie.jpg") as selfie, Image.open(group) as picture:
        original = picture.crop((395, 190, 640, 475)).resize(selfie.size)
        difference = np.abs(np.asarray(selfie, float) - np.asarray(original, float)).mean()

    assert inside == [GUEST]
    assert difference > 20


def test_photos_whose_picture_is_not_installed_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_insightface(picture: Shipped) -> Path | None:
        return shipped_file(picture) if picture.startswith("insightface") else None

    monkeypatch.setattr(sample_event, "shipped_file", only_insightface)

    made = make_sample_event(tmp_path)

    assert {photo.key for photo in made} == {file.name for file in tmp_path.iterdir()}
    assert 0 < len(made) < len(SHOTS)
    assert all(photo.shows_guest == shot.shows_guest for photo, shot in _with_shots(made))


def _with_shots(
    made: list[sample_event.SamplePhoto],
) -> list[tuple[sample_event.SamplePhoto, Shot]]:
    return [(photo, SHOTS[int(photo.key[4:8]) - 2001]) for photo in made]


def test_without_the_group_picture_the_demo_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_event, "shipped_file", lambda _: None)

    with pytest.raises(
        EventSnapError, match=r"group picture is missing.*Install the program again"
    ):
        make_sample_event(tmp_path)


def test_a_package_that_is_not_installed_has_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    assert shipped_file(Shipped.CAT) is None


def test_the_share_inside_is_of_the_own_area() -> None:
    assert Area(0, 0, 10, 10).share_inside(Area(5, 0, 100, 100)) == 0.5
    assert Area(0, 0, 10, 10).share_inside(Area(20, 20, 30, 30)) == 0
