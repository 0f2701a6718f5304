"""Tells the processes of one embedded server from all others."""

import logging
import time
from pathlib import Path

import psutil

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 20.0


def is_server_of(process: psutil.Process, data: Path) -> bool:
    """Whether a process is a living PostgreSQL that works in this data folder.

    PostgreSQL makes its data folder the working directory of all its processes.
    """
    try:
        if "postgres" not in process.name() or process.status() == psutil.STATUS_ZOMBIE:
            return False
        return Path(process.cwd()).samefile(data)
    except (psutil.NoSuchProcess, FileNotFoundError):
        return False
    except psutil.AccessDenied:
        # A process that we may not look at is not one that we have started.
        return False


def await_end_of_orphans(data: Path) -> None:
    """Wait until the processes that a killed server left behind have ended, or end them.

    A new server beside them would write the same files. They end by themselves as soon as they
    have nothing to do.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while orphans := [one for one in psutil.process_iter() if is_server_of(one, data)]:
        if time.monotonic() > deadline:
            log.warning("ending %s processes of a killed database server", len(orphans))
            for orphan in orphans:
                orphan.kill()
            psutil.wait_procs(orphans, timeout=5)
        time.sleep(0.1)
