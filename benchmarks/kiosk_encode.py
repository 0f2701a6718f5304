"""The program's `--encode` in another process, beside the kiosk that is measured."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from benchmarks.memory import PROGRAM
from eventsnap_desktop.storage.s3_connection import S3Connection


@contextmanager
def encoding(home: Path, code: str, source: object, *more: str) -> Iterator[None]:
    """Run the program's `--encode` beside the kiosk."""
    env = {**os.environ, "EVENTSNAP_HOME": str(home), "EVENTSNAP_MODEL_PROVIDER": "cpu"}
    command = [str(PROGRAM), "--encode", code, "--source", str(source), "--json", *more]
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


@contextmanager
def storage(connection: S3Connection) -> Iterator[None]:
    """Have this process and those it starts use an S3 server."""
    names = {
        "EVENTSNAP_STORAGE_ENDPOINT": connection.endpoint,
        "EVENTSNAP_STORAGE_ACCESS_KEY": connection.access_key,
        "EVENTSNAP_STORAGE_SECRET_KEY": connection.secret_key,
    }
    with patch.dict(os.environ, names):
        yield
