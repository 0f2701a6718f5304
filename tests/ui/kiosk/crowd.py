"""Guests at random: made-up ones, and one who stands before the camera."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.guests import TakeWays
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.capture import CapturedSelfies, CaptureWishes, capture_selfies
from eventsnap_desktop.flows.guest_ports import CameraFeed, Looker
from eventsnap_desktop.flows.guest_service import KioskParts
from eventsnap_desktop.flows.staff_pin import make_pin_hash
from tests.contract.flows.guests import MachineWays, person, selfies_of
from tests.ui.kiosk.many_visits import GUESTS

REAL = "IMG_"
"""What the photos of the guest before the camera begin with; made-up ones are guest1-2.jpg."""


class Crowd:
    """Fits flows/guest_service.Capture: some guests are made up, some stand before the camera."""

    def __init__(self, seed: int, real: float) -> None:
        self._chance, self._real = random.Random(seed), real
        self.now = ""
        """What the photos of the guest whose selfies were taken last begin with."""
        self.came: Counter[str] = Counter()

    def __call__(
        self,
        feed: CameraFeed,
        looker: Looker,
        wishes: CaptureWishes,
        report: Callable[[CaptureProgress], None],
        cancel: Cancel,
    ) -> CapturedSelfies:
        """Return the selfies of somebody."""
        if self._chance.random() < self._real:
            taken = capture_selfies(feed, looker, wishes, report, cancel)
            self._note(REAL)
            return taken
        for _ in range(self._chance.randrange(6)):
            hint = self._chance.choice(list(Hint))
            report(CaptureProgress(hint, ring=self._chance.random(), people=1))
            cancel.wait(0.1)
            cancel.raise_if_requested()
        who = self._chance.randrange(GUESTS)
        self._note(f"guest{who}-")
        return selfies_of(person(who))

    def _note(self, who: str) -> None:
        self.now = who
        self.came[who] += 1


def settings_with_pin() -> KioskSettings:
    """Return limits that a visit reaches, every way open, and a PIN nobody guesses."""
    return KioskSettings(
        languages=("en", "de", "ar"),
        browse_without_face=True,
        idle_seconds=3,
        session_seconds=30,
        photos_a_mail=3,
        pin_hash=make_pin_hash("90817263"),
    )


def with_crowd(crowd: Crowd, parts: KioskParts) -> KioskParts:
    """Have the crowd come to the kiosk, and all ways out work."""
    return replace(parts, capture=crowd, ways=MachineWays(TakeWays(email=True, print=True)))
