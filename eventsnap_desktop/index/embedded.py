"""The embedded database server: starts by itself, is shared, and stops with its last user."""

import logging
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from eventsnap_desktop.domain.errors import DatabaseAwayError, DatabaseRefusedError
from eventsnap_desktop.index.failures import translated
from eventsnap_desktop.index.file_locks import FileLock
from eventsnap_desktop.index.server_processes import await_end_of_orphans, is_server_of
from eventsnap_desktop.index.server_programs import (
    ServerUser,
    let_traverse,
    make_reachable,
    programs_folder,
    run_program,
    server_user,
)
from eventsnap_desktop.index.server_settings import (
    SETTINGS_FILE,
    SOCKET_NAME,
    choose_listening,
    read_listening,
    render_settings,
)

log = logging.getLogger(__name__)

_NAME = "eventsnap"
# Recovery after a power cut replays at most what a checkpoint leaves: minutes on a slow disk.
_START_SECONDS = 300
_LONGEST_LOG = 5 * 2**20


class EmbeddedServer:
    """PostgreSQL with pgvector in ``<data folder>/database``, used by any number of processes.

    Who uses it holds a shared lock on a file; who leaves and finds no other holder stops it. A
    lock ends with its process, so a killed one counts no more, whatever became of its number.
    """

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder.resolve() / "database"
        self._data = self._folder / "data"
        self._log = self._folder / "server.log"
        self._use = FileLock(self._folder / "in_use.lock")

    @property
    def url(self) -> str:
        """The address of our database; holds a password on Windows."""
        return self._url(_NAME)

    @property
    def log_file(self) -> Path:
        """What the server says."""
        return self._log

    @property
    def is_made(self) -> bool:
        """Whether there is a database in this data folder, running or not.

        DatabaseRefusedError where this user may not look into it.
        """
        try:
            return (self._data / "PG_VERSION").exists()
        except OSError as error:
            raise DatabaseRefusedError(
                f"The data folder {self._folder} cannot be read ({error.strerror})",
                "Use it as the user whom it belongs to, or set another one (EVENTSNAP_HOME).",
            ) from error

    @property
    def is_running(self) -> bool:
        """Whether the server runs now; for who only looks. Whoever uses it calls ``enter``."""
        return self._process_runs()

    def enter(self) -> None:
        """Use the server from now on, starting it if it does not run.

        Raises DatabaseRefusedError (folder not writable, disk full, data of another version) or
        DatabaseAwayError.
        """
        with self._changing():
            self._use.take(seconds=_START_SECONDS, shared=True)
        try:
            self.ensure_running()
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Use it no more; stop it if nobody else does."""
        with self._changing():
            self._use.release()
            with FileLock(self._folder / "in_use.lock") as alone:
                if alone.try_take():
                    self.stop()

    def ensure_running(self) -> None:
        """Start the server if it does not run, for instance because it was killed."""
        with self._changing():
            self._ensure_initialised()
            if not self._wait_for_running():
                self._start()
            self._ensure_database()

    def stop(self) -> None:
        """Stop the server whoever uses it; what is running is rolled back."""
        self._stop("fast", "immediate")

    def stop_at_once(self) -> None:
        """Stop the server as a power cut would: it recovers at its next start."""
        self._stop("immediate")

    def _stop(self, *modes: str) -> None:
        if not self._process_runs():
            return
        user = server_user()
        programs = programs_folder(self._data)
        for mode in modes:
            arguments = ["-D", "data", "-m", mode, "-w", "-t", "60", "stop"]
            code, said = run_program(programs, "pg_ctl", arguments, self._folder, user)
            if code == 0 or not self._process_runs():
                return
            log.warning("the embedded database did not stop (%s): %s", mode, said.strip())

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the right to start and stop the server."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / "start_stop.lock")
            taken = lock.take(_START_SECONDS)
        except OSError as error:
            raise _folder_error(self._folder, error) from error
        with lock:
            if not taken:
                raise DatabaseAwayError("Another EventSnap is busy starting the embedded database")
            yield

    def _ensure_initialised(self) -> None:
        if self.is_made:
            return
        user = server_user()
        try:
            programs = programs_folder(self._data)
            make_reachable(programs, user)
            self._own_folder(user)
            self._initialise(programs, user)
        except OSError as error:
            raise _folder_error(self._folder, error) from error

    def _own_folder(self, user: ServerUser | None) -> None:
        if user is not None:
            let_traverse(self._folder)
            os.chown(self._folder, user.uid, user.gid)
        self._folder.chmod(0o700)

    def _initialise(self, programs: Path, user: ServerUser | None) -> None:
        # Made aside and renamed: killed in between, the next start begins anew.
        fresh = self._folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self._folder / "password"
        password.write_text(secrets.token_urlsafe(24))
        password.chmod(0o600)
        if user is not None:
            os.chown(password, user.uid, user.gid)
        log.info("making the embedded database in %s", self._folder)
        # Locale C: sorted indexes must not depend on the system's C library.
        arguments = ["-D", "data.new", "-U", _NAME, "--encoding=UTF8", "--locale=C"]
        arguments += ["--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile=password"]
        code, said = run_program(programs, "initdb", arguments, self._folder, user)
        if code != 0:
            raise self._start_error(said)
        with (fresh / "postgresql.conf").open("a") as settings:
            settings.write(f"\ninclude_if_exists = '{SETTINGS_FILE}'\n")
        fresh.rename(self._data)

    def _start(self) -> None:
        user = server_user()
        programs = programs_folder(self._data)
        make_reachable(programs, user)
        try:
            self._own_folder(user)
            self._clean_up_after_a_kill()
            listening = choose_listening(self._data, user, read_listening(self._data))
            (self._data / SETTINGS_FILE).write_bytes(render_settings(listening))
            (self._data / SETTINGS_FILE).chmod(0o644)
            if self._log.exists() and self._log.stat().st_size > _LONGEST_LOG:
                self._log.replace(self._log.with_suffix(".log.1"))
        except OSError as error:
            raise _folder_error(self._folder, error) from error
        said = self._start_once(programs, user)
        if said is not None:
            raise self._start_error(said)

    def _start_once(self, programs: Path, user: ServerUser | None) -> str | None:
        """Start; return None, or what the server said when it did not come up."""
        begin = self._log.stat().st_size if self._log.exists() else 0
        # Relative paths, because pg_ctl hands them to a shell without escaping signs like $.
        arguments = ["-D", "data", "-l", "server.log", "-w", "-t", str(_START_SECONDS), "start"]
        code, said = run_program(programs, "pg_ctl", arguments, self._folder, user)
        if code == 0:
            return None
        with self._log.open("rb") as file:
            file.seek(begin)
            return said + file.read().decode(errors="replace")

    def _start_error(self, said: str) -> DatabaseRefusedError:
        if "No space left on device" in said:
            return DatabaseRefusedError(
                "The embedded database cannot start: the disk is full",
                f"Free space where {self._folder} is; nothing in it is lost.",
            )
        if "Permission denied" in said or "Read-only file system" in said:
            return _folder_error(self._folder, None)
        lines = [line for line in said.splitlines() if "FATAL" in line or "error:" in line]
        reason = lines[-1].split("FATAL:")[-1].strip() if lines else "it did not say why"
        return DatabaseRefusedError(
            f"The embedded database cannot start ({reason})", f"See {self._log} for more."
        )

    def _wait_for_running(self) -> bool:
        """Return whether the server answers, after it has had its time to recover if it runs."""
        deadline = time.monotonic() + _START_SECONDS
        while self._process_runs():
            try:
                psycopg.connect(self._url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                log.debug("the embedded database is not ready yet: %s", error)
            else:
                return True
            if time.monotonic() > deadline:
                raise DatabaseAwayError("The embedded database does not get ready")
            time.sleep(0.1)
        return False

    def _postmaster(self) -> int | None:
        try:
            return int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _process_runs(self) -> bool:
        """Whether the process that the server's file names is a server of this very folder."""
        number = self._postmaster()
        try:
            return number is not None and is_server_of(psutil.Process(number), self._data)
        except psutil.NoSuchProcess:
            return False

    def _clean_up_after_a_kill(self) -> None:
        """Remove the lock files of a dead server, once none of its processes is left.

        The server itself takes any living process of that number for its former self: after a
        power cut another process may have got it, after a kill it may be a zombie.
        """
        sockets = Path(read_listening(self._data).get("unix_socket_directories") or self._data)
        left_behind = (self._data / "postmaster.pid", sockets / f"{SOCKET_NAME}.lock")
        if self._process_runs() or not any(file.exists() for file in left_behind):
            return
        await_end_of_orphans(self._data)
        for file in left_behind:
            file.unlink(missing_ok=True)

    def _ensure_database(self) -> None:
        with (
            translated(),
            psycopg.connect(
                self._url("postgres"), autocommit=True, connect_timeout=5
            ) as connection,
        ):
            found = connection.execute("select from pg_database where datname = %s", [_NAME])
            if found.rowcount == 0:
                connection.execute("create database eventsnap")

    def _url(self, database: str) -> str:
        listening = read_listening(self._data)
        port = listening.get("port", "5432")
        if sys.platform == "win32":
            password = quote((self._folder / "password").read_text(), safe="")
            return f"postgresql://{_NAME}:{password}@127.0.0.1:{port}/{database}"
        host = quote(os.fsencode(listening.get("unix_socket_directories", "")), safe="")
        return f"postgresql://{_NAME}@/{database}?host={host}&port={port}"


@contextmanager
def embedded_server(data_folder: Path) -> Iterator[EmbeddedServer]:
    """Use the embedded server of a data folder; ``.url`` is its address.

    It starts if it does not run, serves every process of that folder, and stops with the last.
    """
    server = EmbeddedServer(data_folder)
    server.enter()
    try:
        yield server
    finally:
        server.leave()


def _folder_error(folder: Path, error: OSError | None) -> DatabaseRefusedError:
    import errno

    if error is not None and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DatabaseRefusedError(
            "The embedded database cannot be made: the disk is full", f"Free space for {folder}."
        )
    reason = "" if error is None or not error.strerror else f" ({error.strerror})"
    return DatabaseRefusedError(
        f"The data folder {folder} cannot be written{reason}",
        "Give yourself the right to write there, or set another data folder (EVENTSNAP_HOME).",
    )
