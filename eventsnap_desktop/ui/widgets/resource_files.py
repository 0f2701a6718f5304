"""Finds the resources folder: beside the package in a checkout, inside it elsewhere."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[2]


@cache
def resources() -> Path:
    """Return the resources folder."""
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """Return the path of one resource file."""
    return resources().joinpath(*parts)
