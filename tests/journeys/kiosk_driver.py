"""Starts the kiosk's own program with guests in it, who press its widgets and write what they see.

    python -m tests.journeys.kiosk_driver PLAN.json

The plan has ``arguments`` of the program, the ``camera`` file it is called with, the ``films`` of
the guests, the ``folder`` for what is seen, and their e-mail ``addresses`` written backwards. After
each guest the program waits until there is a file ``go-on-N``: its memory can be looked at.
"""

import json
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import cv2
import numpy as np
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from eventsnap_desktop.app import command_line, kiosk_session
from eventsnap_desktop.app.kiosk_parts import kiosk_parts
from eventsnap_desktop.app.kiosk_session import KioskSession
from eventsnap_desktop.domain.arrays import Embedding
from eventsnap_desktop.flows import guest_views as views
from eventsnap_desktop.flows.capture import CapturedSelfies, capture_selfies
from eventsnap_desktop.flows.guest_service import KioskParts
from eventsnap_desktop.flows.identify import judge_selfies
from eventsnap_desktop.ui.kiosk.address_field import AddressField
from tests.journeys.kiosk_traces import ADDRESS, TEMPLATE, traces

_LOOK_EVERY = 30  # milliseconds
_PATIENCE = 100.0  # seconds that one thing may take

V = TypeVar("V")
Script = Iterator[Callable[[], bool]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the guests do, and where it is written down."""

    arguments: list[str]
    camera: Path
    films: list[Path]
    folder: Path
    addresses: list[str]

    @classmethod
    def read(cls, file: Path) -> "Plan":
        """Read a plan."""
        told = json.loads(file.read_text(encoding="utf-8"))
        films = [Path(one) for one in told["films"]]
        folder, camera = Path(told["folder"]), Path(told["camera"])
        return cls(told["arguments"], camera, films, folder, told["addresses"])


class Selfies:
    """Takes selfies as the program does, and keeps copies on disk: one set a guest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guests = 0
        self.opposites: list[Embedding] = []

    def capture(self, *parts: Any) -> CapturedSelfies:
        """Fit flows/guest_service.Capture."""
        selfies = capture_selfies(*parts)
        self._guests += 1
        for number, image in enumerate(selfies.images, 1):
            cv2.imwrite(str(self._folder / f"selfie-{self._guests}-{number}.png"), image)
        [person] = selfies.people
        loads = [(str(number), partial(_itself, one)) for number, one in enumerate(person)]
        template = judge_selfies(loads).template
        assert template is not None
        self.opposites.append(np.negative(template, out=template))
        np.save(self._folder / f"opposite-{self._guests}.npy", template)
        return selfies


class WatchedKiosk(KioskSession):
    """The kiosk with its guests."""

    def __init__(self, plan: Plan, selfies: Selfies, *parts: Any) -> None:
        super().__init__(*parts)
        self._plan, self._selfies = plan, selfies
        self._seen: dict[str, Any] = {"guests": []}
        self._script = self._guests()
        self._wanted: Callable[[], bool] = bool
        self._waiting = QElapsedTimer()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._on_time)
        self.ready.connect(self._begin)

    def _begin(self) -> None:
        self._wanted = next(self._script)
        self._waiting.start()
        self._timer.start()

    def _on_time(self) -> None:
        try:
            if self._waiting.elapsed() > _PATIENCE * 1000:
                raise AssertionError(f"it did not happen; there is {self._kind()}")
            while self._wanted():
                self._wanted = next(self._script)
                self._waiting.start()
        except StopIteration:
            self._end_of_script()
        except Exception:  # noqa: BLE001 - told to the test, which has no other way to see it
            self._seen["failure"] = traceback.format_exc()
            self._grab("failure")
            self._end_of_script()

    def _end_of_script(self) -> None:
        self._timer.stop()
        self._write("seen", self._seen)
        self.end()

    def _guests(self) -> Script:
        yield self._shows(views.AttractView)
        self._grab("attract-before")
        for number, film in enumerate(self._plan.films, 1):
            shutil.copy(film, self._plan.camera)
            told: dict[str, Any] = {}
            yield from self._visit(number, told)
            self._grab(f"attract-after-{number}")
            told["left"] = []
            yield partial(self._nothing_is_sent, number, told["left"])
            self._seen["guests"].append(told)
            self._write(f"after-{number}", told)
            yield (self._plan.folder / f"go-on-{number}").exists

    def _visit(self, number: int, told: dict[str, Any]) -> Script:
        self._press("Find my photos")
        yield self._shows(views.ConsentView)
        told["filmed before consent"] = self._feed.take_image() is not None
        self._press("Yes, find my photos")
        yield self._shows(views.CaptureView)
        yield self._shows(views.GalleryView)
        yield lambda: self._now(views.GalleryView).ways.email
        gallery = self._now(views.GalleryView)
        told["sure"] = sorted(one.key for one in gallery.photos)
        told["maybe"] = sorted(one.key for one in gallery.maybe)
        del gallery
        if number > 1:
            former = self._traces(of=number - 1)
            told["of the former"] = [one for one in former if one.startswith((ADDRESS, TEMPLATE))]
        self._press("E-mail")
        yield self._shows(views.MailView)
        yield from self._type_address(number)
        told["there"] = self._traces(of=number)
        self._press("Send")
        yield self._shows(views.OrderedView)
        self._press("Back to my photos")
        yield self._shows(views.GalleryView)
        self._press("Finish")
        yield self._shows(views.ThanksView)
        if number > 1:  # one guest waits until the word of thanks is gone, the others do not
            QTest.keyClick(self._screen(), Qt.Key.Key_Escape)
        yield self._shows(views.AttractView)

    def _type_address(self, number: int) -> Script:
        assert self.window is not None
        [field] = self.window.findChildren(AddressField)
        assert self.window.focusWidget() is field
        for letter in reversed(self._plan.addresses[number - 1]):
            QTest.keyClicks(field, letter)
        yield lambda: self._button("Send").isEnabled()

    def _nothing_is_sent(self, number: int, left: list[str]) -> bool:
        """Look for what is left; the address may be there while its e-mail is just being sent."""
        found = self._traces(of=number)
        sent = [line for line in found if line.startswith(f"{ADDRESS}: str")]
        left += [line for line in found if line not in {*sent, *left}]
        return not sent

    def _traces(self, of: int) -> list[str]:
        return traces(self._plan.addresses[of - 1], self._selfies.opposites[of - 1])

    def _screen(self) -> QWidget:
        assert self.window is not None
        screen = self.window.place.screen_now
        assert screen is not None
        return screen

    def _kind(self) -> str:
        assert self.window is not None
        return type(self.window.place.view).__name__

    def _shows(self, kind: type[Any]) -> Callable[[], bool]:
        return lambda: self.window is not None and isinstance(self.window.place.view, kind)

    def _now(self, kind: type[V]) -> V:
        assert self.window is not None
        view = self.window.place.view
        assert isinstance(view, kind), f"{kind.__name__} is gone, there is {self._kind()}"
        return view

    def _button(self, words: str) -> QAbstractButton:
        assert self.window is not None
        buttons = self.window.findChildren(QAbstractButton)
        there = [one for one in buttons if one.isVisible() and one.text() == words]
        assert there, f"no button {words} on {self._kind()}"
        return there[0]

    def _press(self, words: str) -> None:
        QTest.mouseClick(self._button(words), Qt.MouseButton.LeftButton)

    def _grab(self, name: str) -> None:
        if self.window is not None:
            self.window.grab().save(str(self._plan.folder / f"{name}.png"))

    def _write(self, name: str, told: dict[str, Any]) -> None:
        unfinished = self._plan.folder / f"{name}.part"
        unfinished.write_text(json.dumps(told), encoding="utf-8")
        unfinished.rename(self._plan.folder / f"{name}.json")


def main(plan: Plan) -> int:
    """Run the program with the guests; return its exit code."""
    selfies = Selfies(plan.folder)

    def parts(*given: Any) -> KioskParts:
        return replace(kiosk_parts(*given), capture=selfies.capture)

    kiosk = partial(WatchedKiosk, plan, selfies)
    with (
        patch.object(kiosk_session, "KioskSession", kiosk),
        patch.object(kiosk_session, "kiosk_parts", parts),
    ):
        return command_line.run(plan.arguments)


def _itself(one: Any) -> Any:
    return one


if __name__ == "__main__":
    raise SystemExit(main(Plan.read(Path(sys.argv[1]))))
