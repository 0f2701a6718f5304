"""Decoding the detector's outputs, and suppression of doubles."""

import numpy as np
import pytest

from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.vision.runtime import Model
from eventsnap_desktop.vision.scrfd import (
    Candidates,
    check_is_scrfd,
    non_maximum_suppression,
    run_scrfd,
)
from tests.fixtures.sessions import ScriptedSession


def _candidates(*rows: tuple[float, float, float, float, float]) -> Candidates:
    boxes = np.array([row[:4] for row in rows], np.float32)
    scores = np.array([row[4] for row in rows], np.float32)
    return Candidates(boxes, np.zeros((len(rows), 5, 2), np.float32), scores)


def test_of_two_overlapping_boxes_the_better_one_stays() -> None:
    kept = non_maximum_suppression(
        _candidates((0, 0, 10, 10, 0.7), (1, 0, 11, 10, 0.9), (30, 30, 40, 40, 0.6)), 0.4
    )

    assert kept.scores.tolist() == pytest.approx([0.9, 0.6])


def test_boxes_side_by_side_both_stay() -> None:
    assert (
        len(non_maximum_suppression(_candidates((0, 0, 9, 9, 0.9), (9, 0, 18, 9, 0.8)), 0.4)) == 2
    )


def test_nothing_in_nothing_out() -> None:
    empty = Candidates(
        np.empty((0, 4), np.float32), np.empty((0, 5, 2), np.float32), np.empty(0, np.float32)
    )

    assert len(non_maximum_suppression(empty, 0.4)) == 0


def test_one_strong_cell_becomes_one_box_around_its_centre() -> None:
    outputs = []
    for width in (1, 4, 10):
        outputs += [np.zeros(((64 // s) ** 2 * 2, width), np.float32) for s in (8, 16, 32)]
    cell = (2 * 4 + 1) * 2  # row 2, column 1 of the stride-16 map, first of two anchors
    outputs[1][cell] = 0.8
    outputs[4][cell] = [1, 0.5, 0.5, 1]

    found = run_scrfd(
        Model(ScriptedSession(lambda _: outputs), 1), np.zeros((64, 64, 3), np.uint8), 0.5
    )

    assert found.boxes.tolist() == [[0, 24, 24, 48]]
    assert found.scores.tolist() == pytest.approx([0.8])


def test_another_kind_of_model_is_refused_as_detector() -> None:
    session = ScriptedSession(lambda _: [], outputs=1)

    with pytest.raises(ModelPackError, match="not a SCRFD"):
        check_is_scrfd(Model(session, 1))
