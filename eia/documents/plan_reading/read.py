"""Reads an action plan out of text, listing what it could not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eia.documents.plan_reading.actions import Reader, read_rows
from eia.documents.plan_reading.layout import Piece, Role, Words, as_words
from eia.documents.plan_reading.leads import likely_aliases
from eia.documents.plan_reading.legend import Legend, find_legend
from eia.documents.plan_reading.prose import read_prose
from eia.documents.plan_reading.readers import pieces_of
from eia.documents.plan_reading.references import find_conflicts, with_references
from eia.documents.plan_reading.tables import NOTHING_SAID, Meanings, find_tables
from eia.domain.action import PartyKind
from eia.domain.plan import PlanRead
from eia.domain.target_date import Period, find_period

LONGEST_TITLE = 150
NO_TABLE = (
    "No action table was found. A table begins with a line of headings, parted by tabs, bars or "
    "commas, for the actions and their date, lead or outcome."
)
DRAFTED = (
    "No action table was found. {count} draft actions were taken from the lists of the plan: confirm each."
)
NO_PERIOD = "The plan's period is not given in its title: say which years it covers."


def read_plan(text: str, *, period: Period | None = None) -> PlanRead:
    """The plan's actions and promised assessments in order; `period` wins over the one in its title.

    Reads tables whose cells are parted by tabs, bars (Markdown) or commas (CSV), and drafts actions from the
    lists of a plan in prose. Any text gives a value: what was not understood stands in `problems`, of the
    plan or of the action it belongs to.
    """
    return read_pieces(pieces_of(text), period=period)


def read_pieces(
    pieces: Sequence[Piece], *, period: Period | None = None, meanings: Meanings = NOTHING_SAID
) -> PlanRead:
    """The same for a document laid out by any other reader; `meanings` are what a person said of columns."""
    legend = find_legend(pieces)
    understood = frozenset(each.passage.first_line for each in legend)
    tables = find_tables(pieces, meanings, understood)
    before = [each for each in pieces if not tables.first_line or each.line < tables.first_line]
    title = _title([as_words(each) for each in before if not _is_item(each)])
    period = period or find_period(title)
    if tables.first_line is None:
        return _without_table(pieces, title, period, tables.problems)
    reader = read_rows(tables.rows, period, Legend(entries=legend))
    return PlanRead(
        title=title,
        period=period,
        actions=with_references(reader.actions),
        assessments=tuple(reader.assessments),
        recommendations=reader.answered.all,
        conflicts=find_conflicts(reader.actions),
        problems=tuple(dict.fromkeys([*_about_all(reader, period), *reader.problems, *tables.problems])),
        left_over=(*tables.left_over, *reader.left_over),
        tables=tables.heads,
        legend=legend,
    )


def _without_table(
    pieces: Sequence[Piece], title: str, period: Period | None, problems: Sequence[str]
) -> PlanRead:
    """What is promised in prose is only a draft; where nothing is, there is no plan in the file."""
    prose = read_prose(pieces, period)
    unread = [] if prose.actions else problems  # tables that only lay out the prose are no loss
    found = DRAFTED.format(count=len(prose.actions)) if prose.actions else NO_TABLE
    unknown_years = [NO_PERIOD] if prose.actions and period is None else []
    return PlanRead(
        title=title,
        period=period,
        actions=tuple(prose.actions),
        conflicts=find_conflicts(prose.actions),
        left_over=tuple(prose.left_over),
        problems=tuple(dict.fromkeys([found, *unknown_years, *prose.problems, *unread])),
    )


def _title(lines: Sequence[str]) -> str:
    """The first line that calls itself a plan and says its years, else a plan, a subject, any line."""
    short = [line for line in lines if 0 < len(line) <= LONGEST_TITLE]
    plans = [line for line in short if re.search(r"\bplans?\b", line, re.IGNORECASE) and _is_title(line)]
    dated = [line for line in plans if find_period(line)]
    subjects = [line.partition(":")[2].strip() for line in short if line.startswith("Subject:")]
    return next(iter([*dated, *plans, *subjects, *short]), "")


def _is_item(piece: Piece) -> bool:
    return isinstance(piece, Words) and piece.role is Role.ITEM


def _is_title(line: str) -> bool:
    return not re.match(r"[-•·\d(]", line) and not line.endswith((".", ":", ";"))


def _about_all(reader: Reader, period: Period | None) -> Iterator[str]:
    if period is None:
        yield NO_PERIOD
    if not reader.actions:
        yield "A table was found, and no action in it."
    leads = [lead for action in reader.actions for lead in action.leads]
    for one, other in likely_aliases([lead.name for lead in leads if lead.party is PartyKind.PERSON]):
        yield f"'{one}' and '{other}' look like one person: confirm."
    for lead in leads:
        if lead.party is PartyKind.GROUP:
            yield f"'{lead.name}' names a group: say who answers for it."
