"""What to take out of a list of ids and put into it so that it becomes another list."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Run = tuple[int, int]
"""First and last place."""

_MOST_RUNS = 300


@dataclass(frozen=True, slots=True)
class IdChanges:
    """Runs to remove, from the last to the first; then runs to add, from the first to the last."""

    removed: tuple[Run, ...]
    added: tuple[Run, ...]


def id_changes(old: NDArray[np.int64], new: NDArray[np.int64]) -> IdChanges | None:
    """Return the changes, None where what stays is in another order or they are too many.

    ``old`` and ``new`` are int64 (n,) without repetitions. Places of ``removed`` are those in the
    old list, places of ``added`` those in the new one.
    """
    stays, came = np.isin(old, new), ~np.isin(new, old)
    if not np.array_equal(old[stays], new[~came]):
        return None
    removed, added = _runs(~stays), _runs(came)
    if len(removed) + len(added) > _MOST_RUNS:
        return None
    return IdChanges(tuple(reversed(removed)), tuple(added))


def _runs(flags: NDArray[np.bool_]) -> list[Run]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(begin), int(end) - 1) for begin, end in edges.reshape(-1, 2)]
