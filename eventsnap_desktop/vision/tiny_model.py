"""A model of a few bytes, made on the spot: shows that inference works where no pack is there."""

from pathlib import Path

import numpy as np

from eventsnap_desktop.domain.errors import ModelPackError
from eventsnap_desktop.vision.runtime import Provider, open_model

_FLOAT, _IR_VERSION, _OPSET = 1, 8, 13


def tiny_model() -> bytes:
    """Return an ONNX file that adds its input, float32 (n, c, h, w), to itself.

    Written by hand in protobuf's wire format, with the field numbers of onnx.proto: the package
    that writes such files is 27 MB large and needed for nothing else.
    """
    node = _text(1, "x") + _text(1, "x") + _text(2, "y") + _text(4, "Add")
    graph = _message(1, node) + _text(2, "tiny")
    graph += _message(11, _value("x")) + _message(12, _value("y"))
    opset = _text(1, "") + _number(2, _OPSET)
    return _number(1, _IR_VERSION) + _message(7, graph) + _message(8, opset)


def write_tiny_model(file: Path) -> None:
    """Write the model into a file."""
    file.write_bytes(tiny_model())


def run_tiny_model(file: Path, provider: Provider) -> None:
    """Run the model in a file; ModelPackError when its answer is wrong."""
    given = np.full((1, 3, 4, 4), 1.5, np.float32)
    [answer] = open_model(file, provider).run(given)
    if not np.array_equal(answer, given * 2):
        raise ModelPackError("onnxruntime runs, but it miscounts: 1.5 and 1.5 are not 3")


def _value(name: str) -> bytes:
    """Return a ValueInfoProto of four free dimensions."""
    shape = b"".join(_message(1, _text(2, dimension)) for dimension in "nchw")
    tensor = _number(1, _FLOAT) + _message(2, shape)
    return _text(1, name) + _message(2, _message(1, tensor))


def _number(field: int, value: int) -> bytes:
    return bytes([field << 3, value])


def _text(field: int, text: str) -> bytes:
    return _message(field, text.encode())


def _message(field: int, content: bytes) -> bytes:
    length = len(content)
    size = bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    return bytes([field << 3 | 2]) + size + content
