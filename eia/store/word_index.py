"""The index of the words in `passage`, which its database keeps in step: SQLAlchemy has no name for it.

The migration says the same in words of its own, as it must stay what it was.
"""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

ON_SQLITE = (
    "CREATE VIRTUAL TABLE passage_words USING fts5(title, text, content='passage', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER passage_words_come AFTER INSERT ON passage BEGIN "
    "INSERT INTO passage_words (rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text); END",
    "CREATE TRIGGER passage_words_go AFTER DELETE ON passage BEGIN "
    "INSERT INTO passage_words (passage_words, rowid, title, text) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.text); END",
    "CREATE TRIGGER passage_words_change AFTER UPDATE ON passage BEGIN "
    "INSERT INTO passage_words (passage_words, rowid, title, text) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.text); "
    "INSERT INTO passage_words (rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text); END",
)
ON_POSTGRESQL = (
    "CREATE INDEX passage_words ON passage USING gin "
    "((setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text)))",
)


def index_words(passage: Table) -> None:
    """Wherever the table is made, the index is made with it."""
    for dialect, statements in (("sqlite", ON_SQLITE), ("postgresql", ON_POSTGRESQL)):
        for statement in statements:
            made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(passage, "after_create", made)
