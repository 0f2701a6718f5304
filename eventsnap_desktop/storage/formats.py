"""Tells pictures and archives by their first bytes, whatever their names say."""

# How many bytes ``picture_ending`` and ``is_archive`` want to see: an ISO file-type box with all of
# its brands, and a tar archive's mark at byte 257.
HEAD_BYTES = 300

# JPEG (ITU T.81), PNG (RFC 2083), TIFF 6.0 and BigTIFF with the RAW formats built on them, and RAW
# formats with marks of their own (as dcraw and libraw know them).
_STARTS = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"II+\x00", ".tif"),
    (b"MM\x00+", ".tif"),
    (b"FUJIFILMCCD-RAW", ".raf"),
    (b"IIRO", ".orf"),
    (b"IIRS", ".orf"),
    (b"MMOR", ".orf"),
    (b"IIU\x00", ".rw2"),
    (b"FOVb", ".x3f"),
    (b"\x00MRM", ".mrw"),
)
# ISO/IEC 23008-12 (HEIF), AVIF 1.1, and Canon's CR3.
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), ".avif"),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), ".heic"),
    **dict.fromkeys((b"mif1", b"msf1"), ".heif"),
    b"crx ": ".cr3",
}
_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)


def picture_ending(head: bytes) -> str | None:
    """Return the usual ending of the picture that begins with ``head``, None for anything else."""
    for start, ending in _STARTS:
        if head.startswith(start):
            return ending
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ".webp"
    if head[6:14] == b"HEAPCCDR":
        return ".crw"
    if head[4:8] == b"ftyp":
        return _iso_ending(head)
    return None


def is_archive(head: bytes) -> bool:
    """Return whether ``head`` begins a ZIP or another archive or compressed file."""
    return head.startswith(_ARCHIVES) or head[257:262] == b"ustar"


def _iso_ending(head: bytes) -> str | None:
    """Look at the major brand first, then at the compatible ones (the version stands between)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
    return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
