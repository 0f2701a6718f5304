"""Compares a JSON answer with the keys that the page of commands lists for it.

``failed[].key`` is the ``key`` of each object in the list ``failed``; a key stands for all below
it.
"""

from collections.abc import Iterable, Iterator
from typing import Any


def paths(answer: Any, before: str = "") -> Iterator[str]:
    """Yield the paths of all values; lists of plain values and empty ones end a path."""
    if isinstance(answer, dict) and answer:
        for key, value in answer.items():
            yield from paths(value, f"{before}.{key}" if before else key)
    elif isinstance(answer, list) and answer and isinstance(answer[0], dict):
        for one in answer:
            yield from paths(one, f"{before}[]")
    else:
        yield before


def undocumented(answer: Any, told: Iterable[str]) -> set[str]:
    """Return the paths of an answer that no key stands for."""
    keys = [key.removesuffix("[]") for key in told]
    parts = [key.split("[]")[0] for key in told if "[]" in key]
    empty = [part for part in parts if part]  # an empty list has no keys below it
    return {
        path
        for path in paths(answer)
        if path not in empty and not any(_stands_for(key, path) for key in keys)
    }


def never_seen(answer: Any, told: Iterable[str]) -> set[str]:
    """Return the keys that the answer does not have."""
    found = list(paths(answer))
    return {
        key for key in told if not any(_stands_for(key.removesuffix("[]"), one) for one in found)
    }


def _stands_for(key: str, path: str) -> bool:
    return path == key or path.startswith((f"{key}.", f"{key}[]"))
