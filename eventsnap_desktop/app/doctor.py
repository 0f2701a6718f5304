"""`--doctor`: what this machine has, what is wrong, and what to do about it."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from eventsnap_desktop import __version__
from eventsnap_desktop.app import doctor_machine as machine
from eventsnap_desktop.app import doctor_services as services
from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.findings import Check, Finding, as_lines, is_usable, look
from eventsnap_desktop.app.talking import say, say_json
from eventsnap_desktop.camera.devices import list_cameras
from eventsnap_desktop.delivery.printers import list_printers
from eventsnap_desktop.settings.loading import LoadedSettings

if TYPE_CHECKING:  # onnxruntime's module may not load, which the doctor has to survive
    from eventsnap_desktop.vision.runtime import ProviderReport


def run_doctor(chosen: Namespace) -> int:
    """Tell everything found; return 0 when events can be encoded and searched, else 1."""
    findings = examine(settings_for(chosen))
    usable = is_usable(findings)
    if chosen.json:
        listed = [asdict(finding) for finding in findings]
        say_json({"usable": usable, "version": __version__, "findings": listed})
    else:
        for line in as_lines(findings):
            say(line)
        say("")
        say("This machine can encode and search." if usable else "Something has to be done first.")
    return ExitCode.DONE if usable else ExitCode.COULD_NOT_RUN


def examine(loaded: LoadedSettings) -> list[Finding]:
    """Run every check; one that fails costs only its own topic. Shows no secret."""
    settings = loaded.settings
    database = settings.database
    embedded = database.url is None and not database.url_in_keyring
    gpus = machine.find_gpus()
    tried: list[ProviderReport] = []

    def inference() -> Iterator[Finding]:
        tried.extend(services.try_providers(settings))
        return services.check_providers(settings, gpus, tried)

    def packs() -> Iterator[Finding]:
        cuda = any(report.name == "cuda" and report.works for report in tried)
        return services.check_packs(settings, cuda and settings.model.provider != "cpu")

    checks: list[tuple[str, Check]] = [
        ("program", machine.check_program),
        ("packages", machine.check_packages),
        ("onnxruntime", machine.check_runtime),
        ("GPU", lambda: machine.check_gpus(gpus)),
        ("inference", inference),
        ("model pack", packs),
        ("settings", lambda: services.check_settings(loaded)),
        ("data folder", lambda: machine.check_home(settings.home, embedded)),
        ("database", lambda: services.check_database(settings)),
        ("photo storage", lambda: services.check_storage(settings)),
        ("camera", lambda: machine.check_cameras(list_cameras())),
        ("printer", lambda: machine.check_printers(list_printers())),
    ]
    return [finding for topic, check in checks for finding in look(topic, check)]
