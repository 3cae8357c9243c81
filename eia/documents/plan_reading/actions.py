"""Turns the rows of an action table into actions and promised assessments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eia.documents.plan_reading.assessments import assessments_of, promised_subjects
from eia.documents.plan_reading.blanks import Above
from eia.documents.plan_reading.cells import Cell, joined, lined
from eia.documents.plan_reading.columns import Column
from eia.documents.plan_reading.labels import Part, parts_of
from eia.documents.plan_reading.leads import (
    Named,
    as_joint,
    as_written,
    listed_leads,
    named_at_the_end,
    only_leads,
    written_out,
)
from eia.documents.plan_reading.legend import Legend
from eia.documents.plan_reading.positions import Share, named_milestones, shared_dates, shared_texts
from eia.documents.plan_reading.recommended import Answered
from eia.documents.plan_reading.rows import Row
from eia.documents.plan_reading.sections import NOWHERE, Section
from eia.domain.plan import LeftOver, PlanAction, PlanLead, PlannedAssessment
from eia.domain.target_date import Period, parse_target, times_said

MOST_IN_A_CELL = 100
"""Actions; a cell with more is no plan that a person wrote."""

MOST_WORDS_OF_A_LEAD = 12

_HEADING_LABEL = re.compile(
    r"(?:Priority|Theme|Aim|Goal|Area|Objective|Outcome)\s+[A-Z\d]+(?:\.\d+)*\b", re.IGNORECASE
)
_CONTINUED = re.compile(r"\s*\((?:cont(?:inued|'d|d)?\.?)\)\s*", re.IGNORECASE)
_BESIDE_AN_ACTION = (Column.TARGET, Column.OUTCOME, Column.LEAD, Column.PROGRESS)
_NOBODY = Named(words="")


@dataclass(kw_only=True)
class Reader:
    """Reads rows in order, remembering the heading they stand under."""

    period: Period | None
    known: frozenset[str] = frozenset()  # names that stand alone somewhere in the lead column
    answered: Answered = field(default_factory=Answered)
    above: Above = field(default_factory=Above)
    heading: str = ""
    heading_named: Named = _NOBODY
    section: Section = NOWHERE
    was_overridden: bool = False  # a row under this heading named a lead of its own
    actions: list[PlanAction] = field(default_factory=list)
    assessments: list[PlannedAssessment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    legend: Legend = field(default_factory=Legend)

    def read(self, row: Row) -> None:
        """Adds what the row promises; a row without an action is reported."""
        row, written_out = self.legend.fill(row)
        row, above = self.above.fill(row)
        asked = (*written_out, *above)
        self._enter(row)
        own = self._leads_beside(row)
        cell = row.cell(Column.ACTION)
        if not cell:
            self._report_without_action(row)
            return
        parts = _labelled(parts_of(cell), joined(row.cell(Column.LABEL)))
        if len(parts) > MOST_IN_A_CELL:
            self.problems.append(
                f"Line {row.passage.first_line} holds too many actions in one cell to be read."
            )
            return
        dates = shared_dates(row.cell(Column.TARGET), len(parts), self.period)
        outcomes = shared_texts(row.cell(Column.OUTCOME), len(parts), "outcome")
        owns = self._by_part(row.cell(Column.LEAD), own, dates) or [own] * len(parts)
        self.answered.begin(row, [part.label for part in parts])
        for part, one, date, outcome in zip(parts, owns, dates, outcomes, strict=True):
            self._add(row, part, one, date, outcome, asked)
        self.was_overridden = self.was_overridden or own is not None

    def _enter(self, row: Row) -> None:
        """A heading above a table stands for all its rows until one has a heading of its own."""
        if row.section is not self.section:
            self.section = row.section
            self.heading, self.heading_named, self.was_overridden = row.section.heading, _NOBODY, False

    def _leads_beside(self, row: Row) -> Named | None:
        """Leads that belong to this row alone; a new heading is remembered with its leads."""
        heading = row.cell(Column.HEADING)
        own = self._named_in(row.cell(Column.LEAD))
        if not heading:
            return own
        text = joined(heading)
        if _HEADING_LABEL.match(text):
            self._begin_heading(heading)
            return own
        beside = only_leads(text) or self._unlike_a_heading(text)
        if beside is None:
            self._begin_heading(heading)
        return own or beside

    def _unlike_a_heading(self, text: str) -> Named | None:
        """Among labelled headings a few words without a label are a lead rather than a heading."""
        if not _HEADING_LABEL.match(self.heading) or len(text.split()) > MOST_WORDS_OF_A_LEAD:
            return None
        self.problems.append(f"'{text}' was kept as a lead as it is written: say who is meant.")
        return as_written(text)

    def _by_part(self, leads: Cell, own: Named | None, dates: Sequence[Share]) -> list[Named | None]:
        """As many paragraphs of leads as actions belong to them in order.

        So do names that lost their line breaks, where the dates beside them are as many.
        """
        count = len(dates)
        if count < 2:
            return []
        if len(leads) == count:
            return [only_leads(block.text) or as_written(block.text) for block in leads]
        if not own or not own.doubt or len(own.places) != count or any(date.problems for date in dates):
            return []
        doubt = f"{own.doubt} They were matched to the {count} actions in order."
        return [replace(own, mentions=(place,), doubt=doubt) for place in own.places]

    def _begin_heading(self, cell: Cell) -> None:
        named = _heading_and_leads(cell)
        label = _HEADING_LABEL.match(named.words)
        is_same = label is not None and self.heading.startswith(f"{label[0]} ")
        if is_same and _CONTINUED.search(joined(cell)):
            return
        self.heading, self.heading_named, self.was_overridden = named.words, named, False

    def _named_in(self, cell: Cell) -> Named | None:
        """A column of its own for leads: what is no name there is kept as written."""
        text = joined(cell)
        if not text:
            return None
        named = listed_leads(cell, self.known)
        if named is None:
            self.problems.append(f"'{text}' was kept as a lead as it is written: say who is meant.")
            return as_written(text)
        return named

    def _add(
        self, row: Row, part: Part, own: Named | None, date: Share, outcome: Share, asked: Iterable[str]
    ) -> None:
        named = own or self.heading_named
        target = parse_target(date.text, period=self.period)
        subjects = promised_subjects(part.blocks)
        items = [block.text.rstrip(" .;,") for block in part.blocks if block.is_item]
        leads = _leads(named, is_inherited=own is None, by_position=len(named.places) == len(subjects))
        self.actions.append(
            PlanAction(
                label=part.label,
                heading=self.heading,
                text=lined(part.blocks),
                target=named_milestones(target, items),
                leads=leads,
                outcome=outcome.text,
                progress=joined(row.cell(Column.PROGRESS)),
                recommendations=self.answered.by(part.label),
                problems=(
                    *asked,
                    *date.problems,
                    *target.problems,
                    *_said_elsewhere(date, {"words": lined(part.blocks), "outcome": outcome.text}),
                    *outcome.problems,
                    *self._doubts(row, part, own, named),
                ),
                passage=row.passage,
            )
        )
        self.assessments.extend(
            assessments_of(subjects, label=part.label, target=target, named=named, passage=row.passage)
        )

    def _doubts(self, row: Row, part: Part, own: Named | None, named: Named) -> Iterable[str]:
        if not named.leads:
            yield "No lead is named."
        elif own is None and self.was_overridden:
            yield "No lead stands beside it: taken from the heading, not from the row above."
        if named.doubt:
            yield named.doubt
        if named.awaits_a_name:
            yield "A lead is to be confirmed."
        if not part.label:
            yield "It has no label."
        if not part.blocks:
            yield "Only its label could be read."
        yield from self.answered.doubts(part.label)
        if row.cell(Column.PROGRESS):
            yield f"Its progress is written as '{joined(row.cell(Column.PROGRESS))[:200]}'."
        if row.halves > 1:
            lines = f"{row.passage.first_line} to {row.passage.last_line}"
            yield f"Joined from lines {lines}, cut by a page break."

    def _report_without_action(self, row: Row) -> None:
        if any(row.cell(column) for column in _BESIDE_AN_ACTION):
            words = " / ".join(joined(cell) for cell in row.cells.values() if cell)
            self.left_over.append(LeftOver(passage=row.passage, text=words))
            self.problems.append(f"Line {row.passage.first_line} has no action: '{words[:120]}'.")


def _said_elsewhere(date: Share, texts: Mapping[str, str]) -> Iterable[str]:
    """A promise without a date in its place may have one in its words or its outcome."""
    if not date.text.strip():
        for name, text in texts.items():
            yield from (f"Its {name} may hold its date: '{time}'." for time in times_said(text))


def _labelled(parts: tuple[Part, ...], label: str) -> tuple[Part, ...]:
    """A label in a column of its own belongs to the only action of its row."""
    if not label or len(parts) != 1 or parts[0].label:
        return parts
    return (replace(parts[0], label=label),)


def _heading_and_leads(cell: Cell) -> Named:
    """Leads stand at the end of the heading, or in the paragraphs below it."""
    named = named_at_the_end(joined(cell))
    if named.mentions or len(cell) < 2:
        return named
    below = only_leads(joined(cell[-1:]))
    return replace(below, words=joined(cell[:-1])) if below else named


def _leads(named: Named, *, is_inherited: bool, by_position: bool) -> tuple[PlanLead, ...]:
    leads = tuple(replace(lead, inherited=is_inherited) for lead in named.leads)
    return leads if by_position else as_joint(leads)


def read_rows(rows: Sequence[Row], period: Period | None, legend: Legend) -> Reader:
    """All rows read, one after the other."""
    known = frozenset(name for row in rows for name in written_out(row.cell(Column.LEAD)))
    reader = Reader(period=period, known=known | {each.name for each in legend.entries}, legend=legend)
    for row in rows:
        reader.read(row)
    reader.problems.extend(reader.answered.gaps())
    return reader
