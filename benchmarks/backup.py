"""Prints what a backup and its restore cost: seconds, the file's size, and peak memory.

    python benchmarks/backup.py [--faces 5000 50000] [--quick]

Events are made up in the built-in database: random vectors, two faces a photo. Peak memory is the
program's own (ru_maxrss), without the database's; it should not depend on the number of faces.
What a program is started by counts into its peak: so the vectors are made by a third one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.index.opening import open_index

PROGRAM = Path(sys.executable).parent / "eventsnap"
_AT_ONCE = 5_000


def make_event(home: Path, faces: int) -> None:
    """Make a data folder with one event of so many faces."""
    import numpy as np

    random = np.random.default_rng(faces)
    with embedded_server(home) as server:
        with open_index(server.url) as index:
            event = index.events.create_event("party", "", "").id
        with psycopg.connect(server.url) as connection:
            connection.execute(
                "insert into photo (event_id, key, etag, bytes, modified_at, state, width, height,"
                " face_count, encoded_at) select %s, 'IMG_' || n || '.jpg', 'v1', 8000000, now(),"
                " 'encoded', 6000, 4000, 2, now() from generate_series(1, %s) n",
                (event, faces // 2),
            )
            for first in range(0, faces, _AT_ONCE):
                many = min(_AT_ONCE, faces - first)
                vectors = random.standard_normal((many, 512))
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                with connection.cursor().copy(
                    "copy face (event_id, photo_id, score, quality, embedding, box, landmarks)"
                    " from stdin"
                ) as copy:
                    for number, vector in enumerate(vectors):
                        text = f"[{','.join(f'{one:.6f}' for one in vector)}]"
                        box, points = "{100.5,200.25,80,90}", "{1,2,3,4,5,6,7,8,9,10}"
                        photo = 1 + (first + number) // 2
                        copy.write_row((event, photo, 0.9, 0.8, text, box, points))


def measured(home: Path, *arguments: object) -> tuple[float, dict[str, object]]:
    """Run the program; return its peak memory in MB, and its answer."""
    environment = {**os.environ, "EVENTSNAP_HOME": str(home)}
    command = [str(PROGRAM), *map(str, arguments), "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, f"{command} ended with {status}"
    return usage.ru_maxrss / 1024, json.loads(out.strip().splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--faces", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--quick", action="store_true", help="500 and 2,000 faces")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.make:
        make_event(args.make, args.faces[0])
        return
    for faces in [500, 2_000] if args.quick else args.faces:
        with tempfile.TemporaryDirectory(prefix="eventsnap-backup-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            making = [__file__, "--make", str(folder / "home"), "--faces", str(faces)]
            subprocess.run([sys.executable, *making], check=True)
            file = folder / "party.backup"
            peak, made = measured(folder / "home", "--backup", file)
            again, restored = measured(folder / "new", "--restore", file)
            assert restored["rows"] == made["rows"]
            print(
                f"{faces:7} faces: backup {made['seconds']} s, peak {peak:.0f} MB, file "
                f"{file.stat().st_size / 1e6:.1f} MB; restore {restored['seconds']} s, peak "
                f"{again:.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
