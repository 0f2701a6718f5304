"""What a name says: whether it is a photo's, clutter's or another's, and when two are the same."""

import unicodedata
from collections.abc import Iterable

_PICTURES = (
    "jpg jpeg jpe jfif png webp tif tiff heic heif hif avif "
    # RAW, by maker: Canon, Nikon, Sony, Fujifilm, Olympus, Panasonic, Pentax, Samsung, Hasselblad,
    # Phase One, Leica, Kodak, Minolta, Sigma, Epson, Mamiya, Leaf, GoPro; DNG is everybody's.
    "crw cr2 cr3 nef nrw arw sr2 srf raf orf rw2 pef srw 3fr fff iiq rwl dcr kdc mrw x3f erf mef "
    "mos gpr dng raw"
)
_PHOTO_ENDINGS = frozenset(f".{ending}" for ending in _PICTURES.split())

# What systems and programs put beside photos, sometimes with pictures inside: macOS archives,
# Synology and QNAP thumbnails, Windows and Linux volume folders.
_CLUTTER = frozenset(
    {
        *("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "@eadir", "@tmp", "#recycle"),
        *("$recycle.bin", "lost+found", "system volume information"),
    }
)


def is_clutter(name: str) -> bool:
    """Return whether one segment of a key is hidden (leading dot) or a system's own."""
    return name.startswith(".") or name.casefold() in _CLUTTER


def is_photo_name(name: str) -> bool:
    """Return whether a file's name may be a photo's: an ending of one, or no ending at all.

    The content decides later. A name without an ending says nothing, so it is given the chance.
    """
    ending = name[name.rfind(".") :] if "." in name.rstrip(".") else ""
    return not ending or ending.casefold() in _PHOTO_ENDINGS


def is_photo_key(key: str) -> bool:
    """Return whether a listing shows this key: a photo's name, in no folder that is clutter."""
    *folders, name = key.split("/")
    if not name or any(is_clutter(folder) for folder in folders):
        return False
    return not is_clutter(name) and is_photo_name(name)


def fold_key(key: str) -> str:
    """Return the form in which two keys are equal that some file system takes for one.

    Case is folded and accents are composed: macOS and Windows do not tell ``É.JPG`` from ``é.jpg``.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", key).casefold())


def folded(keys: Iterable[str]) -> dict[str, str]:
    """Return the keys by their folded form."""
    return {fold_key(key): key for key in keys}
