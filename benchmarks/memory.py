"""Prints the peak memory of `eventsnap --encode` for a small and a ten times larger event.

    python benchmarks/memory.py [--photos FOLDER] [--counts 400 4000] [--quick]

The events are hard links to the photos of FOLDER (24-megapixel ones are made when none is named),
so a large event costs no disk. Peak memory is the program's own (ru_maxrss), without the database.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.event_photos import make_photos, shipped_pictures

PROGRAM = Path(sys.executable).parent / "eventsnap"


def link_event(photos: list[Path], target: Path, count: int) -> Path:
    """Fill a folder with ``count`` hard links; return it."""
    target.mkdir(parents=True)
    for number in range(count):
        photo = photos[number % len(photos)]
        os.link(photo, target / f"IMG_{number:06}{photo.suffix}")
    return target


def peak_of(folder: Path, home: Path) -> tuple[float, int, float]:
    """Encode a folder; return peak memory in MB, photos encoded and photos a second."""
    env = {**os.environ, "EVENTSNAP_HOME": str(home), "EVENTSNAP_MODEL_PROVIDER": "cpu"}
    command = [str(PROGRAM), "--encode", folder.name, "--source", str(folder), "--json"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _, _, usage = os.wait4(process.pid, 0)
    answer = json.loads(out.strip().splitlines()[-1])
    return usage.ru_maxrss / 1024, int(answer["encoded"]), float(answer["photos_per_second"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--counts", type=int, nargs="+", default=[400, 4000])
    parser.add_argument("--quick", action="store_true", help="20 and 60 photos")
    args = parser.parse_args()
    counts = [20, 60] if args.quick else args.counts
    with tempfile.TemporaryDirectory(prefix="eventsnap-memory-") as name:
        folder = Path(name)
        if args.photos:
            photos = sorted(args.photos.iterdir())
        else:
            photos = make_photos(shipped_pictures(folder), folder / "24", min(20, *counts))
        for count in counts:
            event = link_event(photos, folder / f"event{count}", count)
            peak, encoded, rate = peak_of(event, folder / "home")
            print(f"{encoded:6} photos: peak {peak:.0f} MB, {rate:.1f} photos a second", flush=True)


if __name__ == "__main__":
    main()
