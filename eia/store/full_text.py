"""Looking for words among passages: FTS5 on SQLite, tsvector on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, FromClause, bindparam, func, literal_column
from sqlalchemy.sql.expression import column, table

from eia.store.tables import passage


@dataclass(frozen=True, kw_only=True)
class FullText:
    """How one kind of database looks for words.

    `holding` is the condition that reads what to look for from a parameter of this name, and `rank`, smallest
    for what fits best, from `query`. What `every` and `any_of` return is the parameter's value.
    """

    passages: FromClause
    holding: Callable[[str], ColumnElement[bool]]
    rank: ColumnElement[float]
    newest: ColumnElement[Any]
    every: Callable[[Sequence[str]], str]
    any_of: Callable[[Sequence[str]], str]


def _sqlite() -> FullText:
    words = table("passage_words", column("rowid"))
    return FullText(
        passages=words.join(passage, passage.c.id == words.c.rowid),
        holding=lambda name: literal_column("passage_words").bool_op("MATCH")(bindparam(name)),
        rank=literal_column("bm25(passage_words, 4.0, 1.0)"),  # a word of the title says most
        newest=words.c.rowid.desc(),
        every=lambda found: " AND ".join(f'"{word}"' for word in found),
        any_of=lambda found: " OR ".join(f'"{word}"' for word in found),
    )


def _postgresql() -> FullText:
    english: ColumnElement[str] = literal_column("'english'")
    title = func.setweight(func.to_tsvector(english, passage.c.title), literal_column("'A'"))
    said = title.op("||")(func.to_tsvector(english, passage.c.text))
    return FullText(
        passages=passage,
        holding=lambda name: said.bool_op("@@")(func.to_tsquery(english, bindparam(name))),
        rank=-func.ts_rank(said, func.to_tsquery(english, bindparam("query"))),
        newest=passage.c.id.desc(),
        every=lambda found: " & ".join(f"'{word}'" for word in found),
        any_of=lambda found: " | ".join(f"'{word}'" for word in found),
    )


FULL_TEXT: Mapping[str, FullText] = MappingProxyType({"sqlite": _sqlite(), "postgresql": _postgresql()})
