"""The kiosk's whole program in the test's process: real database, models, threads, file camera."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop.app.kiosk_alive import AliveFile
from eventsnap_desktop.app.kiosk_options import KioskOptions
from eventsnap_desktop.app.kiosk_session import KioskSession
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.flows.guest_actions import Action
from eventsnap_desktop.flows.guest_views import AttractView, ConsentView, View
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.ui.kiosk.window import KioskWindow

V = TypeVar("V")

PATIENCE = 60_000
"""Milliseconds that anything may take on a busy machine."""


class RunningKiosk:
    """One kiosk; ``settings`` are what load_settings takes, such as ``{"kiosk": {...}}``.

    Phones are answered where there are settings for that: it takes a process.
    """

    def __init__(
        self,
        qtbot: QtBot,
        loop: asyncio.AbstractEventLoop,
        home: Path,
        event_code: str,
        camera: Path,
        settings: dict[str, object],
        size: tuple[int, int] = (1280, 800),
    ) -> None:
        self.qtbot = qtbot
        kiosk = {"camera": f"file:{camera}", "name": "tent"}
        share = {"enabled": "share" in settings}
        chosen = {"model": {"pack": "lite"}, "kiosk": kiosk, "share": share, **settings}
        options = KioskOptions("tent", AliveFile(home / "alive"), windowed=True)
        self.program = KioskSession(
            loop, load_settings({"home": home, **chosen}), event_code, options
        )
        self.exit_code: int | None = None
        self.program.ended.connect(self._on_ended)
        with qtbot.waitSignal(self.program.ready, timeout=PATIENCE):
            self.program.start()
        self.window.resize(*size)

    @property
    def window(self) -> KioskWindow:
        """The kiosk's window."""
        assert self.program.window is not None
        return self.program.window

    @property
    def view(self) -> View | None:
        """What is shown."""
        return self.window.place.view

    @property
    def screen(self) -> QWidget:
        """The screen that shows it."""
        screen = self.window.place.screen_now
        assert screen is not None
        return screen

    def until(
        self, kind: type[V], fits: Callable[[V], bool] = lambda _: True, timeout: int = PATIENCE
    ) -> V:
        """Wait until such a view is shown and return it."""
        found: list[V] = []

        def shown() -> bool:
            view = self.view
            if isinstance(view, kind) and fits(view):
                found.append(view)
            return bool(found)

        self.qtbot.waitUntil(shown, timeout=timeout)
        return found[-1]

    def act(self, action: Action) -> None:
        """Do what a guest does, without the widget for it."""
        self.window.acted.emit(action)

    def button(self, words: str) -> QAbstractButton:
        """Return the visible button whose text or accessible name holds these words."""
        there = [
            one
            for one in self.window.findChildren(QAbstractButton)
            if one.isVisible() and (words in one.text() or words in one.accessibleName())
        ]
        assert there, f"no button {words!r} on {self.view}"
        return there[0]

    def press(self, words: str) -> None:
        """Press a button by mouse."""
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def begin(self) -> None:
        """Lead a guest from the first screen to the camera."""
        self.until(AttractView, lambda view: view.glance is not None)
        self.press("Find my photos")
        self.until(ConsentView)
        self.press("Yes, find my photos")

    def end(self) -> None:
        """End the kiosk as the system does."""
        self.program.end()
        self.qtbot.waitUntil(lambda: self.exit_code is not None, timeout=PATIENCE)
        self.program.deleteLater()

    def _on_ended(self, code: int) -> None:
        self.exit_code = code


def keys(photos: tuple[GalleryPhoto, ...]) -> set[str]:
    """Return the photos' keys."""
    return {photo.key for photo in photos}
