"""Statements compiled once for each database and given to its driver as they are.

SQLAlchemy writes them and converts their values; what it does anew at every execution would cost the hot
path more than the database does. Everything else goes through `Connection.execute`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql.expression import Executable

_PSYCOPG: Dialect = psycopg.dialect()  # type: ignore[no-untyped-call]
DIALECTS: dict[str, Dialect] = {"sqlite": sqlite.dialect(paramstyle="named"), "postgresql": _PSYCOPG}


class Prepared:
    """One statement with named places; `columns` are those that an UPDATE sets, each from its own place."""

    def __init__(self, statement: Executable, columns: tuple[str, ...] | None = None) -> None:
        self._statement = statement
        self._columns = columns

    def text(self, dialect: str) -> str:
        """The statement as this database's driver takes it."""
        return _compiled(self._statement, self._columns, dialect)[0]

    def values(self, dialect: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What fills the places, as this database's driver takes it."""
        converters = _compiled(self._statement, self._columns, dialect)[1]
        return {name: convert(values[name]) if convert else values[name] for name, convert in converters}


Call = tuple[Prepared, Mapping[str, Any]]


def run(connection: Connection, calls: Sequence[Call]) -> list[int]:
    """Every statement in order, on PostgreSQL as a single one; how many rows each touched."""
    raw: Any = connection.connection.driver_connection
    dialect = connection.dialect.name
    texts = tuple(call.text(dialect) for call, _ in calls)
    filled = [call.values(dialect, values) for call, values in calls]
    if dialect == "sqlite":
        return [raw.execute(text, values).rowcount for text, values in zip(texts, filled, strict=True)]
    places = {f"{name}_{at}": value for at, values in enumerate(filled) for name, value in values.items()}
    return list(raw.execute(_together(texts), places).fetchone())


@cache
def _together(texts: tuple[str, ...]) -> str:
    """Statements that do not read each other, as one: a round trip each is what takes the time.

    Psycopg's pipeline would do it too, and costs three round trips of its own on a local socket.
    """
    parts = ", ".join(f"s{at} AS ({_numbered(text, at)} RETURNING 1)" for at, text in enumerate(texts))
    counts = ", ".join(f"(SELECT count(*) FROM s{at})" for at in range(len(texts)))  # noqa: S608 - a number
    return f"WITH {parts} SELECT {counts}"


def _numbered(text: str, at: int) -> str:
    return re.sub(r"%\((\w+)\)s", rf"%(\1_{at})s", text)


Converter = Callable[[Any], Any]


@cache
def _compiled(
    statement: Any, columns: tuple[str, ...] | None, dialect: str
) -> tuple[str, list[tuple[str, Converter | None]]]:
    known = DIALECTS[dialect]
    compiled = statement.compile(dialect=known, column_keys=list(columns) if columns else None)
    converters = [
        (name, place.type.dialect_impl(known).bind_processor(known)) for name, place in compiled.binds.items()
    ]
    return str(compiled), converters
