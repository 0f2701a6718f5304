"""Compares `eventsnap --encode` with a FaceAnalysis-type loop on the same photos, in turns.

    python benchmarks/encode.py [--photos FOLDER] [--count 120] [--rounds 3] [--quick]

The photos are 24-megapixel JPEGs of mixed face counts made from FOLDER (any photos with people;
the pictures of installed packages by default). Both sides use the same model files and the same
detection size, all cores, and a database of their own. Printed are photos a second of the whole
process and without start-up, their ratio, and our time against the bound: the sum of the bare
decode, detection and embedding times, each measured alone on one core, over the cores.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.event_photos import make_photos, shipped_pictures
from eventsnap_desktop.vision.align import align
from eventsnap_desktop.vision.decode import decode
from eventsnap_desktop.vision.detect import detect
from eventsnap_desktop.vision.embed import embed
from eventsnap_desktop.vision.encoder import CPU_BATCH, ENOUGH_PIXELS
from eventsnap_desktop.vision.packs import find_pack
from eventsnap_desktop.vision.runtime import Provider, open_model

PROGRAM = Path(sys.executable).parent / "eventsnap"
PEER = Path(__file__).parent / "faceanalysis_loop.py"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of the whole process, seconds of its work, faces, peak memory in MB."""

    whole: float
    work: float
    faces: int
    peak: float


def run_ours(photos: Path) -> Run:
    """Encode the folder with the program, in a new data folder."""
    with tempfile.TemporaryDirectory(prefix="eventsnap-bench-") as home:
        env = {**os.environ, "EVENTSNAP_HOME": home, "EVENTSNAP_MODEL_PROVIDER": "cpu"}
        _call([str(PROGRAM), "--status", "--json"], env)  # makes the database: not what is timed
        command = [str(PROGRAM), "--encode", "BENCH", "--source", str(photos), "--json"]
        answer, whole, peak = _call(command, env)
    return Run(whole, float(answer["seconds"]), int(answer["faces"]), peak)


def run_peer(photos: Path) -> Run:
    """Encode the folder with the plain loop."""
    command = [sys.executable, str(PEER), str(photos)]
    answer, whole, peak = _call(command, dict(os.environ))
    return Run(whole, float(answer["seconds"]), int(answer["faces"]), peak)


def _call(command: list[str], env: dict[str, str]) -> tuple[dict[str, float], float, float]:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, err = process.communicate()
    whole = time.perf_counter() - started
    if process.returncode not in {0, 3}:
        raise SystemExit(f"{command[0]} ended with {process.returncode}:\n{err[-2000:]}")
    answer = json.loads(out.strip().splitlines()[-1])
    return answer, whole, float(answer.get("peak_megabytes", 0.0))


def bound(files: list[Path]) -> tuple[float, dict[str, float]]:
    """Return the least seconds this work can take on all cores, and the parts for one core."""
    pack = find_pack("lite", Path("unused"))
    cpu = Provider("cpu", "")
    detector, recognizer = (
        open_model(pack.detector, cpu),
        open_model(pack.recognizer, cpu, CPU_BATCH),
    )
    parts = {"decode": 0.0, "detect": 0.0, "embed": 0.0}
    for path in [files[0], *files]:  # the first one twice: it warms up
        data = path.read_bytes()
        times = [time.perf_counter()]
        picture = decode(data, enough=ENOUGH_PIXELS)
        times.append(time.perf_counter())
        found = detect(detector, picture.image)
        times.append(time.perf_counter())
        crops = [align(picture.image, points) for points in found.landmarks]
        aligned = time.perf_counter()
        embed(recognizer, crops)
        spent = (times[1] - times[0], times[2] - times[1], time.perf_counter() - aligned)
        if path is files[0] and not parts["decode"]:
            parts["decode"] = 1e-9
            continue
        for name, seconds in zip(parts, spent, strict=True):
            parts[name] += seconds
    return sum(parts.values()) / len(os.sched_getaffinity(0)), parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--photos", type=Path, help="photos with people to make large ones from")
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="few photos, one round")
    args = parser.parse_args()
    count, rounds = (8, 1) if args.quick else (args.count, args.rounds)
    with tempfile.TemporaryDirectory(prefix="eventsnap-photos-") as folder:
        files = make_photos(
            args.photos or shipped_pictures(Path(folder)), Path(folder) / "24", count
        )
        megabytes = sum(path.stat().st_size for path in files) / 1e6 / count
        print(
            f"{count} photos of 24 megapixels, {megabytes:.1f} MB each, in turns, {rounds} rounds"
        )
        pairs = []
        for number in range(rounds):
            pairs.append((run_ours(files[0].parent), run_peer(files[0].parent)))
            _print_round(number, count, *pairs[-1])
        least, parts = bound(files)
    whole = median(peer.whole / ours.whole for ours, peer in pairs)
    work = median(peer.work / ours.work for ours, peer in pairs)
    print(f"ratio of photos a second, median: {work:.2f} encoding, {whole:.2f} whole process")
    shown = ", ".join(f"{name} {1000 * value / count:.1f} ms" for name, value in parts.items())
    print(f"one core, a photo: {shown}")
    ours_work = median(ours.work for ours, _ in pairs)
    print(f"bound {least:.2f} s, ours {ours_work:.2f} s: {ours_work / least:.2f} times the bound")


def _print_round(number: int, count: int, ours: Run, peer: Run) -> None:
    print(
        f"  round {number + 1}: ours {count / ours.work:.2f} photos/s ({ours.faces} faces, whole "
        f"process {ours.whole:.1f} s), the loop {count / peer.work:.2f} photos/s "
        f"({peer.faces} faces, whole process {peer.whole:.1f} s): "
        f"{peer.work / ours.work:.2f} times",
        flush=True,
    )


if __name__ == "__main__":
    main()
