"""What a photo tells when it leaves: what the organizer keeps, a place only if asked for."""

import io
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from eventsnap_desktop.delivery.exif_block import Kept, made_exif
from eventsnap_desktop.delivery.metadata import _STEP, JpegBrokenError, clean_jpeg
from eventsnap_desktop.delivery.outgoing_photo import prepare
from eventsnap_desktop.domain.outgoing import Branding, NeverError, OutputSettings
from tests.unit.delivery.photo_files import (
    SECRETS,
    exif_of_a_phone,
    jpeg,
    opened,
    outgoing,
    scene,
    tags_of,
    talkative_jpeg,
)

NOTHING, ALL = Kept(date=False, camera=False, place=False), Kept(date=True, camera=True, place=True)
TALKATIVE = talkative_jpeg(scene(), orientation=6)


@pytest.mark.parametrize("kept", [NOTHING, ALL])
def test_owner_serial_number_notes_captions_and_previews_never_stay(kept: Kept) -> None:
    sent = clean_jpeg(TALKATIVE, kept)

    assert all(secret in TALKATIVE for secret in SECRETS)
    assert not any(secret in sent for secret in SECRETS)
    assert tags_of(sent)["thumbnail"] is None
    assert sent.count(b"\xff\xd8\xff") == 1
    assert b"MPF" not in sent
    assert b"ftyp" not in sent


def test_nothing_but_the_orientation_stays_where_nothing_is_kept() -> None:
    tags = tags_of(clean_jpeg(TALKATIVE, NOTHING))

    assert tags["0th"] == {274: 6}
    assert tags["Exif"] == {}
    assert tags["GPS"] == {}


def test_an_upright_photo_has_no_block_at_all_where_nothing_is_kept() -> None:
    assert b"Exif" not in clean_jpeg(talkative_jpeg(scene()), NOTHING)


def test_date_camera_and_place_stay_where_they_are_kept() -> None:
    before, after = tags_of(TALKATIVE), tags_of(clean_jpeg(TALKATIVE, ALL))

    assert after["0th"][271] == b"Phonemaker"
    assert after["0th"][272] == b"Phone 9"
    assert after["Exif"] == {36867: b"2030:05:01 12:34:56", 36881: b"+02:00"}
    assert after["GPS"] == before["GPS"]


@pytest.mark.parametrize("longer_side", [None, 48])
@given(date=st.booleans(), camera=st.booleans(), place=st.booleans(), orientation=st.integers(0, 9))
@settings(max_examples=15, deadline=None)
def test_no_photo_tells_its_place_unless_that_is_kept(
    longer_side: int | None, date: bool, camera: bool, place: bool, orientation: int
) -> None:
    chosen = OutputSettings(keep_date=date, keep_camera=camera, keep_place=place)

    sent = prepare(
        talkative_jpeg(scene(), orientation),
        outgoing(),
        chosen,
        Branding(),
        longer_side=longer_side,
    )

    tags = tags_of(sent)
    assert bool(tags["GPS"]) == place
    assert (271 in tags["0th"]) == camera
    assert (36867 in tags["Exif"]) == date
    assert b"GPSLatitude" not in sent


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # as the program has it
@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_photo_neither_tells_its_place_nor_breaks_anything(data: st.DataObject) -> None:
    damaged = bytearray(TALKATIVE)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(3, 900))] = data.draw(st.integers(0, 255))

    try:
        sent = prepare(bytes(damaged), outgoing(), OutputSettings(), Branding())
    except NeverError:
        return
    try:
        tags = tags_of(sent)
    except ValueError:  # the other reader is strict
        return
    assert tags["GPS"] == {}


@given(st.binary(max_size=400))
def test_any_bytes_are_an_exif_block_or_none(noise: bytes) -> None:
    for block in (noise, b"II*\0" + noise, b"MM\0*\0\0\0\x08" + noise):
        assert isinstance(made_exif(block, ALL), bytes)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_jpeg_or_told_to_be_none(noise: bytes) -> None:
    with suppress(JpegBrokenError):
        assert clean_jpeg(b"\xff\xd8\xff" + noise, ALL).endswith(b"\xff\xd9")


@pytest.mark.parametrize("order", [b"II*\0", b"MM\0*"])
def test_both_byte_orders_are_read(order: bytes) -> None:
    exif = Image.Exif()
    exif.endian = "<" if order.startswith(b"II") else ">"
    exif[274], exif[271] = 8, "Maker"

    block = made_exif(exif.tobytes(), ALL)

    assert block[6:10] == order
    again = Image.Exif()
    again.load(block)
    assert (again[274], again[271]) == (8, "Maker")


def test_a_text_that_is_no_text_does_not_stay() -> None:
    exif = Image.Exif()
    exif[271], exif[272] = "x" * 5000, b"\x01\x02Jane"

    block = made_exif(exif.tobytes(), ALL)

    assert len(block) < 200
    assert b"Jane" not in block


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_pixels_stay_however_they_are_stored(options: dict[str, Any]) -> None:
    original = talkative_jpeg(scene(200, 150), **options)

    sent = opened(clean_jpeg(original, NOTHING))

    assert np.array_equal(np.asarray(sent), np.asarray(opened(original)))


def test_colours_stay_as_their_profile_says() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    assert (
        opened(clean_jpeg(jpeg(scene(), icc_profile=profile), NOTHING)).info["icc_profile"]
        == profile
    )


def test_colours_of_four_inks_stay() -> None:
    original = jpeg(scene().convert("CMYK"))

    sent = opened(clean_jpeg(original, NOTHING))

    assert sent.mode == "CMYK"
    assert np.array_equal(np.asarray(sent), np.asarray(opened(original)))


def test_a_comment_between_two_scans_does_not_stay() -> None:
    original = jpeg(scene(), progressive=True)
    second = original.index(b"\xff\xda", original.index(b"\xff\xda") + 2)
    with_comment = original[:second] + b"\xff\xfe\0\x12a secret comment" + original[second:]

    assert b"secret" not in clean_jpeg(with_comment, ALL)


def test_what_is_encoded_anew_has_no_comment_and_no_profile() -> None:
    sent = prepare(TALKATIVE, outgoing(), OutputSettings(), Branding(), longer_side=48)

    assert not any(secret in sent for secret in SECRETS)


def test_a_place_in_another_format_does_not_stay() -> None:
    buffer = io.BytesIO()
    scene().save(buffer, "PNG", exif=exif_of_a_phone())

    sent = prepare(buffer.getvalue(), outgoing(), OutputSettings(), Branding())

    assert tags_of(sent)["GPS"] == {}
    assert tags_of(sent)["Exif"][36867] == b"2030:05:01 12:34:56"


@pytest.mark.parametrize("fill", [0, 1, 2, 3, 1_000_000])
@pytest.mark.parametrize("before", [-3, -2, -1, 0, 1, 2])
def test_a_scan_ends_at_its_marker_wherever_that_lies(fill: int, before: int) -> None:
    scan = b"\x12" * (_STEP + before - 100) + b"\xff\x00" * 50
    begins = b"\xff\xd8\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    data = begins + scan + b"\xff" * fill + b"\xff\xd9" + b"behind the picture"

    assert clean_jpeg(data, Kept(False, False, False)) == begins + scan + b"\xff\xd9"
