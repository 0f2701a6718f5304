"""The doctor says what is wrong and what to do, survives anything, and shows no secret."""

import shutil
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest

from eventsnap_desktop.app import doctor_machine
from eventsnap_desktop.app.doctor_machine import (
    Gpu,
    check_cameras,
    check_gpus,
    check_home,
    check_packages,
    check_printers,
    check_program,
    check_runtime,
    find_gpus,
)
from eventsnap_desktop.app.doctor_services import (
    check_packs,
    check_providers,
    check_settings,
    try_providers,
)
from eventsnap_desktop.app.findings import Finding, Level, as_lines, is_usable, look
from eventsnap_desktop.camera.devices import CameraDevice
from eventsnap_desktop.delivery.printers import PrinterDevice, PrinterList
from eventsnap_desktop.domain.errors import SourceRefusedError
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.vision import packs
from eventsnap_desktop.vision.runtime import ProviderReport

GIGA = 10**9


def levels(findings: Iterator[Finding]) -> list[Level]:
    return [finding.level for finding in findings]


def script(folder: Path, text: str) -> str:
    path = folder / "nvidia-smi"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_a_check_that_fails_costs_its_own_topic_only() -> None:
    def broken() -> Iterator[Finding]:
        yield Finding("disk", Level.OK, "fine")
        raise ImportError("postgresql://me:secret@host is in this message")

    (finding,) = look("disk", broken)

    assert (finding.topic, finding.level) == ("disk", Level.PROBLEM)
    assert "ImportError" in finding.said
    assert "secret" not in finding.said + finding.advice


def test_a_programs_own_error_keeps_its_advice() -> None:
    def refused() -> Iterator[Finding]:
        raise SourceRefusedError("No such bucket", "Create it.")

    assert look("storage", refused) == [
        Finding("storage", Level.PROBLEM, "No such bucket", "Create it.")
    ]


def test_only_a_problem_makes_the_machine_unusable() -> None:
    fine = [Finding("a", Level.OK, ""), Finding("b", Level.WARNING, "")]

    assert is_usable(fine)
    assert not is_usable([*fine, Finding("c", Level.PROBLEM, "")])


def test_the_lines_are_aligned_and_show_what_to_do() -> None:
    long = "/a/path/" + "x" * 200
    lines = as_lines(
        [
            Finding("disk", Level.OK, "fine"),
            Finding("photo storage", Level.PROBLEM, f"not there {long} end", "Plug it in."),
        ]
    )

    assert lines[0] == "ok       disk           fine"
    assert lines[1].startswith("problem  photo storage  not there")
    assert any(long in line for line in lines)
    assert lines[-1] == " " * 24 + "→ Plug it in."


def test_program_and_packages_are_named_with_their_versions() -> None:
    said = " ".join(finding.said for finding in [*check_program(), *check_packages()])

    assert f"numpy {metadata.version('numpy')}" in said
    assert "Python 3." in said
    assert is_usable(check_packages())


def test_a_missing_package_is_a_problem() -> None:
    finding = list(check_packages(["numpy", "no-such-package"]))[-1]

    assert (finding.level, finding.said) == (Level.PROBLEM, "missing: no-such-package")


def test_this_installation_has_one_onnxruntime() -> None:
    (finding,) = check_runtime()

    assert finding.level is Level.OK
    assert finding.said.startswith("onnxruntime")


def test_two_onnxruntimes_are_named_with_the_way_out() -> None:
    (finding,) = check_runtime(["onnxruntime-gpu", "onnxruntime"])

    assert finding.level is Level.WARNING
    assert "onnxruntime, onnxruntime-gpu" in finding.said
    assert "Uninstall all of them" in finding.advice


def test_gpus_are_read_from_nvidias_tool(tmp_path: Path) -> None:
    tool = script(
        tmp_path,
        "echo 'NVIDIA RTX 4090, 580.95, 24564, 23000'\necho 'NVIDIA GB10, 580.95, [N/A], [N/A]'",
    )

    assert find_gpus(tool) == [
        Gpu("NVIDIA RTX 4090", "580.95", 24564, 23000),
        Gpu("NVIDIA GB10", "580.95", 0, 0),
    ]


@pytest.mark.parametrize("text", ["exit 9", "echo garbage", "sleep 60"])
def test_a_tool_that_fails_or_hangs_means_no_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(doctor_machine, "_SECONDS", 0.3)

    assert find_gpus(script(tmp_path, f"exec {text}" if "sleep" in text else text)) == []
    assert find_gpus(str(tmp_path / "nothing")) == []


def test_a_gpu_without_free_memory_is_a_warning() -> None:
    assert levels(check_gpus([Gpu("A", "1", 8000, 200)])) == [Level.WARNING]
    assert levels(check_gpus([Gpu("A", "1", 8000, 7000), Gpu("B", "1", 0, 0)])) == [Level.OK] * 2
    assert levels(check_gpus([])) == [Level.OK]


def test_looking_at_the_data_folder_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there"

    findings = list(check_home(home, embedded=True))

    assert findings[0].level is Level.OK
    assert "can be made" in findings[0].said
    assert list(tmp_path.iterdir()) == []


def test_a_data_folder_that_cannot_be_written_is_a_problem_for_the_built_in_database() -> None:
    home = Path("/proc/eventsnap")  # nobody, not even root, can write there

    assert levels(check_home(home, embedded=True)) == [Level.PROBLEM]
    assert levels(check_home(home, embedded=False)) == [Level.WARNING]


@pytest.mark.parametrize(
    ("free", "level"),
    [(100 * GIGA, Level.OK), (2 * GIGA, Level.WARNING), (GIGA // 10, Level.PROBLEM)],
)
def test_little_space_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free))

    assert list(check_home(tmp_path, embedded=True))[-1].level is level


def test_cameras_and_printers_are_needed_by_the_kiosk_only() -> None:
    assert is_usable([*check_cameras([]), *check_printers(PrinterList((), "CUPS does not run"))])
    troubled = CameraDevice(0, "C920", "may not be opened")
    assert levels(check_cameras([troubled])) == [Level.WARNING]
    paused = PrinterList((PrinterDevice("DNP", True, "it is paused (out of paper)"),), "")
    (finding,) = check_printers(paused)
    assert finding.level is Level.WARNING
    assert "out of paper" in finding.said


def test_where_settings_come_from_is_told_without_their_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTSNAP_STORAGE_SECRET_KEY", "correct-horse")
    (tmp_path / "config.toml").write_text("[encode]\nmax_attempts = 'x'\nfetch_threads = 3\n")

    findings = list(check_settings(load_settings({"home": tmp_path})))

    said = " ".join(finding.said for finding in findings)
    assert "by environment: storage.secret_key" in said
    assert "by file: encode.fetch_threads" in said
    assert "correct-horse" not in said
    assert findings[1].level is Level.WARNING


def test_the_pack_in_use_must_be_there_the_others_need_not(tmp_path: Path) -> None:
    lite = load_settings({"home": tmp_path}).settings
    assert is_usable(check_packs(lite, gpu=False))

    seed = load_settings({"home": tmp_path, "model": {"pack": "seed"}}).settings
    problems = [one for one in check_packs(seed, gpu=False) if one.level is Level.PROBLEM]
    assert [one.said for one in problems] == ["seed (in use)"]
    assert "--models seed" in problems[0].advice


def test_a_pack_in_use_that_nobody_knows_is_a_problem(tmp_path: Path) -> None:
    settings = load_settings({"home": tmp_path, "model": {"pack": "best"}}).settings

    findings = look("model pack", lambda: check_packs(settings, gpu=False))

    assert not is_usable(findings)


def test_a_damaged_pack_that_is_not_in_use_is_a_warning(tmp_path: Path) -> None:
    settings = load_settings({"home": tmp_path}).settings
    settings.models_folder.mkdir()
    for name in ("det_10g.onnx", "w600k_r50.onnx"):
        (settings.models_folder / name).write_bytes(b"x")

    warned = [one.said for one in check_packs(settings, False) if one.level is Level.WARNING]

    assert warned == ["standard: damaged"]


def test_the_cpu_really_runs_the_detector(tmp_path: Path) -> None:
    settings = load_settings({"home": tmp_path}).settings

    findings = list(check_providers(settings, [], try_providers(settings)))

    assert "CPU works" in [finding.said for finding in findings]
    assert is_usable(findings)


@pytest.mark.parametrize(
    ("wanted", "gpus", "level"),
    [
        ("auto", [], Level.OK),
        ("auto", [Gpu("A", "1", 8000, 7000)], Level.WARNING),
        ("cuda", [], Level.PROBLEM),
        ("cpu", [Gpu("A", "1", 8000, 7000)], Level.OK),
    ],
)
def test_a_gpu_that_does_not_work_matters_as_much_as_it_is_wanted(
    tmp_path: Path, wanted: str, gpus: Sequence[Gpu], level: Level
) -> None:
    reports = [ProviderReport("cuda", False, "no cuDNN"), ProviderReport("cpu", True, "")]
    settings = load_settings({"home": tmp_path, "model": {"provider": wanted}}).settings

    cuda, cpu = check_providers(settings, gpus, reports)

    assert (cuda.level, cpu.level) == (level, Level.OK)
    assert "no cuDNN" in cuda.said


def test_without_any_model_inference_is_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "LITE_PACKAGE", "no_such_package_is_installed")
    settings = load_settings({"home": tmp_path}).settings

    (finding,) = check_providers(settings, [], try_providers(settings))

    assert finding.level is Level.WARNING
    assert "--models" in finding.advice
