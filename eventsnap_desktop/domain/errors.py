"""Every error the program raises on purpose: whose fault it is, and what to do about it.

`TryAgainError` and its kin mean that the world is broken for now and that waiting may help. All
others stay broken until somebody acts. An error that is none of these is a bug of the program.
"""


class EventSnapError(Exception):
    """Something the user can understand; ``message`` says what happened, ``advice`` what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        """Return message and advice as the user reads them."""
        end = "" if self.message.endswith((".", "!", "?")) else "."
        return f"{self.message}{end} {self.advice}".strip()


class UsageError(EventSnapError):
    """An argument or a setting that cannot be used as it is."""


class UnknownEventError(EventSnapError):
    """No event has this code."""


class EventBusyError(EventSnapError):
    """Another process is encoding the event."""


class Cancelled(EventSnapError):  # noqa: N818 - not a failure, the user's wish
    """The user stopped the work."""


class TryAgainError(EventSnapError):
    """Waiting may help: a server is away, a connection broke."""


class DatabaseAwayError(TryAgainError):
    """The database does not answer."""


class SourceAwayError(TryAgainError):
    """The photo source does not answer."""


class DatabaseRefusedError(EventSnapError):
    """The database cannot be used: too old, no extension, no rights, newer schema, disk full."""


class SourceRefusedError(EventSnapError):
    """The photo source cannot be used: wrong keys, no such bucket or folder, no rights."""


class PhotoGoneError(EventSnapError):
    """The photo is no longer in the source."""


class PhotoUnreadableError(EventSnapError):
    """One photo cannot be used: broken, too large, not a picture. ``message`` is its reason."""


class PhotoTooLargeError(PhotoUnreadableError):
    """The photo has more pixels than the limit; nothing of it was decoded."""


class ModelPackError(EventSnapError):
    """A model pack cannot be used: missing, another digest, not a SCRFD or ArcFace model."""


class LicenceNotAcceptedError(ModelPackError):
    """The model pack's licence has not been acknowledged."""


class PackMismatchError(EventSnapError):
    """The event's vectors come from another model pack."""


class NoUsableSelfieError(EventSnapError):
    """None of the selfies shows exactly one face that can be recognised."""
