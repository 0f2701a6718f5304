"""Menu entries, units and the Windows installer fit the program, and what they name is there."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eventsnap_desktop import __version__
from eventsnap_desktop.app.command_line import check_combination, parser
from eventsnap_desktop.domain.errors import UsageError
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.settings.schema import fields, variable

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
ENTRIES = sorted((PACKAGING / "desktop").glob("*.desktop"))
METAINFO = PACKAGING / "desktop" / "eventsnap.metainfo.xml"
UNITS = sorted((PACKAGING / "systemd").glob("*.service"))
LASTING = [unit for unit in UNITS if "Type=oneshot" not in unit.read_text(encoding="utf-8")]
TIMERS = sorted((PACKAGING / "systemd").glob("*.timer"))
INSTALLER = (PACKAGING / "windows" / "eventsnap.iss").read_text(encoding="utf-8")
ENABLE, DISABLE = (
    (PACKAGING / "windows" / "shell-launcher" / name).read_text(encoding="utf-8")
    for name in ("Enable-Kiosk.ps1", "Disable-Kiosk.ps1")
)
SHELL_SCRIPTS = [
    *(PACKAGING / "debian" / name for name in ("postinst", "prerm", "postrm")),
    *(PACKAGING / "debian" / name for name in ("eventsnap-kiosk", "eventsnap-service")),
    PACKAGING / "tarball" / "install.sh",
]
INSTALLED_PROGRAMS = {"eventsnap", "eventsnap-kiosk"}


def read_ini(path: Path) -> configparser.ConfigParser:
    """Return a file of groups, keys as they are written; of repeated keys the last."""
    read = configparser.ConfigParser(interpolation=None, strict=False, comment_prefixes=("#", ";"))
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def values_of(path: Path, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: path.name)
def test_a_menu_entry_starts_an_installed_program_in_two_languages(entry: Path) -> None:
    groups = read_ini(entry)
    shown = groups["Desktop Entry"]

    assert {groups[name]["Exec"].split()[0] for name in groups.sections()} <= INSTALLED_PROGRAMS
    assert shown["Icon"] == "eventsnap"
    assert shown["Comment"] != shown["Comment[de]"]
    for action in filter(None, shown.get("Actions", "").split(";")):
        assert f"Desktop Action {action}" in groups


def test_the_window_belongs_to_its_menu_entry() -> None:
    [name] = re.findall(
        r'setDesktopFileName\("(.+)"\)',
        (ROOT / "eventsnap_desktop/app/window_loop.py").read_text(encoding="utf-8"),
    )

    assert (PACKAGING / "desktop" / f"{name}.desktop").exists()


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="needs desktop-file-validate"
)
def test_menu_entries_are_valid_by_the_desktops_own_tool() -> None:
    done = subprocess.run(
        ["desktop-file-validate", *map(str, ENTRIES)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_the_software_centre_is_told_of_the_menu_entry() -> None:
    told = ElementTree.fromstring(METAINFO.read_text(encoding="utf-8"))

    assert told.findtext("launchable") in {entry.name for entry in ENTRIES}
    assert told.findtext("provides/binary") in INSTALLED_PROGRAMS


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="needs appstreamcli")
def test_what_the_software_centre_is_told_is_valid_by_its_own_tool(tmp_path: Path) -> None:
    filled = tmp_path / METAINFO.name
    text = METAINFO.read_text(encoding="utf-8")
    filled.write_text(text.replace("@VERSION@", __version__).replace("@DATE@", "2026-01-31"))

    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", str(filled)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_calls_the_program_as_it_wants_to_be_called(unit: Path) -> None:
    [command] = values_of(unit, "ExecStart")
    words = command.replace("%i", "party").replace("${KIOSK_EVENT}", "party").split()
    begin = next(at for at, word in enumerate(words) if word in PROGRAM_WORDS)
    arguments = [word for word in words[begin + 1 :] if not word.startswith("$")]

    check_combination(parser().parse_args(arguments))


PROGRAM_WORDS = {"/usr/bin/eventsnap", "${KIOSK_PROGRAM}"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_unit_shares_user_and_data_folder(unit: Path) -> None:
    service = read_ini(unit)["Service"]

    assert service["User"] == "eventsnap"
    assert f"{variable('home')}=/var/lib/eventsnap" in values_of(unit, "Environment")
    assert service["StateDirectory"] == "eventsnap"
    assert "130" in service["SuccessExitStatus"].split()
    assert service["LimitCORE"] == "0"


@pytest.mark.parametrize("unit", LASTING, ids=lambda path: path.name)
def test_every_unit_that_runs_on_never_gives_up(unit: Path) -> None:
    assert read_ini(unit)["Service"]["Restart"] == "always"
    assert read_ini(unit)["Unit"]["StartLimitIntervalSec"] == "0"


@pytest.mark.parametrize("timer", TIMERS, ids=lambda path: path.name)
def test_a_timer_starts_its_unit_daily_and_what_was_missed_afterwards(timer: Path) -> None:
    assert timer.with_suffix(".service") in UNITS
    assert read_ini(timer)["Timer"]["OnCalendar"].startswith("*-*-* ")
    assert read_ini(timer)["Timer"]["Persistent"] == "true"
    assert read_ini(timer)["Install"]["WantedBy"] == "timers.target"


def test_what_a_package_enabled_is_taken_away_with_it() -> None:
    purges = (PACKAGING / "debian" / "postrm").read_text(encoding="utf-8")
    stops = (PACKAGING / "debian" / "prerm").read_text(encoding="utf-8")

    for unit in (*LASTING, *TIMERS):
        target = read_ini(unit)["Install"]["WantedBy"]
        name = unit.name.replace("@.", "@*.")
        assert f"/etc/systemd/system/{target}.wants/{name}" in purges
    assert "'eventsnap-*.service' 'eventsnap-*.timer'" in stops


@pytest.mark.parametrize(
    "name", ["eventsnap-encode@.service", "eventsnap-deliver.service", "eventsnap-expire.service"]
)
def test_a_service_without_a_window_leaves_the_database_of_the_others_alone(name: str) -> None:
    service = read_ini(PACKAGING / "systemd" / name)["Service"]

    assert service["KillMode"] == "process"
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert service.get("RestartPreventExitStatus", "") == ("2" if "Restart" in service else "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_units_are_valid_by_systemds_own_tool(tmp_path: Path) -> None:
    copies = []
    for unit in (*UNITS, *TIMERS):
        copy = tmp_path / unit.name.replace("@.", "@party.")
        text = unit.read_text(encoding="utf-8")
        # The program and cage need not be on this machine.
        copy.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))
        copies.append(str(copy))

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies],
        capture_output=True,
        text=True,
        check=False,
    )

    assert not [line for line in done.stderr.splitlines() if "eventsnap" in line]


def test_settings_in_the_packages_files_are_settings_of_the_program() -> None:
    known = {variable(name) for name, _ in fields()}
    files = [PACKAGING / "debian" / "eventsnap.conf", *UNITS]
    named = {
        name
        for file in files
        for name in re.findall(r"\b(EVENTSNAP_[A-Z_]+)=", file.read_text(encoding="utf-8"))
    }

    assert len(named) > 5
    assert named <= known


@pytest.mark.parametrize("script", SHELL_SCRIPTS, ids=lambda path: path.name)
def test_scripts_that_run_on_other_machines_are_plain_sh(script: Path) -> None:
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", str(script)], check=True)


def test_every_file_the_windows_installer_takes_is_there_or_made_before() -> None:
    known = {
        "Root": "../..",
        "Bundle": "../../dist/eventsnap",
        "Redist": "redist/vc_redist.x64.exe",
    }
    made = {"dist", "build", "redist"}
    sources = re.findall(r'^Source: "([^"]+)"', INSTALLER, re.MULTILINE)
    named = re.findall(r"^(?:LicenseFile|SetupIconFile)=(.+)$", INSTALLER, re.MULTILINE)
    assert len(sources) >= 5

    for source in [*sources, *named]:
        path = re.sub(r"\{#(\w+)\}", lambda match: known[match[1]], source).replace("\\", "/")
        relative = (PACKAGING / "windows" / path).resolve().relative_to(ROOT)
        inside = relative.parts[0] if relative.parts[0] != "packaging" else relative.parts[2]
        if inside not in made:
            assert list(ROOT.glob(str(relative))), source


def test_the_windows_installer_starts_programs_that_the_bundle_has() -> None:
    spec = (PACKAGING / "eventsnap.spec").read_text(encoding="utf-8")
    built = set(re.findall(r'name="(eventsnap\w*)", console', spec))
    started = set(re.findall(r"\{app\}\\(\w+)\.exe", INSTALLER))

    assert started
    assert started <= built


def test_the_windows_installer_says_everything_in_two_languages() -> None:
    said = {
        language: set(re.findall(rf"^{language}\.(\w+)=", INSTALLER, re.MULTILINE))
        for language in ("en", "de")
    }
    asked = set(re.findall(r"CustomMessage\('(\w+)'\)", INSTALLER))
    asked |= set(re.findall(r"\{cm:(\w+)\}", INSTALLER)) - {"CreateDesktopIcon", "AdditionalIcons"}

    assert said["en"] == said["de"] == asked


def test_the_windows_uninstaller_deletes_no_data() -> None:
    sections = re.findall(r"^\[(\w+)\]$", INSTALLER, re.MULTILINE)
    deleted = re.findall(r'^Type: \w+; Name: "([^"]+)"', INSTALLER, re.MULTILINE)

    assert "UninstallDelete" not in sections
    assert all(path.startswith("{app}\\") for path in deleted)


def test_functions_that_the_windows_installer_calls_are_in_its_code() -> None:
    called = set(re.findall(r"\{code:(\w+)\}", INSTALLER)) | set(
        re.findall(r"Check: (\w+)", INSTALLER)
    )
    defined = set(re.findall(r"^function (\w+)", INSTALLER, re.MULTILINE))

    assert called
    assert called <= defined


@pytest.mark.parametrize(
    "code", ["party", "A.b-c_9", "x" * 64, "x" * 65, "-x", ".x", "_x", "a b", "a/b", "ä", ""]
)
def test_shell_launcher_takes_the_same_event_codes_as_the_program(code: str) -> None:
    [pattern] = re.findall(r"ValidatePattern\('(.+)'\)", ENABLE)

    try:
        taken = checked_code(code) == code
    except UsageError:
        taken = False

    assert bool(re.search(pattern.replace("$", r"\Z"), code)) is taken


def test_what_shell_launcher_begins_can_be_undone() -> None:
    for begun, undone in {
        "SetCustomShell": "RemoveCustomShell",
        "SetEnabled($true)": "SetEnabled($false)",
        "AutoAdminLogon -Value '1'": "AutoAdminLogon -Value '0'",
        "New-LocalUser": "Remove-LocalUser",
    }.items():
        assert begun in ENABLE
        assert undone in DISABLE
