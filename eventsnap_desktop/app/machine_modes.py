"""The modes about the machine, not an event: --models, --doctor, --demo; and the windows."""

from argparse import Namespace

from eventsnap_desktop.domain.errors import EventSnapError


def run_machine(chosen: Namespace) -> int:
    """Hand over to the chosen one; without any this would be the organizer's window."""
    if chosen.models is not None:
        from eventsnap_desktop.app.models_mode import run_models

        return run_models(chosen)
    if chosen.doctor:
        from eventsnap_desktop.app.doctor import run_doctor

        return run_doctor(chosen)
    if chosen.demo:
        from eventsnap_desktop.app.demo import run_demo

        return run_demo(chosen)
    raise EventSnapError(
        "This version has no windows yet: neither the organizer's nor the kiosk",
        "See eventsnap --help for what the command line does.",
    )
