"""The print screen: papers as they come out, copies within the limit, what goes first."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.errors import PhotoUnreadableError
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.outgoing import OutputSettings, PrintLayout, PrintLook
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_actions import Back, Print
from eventsnap_desktop.flows.guest_views import PrintView
from eventsnap_desktop.ui.bridge.jobs import Jobs
from eventsnap_desktop.ui.bridge.thumbnails import Thumbnails
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pictures import SMALL, Pictures
from eventsnap_desktop.ui.kiosk.print_preview import PrintPreview
from eventsnap_desktop.ui.kiosk.print_screen import MOST_COPIES, PrintScreen
from tests.ui.kiosk.screen_host import SIZES, acts, look_for, shown

EVENT = Event(EventId(1), "party", "Party", "", None, datetime(2030, 1, 1, tzinfo=UTC), None)
WIDTH, HEIGHT = 3000, 6000
FACE = Box(1200, 5000, 600, 600)


def photo(number: int, *, high: bool = False) -> GalleryPhoto:
    """Return a photo whose guest stands low in it where it is ``high``."""
    width, height = (WIDTH, HEIGHT) if high else (HEIGHT, WIDTH)
    faces = (FACE,) if high else ()
    when = datetime(2030, 1, 1, tzinfo=UTC)
    return GalleryPhoto(PhotoId(number), f"{number}.jpg", "x", when, width, height, faces=faces)


def picture(_: Event, key: str, side: int) -> bytes:
    """Return a grey picture with a red face where ``photo`` says there is one."""
    if key == "13.jpg":
        raise PhotoUnreadableError("broken")
    high = key == "7.jpg"
    image = QImage(
        side // 2 if high else side, side if high else side // 2, QImage.Format.Format_RGB32
    )
    image.fill(QColor("#808080"))
    if high:
        scale = side / HEIGHT
        painter = QPainter(image)
        face = QRectF(FACE.x * scale, FACE.y * scale, FACE.width * scale, FACE.height * scale)
        painter.fillRect(face, QColor("#ff0000"))
        painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload] # bytes, says the stub; not so
    return bytes(data.data())


@pytest.fixture
def pictures(jobs: Jobs, tmp_path: Path) -> Iterator[Pictures]:
    """Return the pictures of an event whose photos are drawn here."""
    thumbnails = Thumbnails(jobs, picture, tmp_path)
    yield Pictures(EVENT, thumbnails, thumbnails)
    jobs.close(20)


def opened(
    qtbot: QtBot, pictures: Pictures, view: PrintView, size: tuple[int, int] = (1280, 800)
) -> tuple[QWidget, PrintScreen]:
    """Return a visible window and its screen, which shows a view."""

    def make(look: Look) -> PrintScreen:
        screen = PrintScreen(look, pictures)
        screen.show_state(view)
        return screen

    return shown(qtbot, make, look_for(size), size)


def photos(count: int) -> tuple[GalleryPhoto, ...]:
    """Return so many photos."""
    return tuple(photo(number) for number in range(1, count + 1))


def ids(*numbers: int) -> tuple[PhotoId, ...]:
    """Return the ids of photos by number."""
    return tuple(PhotoId(number) for number in numbers)


def tap(widget: QWidget) -> None:
    """Tap a widget in its middle."""
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_copies_are_counted_up_to_what_is_left(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(2), left=7))
    heard = acts(screen)
    assert not screen.stepper.fewer.isEnabled()

    for _ in range(5):
        tap(screen.stepper.more)
    assert screen.stepper.copies == 3
    assert not screen.stepper.more.isEnabled()
    assert "6" in screen.total.text()
    assert screen.left.text() == "You can print 1 more."
    tap(screen.stepper.fewer)
    tap(screen.print)

    assert heard == [Print(ids(1, 2), 2)]
    window.close()


def test_the_title_counts_what_is_printed_not_what_there_is(
    qtbot: QtBot, pictures: Pictures
) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(5), left=2))

    assert screen.bar.title.text() == "Print 2 photos"
    tap(screen.previews[0])
    assert screen.bar.title.text().startswith("Print 1 ")
    tap(screen.previews[1])
    assert screen.bar.title.text() == "Print"
    window.close()


def test_without_a_limit_there_is_a_sensible_one(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(1)))

    for _ in range(MOST_COPIES + 5):
        tap(screen.stepper.more)

    assert screen.stepper.copies == MOST_COPIES
    assert not screen.left.isVisible()
    window.close()


def test_of_more_photos_than_are_left_the_guest_chooses(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(4), left=2))
    heard = acts(screen)
    assert screen.chosen == ids(1, 2)
    assert "up to 2" in screen.hint.text()

    tap(screen.previews[3])
    assert screen.chosen == ids(1, 2), "one more than is left"
    tap(screen.previews[0])
    tap(screen.previews[3])
    tap(screen.print)

    assert heard == [Print(ids(2, 4), 1)]
    window.close()


def test_it_says_when_no_more_can_be_printed(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(1), left=2))
    assert screen.left.text() == "You can print 1 more."

    tap(screen.stepper.more)

    assert screen.left.text() == "That is as many as you can print."
    assert not screen.stepper.more.isEnabled()
    window.close()


STRIPS = PrintLook(OutputSettings(print_layout=PrintLayout.STRIP))


def test_limits_count_sheets_of_strips_not_their_photos(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(7), left=2, look=STRIPS))
    heard = acts(screen)
    assert len(screen.previews) == 3
    assert screen.chosen == ids(1, 2, 3, 4, 5, 6)
    assert "up to 2 sheets" in screen.hint.text()
    assert "2 sheets with two strips" in screen.total.text()

    tap(screen.previews[2])
    assert screen.chosen == ids(1, 2, 3, 4, 5, 6), "one more than is left"
    tap(screen.previews[0])
    tap(screen.previews[1])
    tap(screen.previews[2])
    assert screen.left.text() == "You can print 1 more."
    tap(screen.stepper.more)
    tap(screen.print)

    assert heard == [Print(ids(7), 2)]
    window.close()


def test_one_sheet_of_strips_needs_no_choice(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(3), left=2, look=STRIPS))

    assert not screen.label.isVisible()
    assert not screen.hint.isVisible()
    tap(screen.stepper.more)
    assert screen.stepper.copies == 2
    window.close()


def test_when_others_had_the_last_prints_the_guest_is_told(
    qtbot: QtBot, pictures: Pictures
) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(2), left=4))
    tap(screen.stepper.more)

    screen.show_state(PrintView(photos(2), left=1, fewer=True))

    assert "Fewer prints" in screen.hint.text()
    assert (screen.chosen, screen.stepper.copies) == (ids(1), 1)
    assert screen.print.isEnabled()
    window.close()


def test_fewer_copies_where_more_photos_are_chosen(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(2), left=4))
    tap(screen.previews[1])
    for _ in range(3):
        tap(screen.stepper.more)
    assert screen.stepper.copies == 4

    tap(screen.previews[1])

    assert screen.stepper.copies == 2
    window.close()


def test_nothing_chosen_cannot_be_printed(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(2)))

    for preview in screen.previews:
        tap(preview)

    assert not screen.print.isEnabled()
    assert "Tap a photo" in screen.hint.text()
    window.close()


def test_the_only_photo_cannot_be_left_out(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(1)))

    tap(screen.previews[0])

    assert screen.chosen == ids(1)
    window.close()


def test_without_prints_left_it_says_so(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(2), left=0))

    assert "no prints left" in screen.hint.text()
    assert not screen.print.isEnabled()
    assert not any(one.isVisible() for one in (screen.label, screen.stepper, screen.total))
    window.close()


def test_a_newer_view_keeps_what_was_chosen(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(3), left=9))
    tap(screen.previews[0])
    tap(screen.stepper.more)

    screen.show_state(PrintView(photos(3), left=9, busy=True))
    assert not screen.print.isEnabled()
    assert not screen.stepper.isEnabled()
    assert "moment" in screen.print.text()
    screen.show_state(PrintView(photos(3), left=9, failed=True))

    assert screen.chosen == ids(2, 3)
    assert screen.stepper.copies == 2
    assert "try again" in screen.hint.text()
    assert screen.print.isEnabled()
    screen.show_state(PrintView(photos(3), left=1))
    assert screen.chosen == ids(2)
    window.close()


def red_part(preview: PrintPreview) -> tuple[float, float]:
    """Return between which heights of the paper something red is seen."""
    image = preview.grab().toImage()
    paper, column = preview.paper, round(preview.paper.center().x())
    rows = [
        y
        for y in range(round(paper.top()), round(paper.bottom()))
        if image.pixelColor(column, y).red() > 200 and image.pixelColor(column, y).green() < 60
    ]
    return ((min(rows) - paper.top()) / paper.height(), (max(rows) - paper.top()) / paper.height())


def test_the_paper_shows_the_guest_whole(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView((photo(7, high=True),)))
    preview = screen.previews[0]
    qtbot.waitUntil(lambda: pictures.get(preview.photos[0], SMALL) is not None)
    qtbot.waitUntil(
        lambda: preview.grab().toImage().pixelColor(preview.rect().center()).red() < 200
    )

    assert preview.paper.height() / preview.paper.width() == pytest.approx(1.5)
    top, bottom = red_part(preview)
    assert bottom - top == pytest.approx(FACE.height / preview.crop.height, abs=0.03)
    assert bottom < 0.97
    window.close()


def test_a_photo_that_cannot_be_shown_can_still_be_chosen(qtbot: QtBot, pictures: Pictures) -> None:
    with qtbot.waitSignal(pictures.missed):
        window, screen = opened(qtbot, pictures, PrintView((photo(13), photo(1))))

    assert screen.chosen == ids(13, 1)
    window.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 3, 40])
def test_everything_fits_and_is_large_enough(
    qtbot: QtBot, pictures: Pictures, size: tuple[int, int], count: int
) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(count), left=4, failed=True), size)
    qtbot.waitUntil(partial(screen.print.isVisible))

    assert (window.width(), window.height()) == size
    for button in window.findChildren(QPushButton):
        place = button.rect().translated(button.mapTo(window, QPoint(0, 0)))
        assert window.rect().contains(place), button.text()
        assert min(button.width(), button.height()) >= 64
    assert min(screen.previews[0].width(), screen.previews[0].height()) >= 180
    window.close()


def test_it_works_by_keys_only(qtbot: QtBot, pictures: Pictures) -> None:
    window, screen = opened(qtbot, pictures, PrintView(photos(2)))
    heard = acts(screen)

    screen.previews[0].setFocus()
    QTest.keyClick(screen.previews[0], Qt.Key.Key_Space)
    screen.stepper.more.setFocus()
    QTest.keyClick(screen.stepper.more, Qt.Key.Key_Space)
    screen.print.setFocus()
    QTest.keyClick(screen.print, Qt.Key.Key_Space)
    screen.bar.button.setFocus()
    QTest.keyClick(screen.bar.button, Qt.Key.Key_Space)

    assert heard == [Print(ids(2), 2), Back()]
    window.close()
