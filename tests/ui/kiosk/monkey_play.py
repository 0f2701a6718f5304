"""Somebody who presses, types and swipes whatever there is, and what must hold meanwhile."""

import gc
import logging
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from eventsnap_desktop.app.kiosk_session import KioskSession
from eventsnap_desktop.domain.notices import Notice, Subject
from eventsnap_desktop.flows.capture import CapturedSelfies
from eventsnap_desktop.flows.guest_views import BrowseView, CaptureView, GalleryView, View
from eventsnap_desktop.matching.feedback import Knowledge
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.kiosk.window import KioskWindow
from tests.ui.kiosk.crowd import Crowd

SIZES = ((1280, 800), (800, 1280), (1920, 1080), (1024, 768))
_STANDS_STILL = 0.9
"""How often nothing is done before the camera: otherwise nobody's selfies would be taken."""

_A_SEARCH_TAKES = 3000  # milliseconds, at most

_LEFT = Qt.MouseButton.LeftButton
_NO, _SHIFT, _CONTROL, _ALT, _META = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_NAMED_KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space),
    *(Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Menu, Qt.Key.Key_Print),
    *(Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F11, Qt.Key.Key_Super_L),
    *(Qt.Key.Key_Back, Qt.Key.Key_HomePage, Qt.Key.Key_Plus, Qt.Key.Key_Minus),
)


class Faults(logging.Handler):
    """Everything that was logged as an error, by whomever."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


class Monkey(QObject):
    """Plays for a while with a kiosk that runs; ``problems`` are what must not be."""

    done = Signal()

    def __init__(self, program: KioskSession, crowd: Crowd, seed: int) -> None:
        super().__init__()
        self._program, self._crowd, self._chance = program, crowd, random.Random(seed)
        self._finger = QTest.createTouchDevice()
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._step)
        self._end = QTimer(self, singleShot=True)
        self.did: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.visits = 0
        self.problems: list[str] = []
        self._view: View | None = None
        session = program.session
        assert session is not None
        session._rest = partial(self._on_visit_ended, session._rest)
        program.ended.connect(self._on_ended)
        self._acts: dict[Callable[[], None], int] = {
            self._press_a_button: 450,
            self._tap_anywhere: 120,
            self._swipe: 80,
            self._type: 160,
            self._type_words: 30,
            self._wheel: 20,
            self._wait: 60,
            self._resize: 10,
            self._try_to_close: 20,
            self._hear_news: 40,
            self._call_the_staff: 8,
            self._walk_away: 3,
            self._staff_interferes: 5,
        }

    def may_also(self, act: Callable[[], None], weight: int) -> None:
        """Have it do something else as well, so often in a thousand times."""
        self._acts[act] = weight

    def play(self, seconds: float) -> None:
        """Begin; ``done`` follows."""
        self._end.start(round(seconds * 1000))
        self._next.start(0)

    @property
    def window(self) -> KioskWindow:
        """The kiosk's window."""
        assert self._program.window is not None
        return self._program.window

    def _step(self) -> None:
        if not self._end.isActive() or self._program.window is None:
            self.done.emit()
            return
        self._look()
        [act] = self._chance.choices(list(self._acts), list(self._acts.values()))
        if isinstance(self._view, CaptureView) and self._chance.random() < _STANDS_STILL:
            act = self._wait
        self.did[act.__name__.strip("_")] += 1
        act()
        if not self._next.isActive():
            self._next.start(self._chance.choice((0, 0, 5, 15, 40, 80)))

    def _look(self) -> None:
        """See that nobody sees another one's photos, and that there is no way out."""
        window = self.window
        view = window.place.view
        if type(view) is not type(self._view):
            self.seen[type(view).__name__] += 1
        self._view = view
        if isinstance(view, GalleryView):
            shown = {one.key for one in (*view.photos, *view.maybe)}
            others = {key for key in shown if not key.startswith(self._crowd.now)}
            self._expect(not others, f"{self._crowd.now} sees {others}")
        if isinstance(view, BrowseView):
            self._expect(not any(one.faces for one in view.photos), "faces without consent")
        self._expect(window.isVisible(), "the window is hidden")
        others_open = [
            one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window
        ]
        self._expect(not others_open, f"another window is open: {others_open}")
        self._expect(window.staff is None or not window.staff.is_open, "the staff's menu is open")

    def _on_visit_ended(self, rest: Callable[[], None]) -> None:
        """See that nothing of the guest is left."""
        self.visits += 1
        window, pictures = self.window, self._program._pictures
        assert pictures is not None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left = window.findChildren(Screen)
        self._expect(not left, f"screens are left: {left}")
        self._expect(window.idle is None, "the countdown is left")
        self._expect(window.language == "en", "the guest's language is left")
        self._expect(not window.is_accessible, "the guest's mode is left")
        typed = [one.text() for one in window.findChildren(QLineEdit) if one.text()]
        self._expect(not typed or window.staff is not None, f"words are left: {typed}")
        self._expect(not QGuiApplication.clipboard().text(), "the clipboard is left")
        self._expect(pictures._thumbnails.memory_bytes == 0, "pictures are left")
        self._expect(self._program._feed.take_image() is None, "a camera's picture is left")
        rest()
        known = self._known_of_faces()
        if known:  # a search that was given up may still be on its thread
            QTimer.singleShot(_A_SEARCH_TAKES, self, partial(self._expect_gone, known))

    @staticmethod
    def _known_of_faces() -> set[int]:
        known = (one for one in gc.get_objects() if isinstance(one, Knowledge | CapturedSelfies))
        return {id(one) for one in known}

    def _expect_gone(self, known: set[int]) -> None:
        left = known & self._known_of_faces()
        self._expect(not left, f"{len(left)} selfies or templates are left")

    def _on_ended(self, code: int) -> None:
        self._expect(not self._end.isActive(), f"the kiosk ended with {code}")

    def _expect(self, good: bool, otherwise: str) -> None:
        if not good:
            self.problems.append(f"visit {self.visits}, {type(self._view).__name__}: {otherwise}")

    # What it does.

    def _place(self) -> QPoint:
        return QPoint(
            self._chance.randrange(self.window.width()),
            self._chance.randrange(self.window.height()),
        )

    def _tap(self, where: QPoint) -> None:
        if not self.window.rect().contains(where):
            return  # of a button that is scrolled away, or has not moved to its place yet
        if self._chance.random() < 0.5:
            touch = QTest.touchEvent(self.window, self._finger, False)
            touch.press(0, where, self.window).commit()
            touch = QTest.touchEvent(self.window, self._finger, False)
            touch.release(0, where, self.window).commit()
            return
        handle = self.window.windowHandle()
        click = QTest.mouseDClick if self._chance.random() < 0.1 else QTest.mouseClick
        button = self._chance.choices((_LEFT, Qt.MouseButton.RightButton), (20, 1))[0]
        click(handle, button, _NO, where)

    def _press_a_button(self) -> None:
        shown = [
            one
            for one in self.window.findChildren(QAbstractButton)
            if one.isVisible() and one.isEnabled()
        ]
        wanted = [one for one in shown if one.property("kind") in {"primary", "hero", "choice"}]
        among = wanted if wanted and self._chance.random() < 0.4 else shown
        if among:
            button = self._chance.choice(among)
            self._tap(button.mapTo(self.window, button.rect().center()))

    def _tap_anywhere(self) -> None:
        self._tap(self._place())

    def _swipe(self) -> None:
        begin, end = self._place(), self._place()
        path = [begin + (end - begin) * step / 6 for step in range(7)]
        handle = self.window.windowHandle()
        if self._chance.random() < 0.5:
            QTest.mousePress(handle, _LEFT, _NO, path[0])
            for where in path[1:]:
                QTest.mouseMove(handle, where)
            QTest.mouseRelease(handle, _LEFT, _NO, path[-1])
            return
        fingers = self._chance.choice((1, 1, 2))
        window = self.window
        touch = QTest.touchEvent(window, self._finger, False)
        for finger in range(fingers):
            touch.press(finger, path[0] + QPoint(60, 40) * finger, window)
        touch.commit()
        for where in path[1:]:
            touch = QTest.touchEvent(window, self._finger, False)
            for finger in range(fingers):
                touch.move(finger, where + (where - path[0]) * finger, window)
            touch.commit()
        touch = QTest.touchEvent(window, self._finger, False)
        for finger in range(fingers):
            touch.release(finger, path[-1], window)
        touch.commit()

    def _type(self) -> None:
        key = self._chance.choice(_NAMED_KEYS)
        if self._chance.random() < 0.3:
            key = Qt.Key(self._chance.randrange(Qt.Key.Key_Space, Qt.Key.Key_Z))
        held = self._chance.choices((_NO, _SHIFT, _CONTROL, _ALT, _META), (10, 2, 3, 3, 1))[0]
        QTest.keyClick(self.window.windowHandle(), key, held)

    def _type_words(self) -> None:
        name = f"{self._crowd.now}{self._chance.randrange(99)}@example.org"
        for letter in name[: self._chance.randrange(len(name) + 8)]:
            QTest.keyClick(self.window.windowHandle(), ord(letter))

    def _wheel(self) -> None:
        handle = self.window.windowHandle()
        QTest.wheelEvent(handle, self._place(), QPoint(0, self._chance.choice((-240, 240))))

    def _wait(self) -> None:
        self._next.start(self._chance.randrange(500))

    def _walk_away(self) -> None:
        self._next.start(3500)

    def _resize(self) -> None:
        self.window.resize(*self._chance.choice(SIZES))

    def _try_to_close(self) -> None:
        way = self._chance.choice(
            (
                self.window.close,
                self.window.showMinimized,
                self.window.windowHandle().close,
                QApplication.closeAllWindows,
            )
        )
        way()

    def _hear_news(self) -> None:
        session, event = self._program.session, self._chance.choice((None, 1, 2))
        assert session is not None
        subject = self._chance.choice(list(Subject))
        if self._chance.random() < 0.2:
            session.hear_database(self._chance.random() < 0.6)
        else:
            session.hear(Notice(subject, event))  # type: ignore[arg-type] # as from the database

    def _call_the_staff(self) -> None:
        corner = QPoint(0 if self.window.isRightToLeft() else self.window.width() - 5, 5)
        for _ in range(5):
            QTest.mouseClick(self.window.windowHandle(), _LEFT, _NO, corner)
        for _ in range(self._chance.randrange(8)):
            QTest.keyClick(self.window.windowHandle(), ord(self._chance.choice("0123456789")))
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Return)

    def _staff_interferes(self) -> None:
        session = self._program.session
        assert session is not None
        if self._chance.random() < 0.5:
            session.end_visit()
        else:
            session.pause(datetime.now(UTC) + timedelta(seconds=1))
