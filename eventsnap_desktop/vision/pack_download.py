"""Fetches one archive over HTTP: goes on where it broke off, and believes only the digest."""

import errno
import logging
import re
import shutil
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from eventsnap_desktop import __version__
from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision.pack_catalog import LARGEST_FILE
from eventsnap_desktop.vision.packs import sha256_of

log = logging.getLogger(__name__)

Report = Callable[[int, int | None], None]
"""Told the bytes that are there, and how many there will be or None where that is not known."""

_CHUNK = 2**18
_SPARE = 64 * 2**20
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Retry:
    """How often to try without a new byte, the seconds between, and how long silence may last."""

    tries: int = 6
    first_wait: float = 0.5
    longest_wait: float = 10.0
    timeout: float = 30.0


class _BrokenOffError(Exception):
    """The transfer ended early; trying again may help."""


class _Part:
    """What has arrived so far, and the ETag or date that tells whether it is still of the same."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(f"{target.name}.part")
        self._validator = target.with_name(f"{target.name}.part.tag")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def validator(self) -> str:
        """The text for If-Range, or "" where a resumed transfer could mix two versions."""
        return self._validator.read_text().strip() if self._validator.exists() else ""

    def begin(self, response: HTTPResponse) -> BinaryIO:
        """Start over with what this answer is about."""
        tag = response.headers.get("ETag", "")
        strong = tag if tag and not tag.startswith("W/") else ""
        self._validator.write_text(strong or response.headers.get("Last-Modified", ""))
        return self.path.open("wb")

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self._validator.unlink(missing_ok=True)


def download(
    url: str,
    target: Path,
    sha256: str,
    report: Report,
    cancel: Cancel,
    retry: Retry,
) -> Path:
    """Fetch ``url`` to ``<target>.part`` and return that path; its bytes have this sha256.

    Call ``discard`` when the file is used up. A transfer that breaks off, also by ending the
    program, goes on where it was (HTTP Range, guarded by If-Range). Raises ModelPackError when the
    server refuses, does not come back, sends other bytes (they are removed) or the disk is full;
    Cancelled when the user stops, keeping what is there.
    """
    part = _Part(target)
    best, failures = part.size, 0
    while not (part.size and sha256_of(part.path) == sha256):
        try:
            _fetch(url, part, report, cancel, retry.timeout)
        except _BrokenOffError as error:
            failures = failures + 1 if part.size <= best else 1
            best = max(best, part.size)
            if failures >= retry.tries:
                raise _gave_up(url, str(error)) from error
            wait = min(retry.first_wait * 2 ** (failures - 1), retry.longest_wait)
            log.info("the download broke off (%s), next try in %.1f s", error, wait)
            cancel.wait(wait)
            cancel.raise_if_requested()
            continue
        if sha256_of(part.path) != sha256:
            part.remove()
            raise ModelPackError(
                f"What {_host(url)} sent for {target.name} is not the file it should be (its "
                "sha256 differs); it was removed",
                f"Try again later, from another network, or fetch {url} elsewhere and hand the "
                "file over with “eventsnap --models FILE”.",
            )
    return part.path


def discard(target: Path) -> None:
    """Remove what ``download`` left for this target."""
    _Part(target).remove()


def _fetch(url: str, part: _Part, report: Report, cancel: Cancel, timeout: float) -> None:
    """Make one request and append what it brings; _BrokenOffError when that was not all."""
    cancel.raise_if_requested()
    with closing(_open(url, part, timeout)) as response:
        start, total = _place_of(response, part)
        if (total or 0) > LARGEST_FILE:
            raise ModelPackError(f"{_host(url)} says that the file has {total} bytes: too large")
        _check_space(part.path, total, start)
        try:
            with part.path.open("ab") if start else part.begin(response) as file:
                done = _receive(response, file, start, total, report, cancel)
        except OSError as error:
            raise _disk_error(part.path, error) from error
    if total is not None and done < total:
        raise _BrokenOffError(f"it ended after {done} of {total} bytes")


def _open(url: str, part: _Part, timeout: float) -> HTTPResponse:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ModelPackError(f"Model packs cannot be fetched from {url}")
    headers = {"User-Agent": f"eventsnap/{__version__}", "Accept-Encoding": "identity"}
    if part.size and part.validator:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": part.validator}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - looked at above
    try:
        response: HTTPResponse = urllib.request.urlopen(request, timeout=timeout)  # noqa: S310
    except HTTPError as error:
        error.close()
        if error.code == 416:  # what we have does not fit what is there now
            part.remove()
            raise _BrokenOffError("what was there did not fit") from error
        if error.code in _TRY_AGAIN:
            raise _BrokenOffError(f"the server answered {error.code}") from error
        raise ModelPackError(
            f"{_host(url)} does not give out {url} (it answered {error.code})",
            "Fetch the file elsewhere and hand it over with “eventsnap --models FILE”.",
        ) from error
    except (OSError, HTTPException) as error:
        raise _BrokenOffError(_reason(error)) from error
    return response


def _place_of(response: HTTPResponse, part: _Part) -> tuple[int, int | None]:
    """Return where the answer's bytes begin in the file, and the file's size if it is told."""
    if response.status == 206:
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if found is None or int(found[1]) != part.size:
            part.remove()
            raise _BrokenOffError("the server sent another piece than it was asked for")
        return part.size, None if found[2] == "*" else int(found[2])
    length = response.headers.get("Content-Length", "")
    return 0, int(length) if length.isdigit() else None


def _receive(
    response: HTTPResponse,
    file: BinaryIO,
    done: int,
    total: int | None,
    report: Report,
    cancel: Cancel,
) -> int:
    report(done, total)
    while chunk := _read(response):
        done += len(chunk)
        if done > LARGEST_FILE:
            raise ModelPackError("The server sends more bytes than any model pack has")
        file.write(chunk)
        report(done, total)
        cancel.raise_if_requested()
    return done


def _read(response: HTTPResponse) -> bytes:
    try:
        return response.read(_CHUNK)
    except (OSError, HTTPException) as error:
        raise _BrokenOffError(_reason(error)) from error


def _check_space(path: Path, total: int | None, start: int) -> None:
    free = shutil.disk_usage(path.parent).free
    needed = (total or 0) - start + _SPARE
    if free < needed:
        raise ModelPackError(
            f"The disk with {path.parent} is too full: {needed // 2**20} MB are needed, "
            f"{free // 2**20} MB are free",
            "Free space and run it again; it goes on where it stopped.",
        )


def _disk_error(path: Path, error: OSError) -> ModelPackError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ModelPackError(
            f"The disk with {path.parent} is full",
            "Free space and run it again; it goes on where it stopped.",
        )
    return ModelPackError(
        f"{path} cannot be written ({error.strerror})",
        "Give yourself the right to write there, or set another data folder (EVENTSNAP_HOME).",
    )


def _gave_up(url: str, reason: str) -> ModelPackError:
    return ModelPackError(
        f"The download from {_host(url)} did not succeed ({reason})",
        "Check the internet connection and run it again: it goes on where it stopped. Without "
        f"internet, fetch {url} elsewhere and hand the file over with “eventsnap --models FILE”.",
    )


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]


def _reason(error: Exception) -> str:
    inner = error.reason if isinstance(error, URLError) else error
    text = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return str(text)[:200]
