"""What the organizer's flows and pages need of the index, as small Protocols."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from eventsnap_desktop.domain.browsing import FailureGroup, PhotoFilter, PhotoRow, StoredFace
from eventsnap_desktop.domain.deliveries import (
    Delivery,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    OutboxCounts,
)
from eventsnap_desktop.domain.delivery_details import DeliveryDetails, OutboxDay
from eventsnap_desktop.domain.events import Event, EventId
from eventsnap_desktop.domain.kiosks import KioskSettings, KioskState, KioskStatus
from eventsnap_desktop.domain.notices import Notice
from eventsnap_desktop.domain.outgoing import OutputSettings
from eventsnap_desktop.domain.overview import Coverage, EventDetails, EventOverview
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.domain.work import Cancel


class EventDesk(Protocol):
    """Events as the organizer works with them. Every method may raise DatabaseAwayError."""

    def overviews(self, archived: bool) -> list[EventOverview]:
        """Return all events at a glance, newest first; archived ones only when asked for."""

    def overview(self, event_id: EventId) -> EventOverview:
        """Return one event at a glance; UnknownEventError."""

    def details(self, event_id: EventId) -> EventDetails:
        """Return what can be changed of an event, its cover only if one was chosen."""

    def add(self, code: str, details: EventDetails) -> Event:
        """Create an event; UsageError when the code is taken or cannot be one."""

    def change(self, event_id: EventId, details: EventDetails) -> None:
        """Store what was changed; UnknownEventError."""

    def set_archived(self, event_id: EventId, archived: bool) -> None:
        """Put an event away, or take it back; nothing of it is lost."""

    def kiosk_settings(self, event_id: EventId) -> KioskSettings:
        """Return what is set for the event's kiosks; defaults where nothing is."""

    def set_kiosk_settings(self, event_id: EventId, settings: KioskSettings) -> None:
        """Store what is set for the event's kiosks."""

    def output_settings(self, event_id: EventId) -> OutputSettings:
        """Return what is set for what leaves the event; defaults where nothing is."""

    def set_output_settings(self, event_id: EventId, settings: OutputSettings) -> None:
        """Store what is set for what leaves the event."""


class PhotoBrowser(Protocol):
    """Photos as a person looks through them. Every method may raise DatabaseAwayError."""

    def list_ids(self, event_id: EventId, which: PhotoFilter) -> NDArray[np.int64]:
        """Return the ids of the photos that fit, newest first: int64 (n,). Gone ones never fit."""

    def rows(self, event_id: EventId, photos: Sequence[PhotoId]) -> list[PhotoRow]:
        """Return some photos, in any order; those that are not there any more are left out."""

    def find(self, event_id: EventId, key: str) -> PhotoRow | None:
        """Return the photo of a key, or None."""

    def faces(self, event_id: EventId, photo: PhotoId) -> list[StoredFace]:
        """Return the faces stored for one photo, from left to right."""

    def set_hidden(self, event_id: EventId, photos: Sequence[PhotoId], hidden: bool) -> int:
        """Hide photos from every gallery and search, or show them again; return how many changed.

        Listeners are told about the photos that changed, in the same transaction.
        """

    def set_slideshow(self, event_id: EventId, photos: Sequence[PhotoId], on: bool) -> int:
        """Approve photos for the kiosks' first screen, or take that back; return how many changed.

        Listeners are told as of hidden ones. A photo whose bytes change is no longer approved.
        """

    def retry(self, event_id: EventId, photos: Sequence[PhotoId] | None) -> int:
        """Make failed photos pending with no attempt counted, all for None; return how many."""

    def failures(self, event_id: EventId) -> list[FailureGroup]:
        """Return the reasons why photos failed, most frequent first."""

    def retry_reason(self, event_id: EventId, reason: str) -> int:
        """Make the photos that failed for one reason pending; return how many."""


class DeliveryDesk(Protocol):
    """The outbox as the organizer sees it."""

    def list_deliveries(
        self,
        event_id: EventId,
        state: DeliveryState | None,
        limit: int,
        kind: DeliveryKind | None = None,
    ) -> list[Delivery]:
        """Return deliveries, newest first, of one state or of all, of one kind or of all."""

    def counts(self, event_id: EventId, kind: DeliveryKind | None = None) -> OutboxCounts:
        """Return how many deliveries of each state there are, of one kind or of all."""

    def day(self, event_id: EventId, since: datetime) -> OutboxDay:
        """Return what was handed out since a time, and the e-mails that have to wait."""

    def details(self, delivery: DeliveryId) -> DeliveryDetails | None:
        """Return one delivery with its photos and addresses, None when it is not there."""

    def resend(self, delivery: DeliveryId, addresses: Sequence[str]) -> bool:
        """Have an e-mail go to these checked addresses instead, now; False when it is not there.

        One that was sent already is sent once more.
        """

    def retry(self, deliveries: Sequence[DeliveryId]) -> int:
        """Have failed, waiting or cancelled deliveries tried now; return how many."""

    def cancel(self, deliveries: Sequence[DeliveryId]) -> int:
        """Cancel waiting or failed deliveries; return how many."""

    def set_paused(self, event_id: EventId, paused: bool) -> None:
        """Hold all deliveries of the event back, or let them go on."""


class KioskDesk(Protocol):
    """The kiosks that work on this database."""

    def kiosks(self, event_id: EventId | None) -> list[KioskStatus]:
        """Return the kiosks of an event, or all, by name; those silent for a day are left out."""

    def report(self, name: str, event_id: EventId, state: KioskState, detail: str) -> None:
        """Store a kiosk's state as of now: its heartbeat."""


class CoverageDesk(Protocol):
    """The figures of an evening."""

    def coverage(
        self, event_id: EventId, most_buckets: int, since: datetime | None = None
    ) -> Coverage:
        """Return the figures, in at most so many slices of time, from ``since`` on."""


class ChangeFeed(Protocol):
    """What changes in the database, by whomever."""

    def listen(
        self,
        on_notice: Callable[[Notice], None],
        on_state: Callable[[bool], None],
        cancel: Cancel,
    ) -> None:
        """Pass on every notice until ``cancel``; blocks, and returns within a quarter second.

        ``on_state`` is told False when the database is lost and True when it is there (again);
        after a loss one notice about EVERYTHING is passed on. Never raises DatabaseAwayError.
        """
