"""The exit codes scripts depend on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    COULD_NOT_RUN = 1
    USAGE = 2
    SOME_FAILED = 3
    NO_SELFIE = 4
    BUG = 70  # of a kiosk's program that met an unexpected error; its supervisor starts it again
    RESTART = 75  # of a kiosk's program to its supervisor, which starts it again
    STOPPED = 130
