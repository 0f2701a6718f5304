"""The only file that knows onnxruntime: providers, session options, threads, memory, telemetry."""

import contextlib
import ctypes
import io
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from eventsnap_desktop.domain.arrays import FloatArray
from eventsnap_desktop.domain.errors import ModelPackError, UsageError

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read by onnxruntime when it is first imported

log = logging.getLogger(__name__)

_CUDA, _CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
_MEMORY_WORDS = (
    "out of memory",
    "failed to allocate",
    "alloc_failed",
    "bfcarena",
    "bad allocation",
)


@dataclass(frozen=True, slots=True)
class Provider:
    """Where inference runs: ``cuda`` or ``cpu``, and why not on the GPU ("" when it does)."""

    name: str
    reason: str
    gpu_memory_limit: int | None = None

    @property
    def is_gpu(self) -> bool:
        """Whether a GPU does the work."""
        return self.name == "cuda"


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """What became of one provider when it was tried with a warm-up run."""

    name: str
    works: bool
    reason: str


class _Session(Protocol):
    """What is used of onnxruntime.InferenceSession."""

    def run(self, outputs: Sequence[str] | None, feed: dict[str, Any]) -> list[Any]:
        """Run the graph."""

    def get_inputs(self) -> list[Any]:
        """Return the graph's inputs."""

    def get_outputs(self) -> list[Any]:
        """Return the graph's outputs."""

    def get_providers(self) -> list[str]:
        """Return the providers in use."""


class Model:
    """One ONNX graph with one input; ``run`` is safe from several threads at once."""

    def __init__(self, session: _Session, max_batch: int, fixed_shape: bool = False) -> None:
        self._session = session
        self._fixed_shape = fixed_shape
        self._input = str(session.get_inputs()[0].name)
        self.output_count = len(session.get_outputs())
        self._lock = threading.Lock()
        self._max_batch = max_batch

    @property
    def max_batch(self) -> int:
        """Rows a run may have; halves when memory runs out."""
        return self._max_batch

    def run(self, batch: FloatArray) -> list[FloatArray]:
        """Run one batch, float32 (n, ...); return the graph's outputs."""
        return self._session.run(None, {self._input: batch})

    def run_rows(self, rows: FloatArray) -> FloatArray:
        """Run float32 (n, ...) in batches; return output 0 of all rows.

        With a fixed shape the tail is padded: one batch shape keeps a GPU's memory from growing
        with every new one, while on a CPU padding would be wasted work. When memory runs out the
        batch is halved for good and the rows are run again; a single row that does not fit raises
        what onnxruntime raised.
        """
        done: list[FloatArray] = []
        start = 0
        while start < len(rows):
            size = self._max_batch
            part = rows[start : start + size]
            try:
                done.append(
                    self.run(_padded(part, size) if self._fixed_shape else part)[0][: len(part)]
                )
            except Exception as error:
                if size == 1 or not is_out_of_memory(error):
                    raise
                self._halve(size)
                continue
            start += len(part)
        return np.concatenate(done)

    def _halve(self, size: int) -> None:
        with self._lock:
            if self._max_batch == size:
                self._max_batch = max(1, size // 2)
                log.warning(
                    "memory ran out with a batch of %s, going on with %s", size, self._max_batch
                )


def is_out_of_memory(error: Exception) -> bool:
    """Tell whether onnxruntime failed for want of memory (it has no error class for it)."""
    return any(word in str(error).lower() for word in _MEMORY_WORDS)


def _padded(part: FloatArray, size: int) -> FloatArray:
    if len(part) == size or len(part) == 1:
        return part
    return np.concatenate([part, np.zeros((size - len(part), *part.shape[1:]), part.dtype)])


def open_model(path: Path, provider: Provider, batch: int = 1) -> Model:
    """Open an ONNX file on a provider; ModelPackError when it is not one."""
    try:
        session = _open_session(path, provider)
    except Exception as error:
        raise ModelPackError(
            f"The model file {path.name} cannot be loaded: {_first_line(error)}",
            "Fetch the model pack again with --models.",
        ) from error
    return Model(session, batch, fixed_shape=provider.is_gpu)


def choose_provider(wanted: str, detector: Path, gpu_memory_limit: int | None = None) -> Provider:
    """Return the GPU when a warm-up run proves that it works, else the CPU with the reason.

    ``wanted`` is ``auto``, ``cpu`` or ``cuda``; with ``cuda`` a GPU that does not work is a
    UsageError instead of a silent fallback. ``gpu_memory_limit`` is in bytes.
    """
    if wanted == "cpu":
        return Provider("cpu", "the settings ask for the CPU")
    cuda = Provider("cuda", "", gpu_memory_limit)
    reason = why_not_cuda(detector, cuda, _open_session, has_nvidia_driver)
    if reason is None:
        return cuda
    if wanted == "cuda":
        raise UsageError(
            f"The settings ask for the GPU, but it cannot be used: {reason}",
            "Run --doctor, or set the model provider to auto.",
        )
    return Provider("cpu", reason)


def why_not_cuda(
    detector: Path,
    cuda: Provider,
    opener: Callable[[Path, Provider], _Session],
    has_driver: Callable[[], bool],
) -> str | None:
    """Return why CUDA cannot run the detector, or None when a warm-up run on it succeeded.

    Listing providers proves nothing: without a GPU, CUDA is listed all the same and the session
    falls back silently.
    """
    import onnxruntime

    if _CUDA not in onnxruntime.get_available_providers():
        return "the installed onnxruntime has no GPU support"
    if not has_driver():
        return "this machine has no NVIDIA driver"
    try:
        session = opener(detector, cuda)
        if session.get_providers()[0] != _CUDA:
            return "CUDA could not be loaded: is eventsnap-desktop[cuda] (CUDA 13, cuDNN 9) there?"
        blank = np.zeros((1, 3, 128, 128), np.float32)
        session.run(None, {session.get_inputs()[0].name: blank})
    except Exception as error:  # noqa: BLE001 - whatever the driver raises, the CPU still works
        return f"CUDA failed its warm-up run: {_first_line(error)}"
    return None


def probe_providers(detector: Path) -> list[ProviderReport]:
    """Try every provider this program uses with a warm-up run."""
    reason = why_not_cuda(detector, Provider("cuda", ""), _open_session, has_nvidia_driver)
    try:
        open_model(detector, Provider("cpu", "")).run(np.zeros((1, 3, 64, 64), np.float32))
        cpu = ProviderReport("cpu", True, "")
    except Exception as error:  # noqa: BLE001 - a probe reports, it does not fail
        cpu = ProviderReport("cpu", False, _first_line(error))
    return [ProviderReport("cuda", reason is None, reason or ""), cpu]


def _open_session(path: Path, provider: Provider) -> Any:
    import onnxruntime

    onnxruntime.set_default_logger_severity(4)  # a missing CUDA library is reported by us, once
    if provider.is_gpu:
        _preload(onnxruntime)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    # Two one-thread runs side by side beat one run on two threads by 1.3 to 2.5 times (measured);
    # spinning would burn the core that the neighbour needs.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    onnxruntime.disable_telemetry_events()
    return onnxruntime.InferenceSession(str(path), options, providers=_providers(provider))


def has_nvidia_driver() -> bool:
    """Tell whether the driver's own library can be loaded; nothing of CUDA works without it."""
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _preload(onnxruntime: Any) -> None:
    """Load CUDA's and cuDNN's libraries from their packages; what is printed goes to the log."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        onnxruntime.preload_dlls()
    if said.getvalue():
        log.info("loading CUDA: %s", said.getvalue().strip())


def _providers(provider: Provider) -> list[Any]:
    if not provider.is_gpu:
        return [_CPU]
    options: dict[str, Any] = {
        "arena_extend_strategy": "kSameAsRequested",
        "cudnn_conv_algo_search": "HEURISTIC",
    }
    if provider.gpu_memory_limit:
        options["gpu_mem_limit"] = provider.gpu_memory_limit
    return [(_CUDA, options), _CPU]


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
