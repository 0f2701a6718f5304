"""Searches the objects of a running kiosk for what a guest left behind."""

import gc
import sys
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from typing import Any

import numpy as np
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.domain.coaching import CaptureProgress, SeenFace, SeenFrame
from eventsnap_desktop.domain.faces import EncodedPicture, EncodedSelfie, Face
from eventsnap_desktop.domain.guests import GalleryPhoto, GuestDelivery, Order
from eventsnap_desktop.domain.matches import FoundFace, Match
from eventsnap_desktop.flows import guest_actions, guest_views
from eventsnap_desktop.flows.capture import CapturedSelfies
from eventsnap_desktop.flows.guest_basket import Basket
from eventsnap_desktop.flows.guest_gallery import Gallery
from eventsnap_desktop.flows.guest_search import Found, FoundPhoto, Seeker
from eventsnap_desktop.flows.guest_service import Service
from eventsnap_desktop.flows.guest_visit import Visit
from eventsnap_desktop.matching.coaching import Coach
from eventsnap_desktop.matching.feedback import Knowledge, SharedPhoto
from eventsnap_desktop.ui.kiosk.attract_screen import AttractScreen
from eventsnap_desktop.ui.kiosk.drifting_photos import DriftingPhotos
from eventsnap_desktop.ui.kiosk.gallery_cells import GalleryCells
from eventsnap_desktop.ui.kiosk.photo_wall import PhotoWall
from eventsnap_desktop.ui.kiosk.screen import Screen

_OF_A_VISIT: tuple[type, ...] = (
    *(CaptureProgress, SeenFace, SeenFrame, EncodedPicture, EncodedSelfie, Face),
    *(GalleryPhoto, GuestDelivery, Order, FoundFace, Match, CapturedSelfies, Basket, Gallery),
    *(Found, FoundPhoto, Seeker, Service, Visit, Coach, Knowledge, SharedPhoto),
    *(guest_actions.Agree, guest_actions.SendMail, guest_actions.Take, guest_actions.Choose),
    *(guest_views.ConsentView, guest_views.CaptureView, guest_views.GalleryView),
    *(guest_views.MailView, guest_views.OrderedView, guest_views.ThanksView),
    *(PhotoWall, GalleryCells),
)
ADDRESS, TEMPLATE = "the address", "the template"
"""How lines begin that tell of one guest, and not of any."""

_ALIKE = 0.99
_LARGE = 64 * 64  # pixels; smaller pictures are icons


def traces(address: str, opposite: Embedding) -> list[str]:
    """Return what there is of a visit and of a guest, a line each.

    So that nothing is found that is ours, the ``address`` is written backwards and the template
    is ``opposite``: each number with the other sign.
    """
    ours = _ornaments()
    objects = (one for one in _objects() if id(one) not in ours)
    found = {line for one in objects for line in _told_by(one, address, opposite)}
    found |= {line for widget in QApplication.allWidgets() for line in _on(widget, address)}
    return sorted(found)


def _told_by(one: object, address: str, opposite: Embedding) -> Iterator[str]:
    if isinstance(one, Screen) and not isinstance(one, AttractScreen):
        yield f"a screen: {type(one).__name__}"
    elif isinstance(one, _OF_A_VISIT):
        yield f"an object: {type(one).__name__}"
    elif isinstance(one, QImage | QPixmap) and one.width() * one.height() > _LARGE:
        yield f"a picture: {type(one).__name__} {one.width()}x{one.height()}"
    elif isinstance(one, np.ndarray):
        if _is_picture(one):
            yield f"a picture: array {one.shape}"
        if _is_template(one, opposite):
            yield f"{TEMPLATE}: array {one.shape}"
    elif isinstance(one, str | bytes | bytearray) and _has_words(one, address):
        yield f"{ADDRESS}: {type(one).__name__} of {len(one)}"


def _ornaments() -> set[int]:
    """Return the ids of the first screen's frames without a photo."""
    drifting = [one for one in QApplication.allWidgets() if isinstance(one, DriftingPhotos)]
    return {id(picture) for one in drifting for picture in one._empties.values()}


def _objects() -> Iterator[Any]:
    """Yield every object that is reachable from what the collector knows and from each thread."""
    gc.unfreeze()  # what the program froze is not told otherwise
    waiting: list[Any] = list(gc.get_objects())
    for frame in sys._current_frames().values():
        at = frame.f_back if frame.f_code is _objects.__code__ else frame
        while at is not None:
            if at.f_code.co_flags & CO_OPTIMIZED:
                held = at.f_locals
                waiting += held.values()
                held.clear()  # a copy, which would live as long as the frame
            at = at.f_back
    known = set(map(id, waiting))
    known |= {id(waiting), id(known)}
    while waiting:
        one = waiting.pop()
        yield one
        for other in gc.get_referents(one):
            if id(other) not in known and not gc.is_tracked(other):
                known.add(id(other))
                waiting.append(other)


def _is_picture(one: "np.ndarray[Any, Any]") -> bool:
    coloured = one.ndim == 3 and one.shape[2] in {3, 4}
    return coloured and one.dtype == np.uint8 and one.size > 3 * _LARGE


def _is_template(one: "np.ndarray[Any, Any]", opposite: Embedding) -> bool:
    """Whether a row of it points where the template does."""
    if not one.ndim or one.shape[-1] != opposite.size or not np.issubdtype(one.dtype, np.floating):
        return False
    rows = one.reshape(-1, opposite.size).astype(np.float32)
    lengths = np.maximum(np.linalg.norm(rows, axis=1), 1e-9)
    return bool((-(rows @ opposite) / lengths > _ALIKE).any())


def _has_words(one: str | bytes | bytearray, address: str) -> bool:
    if isinstance(one, str):
        return address in one[::-1]
    return address.encode() in one[::-1]


def _on(widget: QWidget, address: str) -> list[str]:
    words = getattr(widget, "text", str)()
    words = words if isinstance(words, str) else ""
    said = (words, widget.accessibleName(), widget.toolTip(), widget.windowTitle())
    shown = any(address in one[::-1] for one in said)
    return [f"{ADDRESS}: on a {type(widget).__name__}"] if shown else []
