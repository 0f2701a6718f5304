"""A screen of a journey's own, on which windows open as they do for people."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

XVFB = shutil.which("Xvfb")


@pytest.fixture
def display() -> Iterator[str]:
    """Return a screen of the test's own."""
    if XVFB is None:
        pytest.skip("needs Xvfb")
    read, write = os.pipe()
    with subprocess.Popen(
        [XVFB, "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        yield f":{number}"
        server.terminate()
