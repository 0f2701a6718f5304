"""Makes the pictures of the windows that the documents show, on the sample event, faces blurred.

    make screenshots          into docs/screenshots; --kiosk takes the guest's screens instead

Nobody can be recognised in them: after encoding, every face of the sample photos is blurred in the
files, and the windows show those.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LC_ALL", "en_GB.UTF-8")

import qasync
from kiosk_pictures import take_kiosk
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from PySide6.QtCore import QEventLoop, QLocale, QObject, QPoint, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.organizer_desk import make_desk
from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.browsing import PhotoFilter
from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.find_page import FindPage
from eventsnap_desktop.ui.organizer.window import OrganizerWindow
from eventsnap_desktop.ui.widgets import language
from eventsnap_desktop.ui.widgets.theme import Theme

PAGES = ("events", "photos", "encode", "find", "coverage", "kiosks")
COLOURS = 255
LARGEST_ICON = 57  # pixels; a label with a larger picture shows a selfie


def wait(seconds: float) -> None:
    """Let the windows live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def blur_faces(desk: Desk, folder: Path) -> None:
    """Blur every face that was found, in the files themselves."""
    event = desk.current.chosen
    assert event is not None
    ids = [PhotoId(int(number)) for number in desk.browsing.list_ids(event.id, PhotoFilter())]
    for row in desk.browsing.rows(event.id, ids):
        file = folder / row.key
        with Image.open(file) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
        mask = Image.new("L", picture.size)
        for face in desk.browsing.faces(event.id, row.id):
            box = face.box
            grown = (
                box.x - box.width * 0.25,
                box.y - box.height * 0.3,
                box.x + box.width * 1.25,
                box.y + box.height * 1.2,
            )
            ImageDraw.Draw(mask).ellipse(grown, fill=255)
        radius = max(12, round(max(picture.size) / 28))
        blurred = picture.filter(ImageFilter.GaussianBlur(radius))
        picture.paste(blurred, (0, 0), mask.filter(ImageFilter.GaussianBlur(6)))
        picture.filter(ImageFilter.GaussianBlur(1)).save(file, quality=88)


def save(window: OrganizerWindow, file: Path) -> None:
    """Write a small PNG of the window, with the selfies in it blurred."""
    window.grab().save(str(file))
    with Image.open(file) as opened:
        picture = opened.convert("RGB")
    for shown in window.findChildren(QLabel):
        if shown.isVisible() and shown.pixmap().height() > LARGEST_ICON:
            corner = shown.mapTo(window, QPoint(0, 0))
            place = (
                corner.x(),
                corner.y(),
                corner.x() + shown.width(),
                corner.y() + shown.height(),
            )
            picture.paste(picture.crop(place).filter(ImageFilter.GaussianBlur(7)), place)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file}\n")


def fill(desk: Desk, folder: Path) -> Path:
    """Make and encode the event; return a selfie."""
    make_sample_event(folder)
    selfie = folder.parent / "selfie.jpg"
    make_selfie(selfie)
    event = desk.organizing.add(
        "garden-party", EventDetails("Garden party", str(folder), None, None)
    )
    desk.works.encode(event, False, lambda _: None, Cancel())
    desk.current.show(desk.organizing.overview(event.id))
    return selfie


def show_all(window: OrganizerWindow, folder: Path, suffix: str) -> None:
    """Take a picture of each page."""
    event = window.desk.current.id
    assert event is not None
    for name in PAGES:
        kiosks = window.desk.kiosks
        kiosks.report("Entrance", event, KioskState.IN_SESSION, "")
        kiosks.report("Bar", event, KioskState.PRINTER_PROBLEM, "The printer is out of paper.")
        window.show_page(name)
        wait(2.5)
        save(window, folder / f"{name}{suffix}.png")


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--into", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--kiosk", action="store_true", help="the guest's screens")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--language", choices=["en", "de"], default="en")
    return parser.parse_args()


def main() -> None:
    """Take all pictures."""
    args = arguments()
    args.into.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = QApplication(sys.argv[:1])
    language.put_on(app, args.language)
    Theme(app, args.theme)
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eventsnap-look-")))
        loop = stack.enter_context(qasync.QEventLoop(app))
        loaded = load_settings({"home": root / "home", "model": {"pack": "lite"}})
        program = Program(loaded.settings)
        index = stack.enter_context(program.open_index())
        owner = QObject()
        desk = make_desk(DeskWorks(program, loaded, index), loaded, index, Jobs(loop), owner)
        desk.changes.start()
        if args.kiosk:
            photos = root / "photos"
            selfie = fill(desk, photos)
            blur_faces(desk, photos)
            take_kiosk(desk, selfie, args.into, wait)
        else:
            take(desk, root, args)
        desk.changes.stop()
        desk.jobs.close()


def take(desk: Desk, root: Path, args: argparse.Namespace) -> None:
    """Open the window on a sample event and take a picture of each page."""
    photos = root / "photos"
    selfie = fill(desk, photos)
    window = OrganizerWindow(desk, QSettings(str(root / "w.ini"), QSettings.Format.IniFormat))
    width, height = (int(part) for part in args.size.split("x"))
    window.resize(width, height)
    window.show()
    find = window.page("find")
    assert isinstance(find, FindPage)
    find.add_files([selfie])
    wait(4)
    blur_faces(desk, photos)
    desk.thumbnails.forget_event("garden-party")
    suffix = "" if args.theme == "light" else "-dark"
    suffix += "" if args.language == "en" else f"-{args.language}"
    show_all(window, args.into, suffix)
    window.close()


if __name__ == "__main__":
    main()
