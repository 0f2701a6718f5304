"""Prints recall and false matches over the threshold, and chooses `sure` and `maybe` from it.

    python benchmarks/matching.py FOLDER [--model-pack lite]

FOLDER holds photos/, selfies/<person>/, labels.csv and ignore.csv. The thresholds are fitted on
one half of the people and checked on the other, both ways and over several random halves: a
threshold that is good only for those it was fitted on shows here.
"""

import argparse
import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.array_index import ArrayIndex
from benchmarks.labelled_event import LabelledEvent, load_event
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.matches import Thresholds
from eventsnap_desktop.flows.identify import identify
from eventsnap_desktop.settings.loading import default_home
from eventsnap_desktop.vision.encoder import open_encoder
from eventsnap_desktop.vision.packs import find_pack
from eventsnap_desktop.vision.runtime import Provider

SURE_MARGIN, MAYBE_MARGIN = 0.04, 0.0
"""What is added to the highest similarity of a stranger on the fitted half: `sure` shows photos
without asking, so look-alikes that are not in the data must stay below it as well."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Similarities of one person: photos that are theirs, and photos that are not."""

    person: str
    genuine: list[float]
    strangers: list[float]


def score_people(event: LabelledEvent, grow: float) -> tuple[list[Scores], list[str]]:
    """Ask for every person as `--match` does, with the bottom threshold; also who has no selfie."""
    index = ArrayIndex(event.photos)
    scores, unusable = [], []
    for person, selfies in event.selfies.items():
        answer = identify(EventId(0), selfies, index, Thresholds(1.0, -1.0, grow))
        if answer.template is None:
            unusable.append(person)
        found = {match.key: match.similarity for match in answer.matches}
        genuine: list[float] = []
        strangers: list[float] = []
        for photo, _ in event.photos:
            similarity = found.get(photo, -1.0)
            if event.is_ignored(photo, person):
                continue
            mine = (photo, person) in event.pairs
            (genuine if mine else strangers).append(similarity)
        scores.append(Scores(person, genuine, strangers))
    return scores, unusable


def at_threshold(scores: Iterable[Scores], threshold: float) -> tuple[float, int, int]:
    """Return recall, missed and wrong pairs at a threshold."""
    genuine = np.array([value for one in scores for value in one.genuine])
    strangers = np.array([value for one in scores for value in one.strangers])
    missed = int((genuine < threshold).sum())
    return 1 - missed / len(genuine), missed, int((strangers >= threshold).sum())


def fit(scores: Iterable[Scores]) -> tuple[float, float]:
    """Return (sure, maybe): where strangers end on these people, with the margins on top."""
    highest = max(value for one in scores for value in one.strangers)
    return highest + SURE_MARGIN, highest + MAYBE_MARGIN


def print_curve(scores: list[Scores]) -> None:
    print("threshold  recall  missed  wrong")
    for threshold in np.arange(0.24, 0.521, 0.02):
        recall, missed, wrong = at_threshold(scores, float(threshold))
        print(f"{threshold:9.2f}  {recall:.4f}  {missed:6}  {wrong:5}")


def print_cross_check(scores: list[Scores], rounds: int = 10) -> None:
    print("fitted on one half of the people, checked on the other:")
    print("   sure  maybe | other half: sure recall wrong | maybe recall wrong")
    for seed in range(rounds):
        people = sorted(scores, key=lambda one: one.person)
        random.Random(seed).shuffle(people)
        half = len(people) // 2
        for fitted, other in ((people[:half], people[half:]), (people[half:], people[:half])):
            sure, maybe = fit(fitted)
            sure_recall, _, sure_wrong = at_threshold(other, sure)
            maybe_recall, _, maybe_wrong = at_threshold(other, maybe)
            print(
                f"  {sure:.3f}  {maybe:.3f} |            {sure_recall:.4f} {sure_wrong:6} |"
                f"       {maybe_recall:.4f} {maybe_wrong:5}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model-pack", default="lite")
    parser.add_argument("--grow", type=float, nargs="*", default=[2.0, 0.47])
    args = parser.parse_args()
    pack = find_pack(args.model_pack, default_home() / "models")
    event = load_event(args.folder, open_encoder(pack, Provider("cpu", "")))
    faces = sum(len(picture.faces) for _, picture in event.photos)
    print(f"{len(event.photos)} photos, {faces} faces, {len(event.selfies)} people")
    for grow in args.grow:
        name = "the selfies alone" if grow > 1 else f"a template grown from faces above {grow}"
        scores, unusable = score_people(event, grow)
        print(f"\n{name}; without a usable selfie: {', '.join(unusable) or 'nobody'}")
        print_curve(scores)
        print_cross_check(scores)


if __name__ == "__main__":
    main()
