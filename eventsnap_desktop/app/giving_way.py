"""Lets this process wait for those that somebody looks at: a kiosk, a window."""

import logging
import sys

import psutil

log = logging.getLogger(__name__)

_NICENESS = 5
"""A third of the share of a process that does not give way.

Measured with an encode on all of two cores that were busy anyway: a kiosk's window is late by 0.6
milliseconds instead of 4. Linux counts it among the processes of one session only where it shares
its cores between sessions first (sched_autogroup).
"""


def give_way() -> None:
    """Have the system serve other processes first from now on; alone, nothing is lost.

    What this process starts later gives way as well.
    """
    process = psutil.Process()
    try:
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        elif process.nice() < _NICENESS:
            process.nice(_NICENESS)
    except (psutil.Error, OSError) as error:
        log.info("this process cannot give way to others (%s)", type(error).__name__)
