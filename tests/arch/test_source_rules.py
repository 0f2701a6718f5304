"""The rules of style that a linter does not know, checked in every tracked file."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "eventsnap_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = sorted(
    path
    for folder in ("eventsnap_desktop", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)
LONGEST = 400  # lines
MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}

READS_ENVIRONMENT = {
    "vision/runtime.py": "switches onnxruntime's telemetry off before its first import",
    "app/screen_check.py": "asks whether there is a screen before Qt aborts without one",
    "vision/decode.py": "takes back the two Qt variables that importing cv2 may set",
}
"""Files outside settings that touch os.environ, each with its reason."""

ABSOLUTE_PATH = re.compile(r"(?<![\w./<:$}-])/(?:home|work|root|Users)/[A-Za-z0-9_.-]+")
REGISTRY = re.compile(
    r"(?:pypi\.org|pythonhosted\.org|registry\.npmjs|anaconda\.org|artifactory|nexus\.)",
    re.IGNORECASE,
)

NAMES_REGISTRY = {"eventsnap_desktop/vision/pack_catalog.py"}
"""Where anyone gets the wheel with the files of `lite` from."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tracked_text_files() -> list[Path]:
    """Tracked and new files, so that a breach is seen before it is committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in files if path.name != "uv.lock" and _is_text(path)]


def _is_text(path: Path) -> bool:
    return path.is_file() and b"\0" not in path.read_bytes()[:4096]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _prints(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        for node in ast.walk(tree)
    )


def _touches_environment(tree: ast.AST) -> bool:
    names = {"environ", "environb", "getenv", "getenvb", "putenv"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.alias) and node.name in names)
        for node in ast.walk(tree)
    )


def test_the_rules_look_at_the_package_and_at_themselves() -> None:
    assert PACKAGE / "__main__.py" in MODULES
    assert Path(__file__) in CODE


def test_no_file_is_longer_than_the_ceiling() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}

    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_every_module_begins_with_a_sentence() -> None:
    def begins_with_a_sentence(path: Path) -> bool:
        docstring = ast.get_docstring(_tree(path)) or ""
        return docstring.split("\n\n")[0].rstrip().endswith((".", "?", "!"))

    assert not [_name(path) for path in MODULES if not begins_with_a_sentence(path)]


def test_every_name_says_what_it_is_for() -> None:
    def is_meaningless(path: Path) -> bool:
        return bool({Path(part).stem for part in path.relative_to(ROOT).parts} & MEANINGLESS)

    assert not [_name(path) for path in CODE if is_meaningless(path)]


def test_only_the_command_line_prints() -> None:
    elsewhere = [path for path in MODULES if not path.is_relative_to(PACKAGE / "app")]

    assert not [_name(path) for path in elsewhere if _prints(_tree(path))]


def test_only_settings_reads_the_environment() -> None:
    elsewhere = [
        path
        for path in MODULES
        if not path.is_relative_to(PACKAGE / "settings")
        and path.relative_to(PACKAGE).as_posix() not in READS_ENVIRONMENT
    ]

    assert not [_name(path) for path in elsewhere if _touches_environment(_tree(path))]


def test_every_exception_from_the_environment_rule_is_needed() -> None:
    for name in READS_ENVIRONMENT:
        path = PACKAGE / name
        assert path.is_file(), f"{name} is gone: take it off the list"
        assert _touches_environment(_tree(path)), name


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{_name(path)}: {hit.group()}"
        for path in _tracked_text_files()
        if path != Path(__file__)
        for hit in ABSOLUTE_PATH.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert not found


def test_no_file_names_a_package_registry() -> None:
    found = [
        f"{_name(path)}: {hit.group()}"
        for path in _tracked_text_files()
        if path != Path(__file__) and _name(path) not in NAMES_REGISTRY
        for hit in REGISTRY.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert not found


def test_no_picture_and_no_model_is_committed() -> None:
    forbidden = {".onnx", ".jpg", ".jpeg", ".heic", ".webp", ".tif", ".tiff", ".avif"}
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = listed.stdout.split("\0")

    assert not [name for name in names if Path(name).suffix.lower() in forbidden]


@pytest.mark.parametrize(
    ("text", "bites"),
    [
        ("see /home/alice/photos", True),
        ("see /root/.cache", True),
        ("https://example.org/home/page", False),
        ("a/work/b", False),
    ],
)
def test_the_search_for_machine_paths_bites(text: str, bites: bool) -> None:
    assert bool(ABSOLUTE_PATH.search(text)) is bites


def test_the_search_for_printing_bites() -> None:
    assert _prints(ast.parse("def f():\n    print(1)"))
    assert not _prints(ast.parse("stream.write('print(1)')"))


def test_the_search_for_environment_reading_bites() -> None:
    assert _touches_environment(ast.parse("import os\nos.environ['A']"))
    assert _touches_environment(ast.parse("from os import getenv"))
    assert not _touches_environment(ast.parse("import os\nos.cpu_count()"))
