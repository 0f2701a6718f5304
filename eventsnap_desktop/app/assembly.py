"""Builds the real objects the command-line modes share: settings, source, index, vision."""

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.flows.encode import Chain, EncodeOptions
from eventsnap_desktop.flows.encode_pipeline import PipelineSize
from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import Index, open_index
from eventsnap_desktop.settings.schema import Settings
from eventsnap_desktop.settings.secrets import reveal
from eventsnap_desktop.storage.folder import FolderSource
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3_connection import S3Connection

if TYPE_CHECKING:  # imported when they are used: a window opens half a second sooner
    from eventsnap_desktop.app.vision_chain import VisionChain
    from eventsnap_desktop.storage.s3 import S3Source
    from eventsnap_desktop.vision.packs import ModelPack
    from eventsnap_desktop.vision.picture import Picture
    from eventsnap_desktop.vision.runtime import Provider

Source: TypeAlias = "FolderSource | S3Source"


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

    def read_thumbnail(self, event: Event, key: str, side: int) -> bytes:
        """Read a photo and return it upright as a small JPEG; ``side`` is the longer one."""
        from eventsnap_desktop.vision.thumbnail import make_thumbnail

        data = self.open_source(event.source).read(key)
        return make_thumbnail(data, side, self.settings.encode.max_megapixels * 1_000_000)

    def open_vision(self) -> "VisionChain":
        """Open the model pack on the provider that works, and say its licence once."""
        from eventsnap_desktop.app.vision_chain import open_vision_chain

        return open_vision_chain(self.settings)


def open_program(chosen: Namespace) -> Program:
    """Load the settings a command line asks for, and set up the log."""
    return Program(settings_for(chosen).settings)


def thresholds_for(pack: "ModelPack", settings: Settings) -> Thresholds:
    """Return the pack's thresholds, moved where the settings say so."""
    match = settings.match
    sure = pack.thresholds.sure if match.sure is None else match.sure
    maybe = pack.thresholds.maybe if match.maybe is None else match.maybe
    return replace(pack.thresholds, sure=sure, maybe=min(maybe, sure))


def encode_chain(source: Source, vision: "VisionChain", index: Index) -> "Chain[Picture]":
    """Return the objects that an encode joins."""
    return Chain(
        source,
        vision,
        index.events,
        index.photos,
        provider=vision.provider.name,
        model_pack=vision.pack.name,
        pack_digest=vision.pack.digest,
    )


def encode_options(
    settings: Settings, provider: "Provider", source: Source, watch: bool
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
