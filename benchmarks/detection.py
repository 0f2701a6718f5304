"""Compares ways of looking at a photo: time of detection, faces found, people found and missed.

    python benchmarks/detection.py FOLDER [--model-pack lite]

FOLDER is a labelled event as in benchmarks/matching.py. Each way runs over all photos; then every
person is searched for as `--match` does. The default plan is the one marked with a star.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.labelled_event import load_event
from benchmarks.matching import at_threshold, score_people
from eventsnap_desktop.domain.arrays import BgrImage
from eventsnap_desktop.settings.loading import default_home
from eventsnap_desktop.vision.align import align
from eventsnap_desktop.vision.detect import DEFAULT_PLAN, DetectionPlan, detect
from eventsnap_desktop.vision.encoder import FaceEncoder, FoundCrops, open_encoder
from eventsnap_desktop.vision.packs import find_pack
from eventsnap_desktop.vision.runtime import Model, Provider
from eventsnap_desktop.vision.scrfd import Candidates, joined, non_maximum_suppression

ALWAYS = 1e9
PLANS = {
    "640 only": DetectionPlan(overview=0, fine=0),
    "640 and the overview": DetectionPlan(fine=0),
    "* 640, 1280 where faces are small": DEFAULT_PLAN,
    "the same, and 1920 where they are tiny": DetectionPlan(finest=1920),
    "640 and 1280 always": DetectionPlan(fine_under=ALWAYS),
    "640, 1280 and 1920 always": DetectionPlan(finest=1920, fine_under=ALWAYS, finest_under=ALWAYS),
    "1280 only": DetectionPlan(overview=0, standard=1280, fine=0),
}


class TimedEncoder(FaceEncoder):
    """Counts the seconds and faces of its detections; with ``tiles`` it looks at quarters too."""

    def __init__(
        self, detector: Model, recognizer: Model, plan: DetectionPlan, tiles: bool
    ) -> None:
        super().__init__(detector, recognizer, plan)
        self._model, self._tiles = detector, tiles
        self.seconds, self.pictures = 0.0, 0

    def find(self, image: BgrImage) -> FoundCrops:
        """Detect and cut out, timing the detection."""
        started = time.perf_counter()
        found = detect(self._model, image, self.plan)
        if self._tiles:
            found = non_maximum_suppression(joined([found, *self._quarters(image)]), 0.4)
        self.seconds += time.perf_counter() - started
        self.pictures += 1
        return FoundCrops(found, [align(image, points) for points in found.landmarks])

    def _quarters(self, image: BgrImage) -> list[Candidates]:
        """Detect in four quarters that overlap by a fifth."""
        height, width = image.shape[:2]
        tall, wide = round(height * 0.6), round(width * 0.6)
        parts = []
        for top in (0, height - tall):
            for left in (0, width - wide):
                tile = np.ascontiguousarray(image[top : top + tall, left : left + wide])
                parts.append(detect(self._model, tile, self.plan).moved(1.0, -left, -top))
        return parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model-pack", default="lite")
    args = parser.parse_args()
    pack = find_pack(args.model_pack, default_home() / "models")
    plain = open_encoder(pack, Provider("cpu", ""))
    limits = pack.thresholds
    print(
        f"ms a photo on one core, faces, recall and wrong pairs at {limits.sure} and {limits.maybe}"
    )
    ways = [(name, plan, False) for name, plan in PLANS.items()]
    ways.append(("640 and four tiles of 640", DetectionPlan(fine=0), True))
    for name, plan, tiles in ways:
        encoder = TimedEncoder(plain.detector, plain.recognizer, plan, tiles)
        event = load_event(args.folder, encoder, threads=1)
        faces = sum(len(picture.faces) for _, picture in event.photos)
        scores, _ = score_people(event, limits.grow)
        sure, _, sure_wrong = at_threshold(scores, limits.sure)
        maybe, _, maybe_wrong = at_threshold(scores, limits.maybe)
        print(
            f"{name:40} {1000 * encoder.seconds / encoder.pictures:6.1f} ms {faces:5} faces  "
            f"{sure:.4f} {sure_wrong}  {maybe:.4f} {maybe_wrong}",
            flush=True,
        )


if __name__ == "__main__":
    main()
