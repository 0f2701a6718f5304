"""What a kiosk lets hear: when, and that it is a sound."""

import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from eventsnap_desktop.app.kiosk_sounds import Sound, Sounds, sound_of, tune, write_wave
from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.guests import GalleryPhoto
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.guest_views import (
    CaptureView,
    GalleryView,
    MailView,
    SearchingView,
    View,
)

PHOTO = GalleryPhoto(PhotoId(1), "a.jpg", "1", datetime.now(UTC), 6, 4)
GALLERY = GalleryView((PHOTO,))
FRESH = GalleryView((PHOTO,), fresh=frozenset({PhotoId(1)}))


def camera(taken: int) -> View:
    return CaptureView(CaptureProgress(Hint.GOOD, taken))


@pytest.mark.parametrize(
    ("before", "now", "heard"),
    [
        (None, camera(0), None),
        (camera(0), camera(1), Sound.SELFIE),
        (camera(1), camera(1), None),
        (camera(3), GALLERY, Sound.FOUND),
        (SearchingView(), GALLERY, Sound.FOUND),
        (MailView(1), GALLERY, None),
        (GALLERY, FRESH, Sound.FRESH),
        (FRESH, FRESH, None),
        (GALLERY, MailView(1), None),
    ],
)
def test_selfies_found_photos_and_new_ones_are_heard(
    before: View | None, now: View, heard: Sound | None
) -> None:
    assert sound_of(before, now) is heard


def test_a_tune_is_quiet_begins_and_ends_in_silence_and_can_be_written(tmp_path: Path) -> None:
    samples = tune((440.0, 660.0))
    file = tmp_path / "tune.wav"
    write_wave(file, samples)

    assert 0.05 < float(np.abs(samples).max()) <= 0.25
    assert abs(float(samples[0])) < 0.01
    assert abs(float(samples[-1])) < 0.02
    with wave.open(str(file)) as opened:
        assert (opened.getnframes(), opened.getnchannels()) == (len(samples), 1)


def test_where_nothing_can_be_written_it_is_silent(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")

    Sounds(blocked / "sounds").play(Sound.FOUND)
