"""The modes about the machine, not an event: --models, --doctor, --demo."""

from argparse import Namespace


def run_machine(chosen: Namespace) -> int:
    """Hand over to the chosen one."""
    if chosen.models is not None:
        from eventsnap_desktop.app.models_mode import run_models

        return run_models(chosen)
    if chosen.doctor:
        from eventsnap_desktop.app.doctor import run_doctor

        return run_doctor(chosen)
    from eventsnap_desktop.app.demo import run_demo

    return run_demo(chosen)
