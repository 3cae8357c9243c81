"""A record laid out on paper: two pages for a committee, or everything that was written."""

from __future__ import annotations

from eia.documents.record import brief, whole
from eia.documents.record.paper import Paper
from eia.documents.record.words import Words
from eia.domain.record import Record, RecordKind


def lay_out(record: Record, words: Words) -> Paper:
    """The paper that page, PDF and Word file all draw."""
    is_brief = record.kind is RecordKind.COMMITTEE
    inside = brief.blocks(record, words) if is_brief else whole.blocks(record, words)
    return Paper(
        language=record.language,
        body=record.body,
        about=words(record.kind.value),
        title=record.title,
        running=words("version", reference=record.reference, version=record.version),
        page_of=words("page_of"),
        is_brief=is_brief,
        blocks=tuple(inside),
    )
