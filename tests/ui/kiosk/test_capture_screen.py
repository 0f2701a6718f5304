"""The camera screen: every hint on every display, its buttons, and nothing left behind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTranslator
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.flows.guest_actions import Back, Retake, Shutter, Together
from eventsnap_desktop.flows.guest_views import CaptureView
from eventsnap_desktop.ui.kiosk.capture_screen import CaptureScreen
from eventsnap_desktop.ui.kiosk.hint_words import HINT_ICONS, HintWords
from eventsnap_desktop.ui.kiosk.look import SMALLEST_TARGET, kiosk_sheet, make_look
from eventsnap_desktop.ui.widgets.resource_files import resource
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.hand_feed import HandFeed, plain

RED = QColor(200, 30, 30)


@dataclass(frozen=True, slots=True)
class Place:
    """The size of a display, and of the part of it that a screen has."""

    display: tuple[int, int]
    size: tuple[int, int]
    accessible: bool = False


PLACES = [
    Place((1920, 1080), (1920, 1080)),
    Place((1920, 1080), (1920, 970)),
    Place((1080, 1920), (1080, 1920)),
    Place((1280, 800), (1280, 800)),
    Place((1280, 800), (1280, 710)),
    Place((800, 1280), (800, 1190)),
    Place((1024, 768), (1024, 680)),
    Place((3840, 2160), (3840, 1950)),
    Place((1920, 1080), (1920, 1080), accessible=True),
    Place((1920, 1080), (1920, 800), accessible=True),
    Place((1080, 1920), (1080, 1120), accessible=True),
    Place((1280, 800), (1280, 580), accessible=True),
    Place((800, 1280), (800, 732), accessible=True),
]
SMALL = Place((1280, 800), (1280, 710))


def selfie(left: tuple[int, int, int], right: tuple[int, int, int]) -> BgrImage:
    image = np.zeros((90, 160, 3), np.uint8)
    image[:, :80], image[:, 80:] = left, right
    return image


ONE = selfie((255, 0, 0), (0, 0, 255))
TWO = selfie((0, 255, 0), (255, 255, 255))


@pytest.fixture
def feed(theme: Theme) -> HandFeed:
    return HandFeed()


@pytest.fixture
def build(feed: HandFeed, qtbot: QtBot) -> Iterator[Callable[..., CaptureScreen]]:
    """Return what shows the screen on a display, as the kiosk's window does."""
    windows: list[QWidget] = []

    def show(place: Place = SMALL) -> CaptureScreen:
        look = make_look("light", "", place.accessible).for_size(*place.display)
        window = QWidget()
        window.setStyleSheet(kiosk_sheet(look))
        window.resize(*place.size)
        screen = CaptureScreen(look, feed)
        screen.setParent(window)
        screen.setGeometry(0, 0, *place.size)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        screen.show_state(CaptureView(CaptureProgress(Hint.NOBODY)))
        feed.push(plain(RED, QSize(*place.size)))
        QApplication.processEvents()
        windows.append(window)
        return screen

    yield show
    for window in windows:
        window.hide()


def acts(screen: CaptureScreen) -> list[object]:
    heard: list[object] = []
    screen.acted.connect(heard.append)
    return heard


def show(screen: CaptureScreen, hint: Hint = Hint.CLOSER, **more: object) -> None:
    together = bool(more.pop("together", False))
    screen.show_state(CaptureView(CaptureProgress(hint, **more), together))  # type: ignore[arg-type]
    QApplication.processEvents()


def buttons(screen: CaptureScreen) -> list[QAbstractButton]:
    return screen.findChildren(QAbstractButton)


def assert_nothing_is_cut_off(screen: CaptureScreen) -> None:
    whole = screen.rect()
    for child in screen.findChildren(QWidget):
        if not child.isVisible():
            continue
        place = child.rect().translated(child.mapTo(screen, QPoint()))
        assert whole.contains(place), (child, place)
        least = child.minimumSizeHint()
        assert child.width() >= least.width(), child
        assert child.height() >= least.height(), child
        if isinstance(child, QLabel) and child.text():
            assert_text_fits(child)
    assert_no_overlap(screen)


def assert_text_fits(label: QLabel) -> None:
    flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextSingleLine
    room = label.contentsRect()
    needed = QFontMetrics(label.font()).boundingRect(room, int(flags), label.text())
    assert needed.width() <= room.width(), label.text()
    assert needed.height() <= room.height(), label.text()


def assert_no_overlap(screen: CaptureScreen) -> None:
    parts = [screen.preview, screen.strip, screen.said, screen.together, screen.shutter]
    parts += [screen.again, screen.back]
    places = [p.rect().translated(p.mapTo(screen, QPoint())) for p in parts if p.isVisible()]
    for number, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[number + 1 :])


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_hint_fits_every_display_and_moves_nothing(
    build: Callable[..., CaptureScreen], place: Place
) -> None:
    screen = build(place)
    parts = [screen.preview, screen.strip, screen.together, screen.shutter, screen.back]
    before = [part.geometry() for part in parts]
    for hint in Hint:
        for taken, people, together in ((0, 1, False), (2, 3, False), (3, 2, True)):
            chosen = (ONE, TWO, ONE)[:taken]
            show(screen, hint, taken=taken, people=people, together=together, selfies=chosen)
            assert_nothing_is_cut_off(screen)
            assert [part.geometry() for part in parts] == before


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_targets_are_large_and_the_preview_is_the_largest(
    build: Callable[..., CaptureScreen], place: Place
) -> None:
    screen = build(place)
    show(screen, taken=1, selfies=(ONE,))
    for button in buttons(screen):
        assert min(button.width(), button.height()) >= SMALLEST_TARGET
    assert screen.preview.width() * screen.preview.height() > 0.3 * screen.width() * screen.height()


class _LongerWords(QTranslator):
    """Makes every text as much longer as German is."""

    def translate(self, context: str, text: str, hint: str = "", n: int = -1) -> str:  # type: ignore[override]
        del context, hint, n
        return text + "x" * (len(text) // 4)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_language_of_longer_words_fits(
    build: Callable[..., CaptureScreen], place: Place, qapp: QApplication
) -> None:
    longer = _LongerWords()
    qapp.installTranslator(longer)
    try:
        screen = build(place)
        for hint in Hint:
            show(screen, hint, taken=1, selfies=(ONE,))
            assert_nothing_is_cut_off(screen)
    finally:
        qapp.removeTranslator(longer)


def test_every_hint_has_words_and_an_icon_of_its_own_in_the_resources() -> None:
    words = HintWords().all_words()
    assert set(words) == set(Hint) == set(HINT_ICONS)
    assert len(set(words.values())) == len(Hint)
    for name in HINT_ICONS.values():
        assert resource("icons", f"{name}.svg").is_file()


def test_a_screen_reader_hears_the_hint_and_what_was_taken(
    build: Callable[..., CaptureScreen],
) -> None:
    screen = build()
    show(screen, Hint.CLOSER)
    assert screen.pill.label.accessibleName() == "Come a little closer"
    show(screen, Hint.GOOD, taken=1, selfies=(ONE,))
    assert screen.pill.label.accessibleName() == "Perfect"
    assert screen.strip.accessibleName() == "1 of 3 pictures taken"
    assert all(button.accessibleName() or button.text() for button in buttons(screen))


PRESSES = [
    ("shutter", Shutter()),
    ("again", Retake()),
    ("back", Back()),
    ("together.all", Together(True)),
]


def part(screen: CaptureScreen, name: str) -> QAbstractButton:
    found: object = screen
    for step in name.split("."):
        found = getattr(found, step)
    assert isinstance(found, QAbstractButton)
    return found


@pytest.mark.parametrize(("name", "action"), PRESSES)
@pytest.mark.parametrize("way", ["mouse", "key", "touch"])
def test_every_button_does_its_one_thing(
    build: Callable[..., CaptureScreen], name: str, action: object, way: str
) -> None:
    screen = build()
    show(screen, taken=1, selfies=(ONE,))
    heard, button = acts(screen), part(screen, name)
    if way == "mouse":
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    elif way == "key":
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, Qt.Key.Key_Space)
    else:
        finger, handle = QTest.createTouchDevice(), screen.window().windowHandle()
        at = button.mapTo(screen.window(), button.rect().center())
        QTest.touchEvent(handle, finger).press(0, at, handle).commit()
        QTest.touchEvent(handle, finger).release(0, at, handle).commit()
    assert heard == [action]


def test_everything_is_reached_with_the_tabulator_and_the_shutter_first(
    build: Callable[..., CaptureScreen],
) -> None:
    screen = build()
    show(screen, taken=1, selfies=(ONE,))
    screen.setFocus()
    reached = []
    for _ in range(4):
        QTest.keyClick(screen.window(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [screen.shutter, screen.together.alone, screen.again, screen.back]
    screen.together.alone.setFocus()
    heard = acts(screen)
    QTest.keyClick(screen.together.alone, Qt.Key.Key_Right)
    QTest.keyClick(screen.together.all, Qt.Key.Key_Space)
    assert heard == [Together(True)]


def test_together_is_told_once_for_each_change(build: Callable[..., CaptureScreen]) -> None:
    screen = build()
    heard = acts(screen)
    for button in (screen.together.all, screen.together.all, screen.together.alone):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == [Together(True), Together(False)]
    show(screen, together=True)
    assert screen.together.all.isChecked()
    assert heard == [Together(True), Together(False)]


def test_together_stands_out_where_several_people_are_seen(
    build: Callable[..., CaptureScreen],
) -> None:
    screen = build()
    show(screen, people=1)
    quiet = screen.together.grab().toImage()
    show(screen, Hint.ONE_PERSON, people=2)
    assert screen.together.stands_out
    assert screen.together.grab().toImage() != quiet
    show(screen, people=2, together=True)
    assert not screen.together.stands_out


def test_the_shutter_is_silent_while_it_counts_and_while_the_camera_is_away(
    build: Callable[..., CaptureScreen], feed: HandFeed
) -> None:
    screen = build()
    heard = acts(screen)
    screen.shutter.setFocus()
    show(screen, Hint.HOLD_STILL, countdown=3)
    QTest.keyClick(screen.shutter, Qt.Key.Key_Space)
    show(screen)
    feed.lost.emit("unplugged")
    QTest.keyClick(screen.shutter, Qt.Key.Key_Space)
    assert not screen.pill.isVisible()
    assert screen.shutter.hasFocus()
    assert heard == []
    feed.found.emit()
    assert screen.pill.isVisible()
    QTest.keyClick(screen.shutter, Qt.Key.Key_Space)
    assert heard == [Shutter()]


def test_starting_again_is_offered_once_something_was_taken(
    build: Callable[..., CaptureScreen],
) -> None:
    screen = build()
    assert not screen.again.isVisible()
    show(screen, taken=1, selfies=(ONE,))
    assert screen.again.isVisible()
    screen.again.setFocus()
    show(screen)
    assert not screen.again.isVisible()
    assert screen.shutter.hasFocus()


def test_selfies_are_small_mirrored_and_made_once(build: Callable[..., CaptureScreen]) -> None:
    screen = build()
    show(screen, taken=1, selfies=(ONE,))
    first = screen.strip.images[0]
    width = first.width()
    assert first.height() == width < 200
    assert first.pixelColor(width // 4, width // 2) == QColor(255, 0, 0)
    assert first.pixelColor(3 * width // 4, width // 2) == QColor(0, 0, 255)
    show(screen, taken=2, selfies=(ONE, TWO))
    assert screen.strip.images[0] is first
    assert len(screen.strip.images) == 2
    show(screen)
    assert not screen.strip.images


def test_the_strip_fills_in_reading_direction(build: Callable[..., CaptureScreen]) -> None:
    screen = build()
    show(screen, taken=1, selfies=(np.full((50, 50, 3), (0, 0, 255), np.uint8),))
    for direction, at_left in (
        (Qt.LayoutDirection.LeftToRight, True),
        (Qt.LayoutDirection.RightToLeft, False),
    ):
        screen.strip.setLayoutDirection(direction)
        seen = screen.strip.grab().toImage()
        ends = (seen.height() // 2, seen.width() - seen.height() // 2)
        reds = [seen.pixelColor(x, seen.height() // 2) == QColor(255, 0, 0) for x in ends]
        assert reds == [at_left, not at_left]


def test_a_turned_display_is_arranged_anew(build: Callable[..., CaptureScreen]) -> None:
    screen = build()
    assert screen.back.mapTo(screen, QPoint()).x() > screen.preview.geometry().right()
    screen.window().resize(710, 1280)
    screen.setGeometry(0, 0, 710, 1280)
    QApplication.processEvents()
    assert screen.back.mapTo(screen, QPoint()).y() > screen.preview.geometry().bottom()
    assert_nothing_is_cut_off(screen)
    screen.setGeometry(0, 0, 1280, 710)
    QApplication.processEvents()
    assert_nothing_is_cut_off(screen)


def test_controls_lie_lower_where_the_reach_is_low(build: Callable[..., CaptureScreen]) -> None:
    tops = []
    for accessible in (False, True):
        screen = build(Place((1920, 1080), (1920, 1080), accessible=accessible))
        tops.append(screen.shutter.mapTo(screen, QPoint()).y())
    assert tops[1] > tops[0]
