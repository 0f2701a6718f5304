"""Speaks IPP, the language of print servers: requests and answers as bytes (RFC 8010, RFC 8011).

Only what CUPS needs to be asked for prints is here. pyipp cannot print, pycups has no wheels, and
ippx is new; the format is small and has not changed since 2000.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

Value = str | int | bool


class Operation(IntEnum):
    """What a print server is asked for; the last ones are CUPS's own."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    RELEASE_JOB = 0x000D
    RESUME_PRINTER = 0x0011
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


class Status(IntEnum):
    """Answers that mean something of their own; below 0x0100 all went well."""

    NOT_AUTHENTICATED = 0x0402
    NOT_AUTHORIZED = 0x0403
    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406
    GONE = 0x0407
    NOT_ACCEPTING_JOBS = 0x0506


class Tag(IntEnum):
    """What kind of value an attribute has."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request, with one value or several of the same kind."""

    tag: Tag
    name: str
    values: tuple[Value, ...]


Group = Mapping[str, tuple[Value, ...]]
"""Attributes of one thing in an answer: of the request, a job, a printer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a print server said: ``groups`` are its jobs or printers, ``message`` for people."""

    status: int
    message: str
    groups: tuple[Group, ...]

    @property
    def is_good(self) -> bool:
        """Whether it did what it was asked for."""
        return self.status < 0x0100


class NotIppError(ValueError):
    """The bytes are no answer of a print server."""


_OPERATION_GROUP, _JOB_GROUP, _END = 0x01, 0x02, 0x03
_FIRST_VALUE_TAG = 0x10
_WITH_LANGUAGE = {0x35, 0x36}
_REQUEST_NUMBER = b"\0\0\0\1"  # one request a connection


def attribute(tag: Tag, name: str, *values: Value) -> Attribute:
    """Return an attribute."""
    return Attribute(tag, name, values)


def request(
    operation: Operation, about: Sequence[Attribute], job: Sequence[Attribute] = ()
) -> bytes:
    """Return a request; a document's bytes follow it."""
    head = (
        attribute(Tag.CHARSET, "attributes-charset", "utf-8"),
        attribute(Tag.LANGUAGE, "attributes-natural-language", "en"),
    )
    parts = [b"\2\0", operation.to_bytes(2, "big"), _REQUEST_NUMBER, bytes([_OPERATION_GROUP])]
    parts += [_written(one) for one in (*head, *about)]
    if job:
        parts += [bytes([_JOB_GROUP]), *(_written(one) for one in job)]
    return b"".join([*parts, bytes([_END])])


def answer(data: bytes) -> Answer:
    """Return what a print server's bytes say; NotIppError when they are none."""
    if len(data) < 9 or data[0] not in (1, 2):
        raise NotIppError("not an IPP answer")
    status = int.from_bytes(data[2:4], "big")
    groups = _read_groups(data)
    first = groups[0] if groups else {}
    message = next((str(one) for one in first.get("status-message", ())), "")
    return Answer(status, message, tuple(groups[1:]))


def _written(one: Attribute) -> bytes:
    parts = []
    name = one.name.encode()
    for value in one.values:
        raw = _raw(one.tag, value)
        parts += [bytes([one.tag]), len(name).to_bytes(2, "big"), name]
        parts += [len(raw).to_bytes(2, "big"), raw]
        name = b""  # further values have none
    return b"".join(parts)


def _raw(tag: Tag, value: Value) -> bytes:
    if tag is Tag.BOOLEAN:
        return bytes([bool(value)])
    if isinstance(value, int):
        return value.to_bytes(4, "big", signed=True)
    return value.encode()


def _read_groups(data: bytes) -> list[dict[str, tuple[Value, ...]]]:
    groups: list[dict[str, tuple[Value, ...]]] = []
    at, name = 8, ""
    while at < len(data) and data[at] != _END:
        tag = data[at]
        at += 1
        if tag < _FIRST_VALUE_TAG:
            groups.append({})
            continue
        given, at = _text(data, at)
        raw, at = _text(data, at)
        name = given.decode(errors="replace") or name
        if not groups:
            raise NotIppError("an IPP value outside of any group")
        groups[-1][name] = (*groups[-1].get(name, ()), _value(tag, raw))
    return groups


def _text(data: bytes, at: int) -> tuple[bytes, int]:
    end = at + 2 + int.from_bytes(data[at : at + 2], "big")
    if end > len(data):
        raise NotIppError("an IPP answer that was cut off")
    return data[at + 2 : end], end


def _value(tag: int, raw: bytes) -> Value:
    if tag in {Tag.INTEGER, Tag.ENUM} and len(raw) == 4:
        return int.from_bytes(raw, "big", signed=True)
    if tag == Tag.BOOLEAN:
        return raw != b"\0"
    if tag in _WITH_LANGUAGE and len(raw) > 4:  # language, then text, each with its length
        skipped = 4 + int.from_bytes(raw[:2], "big")
        return raw[skipped:].decode(errors="replace")
    return raw.decode(errors="replace")
