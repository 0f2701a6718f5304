"""What the photos page says while it has no photo to show."""

from enum import Enum, auto

from eventsnap_desktop.ui.widgets.empty_state import EmptyState


class NoPhotos(Enum):
    """Why there is none."""

    NO_EVENT = auto()
    LOADING = auto()
    GONE = auto()
    FILTERED = auto()
    NONE_YET = auto()


class PhotosEmpty(EmptyState):
    """Says why there is no photo, and what to do about it."""

    def show_reason(self, why: NoPhotos) -> None:
        """Say it."""
        filtered = self.tr("No photo of this event fits the filter.")
        none_yet = self.tr("Photos appear here as soon as the event is brought up to date.")
        gone = self.tr("None of these photos is there any more")
        said = {
            NoPhotos.NO_EVENT: (self.tr("No event is open"), "", self.tr("Go to the events")),
            NoPhotos.LOADING: (self.tr("Looking for photos…"), "", ""),
            NoPhotos.GONE: (gone, "", self.tr("All photos")),
            NoPhotos.FILTERED: (self.tr("No such photos"), filtered, self.tr("Show all photos")),
            NoPhotos.NONE_YET: (self.tr("No photos yet"), none_yet, self.tr("Sync and encode")),
        }
        self.show_empty("photos", *said[why])


def why_no_photos(has_event: bool, loading: bool, found: bool, filtered: bool) -> NoPhotos:
    """Return the reason; ``found`` says that found photos are listed, not those that fit."""
    if not has_event:
        return NoPhotos.NO_EVENT
    if loading:
        return NoPhotos.LOADING
    if found:
        return NoPhotos.GONE
    return NoPhotos.FILTERED if filtered else NoPhotos.NONE_YET
