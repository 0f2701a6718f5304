"""Builds the real objects the command-line modes share: settings, source, index, vision."""

import logging
import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.talking import note
from eventsnap_desktop.domain.errors import ModelPackError, PhotoTooLargeError, PhotoUnreadableError
from eventsnap_desktop.domain.faces import EncodedPicture
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.flows.encode import EncodeOptions
from eventsnap_desktop.flows.encode_pipeline import PipelineSize
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.settings.secrets import reveal
from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3 import S3Source
from eventsnap_desktop.storage.s3_connection import S3Connection
from eventsnap_desktop.vision.decode import Picture, decode
from eventsnap_desktop.vision.encoder import ENOUGH_PIXELS, FaceEncoder, open_encoder
from eventsnap_desktop.vision.pack_licences import notice_for, record_notice
from eventsnap_desktop.vision.packs import ModelPack, Presence, auto_pack, find_pack, list_packs
from eventsnap_desktop.vision.runtime import Provider, choose_provider

log = logging.getLogger(__name__)

Source = FolderSource | S3Source

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
            if path.stat().st_size > _SELFIE_BYTES:
                raise PhotoUnreadableError("the file is larger than 64 MB")
            data = path.read_bytes()
        except OSError as error:
            raise PhotoUnreadableError(f"the file cannot be read ({error.strerror})") from error
        return self.decode(data)


class Program:
    """Opens what a mode asks for, by the settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @contextmanager
    def open_index(self) -> Iterator[Index]:
        """Open the index: the settings' database, or the embedded one of the data folder."""
        url = reveal(self.settings, "database.url")
        if url:
            with open_index(url) as index:
                yield index
            return
        with (
            embedded_server(self.settings.home) as server,
            open_index(server.url, server.ensure_running) as index,
        ):
            yield index

    def open_source(self, uri: str) -> Source:
        """Open a photo source."""
        storage = self.settings.storage
        connection = None
        if storage.endpoint:
            connection = S3Connection(
                storage.endpoint,
                reveal(self.settings, "storage.access_key") or "",
                reveal(self.settings, "storage.secret_key") or "",
                storage.region,
            )
        return open_source(uri, connection, storage.max_photo_megabytes * 2**20)

    def open_vision(self) -> VisionChain:
        """Open the model pack on the provider that works, and say its licence once."""
        model, models = self.settings.model, self.settings.models_folder
        limit = model.gpu_mem_limit_mb * 2**20 if model.gpu_mem_limit_mb else None
        pack = self._any_pack() if model.pack == "auto" else find_pack(model.pack, models)
        provider = choose_provider(model.provider, pack.detector, limit)
        best = auto_pack(provider.is_gpu, models)
        if model.pack == "auto" and pack.name == "lite" != best:
            pack = find_pack(best, models)
        notice = notice_for(pack, self.settings.home)
        if notice is not None:
            note(notice)
            record_notice(pack, self.settings.home)
        encoder = open_encoder(pack, provider)
        max_pixels = self.settings.encode.max_megapixels * 1_000_000
        return VisionChain(pack, provider, encoder, max_pixels)

    def _any_pack(self) -> ModelPack:
        """Return `lite`, or what else `auto` may mean on a machine that lacks it."""
        models = self.settings.models_folder
        try:
            return find_pack("lite", models)
        except ModelPackError:
            present = [
                pack.name for pack in list_packs(models) if pack.presence == Presence.PRESENT
            ]
            if "standard" not in present:
                raise
            return find_pack("standard", models)


def open_program(chosen: Namespace) -> Program:
    """Load the settings a command line asks for, and set up the log."""
    return Program(settings_for(chosen).settings)


def thresholds_for(pack: ModelPack, settings: Settings) -> Thresholds:
    """Return the pack's thresholds, moved where the settings say so."""
    match = settings.match
    sure = pack.thresholds.sure if match.sure is None else match.sure
    maybe = pack.thresholds.maybe if match.maybe is None else match.maybe
    return replace(pack.thresholds, sure=sure, maybe=min(maybe, sure))


def encode_options(
    settings: Settings, provider: Provider, source: Source, watch: bool
) -> EncodeOptions:
    """Return how many threads of each kind suit this machine, and the settings' limits."""
    encode, cores = settings.encode, _cores()
    size = PipelineSize(
        fetch=encode.fetch_threads or (2 if isinstance(source, FolderSource) else 8),
        decode=encode.decode_threads or (cores if provider.is_gpu else 0),
        inference=encode.inference_threads or (1 if provider.is_gpu else cores),
        inference_batch=8 if provider.is_gpu else 1,
    )
    return EncodeOptions(
        size=size,
        max_attempts=encode.max_attempts,
        database_patience=settings.database.patience,
        source_patience=settings.storage.patience,
        watch=watch,
        poll_seconds=settings.storage.poll_seconds,
    )


def _cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Windows and macOS have no affinity here
        return os.cpu_count() or 1
