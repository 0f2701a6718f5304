"""The camera that an address names."""

from pathlib import Path

from eventsnap_desktop.camera.file_camera import FileCamera
from eventsnap_desktop.camera.frames import Camera
from eventsnap_desktop.camera.webcam import Webcam
from eventsnap_desktop.domain.errors import UsageError

_FILE = "file:"


def open_camera(address: str) -> Camera:
    """Return a camera: ``"0"`` is the first webcam, ``"file:PATH"`` plays a picture or a video.

    A webcam is opened with its first picture. Raises UsageError for another address, and
    CameraRefusedError when a file has nothing to show.
    """
    if address.startswith(_FILE) and len(address) > len(_FILE):
        return FileCamera(Path(address.removeprefix(_FILE)))
    if address.isascii() and address.isdigit():
        return Webcam(int(address))
    raise UsageError(f"“{address}” is no camera", "Name it 0, 1, … or file:PATH.")
