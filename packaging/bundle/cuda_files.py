"""The CUDA and cuDNN libraries of the variant for NVIDIA GPUs.

PyInstaller does not see them: onnxruntime opens them by their path at run time. It looks in
``nvidia/…`` beside its own package, so that is where they go. What it looks for is asked of the
installed onnxruntime itself; another version may want others.
"""

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from bundle.toc import Entry

LIBRARY_ENDINGS = (".so", ".dll")

Lister = Callable[[bool, bool, bool], list[tuple[str, ...]]]
"""onnxruntime's own list: (windows, cuda, cudnn) to paths below the packages' folder, in parts."""


class MissingCudaError(Exception):
    """Libraries that onnxruntime will look for are not installed."""


def cuda_files(
    windows: bool, site: Path | None = None, lister: Lister | None = None
) -> list[Entry]:
    """Return all libraries of the folders that onnxruntime loads from, in their places.

    Whole folders, because those it names load others in turn (cuDNN's engines, cuBLASLt).
    Raises MissingCudaError when one that it names is not there.
    """
    site = site or _site()
    wanted = wanted_libraries(windows, lister)
    missing = [str(path) for path in wanted if not (site / path).is_file()]
    if missing:
        raise MissingCudaError(
            f"onnxruntime will look for {', '.join(missing)} below {site}, which are not there; "
            "install the extra “cuda” (uv sync --extra cuda)"
        )
    folders = sorted({path.parent for path in wanted})
    return [
        Entry((folder / file.name).as_posix(), file)
        for folder in folders
        for file in sorted((site / folder).iterdir())
        if file.is_file() and _is_library(file.name)
    ]


def wanted_libraries(windows: bool, lister: Lister | None = None) -> list[PurePosixPath]:
    """Return what onnxruntime's ``preload_dlls`` looks for, below the packages' folder."""
    paths: Iterable[tuple[str, ...]] = (lister or installed_list())(windows, True, True)
    return [PurePosixPath(*parts) for parts in paths]


def installed_list() -> Lister:
    """Return the list of the installed onnxruntime."""
    import onnxruntime

    lister: Lister = onnxruntime._get_nvidia_dll_paths
    return lister


def _is_library(name: str) -> bool:
    return name.endswith(LIBRARY_ENDINGS) or ".so." in name


def _site() -> Path:
    spec = find_spec("onnxruntime")
    if spec is None or spec.origin is None:
        raise MissingCudaError("onnxruntime is not installed")
    return Path(spec.origin).parents[1]
