"""The bundle has the program's own files and the demo's pictures, and its icon in each form."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bundle.contents import SAMPLE_PICTURES, metadata_files, package_files, sample_pictures
from bundle.icon_files import SIZES, write_icons
from bundle.parts import part_of
from bundle.stripping import strip_python
from eventsnap_desktop.app.sample_shots import Shipped
from eventsnap_desktop.app.self_test_installation import RESOURCES

ROOT = Path(__file__).parents[3]


def test_resources_and_sql_go_in_and_code_does_not() -> None:
    places = {entry.place for entry in package_files(ROOT)}

    assert {f"eventsnap_desktop/resources/{name}" for name in RESOURCES} <= places
    assert any(place.startswith("eventsnap_desktop/index/sql/") for place in places)
    assert any(place.startswith("eventsnap_desktop/index/migrations/") for place in places)
    assert "eventsnap_desktop/app/demo_gallery.html" in places
    assert not [place for place in places if place.endswith((".py", ".pyc"))]


def test_the_demo_gets_all_its_pictures() -> None:
    named = {f"{package}:{name}" for package, names in SAMPLE_PICTURES.items() for name in names}
    shown = {f"{one.split(':')[0]}:{one.rpartition('/')[2]}" for one in Shipped}

    assert named == shown
    assert len(sample_pictures()) == len(Shipped)
    assert all(entry.source.is_file() for entry in sample_pictures())


def test_the_program_can_read_which_packages_it_has() -> None:
    from importlib.metadata import distribution

    places = {entry.place for entry in metadata_files([part_of(distribution("keyring"))])}

    assert {place.rpartition("/")[2] for place in places} == {"METADATA", "entry_points.txt"}


def test_the_icon_is_drawn_in_each_size(tmp_path: Path) -> None:
    write_icons(ROOT / "resources" / "icons" / "eventsnap.svg", tmp_path)

    for size in SIZES:
        file = tmp_path / "hicolor" / f"{size}x{size}" / "apps" / "eventsnap.png"
        with Image.open(file) as icon:
            assert icon.size == (size, size)
            assert len(icon.convert("RGBA").getcolors(size * size) or ()) > 3
    with Image.open(tmp_path / "eventsnap.ico") as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= set(icon.info["sizes"])
    assert (tmp_path / "eventsnap.icns").read_bytes().startswith(b"icns")


def test_libraries_of_wheels_are_never_stripped(tmp_path: Path) -> None:
    rows = [("numpy.libs/libopenblas.so", "/opt/site/numpy.libs/libopenblas.so", "BINARY")]

    assert strip_python(rows, tmp_path) == rows


def environment_after_start(**given: str) -> dict[str, str]:
    """Return what a program started by the frozen one would get."""
    hook = ROOT / "packaging" / "bundle" / "start_clean.py"
    after = "print(json.dumps(dict(os.environ)))"
    program = f"import json, os, runpy; runpy.run_path({str(hook)!r}); {after}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_other_programs_do_not_get_our_library_path() -> None:
    after = environment_after_start(LD_LIBRARY_PATH="/opt/eventsnap/_internal")

    assert "LD_LIBRARY_PATH" not in after


def test_other_programs_get_back_the_path_that_was_set_before() -> None:
    after = environment_after_start(
        LD_LIBRARY_PATH="/opt/eventsnap/_internal:/opt/cuda", LD_LIBRARY_PATH_ORIG="/opt/cuda"
    )

    assert after["LD_LIBRARY_PATH"] == "/opt/cuda"
    assert "LD_LIBRARY_PATH_ORIG" not in after


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have another store")
def test_certificates_are_the_systems_wherever_it_keeps_them() -> None:
    assert Path(environment_after_start()["SSL_CERT_FILE"]).is_file()
    assert environment_after_start(SSL_CERT_FILE="/my/own.pem")["SSL_CERT_FILE"] == "/my/own.pem"
