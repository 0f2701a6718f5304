"""Quiet sounds of a kiosk, made here and played by the system; none where it has no player."""

import logging
import shutil
import subprocess
import sys
import wave
from enum import StrEnum
from pathlib import Path

import numpy as np

from eventsnap_desktop.domain.arrays import FloatArray
from eventsnap_desktop.flows.guest_views import (
    CaptureView,
    GalleryView,
    NothingView,
    SearchingView,
    View,
)

log = logging.getLogger(__name__)

_RATE = 22_050  # samples a second
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
_LOUD = 0.25  # of full scale


class Sound(StrEnum):
    """What is heard."""

    SELFIE = "selfie"
    FOUND = "found"
    FRESH = "fresh"


_NOTES = {Sound.SELFIE: (880.0,), Sound.FOUND: (523.25, 659.25, 783.99), Sound.FRESH: (659.25,)}
"""Hertz, one after the other."""


def sound_of(before: View | None, now: View) -> Sound | None:
    """Return what is heard when one view follows another: selfies taken, photos found, new ones."""
    if isinstance(now, CaptureView):
        former = before.progress.taken if isinstance(before, CaptureView) else 0
        return Sound.SELFIE if now.progress.taken > former else None
    if not isinstance(now, GalleryView):
        return None
    if isinstance(before, CaptureView | SearchingView | NothingView):
        return Sound.FOUND
    fresh = isinstance(before, GalleryView) and now.fresh - before.fresh
    return Sound.FRESH if fresh else None


class Sounds:
    """Plays without waiting; what cannot be played is silent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._player = next((one for one in _PLAYERS if shutil.which(one[0])), None)
        self._playing: subprocess.Popen[bytes] | None = None

    @property
    def is_possible(self) -> bool:
        """Whether there is a player."""
        return sys.platform == "win32" or self._player is not None

    def play(self, sound: Sound) -> None:
        """Begin to play, unless something plays."""
        try:
            self._begin(self._file(sound))
        except OSError as error:
            log.info("no sound is played: %s", type(error).__name__)

    def _begin(self, file: Path) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
            return
        if self._player is None or (self._playing is not None and self._playing.poll() is None):
            return
        nothing = subprocess.DEVNULL
        self._playing = subprocess.Popen(
            [*self._player, str(file)], stdin=nothing, stdout=nothing, stderr=nothing
        )

    def _file(self, sound: Sound) -> Path:
        """Return the sound's file, made when it is played first."""
        file = self._folder / f"{sound}.wav"
        if not file.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            write_wave(file, tune(_NOTES[sound]))
        return file


def tune(notes: tuple[float, ...], seconds: float = 0.18) -> FloatArray:
    """Return notes (hertz) one after the other, each fading away: float32 (n,), -1 to 1."""
    time = np.arange(round(_RATE * seconds)) / _RATE
    fading = np.exp(-time * 18) * np.minimum(1, time * 400)
    parts = [np.sin(2 * np.pi * note * time) * fading for note in notes]
    return np.asarray(_LOUD * np.concatenate(parts), np.float32)


def write_wave(file: Path, samples: FloatArray) -> None:
    """Write samples as a WAV of 16 bits."""
    with wave.open(str(file), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(_RATE)
        made.writeframes((samples * 32767).astype("<i2").tobytes())
