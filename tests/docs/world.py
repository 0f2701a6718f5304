"""The place in which the documents' commands are run: an event, servers, and what they name."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from eventsnap_desktop.index.embedded import EmbeddedServer
from eventsnap_desktop.storage.s3_connection import S3Connection
from tests.docs.furnishing import furnish
from tests.docs.program_host import Ended, ProgramHost
from tests.docs.spelled_out import PLACEHOLDERS, in_world
from tests.fixtures.postgres import at_database

BIN = Path(sys.executable).parent
BUCKET = "photos-of-the-documents"
_PREPARED, _USED, _LONG = "prepared", "eventsnap", "of_long_ones"
_COUNTS = """
    select (select count(*) from event), (select count(*) from photo), (select max(id) from photo),
           (select count(*) from face)
"""
_KIOSK = "insert into kiosk (event_id, name, state) select id, 'Entrance', 'idle' from event"
_ENDING = """
    update event set keep_until = now() + interval '3 days' where code = 'party';
    with made as (
        insert into event (code, name, keep_until, settings)
        select code, code, day, jsonb_build_object('expiry', jsonb_build_object(
            'until', extract(epoch from day), 'warned_at', extract(epoch from day)))
        from (values ('over', now() - interval '9 days'), ('busy', now() - interval '3 days'),
            ('soon', now() + interval '3 days')) as one (code, day)
        returning id
    ) select create_face_partition(id) from made;
"""
_ENCODE = "select pg_advisory_lock(1163085898, id) from event where code = 'busy'"
_UP_SECONDS = 90.0


class World:
    """A folder like a checkout with data beside it; the event ``party`` is encoded.

    Long-running commands have a data folder and a database of their own, and may run at the same
    time as others.
    """

    def __init__(self, folder: Path, server: EmbeddedServer, s3: S3Connection) -> None:
        self.folder, self.home = folder, folder / "home"
        self._server, self._s3 = server, s3
        self._host = ProgramHost(folder)
        self._tried: dict[object, Ended] = {}
        furnish(folder)
        done = self._host.run(
            ["--encode", "party", "--source", str(folder / "Pictures/party")], self.environment()
        )
        assert done.code == 0, done.said
        self._query(f"create database {_PREPARED} template {_USED}")
        self._query(f"create database {_LONG} template {_USED}")
        self._prepared = self._counts()

    def close(self) -> None:
        """End what runs."""
        self._host.close()

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a user who has the program on the path and two screens."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {
            **kept,
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "EVENTSNAP_HOME": str(self.home),
            "QT_QPA_PLATFORM": f"offscreen:configfile={self.folder / 'screens.json'}",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            **more,
        }

    @property
    def places(self) -> dict[str, str]:
        """What the names of places in a command stand for."""
        return {
            "~/": f"{self.folder}/",
            "/media/stick/buffalo_l.zip": "lite.zip",
            "file:PATH": "file:guest.mp4",
            "postgresql://USER:PASSWORD@HOST:5432/DATABASE": at_database(self._server.url, _LONG),
            "http://HOST:9000": self._s3.endpoint,
            "BUCKET/PREFIX": f"{BUCKET}/PREFIX",
        }

    def values(self, variables: Mapping[str, str]) -> dict[str, str]:
        """Return variables with the world's values; a secret is never written in a document."""
        keys = {
            "EVENTSNAP_STORAGE_ACCESS_KEY": self._s3.access_key,
            "EVENTSNAP_STORAGE_SECRET_KEY": self._s3.secret_key,
        }
        told = {name: in_world([value], self.places)[0] for name, value in variables.items()}
        return told | {name: key for name, key in keys.items() if name in told}

    def try_program(
        self, arguments: tuple[str, ...], variables: tuple[tuple[str, str], ...]
    ) -> Ended:
        """Run the program once, however often a call is written, and put back what it changed."""
        call = (arguments, variables)
        if call not in self._tried:
            self._tried[call] = self.run_program(arguments, dict(variables))
            self.put_back()
        return self._tried[call]

    def run_program(self, arguments: Sequence[str], env: Mapping[str, str]) -> Ended:
        """Run the program to its end; a backup is restored into a data folder of its own."""
        backup = self.folder / PLACEHOLDERS["--restore", "FILE"]
        if "--backup" in arguments:
            backup.unlink(missing_ok=True)
        if "--restore" in arguments:
            if not backup.exists():
                self.run_program(["--backup", str(backup)], {})
            env = {**env, "EVENTSNAP_HOME": tempfile.mkdtemp(dir=self.folder)}
        return self._host.run(arguments, self.environment(**env))

    def run_until_up(self, arguments: Sequence[str], env: Mapping[str, str]) -> Ended:
        """Start the program, wait until it does its work, and end it by its signal."""
        home = self.folder / "long"
        shutil.rmtree(home / "logs", ignore_errors=True)
        home.mkdir(exist_ok=True)
        (home / "config.toml").write_text('[window]\ntheme = "light"\n', encoding="utf-8")
        url = at_database(self._server.url, _LONG)
        own = {"EVENTSNAP_HOME": str(home), "EVENTSNAP_DATABASE_URL": url, **env}
        with (self.folder / "long.txt").open("w+", encoding="utf-8") as said:
            process = subprocess.Popen(
                [str(BIN / "eventsnap"), *arguments],
                cwd=self.folder,
                env=self.environment(**own),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
            end = time.monotonic() + _UP_SECONDS
            while process.poll() is None and not self._is_up(arguments, home):
                if time.monotonic() > end:
                    process.kill()
                time.sleep(0.1)
            process.terminate()
            code = process.wait(timeout=60)
            said.seek(0)
            return Ended(code, said.read())

    def add_odd_data(self) -> str:
        """Add a broken photo, a kiosk and an event; return a folder that is odd to import."""
        photos, odd = self.folder / "Pictures/party", self.folder / "odd"
        odd.mkdir()
        first, second, *_ = sorted(photos.iterdir())
        shutil.copyfile(second, odd / first.name)
        (photos / "broken.jpg").write_bytes(first.read_bytes()[:2000])
        (odd / "notes.txt").write_text("no picture", encoding="utf-8")
        (odd / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
        with closing(psycopg.connect(self._server.url, autocommit=True)) as connection:
            connection.execute(_KIOSK)
            connection.execute(_ENDING)
        self.run_program(["--import", "stored", str(odd)], {})  # photos in the data folder
        return odd.name

    @contextmanager
    def encode(self) -> Iterator[None]:
        """Have one of the events whose day is over be encoded for a while."""
        with closing(psycopg.connect(self._server.url, autocommit=True)) as connection:
            connection.execute(_ENCODE)
            yield

    @contextmanager
    def lost_photos(self) -> Iterator[None]:
        """Have no photos in the data folder for a while, as where a backup is needed."""
        photos = self.home / "photos"
        away = photos.rename(self.home / "photos-away")
        yield
        away.rename(photos)

    def put_back(self) -> None:
        """Give the event its prepared state again where a command changed it."""
        if self._counts() != self._prepared:
            self._query(f"drop database if exists {_USED} with (force)")
            self._query(f"create database {_USED} template {_PREPARED}")

    def _is_up(self, arguments: Sequence[str], home: Path) -> bool:
        """Whether a window says that it is open, or a command has its connections."""
        windows = not {"--encode", "--deliver"} & set(arguments)
        if windows:
            logs = [log.read_text(encoding="utf-8") for log in (home / "logs").glob("*.log")]
            return any(f"the {one} is open" in log for log in logs for one in ("kiosk", "window"))
        with closing(psycopg.connect(at_database(self._server.url, "postgres"))) as connection:
            open_ones = connection.execute(
                "select count(*) from pg_stat_activity where datname = %s", [_LONG]
            ).fetchone()
        return open_ones is not None and open_ones[0] >= 3

    def _counts(self) -> tuple[int, ...] | None:
        try:
            with closing(psycopg.connect(self._server.url)) as connection:
                return connection.execute(_COUNTS).fetchone()
        except psycopg.Error:
            return None

    def _query(self, query: str) -> None:
        url = at_database(self._server.url, "postgres")
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(query.encode())
