"""Runs the encode flow on a folder and a real database, with texts in place of pictures."""

from collections.abc import Callable
from pathlib import Path

from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.encode import Chain, EncodeOptions, EncodeReport, encode_event
from eventsnap_desktop.flows.encode_pipeline import PipelineSize
from eventsnap_desktop.flows.encode_progress import EncodeProgress
from eventsnap_desktop.flows.ports import PhotoSource
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.storage.folder import FolderSource
from tests.fixtures.text_vision import TextVision

SIZE = PipelineSize(fetch=2, decode=2, inference=2, inference_batch=2)
OPTIONS = EncodeOptions(SIZE, database_patience=30, source_patience=30)


def write_photos(folder: Path, texts: dict[str, str]) -> None:
    """Write photos: a name and what is "on" it."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def event_of(index: Index, source: str) -> Event:
    """Return the tests' event, made when it is not there."""
    return index.events.create_event("PARTY", "Party", source)


def run_encode(
    index: Index,
    source: PhotoSource | Path,
    vision: TextVision | None = None,
    options: EncodeOptions = OPTIONS,
    cancel: Cancel | None = None,
    on_progress: Callable[[EncodeProgress], None] = lambda _: None,
    pack: str = "0" * 64,
) -> EncodeReport:
    """Encode the tests' event."""
    place = FolderSource(source) if isinstance(source, Path) else source
    chain = Chain(
        place,
        vision or TextVision(),
        index.events,
        index.photos,
        provider="cpu",
        model_pack="text",
        pack_digest=pack,
    )
    event = event_of(index, place.uri)
    return encode_event(event, chain, options, on_progress, cancel or Cancel())
