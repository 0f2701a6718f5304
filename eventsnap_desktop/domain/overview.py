"""An event at a glance: what a list of events and the figures of an evening show."""

from dataclasses import dataclass
from datetime import datetime

from eventsnap_desktop.domain.events import Event, EventCounts


@dataclass(frozen=True, slots=True)
class EventOverview:
    """One event as the list of events shows it.

    ``cover`` is the key of the photo on its card (the chosen one, or else the newest with faces),
    None while there is none, ``cover_etag`` its etag. ``slideshow`` counts the photos that the
    organizer approved for the kiosks' first screen.
    """

    event: Event
    counts: EventCounts
    hidden: int
    slideshow: int
    first_photo_at: datetime | None
    last_photo_at: datetime | None
    cover: str | None
    cover_etag: str
    archived: bool


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What can be changed of an event."""

    name: str
    source: str
    keep_until: datetime | None
    cover: str | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Photos and faces whose time lies in one slice, which begins at ``start``."""

    start: datetime
    photos: int
    faces: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures that matter at an event.

    ``buckets`` are consecutive slices of ``bucket_seconds``, none left out between the first and
    the last photo. ``guests_served`` counts sessions that showed at least one photo,
    ``guests_without`` those that ended with none; ``median_photos`` is among those served. Lags
    are seconds from a photo's arrival in the source until it could be found, None without any.
    """

    buckets: tuple[Bucket, ...]
    bucket_seconds: int
    guests_served: int
    guests_without: int
    median_photos: float | None
    median_lag: float | None
    slow_lag: float | None
    photos_without_faces: int
    deliveries_waiting: int
