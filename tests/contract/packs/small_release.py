"""A release of small packs, shaped like the real one: two archives, one detector in both."""

import hashlib
import io
import random
import zipfile
from collections.abc import Mapping

from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.vision.pack_catalog import Archive, KnownPack, ModelFile
from eventsnap_desktop.vision.pack_download import Retry
from eventsnap_desktop.vision.pack_install import Release

_BYTES = random.Random(3)
DETECTOR, R50, GLINT, LITE_DETECTOR, LITE_RECOGNIZER = (
    _BYTES.randbytes(50_000 + 1000 * number) for number in range(5)
)
THRESHOLDS = Thresholds(0.5, 0.4, 0.5)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # With a fixed date, so that two processes make the same archive.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


BUFFALO = zipped({"det.onnx": DETECTOR, "r50.onnx": R50, "genderage.onnx": b"not needed"})
ANTELOPE = zipped({"antelope/glint.onnx": GLINT, "antelope/other_name.onnx": DETECTOR})
FILES = {"buffalo.zip": BUFFALO, "antelope.zip": ANTELOPE}

DETECTOR_FILE = ModelFile("det.onnx", sha256(DETECTOR), "buffalo.zip")
PACKS = {
    "lite": KnownPack(
        "lite",
        ModelFile("lite_det.onnx", sha256(LITE_DETECTOR)),
        ModelFile("lite_rec.onnx", sha256(LITE_RECOGNIZER)),
        THRESHOLDS,
        "Lite may be used for research.",
    ),
    "standard": KnownPack(
        "standard",
        DETECTOR_FILE,
        ModelFile("r50.onnx", sha256(R50), "buffalo.zip"),
        THRESHOLDS,
        "Standard may be used for research.",
    ),
    "seed": KnownPack(
        "seed",
        DETECTOR_FILE,
        ModelFile("glint.onnx", sha256(GLINT), "antelope.zip"),
        THRESHOLDS,
        "Seed may be used for research.",
    ),
}


def release(base_url: str, files: Mapping[str, bytes] = FILES) -> Release:
    """Return the release as a program sees it; digests are those of ``files``."""
    archives = {name: Archive(sha256(content), len(content)) for name, content in files.items()}
    retry = Retry(tries=3, first_wait=0.001, longest_wait=0.002, timeout=5)
    return Release(base_url, archives, PACKS, retry)
