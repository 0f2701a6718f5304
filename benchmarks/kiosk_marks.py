"""Notes when the parts of a running kiosk begin and end, and when photos are seen on its screen."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from time import perf_counter
from typing import Any
from unittest.mock import patch

from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_search import Seeker
from eventsnap_desktop.flows.guest_views import GalleryView
from eventsnap_desktop.index.guest_desk import GuestDesk
from eventsnap_desktop.ui.kiosk.gallery_cells import CellState, GalleryCells
from eventsnap_desktop.ui.kiosk.pictures import Pictures
from eventsnap_desktop.ui.kiosk.window import KioskWindow
from eventsnap_desktop.vision.looking import FrameLooker

_SEEN = 0.5  # of its opacity, from which a picture that fades in counts as seen


class Marks:
    """Times of ``perf_counter`` since the last ``clear``.

    ``begins`` and ``ends`` hold the newest of each part: "selfie" (a selfie is encoded), "search",
    "rows" (the found photos are read), "screen" (the gallery is built and shown). ``seen`` is when
    each photo was painted.
    """

    def __init__(self) -> None:
        self.begins: dict[str, float] = {}
        self.ends: dict[str, float] = {}
        self.seen: dict[PhotoId, float] = {}
        self._have: set[PhotoId] = set()

    def clear(self) -> None:
        """Forget everything."""
        self.begins, self.ends = {}, {}
        self.seen, self._have = {}, set()

    def took(self, part: str) -> float:
        """Return how many milliseconds a part took."""
        return (self.ends[part] - self.begins[part]) * 1000

    @contextmanager
    def noting(self) -> Iterator["Marks"]:
        """Note everything meanwhile, in every kiosk of this process."""
        with ExitStack() as stack:
            for owner, name, part in (
                (FrameLooker, "encode", "selfie"),
                (Seeker, "search", "search"),
                (GuestDesk, "photos", "rows"),
            ):
                stack.enter_context(self._around(owner, name, part))
            stack.enter_context(self._around_screen())
            stack.enter_context(self._around_pictures())
            stack.enter_context(self._around_paint())
            yield self

    def _around(self, owner: type[Any], name: str, part: str) -> Any:
        real = getattr(owner, name)

        @wraps(real)
        def noted(*args: Any, **more: Any) -> Any:
            began = perf_counter()
            result = real(*args, **more)
            self.begins[part], self.ends[part] = began, perf_counter()
            return result

        return patch.object(owner, name, noted)

    def _around_screen(self) -> Any:
        real: Callable[..., None] = KioskWindow.show_view

        def noted(window: KioskWindow, view: object) -> None:
            began = perf_counter()
            real(window, view)
            if isinstance(view, GalleryView) and "screen" not in self.begins:
                self.begins["screen"], self.ends["screen"] = began, perf_counter()

        return patch.object(KioskWindow, "show_view", noted)

    def _around_pictures(self) -> Any:
        real: Callable[..., Any] = Pictures.get

        def noted(pictures: Pictures, photo: Any, side: int) -> Any:
            image = real(pictures, photo, side)
            if image is not None:
                self._have.add(photo.id)
            return image

        return patch.object(Pictures, "get", noted)

    def _around_paint(self) -> Any:
        real: Callable[..., None] = GalleryCells.paint

        def noted(
            cells: GalleryCells,
            painter: Any,
            photo: Any,
            cell: Any,
            size: Any,
            state: CellState,
            mirrored: bool,
        ) -> None:
            real(cells, painter, photo, cell, size, state, mirrored)
            there = photo.id in self._have and not cells.owes and state.opacity >= _SEEN
            if there and photo.id not in self.seen:
                self.seen[photo.id] = perf_counter()

        return patch.object(GalleryCells, "paint", noted)
