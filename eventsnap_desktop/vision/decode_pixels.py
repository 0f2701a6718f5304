"""Turns the pixels other decoders give (16 bits, float, alpha, palette, CMYK) into BGR uint8."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from eventsnap_desktop.domain.arrays import BgrImage

BAND_PIXELS = 1 << 18
"""Pixels converted at once: whole pictures would be in memory three times over."""

_ALPHA_MODES = ("RGBA", "RGBa", "LA", "La", "PA")
_DEEP_MODES = ("I", "F")


def pillow_to_bgr(image: Image.Image) -> BgrImage:
    """Convert a loaded picture of any Pillow mode to BGR uint8 (h, w, 3), stored orientation.

    What is transparent is laid on white, as every viewer shows it. A colour profile is ignored:
    detection and recognition stand far larger changes of colour. Memory: Pillow's own 4 bytes a
    pixel and the 3 of the result.
    """
    if image.mode in _DEEP_MODES or image.mode.startswith("I;16"):
        return array_to_bgr(np.asarray(image))
    width, height = image.size
    target = np.empty((height, width, 3), np.uint8)
    alpha = image.mode in _ALPHA_MODES or "transparency" in image.info
    step = max(1, BAND_PIXELS // width)
    for top in range(0, height, step):
        bottom = min(height, top + step)
        band = image.crop((0, top, width, bottom))
        if alpha:
            target[top:bottom] = on_white(np.asarray(band.convert("RGBA")))[..., ::-1]
        else:
            target[top:bottom] = np.asarray(band.convert("RGB"))[..., ::-1]
    return target


def array_to_bgr(pixels: NDArray[Any]) -> BgrImage:
    """Convert an array in cv2's channel order, grey, BGR or BGRA of any depth, to BGR uint8."""
    eight = to_eight_bits(pixels)
    if eight.ndim == 2 or eight.shape[2] == 1:
        return np.asarray(cv2.cvtColor(eight, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    if eight.shape[2] == 4:
        return on_white(eight)
    return np.ascontiguousarray(eight, dtype=np.uint8)


def to_eight_bits(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Scale 16 and 32 bits, and floats, to 0-255.

    16 bits are divided by 257, so that full white stays white. Of floats and of 32 bits the range
    tells what they mean: 0-1, 0-255, 0-65535, and all else is stretched from its smallest to its
    largest value.
    """
    if pixels.dtype == np.uint8:
        return np.asarray(pixels, dtype=np.uint8)
    if pixels.dtype == np.uint16:
        return np.asarray(cv2.convertScaleAbs(pixels, alpha=1 / 257), dtype=np.uint8)
    values = pixels.astype(np.float32)
    np.nan_to_num(values, copy=False, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if low >= 0 and (pixels.dtype.kind != "f" or high > 1.0):
        top = next((top for top in (255.0, 65535.0) if high <= top), high)
    else:
        low, top = (0.0, 1.0) if low >= 0 else (low, high)
    low = min(low, 0.0)
    values -= low
    values *= 255.0 / max(top - low, 1e-9)
    return np.asarray(np.clip(np.rint(values), 0, 255), dtype=np.uint8)


def on_white(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay (h, w, 4) pixels with alpha last on white; return (h, w, 3) in the same order."""
    height, width = pixels.shape[:2]
    target = np.empty((height, width, 3), np.uint8)
    step = max(1, BAND_PIXELS // max(1, width))
    for top in range(0, height, step):
        band = pixels[top : top + step]
        alpha = band[..., 3:].astype(np.uint16)
        # at most 255 * 255 + 127, which 16 bits hold
        mixed = band[..., :3] * alpha + 255 * (np.uint16(255) - alpha)
        target[top : top + step] = (mixed + 127) // 255
    return target
