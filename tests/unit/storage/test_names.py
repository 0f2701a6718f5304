"""Names of files and keys: which are photos, which are the same, and how odd ones are kept."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.storage.file_names import key_of_name, name_of_key
from eventsnap_desktop.storage.names import fold_key, is_photo_key, is_photo_name

ODD_BYTES = st.binary(min_size=1, max_size=20).filter(lambda raw: not {0, 0x2F} & set(raw))


@pytest.mark.parametrize(
    "name", ["a.jpg", "A.JPEG", "b.JFIF", "x.HeIc", "y.cr3", "z.NEF", "IMG_1", "a.b.webp", "odd."]
)
def test_these_may_be_photos(name: str) -> None:
    assert is_photo_name(name)
    assert is_photo_key(f"day one/{name}")


@pytest.mark.parametrize(
    "key",
    [
        "a.txt",
        "a.jpg.part",
        "a.jpg/",
        "",
        ".a.jpg",
        ".thumbnails/a.jpg",
        "x/__MACOSX/a.jpg",
        "@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg",
        "Thumbs.db",
        "lost+found/a.jpg",
        "movie.mov",
    ],
)
def test_these_are_not_listed(key: str) -> None:
    assert not is_photo_key(key)


@given(ODD_BYTES)
def test_every_file_name_has_a_key_that_leads_back_to_it(raw: bytes) -> None:
    name = os.fsdecode(raw)
    key = key_of_name(name)
    key.encode("utf-8")  # what PostgreSQL stores: no lone surrogate, no NUL
    assert "\0" not in key
    assert name_of_key(key) == name


@given(ODD_BYTES, ODD_BYTES)
def test_two_file_names_never_have_one_key(one: bytes, other: bytes) -> None:
    keys = {key_of_name(os.fsdecode(raw)) for raw in (one, other)}
    assert len(keys) == len({one, other})


@pytest.mark.parametrize("char", ["\uf780", "\uf7ff", "\uf7e9"])
def test_a_name_that_holds_an_escape_character_itself_is_kept_apart(char: str) -> None:
    name = f"a{char}b.jpg"
    assert name_of_key(key_of_name(name)) == name
    assert key_of_name(name) != key_of_name(os.fsdecode(b"a\xe9b.jpg"))


def test_readable_names_are_their_own_keys() -> None:
    for name in ("a.jpg", "Zürich/東京 🎉.jpg", "100% + %20.jpg"):
        assert key_of_name(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [("IMG.JPG", "img.jpg"), ("É.jpg", "e\u0301.jpg"), ("straße.jpg", "STRASSE.JPG")],
)
def test_names_that_some_file_system_takes_for_one_fold_to_one(one: str, other: str) -> None:
    assert fold_key(one) == fold_key(other)


def test_names_that_differ_fold_to_two() -> None:
    assert fold_key("a/b.jpg") != fold_key("a b.jpg")
