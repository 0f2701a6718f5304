"""Model packs: found by name or folder, every file checked against its digest before it is used."""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.vision.pack_catalog import (
    KNOWN_PACKS,
    LITE_PACKAGE,
    KnownPack,
    ModelFile,
)
from eventsnap_desktop.vision.pack_file import PACK_FILE, PackFile, read_pack_file

_FETCH = (
    "Fetch it with “eventsnap --models {name} --accept-model-license”; without internet, carry "
    "{archive} over on a stick and hand it over with “eventsnap --models FILE "
    "--accept-model-license”."
)
_HAND_OVER = "Hand its wheel or zip file over with “eventsnap --models FILE”."


@dataclass(frozen=True, slots=True)
class ModelPack:
    """A detector, a recognizer and their thresholds.

    ``digest`` identifies the pack: the sha256 over the sha256 of both files and their roles.
    ``licence`` is what the user is told once before first use.
    """

    name: str
    digest: str
    detector: Path
    recognizer: Path
    thresholds: Thresholds
    licence: str


class Presence(StrEnum):
    """Whether a pack can be used."""

    PRESENT = "present"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PackState:
    """A pack as it is on this machine; ``problem`` says what is wrong and what to do, or "".

    ``where`` is the folder of the files, "" while they are missing; ``digest`` is the pack's, or
    None for a pack of the user's own that cannot be read.
    """

    name: str
    presence: Presence
    where: str
    digest: str | None
    problem: str


def find_pack(
    name_or_folder: str, models_folder: Path, known: Mapping[str, KnownPack] = KNOWN_PACKS
) -> ModelPack:
    """Return the pack of this name, or of a folder with a ``pack.toml``.

    ``models_folder`` is where packs are downloaded to. Both files are read and compared with their
    digests (16 MB for `lite`: about 10 ms). Raises ModelPackError with what to do.
    """
    if name_or_folder in known:
        return _known_pack(known[name_or_folder], models_folder)
    folder = Path(name_or_folder).expanduser()
    for place in (folder, models_folder / name_or_folder):
        if (place / PACK_FILE).is_file():
            return _own_pack(read_pack_file(place, reserved=known))
    if folder.is_dir():
        raise ModelPackError(
            f"The folder {folder} is not a model pack: it has no {PACK_FILE}",
            "docs/models.md shows how to write one.",
        )
    names = ", ".join([*known, *(path.name for path in _own_folders(models_folder))])
    raise ModelPackError(
        f"There is no model pack “{name_or_folder}”", f"Use one of {names}, or a folder."
    )


def list_packs(
    models_folder: Path, known: Mapping[str, KnownPack] = KNOWN_PACKS
) -> list[PackState]:
    """Return every known pack, then the user's own in the models folder, all checked."""
    states = [_state_of_known(pack, models_folder) for pack in known.values()]
    return states + [_state_of_own(folder, known) for folder in _own_folders(models_folder)]


def auto_pack(gpu: bool, models_folder: Path) -> str:
    """Return the pack that ``auto`` means: `standard` with a GPU where it is there, else `lite`."""
    standard = KNOWN_PACKS["standard"]
    return "standard" if gpu and not missing_files(standard, models_folder) else "lite"


def missing_files(pack: KnownPack, models_folder: Path) -> list[ModelFile]:
    """Return the files of a pack that are not there or not the right ones."""
    return [
        file
        for file in pack.files
        if (place := _place_of(file, models_folder)) is None or sha256_of(place) != file.sha256
    ]


def known_digest(pack: KnownPack) -> str:
    """Return the digest a known pack has when its files are the right ones."""
    return pack_digest(pack.detector.sha256, pack.recognizer.sha256)


def pack_digest(detector_sha256: str, recognizer_sha256: str) -> str:
    """Return the digest of a pack, sha256 in hex, from those of its files."""
    text = f"detector {detector_sha256}\nrecognizer {recognizer_sha256}\n"
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """Return a file's sha256 in hex; ModelPackError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelPackError(
            f"The model file {path} cannot be read ({error.strerror})",
            "Give yourself the right to read it.",
        ) from error


def _known_pack(pack: KnownPack, models_folder: Path) -> ModelPack:
    detector, recognizer = (_checked(file, pack, models_folder) for file in pack.files)
    return ModelPack(
        pack.name, known_digest(pack), detector, recognizer, pack.thresholds, pack.licence
    )


def _checked(file: ModelFile, pack: KnownPack, models_folder: Path) -> Path:
    advice = _HAND_OVER
    if pack.archives:  # the recognizer's holds the detector as well, under another name
        advice = _FETCH.format(name=pack.name, archive=pack.archives[-1])
    place = _place_of(file, models_folder)
    if place is None:
        raise ModelPackError(f"The model pack {pack.name} is not on this machine", advice)
    if sha256_of(place) != file.sha256:
        raise ModelPackError(
            f"The model file {place} is not the one it should be (its sha256 differs)",
            f"Remove it. {advice}",
        )
    return place


def _place_of(file: ModelFile, models_folder: Path) -> Path | None:
    """Return where a file lies: in the package with the `lite` files, or the models folder."""
    places = [models_folder / file.name]
    if (package := _package_folder()) is not None:
        places.insert(0, package / "model" / file.name)
    return next((place for place in places if place.is_file()), None)


def _package_folder() -> Path | None:
    """Return the folder of the package with the `lite` files, without importing it."""
    spec = importlib.util.find_spec(LITE_PACKAGE)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def _own_pack(own: PackFile) -> ModelPack:
    digests = []
    for path, wanted in (
        (own.detector, own.detector_sha256),
        (own.recognizer, own.recognizer_sha256),
    ):
        found = sha256_of(path)
        if wanted not in {None, found}:
            raise ModelPackError(
                f"The model file {path} is not the one its {PACK_FILE} names (its sha256 differs)",
                "Get the file again, or correct the digest.",
            )
        digests.append(found)
    return ModelPack(
        own.name, pack_digest(*digests), own.detector, own.recognizer, own.thresholds, own.licence
    )


def _own_folders(models_folder: Path) -> list[Path]:
    try:
        return sorted(path.parent for path in models_folder.glob(f"*/{PACK_FILE}"))
    except OSError:
        return []


def _state_of_known(pack: KnownPack, models_folder: Path) -> PackState:
    places = [_place_of(file, models_folder) for file in pack.files]
    where = next((str(place.parent) for place in places if place is not None), "")
    try:
        _known_pack(pack, models_folder)
    except ModelPackError as error:
        presence = Presence.MISSING if None in places else Presence.DAMAGED
        return PackState(pack.name, presence, where, known_digest(pack), str(error))
    return PackState(pack.name, Presence.PRESENT, where, known_digest(pack), "")


def _state_of_own(folder: Path, known: Mapping[str, KnownPack]) -> PackState:
    try:
        pack = _own_pack(read_pack_file(folder, reserved=known))
    except ModelPackError as error:
        return PackState(folder.name, Presence.DAMAGED, str(folder), None, str(error))
    return PackState(pack.name, Presence.PRESENT, str(folder), pack.digest, "")
