"""Which tables and functions of a database are ours: those that the migrations make."""

import re
from collections.abc import Sequence
from functools import cache
from graphlib import TopologicalSorter

from psycopg import Connection
from psycopg.rows import TupleRow

from eventsnap_desktop.domain.backups import StoredTable
from eventsnap_desktop.index.queries import queries
from eventsnap_desktop.index.schema import known_migrations

# Only at the beginning of a line: what stands inside a function makes partitions.
_TABLE = re.compile(rb"^create table (?:if not exists )?([a-z_]+)", re.MULTILINE)
_FUNCTION = re.compile(rb"^create (?:or replace )?function ([a-z_]+)", re.MULTILINE)


def own_tables(connection: Connection[TupleRow]) -> tuple[StoredTable, ...]:
    """Return those of our tables that are there; none refers to a later one."""
    named, values = queries("snapshot"), {"tables": list(table_names())}
    found = {
        name: StoredTable(name, tuple(columns))
        for name, columns in connection.execute(named["tables"], values)
    }
    # Faces refer to their event without saying so.
    order: TopologicalSorter[str] = TopologicalSorter(
        {name: {"event"} if "event_id" in found[name].columns else set() for name in sorted(found)}
    )
    for table, other in connection.execute(named["references"], values):
        order.add(table, other)
    return tuple(found[name] for name in order.static_order())


@cache
def table_names() -> Sequence[str]:
    """Return the names of all tables that hold data of ours, whichever version made them."""
    return _names(_TABLE)


@cache
def function_names() -> Sequence[str]:
    """Return the names of all functions that a migration made."""
    return _names(_FUNCTION)


def _names(what: re.Pattern[bytes]) -> Sequence[str]:
    found = (hit.decode() for step in known_migrations() for hit in what.findall(step.statements))
    return tuple(dict.fromkeys(found))
