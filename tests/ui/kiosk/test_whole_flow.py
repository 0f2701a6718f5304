"""A whole visit with nothing but keys, and one with nothing but fingers."""

from collections.abc import Callable
from pathlib import Path

import psycopg
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_views import (
    AttractView,
    CaptureView,
    ConsentView,
    GalleryView,
    MailView,
    OrderedView,
    ThanksView,
)
from eventsnap_desktop.ui.kiosk.gallery_screen import GalleryScreen
from eventsnap_desktop.ui.kiosk.mail_screen import MailScreen
from eventsnap_desktop.ui.organizer.desk import Desk
from tests.ui.kiosk.running import RunningKiosk
from tests.ui.kiosk.wall_host import Fingers

_MAIL = {"mail": {"host": "127.0.0.1", "port": 9}}  # nobody listens there
_MOST_TABS = 40
_KEY = Qt.Key

Start = Callable[..., RunningKiosk]


def _started(desk: Desk, selfie: Path, start_kiosk: Start, size: tuple[int, int]) -> RunningKiosk:
    event = desk.current.chosen
    assert event is not None
    kiosk = start_kiosk(event.code, selfie, size=size, **_MAIL)
    kiosk.until(AttractView, lambda view: view.glance is not None)
    return kiosk


def _assert_ordered(database_url: str, photo: PhotoId) -> None:
    """Check that one e-mail with one photo was asked for."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select kind, payload from outbox").fetchall()
    [(kind, wish)] = rows
    assert kind == "email"
    assert (wish["to"], wish["photos"]) == (["anna@example.org"], [photo])


def _gallery(kiosk: RunningKiosk) -> GalleryScreen:
    screen = kiosk.screen
    assert isinstance(screen, GalleryScreen)
    return screen


class Keys:
    """Somebody with a keyboard: keys go where the focus is."""

    def __init__(self, kiosk: RunningKiosk) -> None:
        self._kiosk = kiosk

    @property
    def focused(self) -> QWidget:
        """What the keyboard is at."""
        window = self._kiosk.window
        return window.focusWidget() or window

    def press(self, *keys: Qt.Key) -> None:
        """Press keys one after the other."""
        for key in keys:
            QTest.keyClick(self.focused, key)

    def type(self, words: str) -> None:
        """Type on a real keyboard."""
        for letter in words:
            QTest.keyClicks(self.focused, letter)

    def go_to(self, words: str) -> None:
        """Press Tab until the button with these words is reached."""
        passed = []
        for _ in range(_MOST_TABS):
            focused = self.focused
            passed.append(focused)
            if isinstance(focused, QAbstractButton) and words in focused.text():
                assert focused.isVisible()
                return
            self.press(_KEY.Key_Tab)
        raise AssertionError(f"no way by Tab to {words!r}: {passed}")


def _agree_by_keys(kiosk: RunningKiosk, keys: Keys) -> None:
    keys.go_to("Find my photos")
    keys.press(_KEY.Key_Space)
    kiosk.until(ConsentView)
    keys.go_to("Read everything")
    keys.press(_KEY.Key_Return, _KEY.Key_PageDown, _KEY.Key_Escape)
    keys.go_to("Yes, find my photos")
    keys.press(_KEY.Key_Return)
    kiosk.until(CaptureView)


def _choose_by_keys(kiosk: RunningKiosk, keys: Keys) -> PhotoId:
    """Choose the second photo, look at it large, and go for the e-mail; return which it was."""
    gallery = kiosk.until(GalleryView, lambda view: view.ways.email)
    first, second = (photo.id for photo in gallery.photos[:2])
    large = _gallery(kiosk).photo_view
    keys.press(_KEY.Key_Home, _KEY.Key_Right, _KEY.Key_Space)
    kiosk.until(GalleryView, lambda view: view.chosen == {second})
    keys.press(_KEY.Key_Left, _KEY.Key_Return)
    assert large.photo == first
    keys.press(_KEY.Key_Right)
    kiosk.qtbot.waitUntil(lambda: large.photo == second)
    keys.press(_KEY.Key_Escape)
    assert not large.is_open
    keys.go_to("E-mail")
    keys.press(_KEY.Key_Space)
    kiosk.until(MailView)
    return second


def test_a_whole_visit_by_keyboard_alone(
    sample_event: Desk, selfie_file: Path, start_kiosk: Start, database_url: str
) -> None:
    kiosk = _started(sample_event, selfie_file, start_kiosk, (1280, 800))
    keys = Keys(kiosk)

    _agree_by_keys(kiosk, keys)
    wanted = _choose_by_keys(kiosk, keys)
    keys.type("anna@example.org")
    keys.press(_KEY.Key_Return)
    kiosk.until(OrderedView)
    keys.go_to("Back to my photos")
    keys.press(_KEY.Key_Return)
    kiosk.until(GalleryView)
    keys.go_to("Finish")
    keys.press(_KEY.Key_Space)
    kiosk.until(ThanksView)
    keys.press(_KEY.Key_Escape)
    kiosk.until(AttractView)
    keys.go_to("English")
    keys.press(_KEY.Key_Right, _KEY.Key_Space)

    assert kiosk.window.language == "de"
    _assert_ordered(database_url, wanted)


class Touch:
    """Somebody with fingers on the screen."""

    def __init__(self, kiosk: RunningKiosk) -> None:
        self._kiosk = kiosk
        self._device = QTest.createTouchDevice()

    def on(self, widget: QWidget) -> Fingers:
        """Return fingers at a widget's places."""
        return Fingers(self._device, widget)

    def tap(self, words: str) -> None:
        """Tap the button with these words."""
        self.tap_widget(self._kiosk.button(words))

    def tap_widget(self, widget: QWidget) -> None:
        """Tap the middle of something that can be seen."""
        assert widget.isVisible()
        self.on(widget).tap(widget.rect().center())


def _agree_by_touch(kiosk: RunningKiosk, touch: Touch) -> None:
    touch.tap("Find my photos")
    kiosk.until(ConsentView)
    touch.tap("Read everything")
    touch.tap("Back to the question")
    touch.tap("Yes, find my photos")
    kiosk.until(CaptureView)


def _choose_by_touch(kiosk: RunningKiosk, touch: Touch) -> PhotoId:
    """Choose the second photo, look at the first, and go for the e-mail; return the chosen one."""
    gallery = kiosk.until(GalleryView, lambda view: view.ways.email)
    first, second = (photo.id for photo in gallery.photos[:2])
    grid, large = _gallery(kiosk).grid, _gallery(kiosk).photo_view
    wall = touch.on(grid.viewport())
    wall.tap(grid.mark_of(second).center())
    kiosk.until(GalleryView, lambda view: view.chosen == {second})
    wall.tap(grid.rect_of(first).center())
    assert large.photo == first
    touch.tap("Close")
    assert not large.is_open
    touch.tap("E-mail")
    kiosk.until(MailView)
    return second


def test_a_whole_visit_by_touch_alone(
    sample_event: Desk, selfie_file: Path, start_kiosk: Start, database_url: str
) -> None:
    kiosk = _started(sample_event, selfie_file, start_kiosk, (800, 1280))
    touch = Touch(kiosk)

    _agree_by_touch(kiosk, touch)
    wanted = _choose_by_touch(kiosk, touch)
    screen = kiosk.screen
    assert isinstance(screen, MailScreen)
    for letter in "anna@example.org":
        touch.tap_widget(screen.keyboard.keys[letter])
    touch.tap("Send")
    kiosk.until(OrderedView)
    touch.tap("Back to my photos")
    kiosk.until(GalleryView)
    touch.tap("Finish")
    kiosk.until(ThanksView)
    kiosk.until(AttractView)
    touch.tap("Deutsch")

    assert kiosk.window.language == "de"
    _assert_ordered(database_url, wanted)
