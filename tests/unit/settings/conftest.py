"""Settings tests begin with an environment that sets nothing, and a data folder of their own."""

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("EVENTSNAP_"):
            monkeypatch.delenv(name)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder that the environment names."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("EVENTSNAP_HOME", str(folder))
    return folder
