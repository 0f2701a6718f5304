"""What all tests share: the fixture modules, and a watch for threads that are left behind."""

import threading
import time
from collections.abc import Iterator

import pytest

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.s3",
    "tests.fixtures.pictures",
    "tests.fixtures.cups",
    "tests.fixtures.smtp",
    "tests.fixtures.own_servers",
]


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread running which it started."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 20  # a busy machine lets a thread end late
    while left := [t for t in threading.enumerate() if t not in before and _is_ours(t)]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left behind: {', '.join(t.name for t in left)}")
        time.sleep(0.01)


def _is_ours(thread: threading.Thread) -> bool:
    """Whether Python started it: what Qt started is watched where it is started (tests/ui)."""
    return thread.is_alive() and not isinstance(thread, threading._DummyThread)
