"""The whole record: everything that was written, part by part, in the order in which it is worked on."""

from __future__ import annotations

from collections.abc import Iterator

from eia.documents.record import tables
from eia.documents.record.paper import Block, Cell, Facts, Heading, Line, Prose, Table, cell
from eia.documents.record.words import Words
from eia.domain.record import AttachedFile, Grid, Heard, Part, Record, Said, Source, Standing, by_eye

FIRST = ("schedule", "screening")
LAST = ("quality_check", "review")
_AREAS = {"evidence": "evidence", "consultation": "heard"}  # the words that head those sections
MOST_COLUMNS = 3
"""A grid with more columns is told group by group: long texts in narrow columns are read by nobody."""


def blocks(record: Record, words: Words) -> Iterator[Block]:
    """The paper from top to bottom."""
    yield tables.facts(record, words)
    yield from tables.notices(record, words)
    yield Heading(text=words("affected"))
    yield from _overview(record, words)
    yield from _parts(record, FIRST, words)
    yield from _evidence(record, words)
    yield from _consultation(record, words)
    between = tuple(part.name for part in record.parts if part.name not in (*FIRST, *LAST))
    yield from _parts(record, between, words)
    yield Heading(text=words("actions"))
    yield tables.actions(record, words)
    yield from _parts(record, LAST[:1], words)
    yield Heading(text=words("signed"))
    yield from tables.signatures(record, words)
    if record.attested:
        yield Prose(label=words("attested"), text=record.attested)
    yield from _parts(record, LAST[1:], words)
    yield from _files(record, words)


def _overview(record: Record, words: Words) -> Iterator[Block]:
    """Each group with its rating; those not affected in a line each, with the reason."""
    rated = [*record.standing(Standing.AFFECTED), *record.standing(Standing.NO_DIFFERENCE)]
    if rated:
        yield Table(
            summary=words("affected_table"),
            header=(words("group"), words("impact"), words("what_happens")),
            rows=tuple((cell(each.group), cell(each.rating), cell(each.who or each.what)) for each in rated),
            widths=(24, 20, 56),
            is_by_name=True,
        )
    left_out = record.standing(Standing.NOT_RELEVANT)
    if left_out:
        yield Heading(text=words("not_relevant_why"), level=3)
        yield Facts(rows=tuple((each.group, each.what) for each in left_out))
    waiting = record.standing(Standing.NOT_ASSESSED)
    if waiting:
        yield Prose(label=words("not_assessed"), text=", ".join(each.group for each in waiting))


def _parts(record: Record, names: tuple[str, ...], words: Words) -> Iterator[Block]:
    for name in names:
        for part in (part for part in record.parts if part.name == name):
            yield Heading(text=part.title)
            yield from _part(part, record, words)


def _part(part: Part, record: Record, words: Words) -> Iterator[Block]:
    for item in part.items:
        if isinstance(item, Said):
            yield Prose(label=item.label, text=item.text)
        else:
            yield from _grid(_without(item, record), part, words)


def _without(grid: Grid, record: Record) -> Grid:
    """The grid without the groups that are not affected: their reasons stand at the top, once."""
    left_out = {each.group for each in record.standing(Standing.NOT_RELEVANT)}
    rows = tuple(row for row in grid.rows if row.group not in left_out)
    return Grid(label=grid.label, columns=grid.columns, rows=rows)


def _grid(grid: Grid, part: Part, words: Words) -> Iterator[Block]:
    if not grid.rows:
        return
    yield Heading(text=grid.label, level=3)
    if len(grid.columns) > MOST_COLUMNS:
        for row in grid.rows:
            yield Heading(text=row.group, level=4)
            for label, text in zip(grid.columns, row.cells, strict=True):
                if text:
                    yield Prose(label=label, text=text)
        return
    yield Table(
        summary=f"{part.title}: {grid.label}",
        header=(words("group"), *grid.columns),
        rows=tuple((cell(row.group), *(cell(text) for text in row.cells)) for row in grid.rows),
        widths=_widths(grid),
        is_by_name=True,
    )


def _widths(grid: Grid) -> tuple[int, ...]:
    """Shares by the longest text of a column, so that short answers leave the room to reasons."""
    longest = [max(len(row.cells[place]) for row in grid.rows) for place in range(len(grid.columns))]
    return (20, *(max(14, min(60, length // 2)) for length in longest))


def _evidence(record: Record, words: Words) -> Iterator[Block]:
    if not record.sources:
        return
    sources = tuple(each for each in record.sources if not each.is_gap)
    gaps = tuple(each for each in record.sources if each.is_gap)
    yield Heading(text=words("evidence"))
    if sources:
        yield Table(
            summary=words("evidence_table"),
            header=(words("source"), words("about"), words("says")),
            rows=tuple(
                (_source(each, words), cell(", ".join(each.groups)), cell(each.finding)) for each in sources
            ),
            widths=(30, 22, 48),
        )
    if gaps:
        yield Heading(text=words("gaps"), level=3)
        yield Table(
            summary=words("gaps_table"),
            header=(words("gap"), words("about"), words("gap_closed_by")),
            rows=tuple(_gap(each, words) for each in gaps),
            widths=(42, 22, 36),
        )


def _source(source: Source, words: Words) -> Cell:
    when = words.day(source.published_on) if source.published_on else words("undated")
    lines = [Line(text=source.title), Line(text=f"{words(f'kind_{source.kind.value}')}, {when}")]
    return (*lines, Line(text=source.link)) if source.link else tuple(lines)


def _gap(gap: Source, words: Words) -> tuple[Cell, ...]:
    what = tuple(Line(text=text) for text in (gap.title, gap.finding) if text)
    owned = ", ".join(filter(None, (gap.lead, gap.target)))
    closing = (Line(text=text) for text in (gap.closed_by or words("gap_open"), owned) if text)
    return what, cell(", ".join(gap.groups)), tuple(closing)


def _files(record: Record, words: Words) -> Iterator[Block]:
    if not record.files:
        return
    yield Heading(text=words("files"))
    yield Table(
        summary=words("files_table"),
        header=(words("file"), words("file_on"), words("fingerprint")),
        rows=tuple(
            (_file(each, words), cell(each.part or words(_AREAS[each.section])), cell(by_eye(each.sha256)))
            for each in record.files
        ),
        widths=(42, 22, 36),
    )


def _file(file: AttachedFile, words: Words) -> Cell:
    size = max(1, round(file.size / 1000))
    return Line(text=file.name), Line(text=words("file_about", kind=file.kind.value.upper(), size=size))


def _consultation(record: Record, words: Words) -> Iterator[Block]:
    if not record.heard:
        return
    yield Heading(text=words("heard"))
    for each in record.heard:
        yield Heading(text=each.method, level=3)
        yield Facts(rows=tuple((label, text) for label, text in _about(each, words) if text))
        for name, text in (
            ("what_was_said", each.summary),
            ("changed", each.changed),
            ("not_heard_because", each.not_heard_because),
        ):
            if text:
                yield Prose(label=words(name), text=text)


def _about(heard: Heard, words: Words) -> Iterator[tuple[str, str]]:
    if heard.opens_on and heard.closes_on:
        yield words("when_asked"), tables.days(heard.opens_on, heard.closes_on, words)
    yield words("invited"), heard.invited
    yield words("reached"), ", ".join(heard.groups)
    yield words("heard_from"), ", ".join(heard.heard)
