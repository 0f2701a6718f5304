"""Which part of a photo goes on paper: as much as fits, with the guests' faces well inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsnap_desktop.domain.faces import Box

PAPER_RATIO = 1.5
"""Longer to shorter side of a 4x6 inch (10x15 cm) print."""

# A face box ends at the chin and the hairline: so much of it belongs to a head around it.
_ABOVE, _BELOW, _BESIDE = 0.5, 0.35, 0.35
_UPPER_THIRD = 1 / 3
_ABOVE_MIDDLE = 0.25  # of what is cut off, so much above
_ROUNDING = 1e-6  # pixels


@dataclass(frozen=True, slots=True)
class _Span:
    """From where to where something reaches along the direction in which there is a choice."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def crop_for(width: float, height: float, faces: Sequence[Box], paper_ratio: float) -> Box:
    """Return the largest part of a photo that has the paper's ratio, in the photo's pixels.

    The paper (``paper_ratio`` of one side to the other, either way round) is turned as the photo
    is. The heads are inside with some room where they fit, the faces otherwise; where not even
    these do, as many whole ones as can be. Portraits have their faces at the upper third.
    """
    ratio = max(paper_ratio, 1 / paper_ratio)
    return crop_into(width, height, faces, ratio if width >= height else 1 / ratio)


def crop_into(width: float, height: float, faces: Sequence[Box], ratio: float) -> Box:
    """Return the same for a place whose width is ``ratio`` of its height, however a photo lies."""
    if width / height > ratio:
        crop_width = min(width, height * ratio)
        spans = [_Span(face.x, face.x + face.width) for face in faces]
        heads = [
            _Span(face.x - face.width * _BESIDE, face.x + face.width * (1 + _BESIDE))
            for face in faces
        ]
        start = _start(width, crop_width, spans, heads, 0.5)
        return Box(start, 0.0, crop_width, height)
    crop_height = min(height, width / ratio)
    if not faces and height > width:  # whoever is in it, their heads are mostly in the upper half
        return Box(0.0, (height - crop_height) * _ABOVE_MIDDLE, width, crop_height)
    spans = [_Span(face.y, face.y + face.height) for face in faces]
    heads = [
        _Span(face.y - face.height * _ABOVE, face.y + face.height * (1 + _BELOW)) for face in faces
    ]
    start = _start(height, crop_height, spans, heads, _UPPER_THIRD)
    return Box(0.0, start, width, crop_height)


def _start(
    length: float, kept: float, faces: list[_Span], heads: list[_Span], wanted: float
) -> float:
    """Return where the kept part starts; the faces' middle comes to ``wanted`` of it if it can."""
    faces, heads = _inside(faces, length), _inside(heads, length)
    if not faces:
        return (length - kept) / 2
    for spans in (heads, faces):
        around = _Span(min(span.start for span in spans), max(span.end for span in spans))
        if around.end - around.start <= kept:
            start = around.middle - wanted * kept
            start = min(max(start, around.end - kept), around.start)
            return min(max(start, 0.0), length - kept)
    return _most_faces(length, kept, faces)


def _most_faces(length: float, kept: float, faces: list[_Span]) -> float:
    """Return where the kept part starts to have the most whole faces, then near the middle."""
    middle = (length - kept) / 2
    starts = [middle, *(face.start for face in faces), *(face.end - kept for face in faces)]
    possible = [min(max(start, 0.0), length - kept) for start in starts]

    def worth(start: float) -> tuple[int, int, float]:
        end = start + kept
        whole = sum(
            start <= face.start + _ROUNDING and face.end <= end + _ROUNDING for face in faces
        )
        cut = sum(face.start < edge < face.end for face in faces for edge in (start, end))
        return whole, -cut, -abs(start - middle)

    return max(possible, key=worth)


def _inside(spans: list[_Span], length: float) -> list[_Span]:
    """Return what of the spans is in the photo: a detector's boxes may reach beyond its edge."""
    cut = [_Span(max(span.start, 0.0), min(span.end, length)) for span in spans]
    return [span for span in cut if span.end > span.start]
