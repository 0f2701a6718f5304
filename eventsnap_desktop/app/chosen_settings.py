"""Loads the settings a command line asks for, without building anything else."""

import logging
from argparse import Namespace
from typing import Any

from eventsnap_desktop.app.talking import note
from eventsnap_desktop.settings.loading import LoadedSettings, load_settings


def settings_for(chosen: Namespace) -> LoadedSettings:
    """Load the settings, set up the log, and tell what was wrong with the config file."""
    arguments: dict[str, Any] = {"home": chosen.home, "model": {"pack": chosen.model_pack}}
    if getattr(chosen, "camera", None) is not None:
        arguments["kiosk"] = {"camera": chosen.camera}
    loaded = load_settings(arguments)
    logging.basicConfig(
        level=loaded.settings.log_level, format="%(levelname)s %(name)s: %(message)s"
    )
    for warning in loaded.warnings:
        note(warning)
    return loaded
