"""How camera pictures are looked at: giants, neighbours, masks, and selfies as files have them."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from eventsnap_desktop.app.sample_event import make_selfie
from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.coaching import SeenFace
from eventsnap_desktop.vision.decode import decode
from eventsnap_desktop.vision.encoder import FaceEncoder, open_encoder
from eventsnap_desktop.vision.looking import FrameLooker
from eventsnap_desktop.vision.packs import find_pack
from eventsnap_desktop.vision.runtime import Provider

WIDTH, HEIGHT = 1280, 720


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> FaceEncoder:
    return open_encoder(find_pack("lite", tmp_path_factory.mktemp("models")), Provider("cpu", ""))


@pytest.fixture(scope="module")
def looker(encoder: FaceEncoder) -> FrameLooker:
    return FrameLooker(encoder)


@pytest.fixture(scope="module")
def selfie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("selfie") / "selfie.png"
    make_selfie(file)
    return file


@pytest.fixture(scope="module")
def guest(selfie: Path, looker: FrameLooker) -> tuple[BgrImage, SeenFace]:
    image = decode(selfie.read_bytes(), enough=0).image
    return image, looker.look(image).faces[0]


def filmed(
    guest: tuple[BgrImage, SeenFace], *places: tuple[float, float], height: float
) -> BgrImage:
    """Return a camera picture with the guest's face at these places, so many pixels high."""
    image, face = guest
    scale = height / face.box.height
    middle = (face.box.x + face.box.width / 2, face.box.y + face.box.height / 2)
    scene = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    for x, y in places:
        moved = np.array([[scale, 0, x - scale * middle[0]], [0, scale, y - scale * middle[1]]])
        cv2.warpAffine(image, moved, (WIDTH, HEIGHT), scene, borderMode=cv2.BORDER_TRANSPARENT)
    return scene


@pytest.mark.parametrize("height", [50, 90, 200, 400, 600, 760])
def test_a_guest_is_found_from_afar_and_so_near_that_the_face_fills_the_picture(
    looker: FrameLooker, guest: tuple[BgrImage, SeenFace], height: int
) -> None:
    seen = looker.look(filmed(guest, (640, 360), height=height))
    box = seen.faces[0].box
    assert box.height == pytest.approx(height, rel=0.15)
    assert box.x + box.width / 2 == pytest.approx(640, abs=0.1 * height)


def test_of_two_people_the_more_prominent_comes_first(
    looker: FrameLooker, guest: tuple[BgrImage, SeenFace]
) -> None:
    seen = looker.look(filmed(guest, (1050, 360), (560, 360), height=240))
    assert [round(face.box.x / 100) for face in seen.faces] == [5, 10]


def test_an_empty_room_has_no_faces(looker: FrameLooker) -> None:
    seen = looker.look(np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    assert seen.faces == ()
    assert not seen.masked


@pytest.mark.parametrize("colour", [(230, 200, 150), (235, 235, 235), (30, 28, 28)])
def test_a_mask_is_seen_and_a_bare_face_is_not_taken_for_one(
    looker: FrameLooker, guest: tuple[BgrImage, SeenFace], colour: tuple[int, int, int]
) -> None:
    picture = filmed(guest, (640, 360), height=300)
    bare = looker.look(picture)
    left, right, nose, mouth_left, mouth_right = bare.faces[0].landmarks
    down = (mouth_left + mouth_right) / 2 - (left + right) / 2
    wide = (right - left) * 0.4
    mask = np.array(
        [
            left + down * 0.42 - wide,
            nose - down * 0.2,
            right + down * 0.42 + wide,
            mouth_right + down * 0.35 + wide,
            mouth_right + down * 0.9,
            mouth_left + down * 0.9,
            mouth_left + down * 0.35 - wide,
        ]
    )
    cv2.fillPoly(picture, [mask.astype(np.int32)], colour)
    assert not bare.masked
    assert looker.look(picture).masked


def test_a_selfie_is_encoded_as_a_file_of_the_same_picture_is(
    looker: FrameLooker, encoder: FaceEncoder, selfie: Path
) -> None:
    picture = decode(selfie.read_bytes(), enough=2560)
    file = encoder.encode([picture])[0]
    made = looker.encode(picture.image)
    assert (made.picture.width, made.picture.height) == (file.width, file.height)
    assert len(made.picture.faces) == len(file.faces)
    for face, same in zip(made.picture.faces, file.faces, strict=True):
        assert face.box == same.box
        assert np.array_equal(face.embedding, same.embedding)
        assert np.array_equal(made.mirrored(face), encoder.embed_mirrored(picture, same))
