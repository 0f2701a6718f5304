"""Cameras: what every one of them does, files that are played, and a webcam that comes and goes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from eventsnap_desktop.camera.file_camera import FileCamera
from eventsnap_desktop.camera.frames import Camera, CameraLostError, CameraRefusedError
from eventsnap_desktop.camera.opening import open_camera
from eventsnap_desktop.camera.webcam import Capture, Webcam
from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.errors import UsageError

FAST = 500.0


def plain(value: int, width: int = 64, height: int = 48) -> BgrImage:
    return np.full((height, width, 3), value, np.uint8)


def save(path: Path, picture: BgrImage) -> Path:
    path.write_bytes(cv2.imencode(path.suffix, picture)[1].tobytes())
    return path


def save_video(path: Path, values: list[int]) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (64, 48))
    for value in values:
        writer.write(plain(value))
    writer.release()
    return path


class Device:
    """A webcam's driver that keeps old pictures, and may be pulled out and plugged in."""

    def __init__(self) -> None:
        self.here, self.now, self.opened, self.open = True, 0.0, 0, False
        self.asked: list[int] = []
        self.kept = [1, 2, 3, 4]
        self.newest = 10

    def opener(self, _number: int) -> Capture | None:
        self.opened += 1
        self.open = self.here
        return self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.open

    def set(self, prop: int, _value: float, /) -> bool:
        self.asked.append(prop)
        return True

    def get(self, prop: int, /) -> float:
        answers = {cv2.CAP_PROP_FRAME_WIDTH: 1280.0, cv2.CAP_PROP_FRAME_HEIGHT: 720.0}
        return answers.get(prop, 30.0)

    def grab(self) -> bool:
        if not self.here:
            return False
        if self.kept:
            self.value = self.kept.pop(0)
        else:
            self.now += 0.033
            self.newest += 1
            self.value = self.newest
        return True

    def retrieve(self) -> tuple[bool, Any]:
        return True, plain(self.value)

    def release(self) -> None:
        self.open = False

    def rest(self, seconds: float) -> None:
        self.now += seconds

    def webcam(self) -> Webcam:
        return Webcam(0, opener=self.opener, clock=lambda: self.now, rest=self.rest)


Make = Callable[[Path], Camera]

MAKERS: dict[str, Make] = {
    "picture": lambda folder: FileCamera(save(folder / "a.png", plain(7)), FAST),
    "folder": lambda folder: FileCamera(save(folder / "a.png", plain(7)).parent, FAST),
    "video": lambda folder: FileCamera(save_video(folder / "a.avi", [7, 90, 200]), FAST),
    "webcam": lambda _folder: Device().webcam(),
}


@pytest.fixture(params=MAKERS)
def camera(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Camera]:
    made = MAKERS[request.param](tmp_path)
    yield made
    made.close()


def test_pictures_are_bgr_contiguous_and_ones_own(camera: Camera) -> None:
    first = taken(camera)
    assert first.shape == (48, 64, 3)
    assert first.dtype == np.uint8
    assert first.flags.c_contiguous
    first[:] = 255
    assert int(taken(camera).max()) < 255


def test_pictures_keep_coming(camera: Camera) -> None:
    assert all(taken(camera).size for _ in range(20))


def test_a_closed_camera_gives_none_and_closes_twice(camera: Camera) -> None:
    taken(camera)
    camera.close()
    camera.close()
    with pytest.raises(CameraLostError):
        camera.newest(0.01)


@pytest.mark.parametrize("kind", ["picture", "folder", "video"])
def test_a_file_that_is_moved_away_is_a_camera_that_is_lost_until_it_is_back(
    tmp_path: Path, kind: str
) -> None:
    shown, hidden = tmp_path / "shown", tmp_path / "hidden"
    shown.mkdir()
    first = save(shown / "a.png", plain(7)) if kind != "video" else None
    if kind == "folder":
        save(shown / "b.png", plain(9))
    path = save_video(shown / "a.avi", [7, 90, 200]) if first is None else first
    camera = FileCamera(shown if kind == "folder" else path, FAST)
    taken(camera)
    shown.rename(hidden)
    with pytest.raises(CameraLostError, match="cannot be read"):
        play_on(camera)
    with pytest.raises(CameraLostError):
        camera.newest(0.0)
    hidden.rename(shown)
    assert back(camera).shape == (48, 64, 3)
    assert taken(camera).size
    camera.close()


def play_on(camera: Camera) -> None:
    for _ in range(2000):
        camera.newest(0.1)


def back(camera: Camera) -> BgrImage:
    for _ in range(200):
        try:
            return taken(camera)
        except CameraLostError:
            continue
    raise AssertionError("it did not come back")


def taken(camera: Camera) -> BgrImage:
    for _ in range(50):
        picture = camera.newest(0.1)
        if picture is not None:
            return picture
    raise AssertionError("no picture came")


def test_a_folder_is_shown_around_and_around_without_what_is_broken(tmp_path: Path) -> None:
    save(tmp_path / "b.png", plain(20))
    save(tmp_path / "a.png", plain(10))
    (tmp_path / "c.png").write_bytes(b"no picture")
    (tmp_path / "notes.txt").write_text("x")
    camera = FileCamera(tmp_path, fps=0.67 * 1000)
    values = [int(taken(camera)[0, 0, 0]) for _ in range(2100)]
    camera.close()
    changes = [one for one, before in zip(values, [0, *values], strict=False) if one != before]
    assert changes[:3] == [10, 20, 10]


def test_a_video_begins_again_at_its_end(tmp_path: Path) -> None:
    camera = FileCamera(save_video(tmp_path / "a.avi", [10, 120, 240]), FAST)
    values = [round(int(taken(camera)[0, 0, 0]), -1) for _ in range(6)]
    camera.close()
    assert values == [10, 120, 240, 10, 120, 240]


def test_a_picture_comes_no_faster_than_a_camera_gives_it(tmp_path: Path) -> None:
    camera = FileCamera(save(tmp_path / "a.png", plain(7)), fps=0.01)
    assert camera.newest(0.0) is not None
    assert camera.newest(0.0) is None
    camera.close()


def test_large_pictures_are_made_smaller_and_odd_names_are_read(tmp_path: Path) -> None:
    camera = FileCamera(save(tmp_path / "Größe ü.jpg", plain(7, 4000, 3000)))
    assert taken(camera).shape == (1440, 1920, 3)
    camera.close()


@pytest.mark.parametrize("content", [b"", b"no picture at all"])
@pytest.mark.parametrize("name", ["a.png", "a.avi"])
def test_a_file_without_pictures_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CameraRefusedError, match="no picture"):
        FileCamera(tmp_path / name)


def test_an_empty_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CameraRefusedError, match="no picture"):
        FileCamera(tmp_path)
    with pytest.raises(CameraRefusedError, match="no file"):
        FileCamera(tmp_path / "missing.png")


def test_an_address_opens_a_file_or_a_webcam(tmp_path: Path) -> None:
    save(tmp_path / "a.png", plain(7))
    assert isinstance(open_camera(f"file:{tmp_path / 'a.png'}"), FileCamera)
    assert isinstance(open_camera("12"), Webcam)
    for wrong in ("", "file:", "-1", "front", "²"):
        with pytest.raises(UsageError):
            open_camera(wrong)


def test_an_absent_webcam_says_so_quickly_and_is_tried_again() -> None:
    camera = open_camera("99")
    for _ in range(3):
        with pytest.raises(CameraLostError, match="plugged in"):
            camera.newest(0.0)
    camera.close()


def test_the_newest_picture_is_returned_not_those_the_driver_kept() -> None:
    device = Device()
    assert int(taken(device.webcam())[0, 0, 0]) == 11


def test_format_size_and_speed_are_asked_for_in_this_order() -> None:
    device = Device()
    camera = device.webcam()
    taken(camera)
    assert device.asked[:4] == [
        cv2.CAP_PROP_FOURCC,
        cv2.CAP_PROP_FRAME_WIDTH,
        cv2.CAP_PROP_FRAME_HEIGHT,
        cv2.CAP_PROP_FPS,
    ]
    assert camera.mode is not None
    assert (camera.mode.width, camera.mode.height) == (1280, 720)


def test_an_unplugged_webcam_is_released_and_opened_again_at_growing_intervals() -> None:
    device = Device()
    camera = device.webcam()
    taken(camera)
    device.here = False
    for _ in range(40):
        with pytest.raises(CameraLostError):
            camera.newest(0.25)
    assert not device.open
    assert 3 <= device.opened <= 7
    device.here = True
    device.now += 10
    assert taken(camera).size
    camera.close()
    assert not device.open
