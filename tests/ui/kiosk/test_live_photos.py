"""A photo that is put into the source while a guest looks: it comes to them, and to nobody else."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from eventsnap_desktop.app.sample_shots import SHOTS
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_views import AttractView, GalleryView
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from tests.fixtures.s3 import S3Place
from tests.ui.kiosk.running import RunningKiosk, keys

_PROGRAM = Path(sys.executable).parent / "eventsnap"
_NAMES = {f"IMG_{2001 + number}.{shot.form}": shot for number, shot in enumerate(SHOTS)}

Put = Callable[[str], None]
"""Puts the sample photo of this name into the source."""


@pytest.fixture
def names(sample_folder: Path) -> tuple[list[str], list[str]]:
    """Return the sample photos that show the guest, earliest first, and those that do not."""
    there = [name for name in _NAMES if (sample_folder / name).exists()]
    shows = [name for name in there if _NAMES[name].shows_guest]
    return shows, [name for name in there if name not in shows]


@contextmanager
def watched(code: str, home: Path) -> Iterator[None]:
    """Run `--encode --watch` in a process of its own."""
    command = [str(_PROGRAM), "--encode", code, "--watch", "--json"]
    environment = {**os.environ, "EVENTSNAP_HOME": str(home), "EVENTSNAP_MODEL_PACK": "lite"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)


def is_painted(kiosk: RunningKiosk, photo: PhotoId) -> bool:
    """Whether the gallery shows a picture where the photo's place is, and not a plain ground."""
    screen = kiosk.screen
    assert isinstance(screen, GalleryScreen)
    place = screen.grid.rect_of(photo)
    image = screen.grid.viewport().grab(place).toImage()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    middle = pixels[image.height() // 3 : 2 * image.height() // 3]
    return bool(middle.std() > 10)


def look_on(
    index: Index,
    source: str,
    put: Put,
    names: tuple[list[str], list[str]],
    start: Callable[[str], RunningKiosk],
    home: Path,
) -> None:
    """Open a guest's gallery and put two new photos into the source, of them and of others."""
    (*before, new), (stranger, *others) = names
    for name in (before[0], others[0]):
        put(name)
    event = index.events.create_event("party", "Party", source)
    with watched("party", home):
        kiosk = start("party")
        kiosk.until(AttractView, lambda view: view.glance is not None and view.glance.photos == 2)
        kiosk.begin()
        assert keys(kiosk.until(GalleryView).photos) == {before[0]}

        put(stranger)
        put(new)
        gallery = kiosk.until(GalleryView, lambda view: len(view.photos) == 2)

        assert gallery.photos[0].key == new  # the newest
        assert gallery.fresh == {gallery.photos[0].id}
        kiosk.qtbot.waitUntil(lambda: is_painted(kiosk, gallery.photos[0].id))
        kiosk.qtbot.waitUntil(lambda: index.guests.glance(event.id).photos == 4)
        assert keys(kiosk.until(GalleryView).photos) == {before[0], new}
        kiosk.end()


def test_a_photo_put_into_the_folder_comes_to_the_open_gallery(
    index: Index,
    sample_folder: Path,
    selfie_file: Path,
    names: tuple[list[str], list[str]],
    start_kiosk: Callable[..., RunningKiosk],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()

    def put(name: str) -> None:
        shutil.copyfile(sample_folder / name, folder / name)

    look_on(
        index, str(folder), put, names, lambda code: start_kiosk(code, selfie_file), tmp_path / "2"
    )


def test_a_photo_put_into_the_bucket_comes_to_the_open_gallery(
    index: Index,
    sample_folder: Path,
    selfie_file: Path,
    names: tuple[list[str], list[str]],
    start_kiosk: Callable[..., RunningKiosk],
    tmp_path: Path,
    seaweedfs_place: S3Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection, client = seaweedfs_place.connection, seaweedfs_place.client()
    monkeypatch.setenv("EVENTSNAP_STORAGE_ENDPOINT", connection.endpoint)
    monkeypatch.setenv("EVENTSNAP_STORAGE_ACCESS_KEY", connection.access_key)
    monkeypatch.setenv("EVENTSNAP_STORAGE_SECRET_KEY", connection.secret_key)

    def put(name: str) -> None:
        client.fput_object(seaweedfs_place.bucket, name, str(sample_folder / name))

    look_on(
        index,
        seaweedfs_place.uri,
        put,
        names,
        lambda code: start_kiosk(code, selfie_file),
        tmp_path / "2",
    )
