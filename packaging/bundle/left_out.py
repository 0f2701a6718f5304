"""What PyInstaller collects and the program does not need: most of the weight of a bundle."""

import re

_NEVER = (
    # The C API's library: Python's module holds the whole runtime itself.
    r"onnxruntime/capi/libonnxruntime\.so.*",
    r"onnxruntime/capi/onnxruntime\.(dll|lib)",
    r"onnxruntime/capi/.*_providers_tensorrt\..*",
    r"onnxruntime/datasets/.*",
    r"PySide6/Qt/qml/.*",
    r"PySide6/qml/.*",
    # Windows and dialogs in the two languages of the program only.
    r"PySide6/(Qt/)?translations/(?!qt(base)?_(de|en)\.qm).*",
    # Qt's plugins for what is not there or not used: virtual keyboards, tablets, databases …
    r"PySide6/(Qt/)?plugins/(platforminputcontexts/.*virtualkeyboard.*|qmltooling/.*|sqldrivers/.*)",
    r"PySide6/(Qt/)?plugins/(generic|networkinformation|tls|position|sensors|egldeviceintegrations)/.*",
    r"PySide6/(Qt/)?plugins/platforms/(lib)?q(eglfs|linuxfb|minimalegl|minimal|vnc|vkkhrdisplay|direct2d)\..*",
    r"PySide6/(Qt/)?plugins/imageformats/(lib)?q(pdf|tga|wbmp|icns)\..*",
    r"PySide6/(Qt/)?(lib/)?(lib)?Qt6?(Quick|Qml|VirtualKeyboard|Pdf|EglFS|Network).*",
    r"PySide6/opengl32sw\.dll",
    # It brings the whole of GTK along; the desktop's portal gives its file dialogs as well.
    r"PySide6/(Qt/)?plugins/platformthemes/libqgtk3\..*",
    # Model weights are never part of an installer (their licence).
    r".*\.onnx",
    r"(.*/)?tests?/.*",
    r"cv2/data/.*",
)
_GPU_ONLY = (r"onnxruntime/capi/.*_providers_cuda\..*", r"nvidia/.*")

_SYSTEMS = (r"libmvec\.so.*",)  # a part of the C library: it fits only to the rest of its own

VARIANTS = ("cpu", "cuda")


def is_systems(place: str) -> bool:
    """Tell whether every system has this library itself, and none may be given another."""
    return any(re.fullmatch(pattern, place) for pattern in _SYSTEMS)


def is_left_out(place: str, variant: str) -> bool:
    """Tell whether a file of this place inside the bundle is not wanted in this variant."""
    place = place.replace("\\", "/")
    patterns = _NEVER if variant == "cuda" else _NEVER + _GPU_ONLY
    return any(re.fullmatch(pattern, place) for pattern in patterns)
