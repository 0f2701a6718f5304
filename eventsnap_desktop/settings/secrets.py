"""Secrets: from the settings, or from the system's keyring, asked only when one is needed."""

import logging

from pydantic import SecretStr

from eventsnap_desktop.domain.errors import EventSnapError, UsageError
from eventsnap_desktop.settings.schema import Settings, is_secret, variable

log = logging.getLogger(__name__)

SERVICE = "eventsnap"
"""What the entries are called in the keyring; ``keyring set eventsnap storage.secret_key``."""


def reveal(settings: Settings, name: str) -> str | None:
    """Return a secret by its full name, or None when it is nowhere.

    The keyring is asked for the storage's keys when a storage is set but a key is not, for the
    mail server's password when a mail server is set, and for the database's address when the
    settings say that it is there. A keyring that is missing, locked or
    broken counts as empty and is logged; only for the database's address it raises EventSnapError,
    because going on without one would silently use another database.
    """
    group, _, field = name.partition(".")
    value = getattr(getattr(settings, group), field)
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if group == "storage":
        return _from_keyring(name) if settings.storage.endpoint else None
    if group == "mail":
        return _from_keyring(name) if settings.mail.host else None
    if not settings.database.url_in_keyring:
        return None
    found = _from_keyring(name)
    if found is None:
        raise EventSnapError(
            "The database's address should be in the system's keyring, but cannot be read there",
            f"Unlock the keyring, set {variable(name)}, or set {variable(name)}_IN_KEYRING to "
            "false for the built-in database.",
        )
    return found


def store_secret(name: str, value: str) -> None:
    """Put a secret into the system's keyring; EventSnapError where there is none."""
    if not is_secret(name):
        raise UsageError(f"{name} is not a secret")
    try:
        import keyring

        keyring.set_password(SERVICE, name, value)
    except Exception as error:  # noqa: BLE001 - a backend raises whatever its system does
        # Not chained: a backend's message may repeat what it could not store.
        raise EventSnapError(
            f"The system's keyring did not take {name} ({type(error).__name__})",
            f"Set {variable(name)} in the environment instead.",
        ) from None


def forget_secret(name: str) -> None:
    """Remove a secret from the keyring; nothing happens where there is none."""
    try:
        import keyring

        keyring.delete_password(SERVICE, name)
    except Exception as error:  # noqa: BLE001 - a backend raises whatever its system does
        log.info("the keyring did not remove %s: %s", name, type(error).__name__)


def _from_keyring(name: str) -> str | None:
    try:
        import keyring

        return keyring.get_password(SERVICE, name)
    except Exception as error:  # noqa: BLE001 - a backend raises whatever its system does
        log.info("the keyring cannot be asked for %s: %s", name, type(error).__name__)
        return None
