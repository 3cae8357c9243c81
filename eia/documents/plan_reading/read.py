"""Reads an action plan out of text, listing what it could not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eia.documents.plan_reading.actions import Reader, read_rows
from eia.documents.plan_reading.leads import likely_aliases
from eia.documents.plan_reading.tables import find_tables
from eia.domain.action import PartyKind
from eia.domain.plan import PlanRead
from eia.domain.target_date import Period, find_period

LONGEST_TITLE = 150
NO_TABLE = (
    "No action table was found. A table begins with a line of headings, parted by tabs, "
    "for the actions and their date, lead or outcome."
)


def read_plan(text: str, *, period: Period | None = None) -> PlanRead:
    """The plan's actions and promised assessments in order; `period` wins over the one in its title.

    Reads tables whose cells are parted by tabs and rows by newlines. Any text gives a value: what was not
    understood stands in `problems`, of the plan or of the action it belongs to.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    tables = find_tables(lines)
    before = lines[: tables.first_line - 1] if tables.first_line else lines
    title = _title(before)
    period = period or find_period(title)
    if tables.first_line is None:
        return PlanRead(title=title, period=period, problems=(NO_TABLE,))
    reader = read_rows(tables.rows, period)
    return PlanRead(
        title=title,
        period=period,
        actions=tuple(reader.actions),
        assessments=tuple(reader.assessments),
        problems=tuple(dict.fromkeys([*_about_all(reader, period), *reader.problems, *tables.problems])),
    )


def _title(lines: Sequence[str]) -> str:
    """The first line that calls itself a plan and says its years, else a plan, else the first line."""
    short = [line.strip(" \t#*") for line in lines if 0 < len(line.strip()) <= LONGEST_TITLE]
    plans = [line for line in short if re.search(r"\bplans?\b", line, re.IGNORECASE) and _is_title(line)]
    dated = [line for line in plans if find_period(line)]
    return next(iter([*dated, *plans, *short]), "")


def _is_title(line: str) -> bool:
    return not re.match(r"[-•·\d(]", line) and not line.endswith((".", ":", ";"))


def _about_all(reader: Reader, period: Period | None) -> Iterator[str]:
    if period is None:
        yield "The plan's period is not given in its title: say which years it covers."
    if not reader.actions:
        yield "A table was found, and no action in it."
    leads = [lead for action in reader.actions for lead in action.leads]
    for one, other in likely_aliases([lead.name for lead in leads if lead.party is PartyKind.PERSON]):
        yield f"'{one}' and '{other}' look like one person: confirm."
    for lead in leads:
        if lead.party is PartyKind.GROUP:
            yield f"'{lead.name}' names a group: say who answers for it."
