"""What the share page needs of the program: which links work, and their photos' bytes."""

from dataclasses import dataclass
from typing import Protocol

from eventsnap_desktop.domain.outgoing import OutgoingPhoto, Share, ShareToken
from eventsnap_desktop.domain.photos import PhotoId


class ShareBook(Protocol):
    """The links that work. Methods may raise DatabaseAwayError; called from several threads."""

    def find(self, token: ShareToken) -> Share | None:
        """Return what a link shows, None when there is none, it is over, or was revoked."""

    def stamp(self, token: ShareToken) -> str | None:
        """Return what changes whenever ``find`` returns something else; None where it does None."""

    def photo(self, token: ShareToken, photo: PhotoId) -> OutgoingPhoto | None:
        """Return one photo of a link that works, None for any other."""

    def note_opened(self, token: ShareToken) -> None:
        """Note that a link's page was shown: that, and not when or by whom."""


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo as it is saved: its bytes, and a name that every file system takes."""

    name: str
    content: bytes


class SharePhotos(Protocol):
    """The photos of links; called from several threads.

    Methods may raise SourceAwayError, PhotoGoneError, PhotoUnreadableError. ``share`` tells whose
    event it is; its photos may be left out.
    """

    def folder(self, share: Share) -> str:
        """Return what the folder with all photos is called, safe like a file's name."""

    def picture(self, share: Share, photo: OutgoingPhoto, side: int) -> bytes:
        """Return the photo as a JPEG to look at, its longer side at most ``side`` pixels."""

    def file(self, share: Share, photo: OutgoingPhoto) -> PhotoFile:
        """Return the photo as it is handed out."""

    def link(self, share: Share, photo: OutgoingPhoto) -> str | None:
        """Return an address to save the photo from instead, None where we hand it out."""
