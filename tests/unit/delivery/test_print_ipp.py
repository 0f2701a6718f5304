"""IPP as bytes: what is asked is what RFC 8010 says, and no answer, however broken, is a crash."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsnap_desktop.delivery.print_ipp import (
    NotIppError,
    Operation,
    Tag,
    answer,
    attribute,
    request,
)

# A Print-Job request as in RFC 8010 appendix A.1, in the attributes that are ours.
HEAD = (
    b"\x02\x00\x00\x02\x00\x00\x00\x01\x01"
    b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x48\x00\x1battributes-natural-language\x00\x02en"
    b"\x45\x00\x0bprinter-uri\x00\x0aipp://a/b/"
)


def test_a_request_is_what_the_standard_says() -> None:
    uri = attribute(Tag.URI, "printer-uri", "ipp://a/b/")
    job = (attribute(Tag.INTEGER, "copies", 20), attribute(Tag.KEYWORD, "sides", "one", "two"))

    said = request(Operation.PRINT_JOB, [uri], job)

    assert said == (
        HEAD + b"\x02\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
        b"\x44\x00\x05sides\x00\x03one\x44\x00\x00\x00\x03two\x03"
    )


def test_an_answer_is_read_group_by_group() -> None:
    said = answer(
        b"\x02\x00\x00\x01\x00\x00\x00\x01"
        b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x41\x00\x0estatus-message\x00\x02ok"
        b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07\x44\x00\x01r\x00\x01a\x44\x00\x00\x00\x01b"
        b"\x02\x22\x00\x04flag\x00\x01\x01\x36\x00\x04name\x00\x09\x00\x02en\x00\x03Bob\x03"
    )

    assert said.is_good
    assert said.message == "ok"
    assert said.groups == (
        {"job-id": (7,), "r": ("a", "b")},
        {"flag": (True,), "name": ("Bob",)},
    )


@pytest.mark.parametrize(
    "data", [b"", b"HTTP/1.1", b"\x02\x00\x00\x01\x00\x00\x00\x01\x21\0\0\0\0"]
)
def test_what_is_no_answer_is_told_apart(data: bytes) -> None:
    with pytest.raises(NotIppError):
        answer(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_none(data: bytes) -> None:
    with suppress(NotIppError):
        answer(b"\x02\x00\x00\x00\x00\x00\x00\x01" + data)
