"""What is left of a guest when the camera screen goes: nothing."""

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QColor, QImage

from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.flows.guest_views import CaptureView
from eventsnap_desktop.ui.kiosk.capture_screen import CaptureScreen
from eventsnap_desktop.ui.kiosk.look import Look, make_look
from eventsnap_desktop.ui.widgets.theme import Theme
from tests.ui.kiosk.hand_feed import HandFeed, plain

RED = QColor(200, 30, 30)


@pytest.mark.parametrize("hidden_first", [True, False])
def test_nothing_of_the_guest_survives_the_screen(hidden_first: bool, theme: Theme) -> None:
    feed = HandFeed()
    look: Look = make_look("light", "", False)
    screen = CaptureScreen(look, feed)
    screen.resize(1280, 800)
    screen.show()
    picture, taken = plain(RED, QSize(900, 700)), np.full((480, 640, 3), 90, np.uint8)
    screen.show_state(CaptureView(CaptureProgress(Hint.GOOD, 1, 3, 0.1, selfies=(taken,))))
    feed.push(picture)
    screen.grab()
    held: list[weakref.ref[QImage] | weakref.ref[BgrImage]] = [
        weakref.ref(picture),
        weakref.ref(taken),
        weakref.ref(screen.strip.images[0]),
    ]
    assert screen.preview.image is picture
    del picture, taken
    if hidden_first:
        screen.hide()
    screen.deleteLater()
    QCoreApplication.sendPostedEvents(screen, QEvent.Type.DeferredDelete)
    gc.collect()
    assert all(ref() is None for ref in held)
