"""The committee version: what is proposed, who is affected, what was heard, changed, promised and signed."""

from __future__ import annotations

from collections.abc import Iterator

from eia.documents.record import tables
from eia.documents.record.paper import Block, Heading, Prose
from eia.documents.record.words import Words
from eia.domain.committee import LEFT_OUT, is_shortened
from eia.domain.record import Heard, Record, Standing


def blocks(record: Record, words: Words) -> Iterator[Block]:
    """The paper from top to bottom."""
    yield tables.facts(record, words)
    yield from tables.notices(record, words)
    yield from _under("proposed", _proposed(record, words), words)
    yield from _under("recommended", _recommended(record), words)
    yield from _under("screened", _screened(record), words)
    yield from _under("affected", _affected(record, words), words)
    yield from _under("heard", _heard(record, words), words)
    yield from _under("changed", _changed(record, words), words)
    yield from _under("actions", iter((tables.actions(record, words),)), words)
    yield from _under("signed", tables.signatures(record, words), words)
    if is_shortened(record):
        yield Prose(text=words("left_out", mark=LEFT_OUT, reference=record.reference))


def _under(name: str, inside: Iterator[Block], words: Words) -> Iterator[Block]:
    """A heading with what stands under it, or neither."""
    found = tuple(inside)
    if found:
        yield Heading(text=words(name))
        yield from found


def _proposed(record: Record, words: Words) -> Iterator[Block]:
    for question in ("purpose", "who_is_affected"):
        if text := record.said("schedule", question):
            yield Prose(text=text)


def _recommended(record: Record) -> Iterator[Block]:
    outcome = record.said("outcome", "recommended_outcome")
    reason = record.said("outcome", "outcome_reason")
    if outcome:
        yield Prose(label=outcome, text=reason)


def _screened(record: Record) -> Iterator[Block]:
    """What screening says where nothing further was written: it may have ended there."""
    if reason := record.said("screening", "outcome_reason"):
        yield Prose(text=reason)


def _affected(record: Record, words: Words) -> Iterator[Block]:
    yield from tables.affected(record, words)
    if several := record.said("impact", "combinations"):
        yield Prose(label=words("several_groups"), text=several)
    if record.sources:
        gaps = sum(source.is_gap for source in record.sources)
        yield Prose(text=words("evidence_count", sources=len(record.sources) - gaps, gaps=gaps))


def _heard(record: Record, words: Words) -> Iterator[Block]:
    if not record.heard:
        yield Prose(text=words("nobody_was_asked" if record.ended_on else "nobody_asked"))
        return
    for each in record.heard:
        yield Prose(label=_asked(each, words), text=each.summary or words("nothing_heard"))
    silent = _silent(record)
    if silent:
        because = " ".join(each.not_heard_because for each in record.heard if each.not_heard_because)
        yield Prose(label=words("not_heard_from"), text=". ".join(filter(None, (", ".join(silent), because))))


def _asked(heard: Heard, words: Words) -> str:
    if heard.opens_on is None or heard.closes_on is None:
        return heard.method
    return f"{heard.method}, {tables.days(heard.opens_on, heard.closes_on, words)}"


def _silent(record: Record) -> tuple[str, ...]:
    """The groups in scope from which no activity heard anybody."""
    heard = {group for each in record.heard for group in each.heard}
    left_out = (Standing.NOT_RELEVANT,)
    return tuple(
        each.group
        for each in record.findings
        if each.group not in heard and each.standing not in left_out and not each.is_combination
    )


def _changed(record: Record, words: Words) -> Iterator[Block]:
    said = dict.fromkeys(
        text
        for text in (*(each.changed for each in record.heard), record.said("impact", "changed_proposal"))
        if text
    )
    if not said:
        yield Prose(text=words("nothing_changed"))
    for text in said:
        yield Prose(text=text)
