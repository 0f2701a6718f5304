"""Pictures of the guest's screens for the documents, of sample photos with blurred faces."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageFilter
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from eventsnap_desktop.app.kiosk_parts import screen_factories
from eventsnap_desktop.camera.frames import Camera
from eventsnap_desktop.delivery.wifi_words import wifi_words
from eventsnap_desktop.domain.browsing import PhotoFilter, PhotoRow
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.guests import EventGlance, GalleryPhoto, GuestDelivery, TakeWays
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows import guest_views as views
from eventsnap_desktop.flows.consent_texts import as_read, read_consent_texts
from eventsnap_desktop.flows.identify import identify
from eventsnap_desktop.ui.bridge.camera_feed import CameraFeed
from eventsnap_desktop.ui.kiosk.branding import Branding
from eventsnap_desktop.ui.kiosk.look import Look, make_look
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.spoken_languages import SpokenLanguages
from eventsnap_desktop.ui.kiosk.window import KioskWindow, WindowStage
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.widgets.resource_files import resource

SIZES = {"": (1920, 1080), "-portrait": (1080, 1920)}
WAYS = TakeWays(email=True, print=True, phone=True, prints_left=2)


class StillCamera(CameraFeed):
    """Shows one picture as if it were filmed."""

    def __init__(self, picture: QImage, parent: QObject) -> None:
        super().__init__(_no_camera, parent)
        self._picture = picture

    def take_image(self) -> QImage | None:
        """Return the picture, as large as it is."""
        return self._picture

    def set_preview_size(self, size: QSize) -> None:
        """Fit the picture to the place."""
        super().set_preview_size(size)
        self.arrived.emit()


def gallery_of(desk: Desk, selfie: Path) -> tuple[Event, tuple[GalleryPhoto, ...]]:
    """Return the event, and the guest's photos as the gallery gets them."""
    event = desk.current.chosen
    assert event is not None
    load = desk.works.load_selfie("selfie", selfie.read_bytes())
    limits = desk.works.vision_facts().thresholds
    found = identify(event.id, [("selfie", load)], desk.faces, limits).matches
    rows = {row.id: row for row in desk.browsing.rows(event.id, [one.photo_id for one in found])}
    return event, tuple(
        _photo(rows[one.photo_id], one.similarity, (one.box,))
        for one in found
        if one.photo_id in rows
    )


def take_kiosk(desk: Desk, selfie: Path, folder: Path, wait: Callable[[float], None]) -> None:
    """Take a picture of the screens a guest sees, in both orientations."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet("")
    event, photos = gallery_of(desk, selfie)
    ids = [PhotoId(int(number)) for number in desk.browsing.list_ids(event.id, PhotoFilter())]
    shown = tuple(_photo(row) for row in desk.browsing.rows(event.id, ids))
    owner = QObject()
    pictures = Pictures(event, desk.thumbnails, owner)
    camera = StillCamera(_blurred(selfie), owner)
    branding = Branding("Garden party")
    languages = SpokenLanguages(app, ("en", "de"), owner)
    window = KioskWindow(
        screen_factories(pictures, camera, lambda: branding, lambda: languages.current),
        _look,
        languages,
        branding,
        animated=False,
    )
    stage = WindowStage(window)
    for suffix, size in SIZES.items():
        window.resize(*size)
        window.show()
        for name, view in _views(photos, shown).items():
            stage.wipe()
            stage.show(view)
            wait(1.5)
            _save(window, folder / f"kiosk-{name}{suffix}.png")
    window.leave()


def _views(
    photos: tuple[GalleryPhoto, ...], shown: tuple[GalleryPhoto, ...]
) -> dict[str, views.View]:
    texts = tuple(
        as_read(text, "Ada’s photo studio") for text in read_consent_texts(resource("consent"))
    )
    glance = EventGlance(1234, datetime.now(UTC), shown)
    waiting = GuestDelivery(
        DeliveryId(1), DeliveryKind.EMAIL, DeliveryState.WAITING, len(photos), 0, False
    )
    progress = CaptureProgress(Hint.GOOD, taken=1, ring=0.6, people=1)
    return {
        "attract": views.AttractView("", "Garden party", glance),
        "consent": views.ConsentView(texts, can_browse=True, organizer="Ada’s photo studio"),
        "camera": views.CaptureView(progress),
        "gallery": views.GalleryView(photos, shown[-1:], ways=WAYS, deliveries=(waiting,)),
        "mail": views.MailView(len(photos), 50),
        "print": views.PrintView(photos[:2], 4),
        "phone": views.PhoneView(
            len(photos),
            "http://192.168.10.2:8473/g/kP3mX0a",
            datetime.now(UTC) + timedelta(hours=72),
            wifi_words("Garden party", "bring your own cake"),
        ),
    }


def _look(accessible: bool) -> Look:
    return make_look("light", "", accessible)


def _photo(row: PhotoRow, similarity: float = 0.0, faces: tuple[Box, ...] = ()) -> GalleryPhoto:
    return GalleryPhoto(
        row.id,
        row.key,
        row.etag,
        row.time,
        row.width or 1,
        row.height or 1,
        similarity,
        Band.SURE,
        faces,
    )


def _blurred(selfie: Path) -> QImage:
    """Return the selfie so blurred that nobody can be recognised in it."""
    with Image.open(selfie) as opened:
        picture = opened.convert("RGB").resize((1280, 720)).filter(ImageFilter.GaussianBlur(38))
    data = picture.tobytes("raw", "RGB")
    return QImage(data, 1280, 720, 3 * 1280, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


def _save(window: KioskWindow, file: Path) -> None:
    """Write a small PNG, half as wide as the screen."""
    window.grab().save(str(file))
    with Image.open(file) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((960, 960))
    picture.quantize(255, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file}\n")


def _no_camera() -> Camera:
    raise AssertionError("nothing is filmed")
