"""Where a photo lies, if it lies in a folder that can be opened."""

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from urllib.request import url2pathname


def folder_of(source: str, key: str) -> Path | None:
    """Return the folder a photo is in, None where the event's source is no folder."""
    text = source.strip()
    if text.lower().startswith("file://"):
        root = Path(url2pathname(urlsplit(text).path))
    elif not text or "://" in text:
        return None
    else:
        root = Path(text)
    try:
        return root.expanduser().joinpath(*PurePosixPath(key).parts).parent
    except RuntimeError:  # ~name of nobody
        return None
