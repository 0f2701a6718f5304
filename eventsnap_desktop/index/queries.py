"""Reads the named queries of the sql folder: a name, a sentence, a statement with parameters."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_HEAD = re.compile(r"^-- name: (?P<name>[a-z_]+)$", re.MULTILINE)


def parse_queries(text: str) -> dict[str, bytes]:
    """Return the statements of one file by name; ValueError where a sentence or a name is wrong."""
    parts = _HEAD.split(text)
    queries: dict[str, bytes] = {}
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        lines = body.strip().splitlines()
        if name in queries:
            raise ValueError(f"the query {name} stands there twice")
        if not lines or not lines[0].startswith("-- ") or all(x.startswith("--") for x in lines):
            raise ValueError(f"the query {name} needs a sentence and a statement")
        statement = "\n".join(line for line in lines if not line.startswith("--"))
        queries[name] = statement.rstrip().rstrip(";").encode()
    return queries


@cache
def queries(name: str) -> Mapping[str, bytes]:
    """Return the queries of ``sql/<name>.sql``."""
    text = (files("eventsnap_desktop.index") / "sql" / f"{name}.sql").read_text("utf-8")
    return MappingProxyType(parse_queries(text))
