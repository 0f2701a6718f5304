"""Reads for the photos page which photos to list."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eventsnap_desktop.domain.browsing import PhotoFilter
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.flows.explain import QueryTemplate
from eventsnap_desktop.flows.organizer_ports import EventDesk, PhotoBrowser


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The photos that fit, and the event's figures."""

    overview: EventOverview
    ids: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Photos that were found by something else than the filters, best first.

    ``query_before`` is whom one looked for before, to come back to.
    """

    ids: NDArray[np.int64]
    label: str
    query_before: QueryTemplate | None


def load_listing(
    events: EventDesk, browser: PhotoBrowser, event: EventId, which: PhotoFilter
) -> Listing:
    """Read which photos fit, and the event's figures; blocks."""
    return Listing(events.overview(event), browser.list_ids(event, which))
