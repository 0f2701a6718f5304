"""Providers, batches and memory, without a GPU."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eventsnap_desktop.domain.errors import ModelPackError, UsageError
from eventsnap_desktop.vision.runtime import (
    Model,
    Provider,
    choose_provider,
    open_model,
    probe_providers,
    why_not_cuda,
)
from tests.fixtures.sessions import ScriptedSession

CUDA = Provider("cuda", "")


def _driver() -> bool:
    return True


def _rows(count: int) -> Any:
    return np.arange(count, dtype=np.float32)[:, None]


def _echo_up_to(most: int) -> ScriptedSession:
    def answer(batch: Any) -> list[Any]:
        if len(batch) > most:
            raise RuntimeError("BFCArena: Failed to allocate memory for requested buffer")
        return [batch * 2]

    return ScriptedSession(answer)


def test_rows_come_back_in_order_whatever_the_batch() -> None:
    model = Model(_echo_up_to(100), 4)

    assert model.run_rows(_rows(11)).ravel().tolist() == (np.arange(11) * 2).tolist()


def test_with_a_fixed_shape_every_batch_has_one_size() -> None:
    session = _echo_up_to(100)

    answer = Model(session, 4, fixed_shape=True).run_rows(_rows(10))

    assert session.batches == [4, 4, 4]
    assert len(answer) == 10


def test_out_of_memory_halves_the_batch_and_loses_no_row() -> None:
    session = _echo_up_to(3)
    model = Model(session, 16)

    answer = model.run_rows(_rows(20))

    assert answer.ravel().tolist() == (np.arange(20) * 2).tolist()
    assert model.max_batch == 2


def test_a_single_row_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="allocate"):
        Model(_echo_up_to(0), 8).run_rows(_rows(2))


def test_another_error_does_not_shrink_the_batch() -> None:
    def broken(_: Any) -> list[Any]:
        raise RuntimeError("invalid shape")

    model = Model(ScriptedSession(broken), 8)

    with pytest.raises(RuntimeError, match="invalid shape"):
        model.run_rows(_rows(3))
    assert model.max_batch == 8


def test_cuda_that_silently_falls_back_is_not_believed(lite_detector: Path) -> None:
    reason = why_not_cuda(lite_detector, CUDA, lambda *_: ScriptedSession(lambda _: []), _driver)

    assert reason is not None
    assert "CUDA could not be loaded" in reason


def test_cuda_whose_warm_up_fails_is_not_believed(lite_detector: Path) -> None:
    def broken(_: Any) -> list[Any]:
        raise RuntimeError("CUDNN_STATUS_NOT_INITIALIZED\nlong trace")

    session = ScriptedSession(broken, providers=("CUDAExecutionProvider",))

    reason = why_not_cuda(lite_detector, CUDA, lambda *_: session, _driver)

    assert reason == "CUDA failed its warm-up run: CUDNN_STATUS_NOT_INITIALIZED"


def test_without_a_driver_nothing_is_tried(lite_detector: Path) -> None:
    reason = why_not_cuda(lite_detector, CUDA, lambda *_: pytest.fail("tried"), lambda: False)

    assert reason == "this machine has no NVIDIA driver"


def test_cuda_that_runs_is_believed(lite_detector: Path) -> None:
    session = ScriptedSession(lambda _: [], providers=("CUDAExecutionProvider",))

    assert why_not_cuda(lite_detector, CUDA, lambda *_: session, _driver) is None


def test_automatic_choice_names_the_reason_for_the_cpu(lite_detector: Path) -> None:
    provider = choose_provider("auto", lite_detector)

    assert provider.is_gpu or provider.reason


def test_asking_for_the_cpu_needs_no_probe(tmp_path: Path) -> None:
    assert choose_provider("cpu", tmp_path / "missing.onnx").name == "cpu"


def test_the_cpu_really_runs_the_detector(lite_detector: Path) -> None:
    reports = {report.name: report for report in probe_providers(lite_detector)}

    assert reports["cpu"].works
    assert reports["cuda"].works or reports["cuda"].reason


@pytest.mark.skipif(os.path.exists("/dev/nvidia0"), reason="this machine has a GPU")  # noqa: PTH110
def test_insisting_on_a_gpu_that_is_not_there_is_refused(lite_detector: Path) -> None:
    with pytest.raises(UsageError, match="ask for the GPU"):
        choose_provider("cuda", lite_detector)


def test_a_file_that_is_no_model_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"not a model")

    with pytest.raises(ModelPackError, match=r"model\.onnx cannot be loaded"):
        open_model(tmp_path / "model.onnx", Provider("cpu", ""))


def test_telemetry_is_off_before_onnxruntime_is_imported() -> None:
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
