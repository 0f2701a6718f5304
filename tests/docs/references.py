"""The generator of the reference pages, as a module of the tests."""

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]


def generator() -> ModuleType:
    """Return packaging/references.py; its folder is no package, and another one has its name."""
    spec = importlib.util.spec_from_file_location("references", ROOT / "packaging/references.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words() -> dict[str, Any]:
    """Return what the pages say beyond the program's own words."""
    return tomllib.loads((ROOT / "packaging/references.toml").read_text(encoding="utf-8"))
