"""The .deb and the tarball are made of a bundle; what they install on a machine, and take away."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from eventsnap_desktop import __version__

ROOT = Path(__file__).parents[2]
DEBIAN = ROOT / "packaging" / "debian"
DAY = "1700000000"
NEEDED = ("dpkg-deb", "dpkg-query", "readelf", "bash")

pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in NEEDED), reason="needs Debian's tools"
)


def run(
    command: list[str], cwd: Path = ROOT, **variables: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder like the frozen program's, with a real but small program in it."""
    folder = tmp_path_factory.mktemp("made") / "eventsnap"
    (folder / "_internal").mkdir(parents=True)
    shutil.copy("/bin/true", folder / "eventsnap")
    (folder / "_internal" / "data.txt").write_text("data")
    icon = folder / "share/icons/hicolor/scalable/apps/eventsnap.svg"
    icon.parent.mkdir(parents=True)
    shutil.copy(ROOT / "resources/icons/eventsnap.svg", icon)
    return folder


@pytest.fixture(scope="module")
def deb(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_deb(bundle, tmp_path_factory.mktemp("out"))


def make_deb(bundle: Path, into: Path) -> Path:
    done = run(
        ["packaging/deb.sh", str(bundle), str(into)], SOURCE_DATE_EPOCH=DAY, COMPRESS="gzip -1"
    )
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def field(deb: Path, name: str) -> str:
    return run(["dpkg-deb", "--field", str(deb), name]).stdout.strip()


def contents(deb: Path) -> Mapping[str, str]:
    """Return the paths in a package with their modes; links as ``path -> target``."""
    listed = run(["dpkg-deb", "--contents", str(deb)]).stdout.splitlines()
    return {line.split(maxsplit=5)[5].removeprefix("."): line.split()[0] for line in listed}


def test_the_package_says_what_it_is_and_what_it_needs(deb: Path) -> None:
    needs = field(deb, "Depends").split(", ")

    assert deb.name == f"eventsnap-desktop_{__version__}_{field(deb, 'Architecture')}.deb"
    assert field(deb, "Version") == __version__
    assert any(one.startswith("libc6 (>= 2.") for one in needs)
    assert {"adduser", "ca-certificates", "xkb-data"} <= set(needs)
    assert {"cage", "cups"} <= set(field(deb, "Recommends").split(", "))


def test_the_package_brings_program_menu_services_and_pages(deb: Path) -> None:
    inside = contents(deb)

    assert "/usr/bin/eventsnap -> ../lib/eventsnap/eventsnap" in inside
    assert inside["/usr/lib/eventsnap/eventsnap"] == "-rwxr-xr-x"
    assert inside["/usr/lib/eventsnap/_internal/data.txt"] == "-rw-r--r--"
    assert "/usr/lib/systemd/system/eventsnap-encode@.service" in inside
    assert "/usr/lib/systemd/system/eventsnap-expire.timer" in inside
    assert "/usr/share/icons/hicolor/scalable/apps/eventsnap.svg" in inside
    for name in ("eventsnap", "eventsnap-kiosk"):
        assert f"/usr/share/applications/{name}.desktop" in inside
    assert "/usr/share/man/man1/eventsnap.1.gz" in inside
    assert "/usr/share/doc/eventsnap-desktop/copyright" in inside


def test_settings_outlive_upgrades_and_secrets_are_roots_alone(deb: Path, tmp_path: Path) -> None:
    run(["dpkg-deb", "--control", str(deb), str(tmp_path)])
    kept = (tmp_path / "conffiles").read_text().split()

    assert {"/etc/eventsnap/eventsnap.conf", "/etc/eventsnap/kiosk.conf"} <= set(kept)
    assert set(kept) == {path for path in contents(deb) if path[:5] == "/etc/" and path[-1] != "/"}
    assert contents(deb)["/etc/eventsnap/eventsnap.conf"] == "-rw-------"


def test_the_same_bundle_gives_the_same_package(deb: Path, bundle: Path, tmp_path: Path) -> None:
    assert make_deb(bundle, tmp_path).read_bytes() == deb.read_bytes()


def test_the_variant_for_graphics_cards_takes_the_others_place(
    deb: Path, bundle: Path, tmp_path: Path
) -> None:
    cuda = shutil.copytree(bundle, tmp_path / "cuda")
    (cuda / "VERSION").write_text(f"{__version__} cuda\n")

    made = make_deb(cuda, tmp_path)

    assert field(made, "Package") == field(deb, "Conflicts") == f"{field(deb, 'Package')}-cuda"
    assert field(made, "Conflicts") == field(made, "Replaces") == field(deb, "Package")
    assert f"/usr/share/doc/{field(made, 'Package')}/copyright" in contents(made)


def test_without_a_bundle_no_package_is_made(tmp_path: Path) -> None:
    for script in ("packaging/deb.sh", "packaging/tarball.sh"):
        done = run([script, str(tmp_path / "none"), str(tmp_path)])

        assert done.returncode == 1
        assert "make package" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def echo(tmp_path: Path) -> Path:
    """Return a program that says how it was called, and on which data folder."""
    file = tmp_path / "echo"
    file.write_text('#!/bin/sh\necho "home=${EVENTSNAP_HOME:-} host=${EVENTSNAP_MAIL_HOST:-} $*"\n')
    file.chmod(0o755)
    return file


@pytest.mark.parametrize(
    ("written", "arguments", "called"),
    [
        ("KIOSK_EVENT=party\nKIOSK_OPTIONS=--camera 1\n", [], "--kiosk party --camera 1"),
        ('KIOSK_EVENT="party"\nKIOSK_OPTIONS=\n', [], "--kiosk party"),
        ("KIOSK_EVENT=party\n", ["wedding", "--windowed"], "--kiosk wedding --windowed"),
        ("#KIOSK_EVENT=party\nKIOSK_EVENT=\n", [], ""),
        (None, [], ""),
    ],
)
def test_the_menus_kiosk_is_the_one_that_the_file_names(
    written: str | None, arguments: list[str], called: str, echo: Path, tmp_path: Path
) -> None:
    file = tmp_path / "kiosk.conf"
    if written is not None:
        file.write_text(written)

    done = run(
        [str(DEBIAN / "eventsnap-kiosk"), *arguments], KIOSK_PROGRAM=str(echo), KIOSK_FILE=str(file)
    )

    assert done.returncode == 0
    assert done.stdout.strip() == f"home= host= {called}".strip()


def test_a_command_for_the_services_gets_their_settings_as_they_are_written(
    echo: Path, tmp_path: Path
) -> None:
    file = tmp_path / "eventsnap.conf"
    file.write_text("# settings\nOTHER=1\nEVENTSNAP_MAIL_HOST='$(id) mail'\n")
    me = run(["id", "-un"]).stdout.strip()

    done = run(
        [str(DEBIAN / "eventsnap-service"), "--status", "a b"],
        SERVICE_PROGRAM=str(echo),
        SERVICE_FILE=str(file),
        SERVICE_USER=me,
        SERVICE_HOME="/data",
    )

    assert done.stdout.strip() == "home=/data host=$(id) mail --status a b"


def test_the_tarball_installs_replaces_and_takes_away_only_what_is_its_own(
    bundle: Path, tmp_path: Path
) -> None:
    done = run(["packaging/tarball.sh", str(bundle), str(tmp_path)], SOURCE_DATE_EPOCH=DAY)
    assert done.returncode == 0, done.stderr
    tarball = Path(done.stdout.strip())
    subprocess.run(["tar", "xf", str(tarball), "-C", str(tmp_path)], check=True)
    install = str(tmp_path / tarball.name.removesuffix(".tar.gz") / "install.sh")
    place, home = tmp_path / "place", tmp_path / "home"
    theirs = home / ".local/share/eventsnap/config.toml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    before = place / "lib/eventsnap-desktop/old.txt"
    before.parent.mkdir(parents=True)
    before.write_text("of a former version")

    done = run([install, "--prefix", str(place)], HOME=str(home))

    assert done.returncode == 0, done.stderr
    assert run([str(place / "bin/eventsnap")]).returncode == 0
    assert not before.exists()
    entry = (place / "share/applications/eventsnap-kiosk.desktop").read_text()
    assert f"Exec={place}/bin/eventsnap-kiosk" in entry
    done = run([install, "--uninstall", "--prefix", str(place)], HOME=str(home))
    assert [path for path in place.rglob("*") if not path.is_dir()] == [], done.stderr
    assert theirs.read_text() == "theirs"
