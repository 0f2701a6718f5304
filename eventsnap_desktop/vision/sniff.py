"""Tells by their first bytes what some bytes are; a name or an extension proves nothing."""

from eventsnap_desktop.vision.tiff_tags import TagReader

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"FUJIFILMCCD-RAW", "raw"),  # Fujifilm RAF
    (b"IIRO", "raw"),  # Olympus ORF
    (b"IIRS", "raw"),
    (b"MMOR", "raw"),
    (b"IIU\0", "raw"),  # Panasonic RW2
    (b"FOVb", "raw"),  # Sigma X3F
    (b"\0MRM", "raw"),  # Minolta MRW
    (b"%PDF", "pdf"),
    (b"%!PS", "postscript"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"8BPS", "psd"),
    (b"\x1aE\xdf\xa3", "video"),  # Matroska, WebM
    (b"\0\0\0\x0cjP  ", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"\xff\x0a", "jpegxl"),
    (b"\0\0\0\x0cJXL ", "jpegxl"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "database"),
    (b"\0\x05\x16\x07", "appledouble"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
)
_DNG_VERSION, _PHOTOMETRIC = 50706, 262
_SENSOR_VALUES = (32803, 34892)  # colour filter array, linear raw (TIFF/EP, DNG 1.6)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def sniff(data: bytes) -> str | None:
    """Return the format's name (``jpeg``, ``png``, ``webp``, ``tiff``, ``raw``, ``pdf``, ...).

    None for bytes that are nothing known. Names that `decode` cannot read are told apart as well,
    for a reason that helps.
    """
    for beginning, name in _BEGINNINGS:
        if data.startswith(beginning):
            return name
    if data[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "sound", b"AVI ": "video"}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _sniff_boxes(data)
    if data[:2] in (b"II", b"MM"):
        return _sniff_tiff(data)
    if data[:2] == b"BM" and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return "bmp"
    return _sniff_text(data)


def _sniff_boxes(data: bytes) -> str:
    """Tell HEIC, AVIF, Canon's CR3 and films apart by their brands (ISO/IEC 14496-12)."""
    end = max(16, min(int.from_bytes(data[:4], "big"), 256))
    brands = [data[8:12], *(data[place : place + 4] for place in range(16, end, 4))]
    if b"crx " in brands:
        return "raw"
    if b"avif" in brands or b"avis" in brands:
        return "avif"
    return "heif" if _HEIF_BRANDS.intersection(brands) else "video"


def _sniff_tiff(data: bytes) -> str | None:
    """Tell a camera's RAW from a plain TIFF: only a RAW holds values of a sensor."""
    reader = TagReader.open(data)
    if reader is None:
        return None
    if data[8:10] == b"CR":  # Canon CR2
        return "raw"
    for directory in reader.directories():
        if _DNG_VERSION in directory.tags:
            return "raw"
        if reader.number(directory.tags.get(_PHOTOMETRIC)) in _SENSOR_VALUES:
            return "raw"
    return "tiff"


def _sniff_text(data: bytes) -> str | None:
    head = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith((b"<?xml", b"<svg")):
        return "svg" if b"<svg" in head else "xml"
    printable = all(byte >= 32 or byte in b"\t\n\r\f" for byte in data[:512])
    if not printable or not head:
        return None
    try:
        data[:512].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return "text" if error.start > 500 else None  # a letter cut by the end of the sample
    return "text"
