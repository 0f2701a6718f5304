"""Decoding and encoding with one model pack on one provider, opened by the settings."""

import stat as modes
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from eventsnap_desktop.app.talking import note
from eventsnap_desktop.domain.errors import ModelPackError, PhotoTooLargeError, PhotoUnreadableError
from eventsnap_desktop.domain.faces import EncodedPicture
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.vision.decode import Picture, decode
from eventsnap_desktop.vision.encoder import ENOUGH_PIXELS, FaceEncoder, open_encoder
from eventsnap_desktop.vision.pack_licences import notice_for, record_notice
from eventsnap_desktop.vision.packs import ModelPack, Presence, auto_pack, find_pack, list_packs
from eventsnap_desktop.vision.runtime import Provider, choose_provider

_SELFIE_BYTES = 64 * 2**20
_GIANT_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True)
class VisionChain:
    """Decoding and encoding with one model pack on one provider; fits the flows' Vision."""

    pack: ModelPack
    provider: Provider
    encoder: FaceEncoder
    max_pixels: int
    one_giant: Lock = field(default_factory=Lock)

    def decode(self, data: bytes) -> Picture:
        """Return the picture, reduced where its resolution is more than detection can use.

        Giants are decoded one at a time: a PNG of 120 megapixels takes 0.85 GB meanwhile.
        """
        try:
            return self._decode(data, min(self.max_pixels, _GIANT_PIXELS))
        except PhotoTooLargeError:
            if self.max_pixels <= _GIANT_PIXELS:
                raise
        with self.one_giant:
            return self._decode(data, self.max_pixels)

    def _decode(self, data: bytes, max_pixels: int) -> Picture:
        return decode(data, enough=ENOUGH_PIXELS, max_pixels=max_pixels)

    def encode(self, pictures: Sequence[Picture]) -> list[EncodedPicture]:
        """Return the faces of each picture."""
        return self.encoder.encode(pictures)

    def read_file(self, path: Path) -> Picture:
        """Read and decode one file; PhotoUnreadableError with a reason when that fails."""
        try:
            status = path.stat()
            if not (modes.S_ISREG(status.st_mode) or modes.S_ISDIR(status.st_mode)):
                # A pipe that nobody writes to keeps its reader waiting, a device may never end.
                raise PhotoUnreadableError("it is a pipe or a device, not a file")
            if status.st_size > _SELFIE_BYTES:
                raise PhotoUnreadableError("the file is larger than 64 MB")
            data = path.read_bytes()
        except OSError as error:
            raise PhotoUnreadableError(f"the file cannot be read ({error.strerror})") from error
        return self.decode(data)


def open_vision_chain(settings: Settings) -> VisionChain:
    """Open the model pack on the provider that works, and say its licence once."""
    model, models = settings.model, settings.models_folder
    limit = model.gpu_mem_limit_mb * 2**20 if model.gpu_mem_limit_mb else None
    pack = _any_pack(models) if model.pack == "auto" else find_pack(model.pack, models)
    provider = choose_provider(model.provider, pack.detector, limit)
    best = auto_pack(provider.is_gpu, models)
    if model.pack == "auto" and pack.name == "lite" != best:
        pack = find_pack(best, models)
    notice = notice_for(pack, settings.home)
    if notice is not None:
        note(notice)
        record_notice(pack, settings.home)
    encoder = open_encoder(pack, provider)
    max_pixels = settings.encode.max_megapixels * 1_000_000
    return VisionChain(pack, provider, encoder, max_pixels)


def _any_pack(models: Path) -> ModelPack:
    """Return `lite`, or what else `auto` may mean on a machine that lacks it."""
    try:
        return find_pack("lite", models)
    except ModelPackError:
        present = [pack.name for pack in list_packs(models) if pack.presence == Presence.PRESENT]
        if "standard" not in present:
            raise
        return find_pack("standard", models)
