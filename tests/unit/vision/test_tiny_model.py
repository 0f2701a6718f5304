"""The model that is made on the spot is one that onnx and onnxruntime accept."""

from pathlib import Path

import onnx
import pytest

from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.vision.runtime import Provider, probe_providers
from eventsnap_desktop.vision.tiny_model import run_tiny_model, tiny_model, write_tiny_model

CPU = Provider("cpu", "")


def test_it_is_a_valid_model() -> None:
    onnx.checker.check_model(onnx.load_from_string(tiny_model()), full_check=True)


def test_it_runs_and_every_provider_can_be_tried_with_it(tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "tiny.onnx")

    run_tiny_model(tmp_path / "tiny.onnx", CPU)

    assert {one.name: one.works for one in probe_providers(tmp_path / "tiny.onnx")}["cpu"]


def test_a_runtime_that_miscounts_is_noticed(tmp_path: Path) -> None:
    wrong = tiny_model().replace(b"Add", b"Sub")
    (tmp_path / "wrong.onnx").write_bytes(wrong)

    with pytest.raises(ModelPackError, match="miscounts"):
        run_tiny_model(tmp_path / "wrong.onnx", CPU)


def test_a_runtime_that_does_not_run_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "cut.onnx").write_bytes(tiny_model()[:40])

    with pytest.raises(ModelPackError):
        run_tiny_model(tmp_path / "cut.onnx", CPU)
