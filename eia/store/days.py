"""Days in SQL: the London day of an instant, and how many days lie between two."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class london_day(GenericFunction[Any]):  # noqa: N801 - read as SQL
    """The day that it was in London at an instant."""

    type = Date()
    inherit_cache = True


class days_from(GenericFunction[Any]):  # noqa: N801
    """How many calendar days after the first day the second is."""

    type = Integer()
    inherit_cache = True


@compiles(london_day, "postgresql")
def _london_on_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return f"({compiler.process(element.clauses, **how)} AT TIME ZONE 'Europe/London')::date"


@compiles(london_day, "sqlite")
def _london_on_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    """SQLite knows no zones, and stores UTC as text: only from 23:00 on can it be tomorrow in London.

    Summer time runs between the last Sundays of March and October, 01:00 UTC.
    """
    at = compiler.process(element.clauses, **how)
    begins = f"datetime(strftime('%Y', {at}) || '-03-25', 'weekday 0', '+1 hour')"
    ends = f"datetime(strftime('%Y', {at}) || '-10-25', 'weekday 0', '+1 hour')"
    late = f"date({at}, CASE WHEN {at} >= {begins} AND {at} < {ends} THEN '+1 hour' ELSE '+0 hours' END)"
    return f"CASE WHEN substr({at}, 12, 2) < '23' THEN substr({at}, 1, 10) ELSE {late} END"


@compiles(days_from, "postgresql")
def _days_on_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    first, second = (compiler.process(each, **how) for each in element.clauses)
    return f"({second} - {first})"


@compiles(days_from, "sqlite")
def _days_on_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    first, second = (compiler.process(each, **how) for each in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"
