"""How large a photo may be."""

from eventsnap_desktop.domain.errors import PhotoUnreadableError

# A 151-megapixel 16-bit RAW, the largest a camera makes today, has about 310 MB.
MAX_PHOTO_BYTES = 512 * 1024 * 1024


def size_refusal(size: int, limit: int) -> PhotoUnreadableError:
    """Return the error for a photo of ``size`` bytes (as far as known) over ``limit`` bytes."""
    return PhotoUnreadableError(
        f"The file is too large ({size / 1e6:.0f} MB, at most {limit / 1e6:.0f} MB are read)"
    )
