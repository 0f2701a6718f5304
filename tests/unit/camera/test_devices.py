"""Cameras are found by asking, not by filming."""

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest

from eventsnap_desktop.camera.devices import (
    CameraDevice,
    ask_driver,
    capability,
    list_cameras,
    list_linux,
    named_by_macos,
    named_by_windows,
)

CAPTURE, OUTPUT, METADATA = 0x1, 0x2, 0x00800000
OF_DEVICE = 0x80000000


def answer(whole: int, device: int, card: bytes = b"Webcam C920") -> bytes:
    return struct.pack("16s32s32s6I", b"uvcvideo", card, b"usb-1", 1, whole, device, 0, 0, 0)


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    for name in ("video0", "video1", "video2", "video10"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(f"{name} by name\n")
    return tmp_path


def test_only_devices_that_capture_are_cameras_in_the_order_of_their_numbers(
    classes: Path,
) -> None:
    answers = {
        "video0": ("C920", True),
        "video1": ("C920", False),
        "video2": ("", True),
        "video10": ("Capture card", True),
    }

    found = list_linux(classes, Path("/dev"), lambda device: answers[device.name])

    assert found == [
        CameraDevice(0, "C920", ""),
        CameraDevice(2, "video2 by name", ""),
        CameraDevice(10, "Capture card", ""),
    ]


def test_a_camera_that_may_not_be_opened_is_listed_with_what_to_do(classes: Path) -> None:
    def ask(device: Path) -> tuple[str, bool]:
        if device.name == "video0":
            raise PermissionError(13, "Permission denied")
        raise OSError(19, "No such device")

    (camera,) = list_linux(classes, Path("/dev"), ask)

    assert camera.name == "video0 by name"
    assert "group “video”" in camera.problem


@pytest.mark.parametrize(
    ("whole", "device", "captures"),
    [
        (CAPTURE | METADATA | OF_DEVICE, CAPTURE, True),
        (CAPTURE | METADATA | OF_DEVICE, METADATA, False),
        (0x1000 | OF_DEVICE, 0x1000, True),
        (OUTPUT | OF_DEVICE, OUTPUT, False),
        (CAPTURE, 0, True),
    ],
)
def test_a_drivers_answer_is_read(whole: int, device: int, captures: bool) -> None:
    assert capability(answer(whole, device)) == ("Webcam C920", captures)


def test_a_name_that_is_not_text_is_survived() -> None:
    assert capability(answer(CAPTURE, 0, b"\xff\xfecam\0rest"))[0] == "��cam"


def test_a_file_that_is_no_camera_cannot_be_asked(tmp_path: Path) -> None:
    (tmp_path / "video0").touch()

    with pytest.raises(OSError, match="ioctl"):
        ask_driver(tmp_path / "video0")


def test_the_real_machine_is_asked_without_an_error() -> None:
    assert all(camera.name for camera in list_cameras())


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ('[{"Name": "C920"}, {"Name": "Kamera é"}]', ["C920", "Kamera é"]),
        ('{"Name": "C920"}', ["C920"]),
        ("", []),
        ("not json", []),
        (None, []),
    ],
)
def test_windows_names_its_cameras(said: str | None, names: list[str]) -> None:
    assert [camera.name for camera in named_by_windows(lambda _: said)] == names


def test_macos_names_its_cameras() -> None:
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> str | None:
        asked.append(command)
        return '{"SPCameraDataType": [{"_name": "FaceTime HD Camera"}]}'

    assert named_by_macos(run) == [CameraDevice(None, "FaceTime HD Camera", "")]
    assert asked[0][0] == "system_profiler"
    assert named_by_macos(lambda _: None) == []
