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
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LC_ALL", "en_GB.UTF-8")

import qasync
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from PySide6.QtCore import QEventLoop, QLocale, QObject, QPoint, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.first_steps import FirstStepsWorks
from eventsnap_desktop.app.organizer_desk import make_desk
from eventsnap_desktop.app.sample_event import make_sample_event, make_selfie
from eventsnap_desktop.app.works import DeskWorks
from eventsnap_desktop.domain.browsing import PhotoFilter
from eventsnap_desktop.domain.overview import EventDetails
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import LoadedSettings, load_settings
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.organizer.assistant import Assistant
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.find_page import FindPage
from eventsnap_desktop.ui.organizer.photos_page import PhotosPage
from eventsnap_desktop.ui.organizer.window import OrganizerWindow
from eventsnap_desktop.ui.widgets import language
from eventsnap_desktop.ui.widgets.theme import Theme
from kiosk_pictures import take_kiosk
from outbox_pictures import fill_kiosks, fill_outbox

PAGES = (
    "events",
    "photos",
    "encode",
    "find",
    "coverage",
    "kiosks",
    "outbox",
    "settings",
)
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


def show_usual_place(window: QWidget) -> None:
    """Name the data folder that most people have instead of this script's own."""
    here, usual = str(Path.home() / "home"), "~/.local/share/eventsnap"
    for shown in (*window.findChildren(QLabel), *window.findChildren(QLineEdit)):
        if here in shown.text():
            shown.setText(shown.text().replace(here, usual))


def save(window: QWidget, file: Path) -> None:
    """Write a small PNG of the window, with the selfies in it blurred."""
    show_usual_place(window)
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


def fill(desk: Desk, root: Path) -> Path:
    """Make and encode the event, then blur the faces in its photos; return a selfie."""
    folder = root / "Pictures" / "garden-party"
    make_sample_event(folder)
    selfie = root / "selfie.jpg"
    make_selfie(selfie)
    source, keep = "~/Pictures/garden-party", datetime.now(UTC) + timedelta(days=30)
    event = desk.organizing.add(
        "garden-party", EventDetails("Garden party", source, keep, "IMG_2001.jpg")
    )
    desk.works.encode(event, False, lambda _: None, Cancel())
    desk.current.show(desk.organizing.overview(event.id))
    blur_faces(desk, folder)
    return selfie


def take(
    desk: Desk, index: Index, root: Path, folder: Path, size: tuple[int, int], suffix: str
) -> None:
    """Open the window on a sample event and take a picture of each page."""
    selfie = fill(desk, root)
    fill_tables(desk, index)
    window = OrganizerWindow(desk, QSettings(str(root / "w.ini"), QSettings.Format.IniFormat))
    window.resize(*size)
    window.show()
    find = window.page("find")
    assert isinstance(find, FindPage)
    find.add_files([selfie])
    wait(4)
    for name in PAGES:
        window.show_page(name)
        wait(2.5)
        save(window, folder / f"{name}{suffix}.png")
    take_more(window, folder, suffix)
    window.close()


def take_more(window: OrganizerWindow, folder: Path, suffix: str) -> None:
    """Take what is behind the pages' first view: the viewer, and the two forms with a preview."""
    for page, button, name in (
        ("kiosks", "Settings and preview", "kiosk-settings"),
        ("outbox", "What leaves the event", "output"),
    ):
        window.show_page(page)
        shown = window.page(page)
        next(one for one in shown.findChildren(QPushButton) if one.text() == button).click()
        wait(3)
        save(window, folder / f"{name}{suffix}.png")
    window.show_page("photos")
    photos = window.page("photos")
    assert isinstance(photos, PhotosPage)
    photos.open_photo("IMG_2032.jpg")
    wait(3)
    save(window, folder / f"viewer{suffix}.png")


def take_assistant(jobs: Jobs, loaded: LoadedSettings, file: Path) -> None:
    """Take a picture of the first start's first step."""
    assistant = Assistant(jobs, FirstStepsWorks(loaded))
    assistant.resize(820, 520)
    assistant.show()
    wait(1)
    save(assistant, file)
    assistant.hide()
    assistant.deleteLater()


def fill_tables(desk: Desk, index: Index) -> None:
    """Have kiosks, guests and deliveries, so that the pages show something."""
    event = desk.current.id
    assert event is not None
    ids = [PhotoId(int(number)) for number in desk.browsing.list_ids(event, PhotoFilter())]
    fill_kiosks(index, event)
    fill_outbox(index, event, ids[:12])


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
    suffix = "" if args.theme == "light" else "-dark"
    suffix += "" if args.language == "en" else f"-{args.language}"
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eventsnap-look-")))
        os.environ["HOME"] = str(root)  # the windows show a path that anybody could have
        loop = stack.enter_context(qasync.QEventLoop(app))
        loaded = load_settings({"home": root / "home", "model": {"pack": "lite"}})
        program = Program(loaded.settings)
        index = stack.enter_context(program.open_index())
        jobs, owner = Jobs(loop), QObject()
        desk = make_desk(DeskWorks(program, loaded, index), loaded, index, jobs, owner)
        desk.changes.start()
        if args.kiosk:
            take_kiosk(desk, fill(desk, root), args.into, wait)
        else:
            take_assistant(jobs, loaded, args.into / f"assistant{suffix}.png")
            width, height = (int(part) for part in args.size.split("x"))
            take(desk, index, root, args.into, (width, height), suffix)
        desk.changes.stop()
        desk.jobs.close()


if __name__ == "__main__":
    main()
