"""Writes what the demo leaves to look at: the gallery page and the contact sheet."""

from pathlib import Path

from eventsnap_desktop.app.demo_gallery import GalleryPhoto, GalleryText, gallery_html
from eventsnap_desktop.app.demo_result import DemoPhoto, DemoResult, verdict
from eventsnap_desktop.domain.matches import Band
from eventsnap_desktop.vision.picture_drawing import (
    Outline,
    Tile,
    as_jpeg,
    draw_contact_sheet,
    draw_thumbnail,
)

_COLOURS = {Band.SURE: "#5fd08f", Band.MAYBE: "#f0b34a", None: "#c9ced6"}
_WRONG = "#ff5a52"
_THUMBNAIL, _SELFIE = 560, 380  # pixels of the longer side: sharp on a screen of twice the density


def write_gallery(
    file: Path, photos: Path, selfie: Path, result: DemoResult, about_selfie: str, facts: str
) -> None:
    """Write the page; the photos in the folder ``photos`` beside it are linked, not copied."""
    text = GalleryText("Every photo you are in", verdict(result), about_selfie, facts)
    shown = [_gallery_photo(photo, photos) for photo in result.photos]
    picture = as_jpeg(draw_thumbnail(selfie, (), _SELFIE))
    file.write_text(gallery_html(text, picture, shown), encoding="utf-8")


def write_contact_sheet(file: Path, photos: Path, result: DemoResult, facts: str) -> None:
    """Write all photos on one sheet; the guest's face is boxed in its band's colour."""
    tiles = [_tile(photo, photos) for photo in result.photos]
    draw_contact_sheet(verdict(result), facts, tiles).save(file, optimize=True)


def _gallery_photo(photo: DemoPhoto, folder: Path) -> GalleryPhoto:
    key = photo.sample.key
    outlines = tuple(one for one in _outlines(photo) if one.label)
    note = "The guest is in it" if photo.sample.shows_guest else "Without the guest"
    return GalleryPhoto(
        thumbnail=as_jpeg(draw_thumbnail(folder / key, outlines, _THUMBNAIL)),
        link=f"{folder.name}/{key}",
        title=photo.sample.what.capitalize(),
        note=f"{key} · {note}{_remark(photo)}",
        figure=_figure(photo),
        kind=str(photo.band or "other"),
        wrong=photo.is_missed or photo.is_wrong,
    )


def _tile(photo: DemoPhoto, folder: Path) -> Tile:
    wrong = photo.is_missed or photo.is_wrong
    band = str(photo.band or "left out")
    return Tile(
        file=folder / photo.sample.key,
        outlines=_outlines(photo),
        title=photo.sample.what,
        note=f"{photo.sample.key} · {_figure(photo) or 'no face'} · {band}{_remark(photo)}",
        frame=_WRONG if wrong else _COLOURS[photo.band] if photo.match else None,
    )


def _outlines(photo: DemoPhoto) -> tuple[Outline, ...]:
    """Return a thin box for every face, and the match's own with its similarity, drawn last."""
    match = photo.match
    others = [
        Outline(face.box, _COLOURS[None])
        for face in photo.faces
        if match is None or face.face_id != match.face_id
    ]
    if match is None:
        return tuple(others)
    return (*others, Outline(match.box, _COLOURS[match.band], f"{match.similarity:.2f}"))


def _figure(photo: DemoPhoto) -> str:
    return "" if photo.similarity is None else f"{photo.similarity:.2f}"


def _remark(photo: DemoPhoto) -> str:
    return " · MISSED" if photo.is_missed else " · WRONG" if photo.is_wrong else ""
