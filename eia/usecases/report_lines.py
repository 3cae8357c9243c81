"""The lines of a report's lists: a decision, and an action with the last word about it."""

from __future__ import annotations

from datetime import date

from eia import content
from eia.domain.action import Action, Progress
from eia.domain.report.report import ActionLine, DecisionLine
from eia.store.report_lists import DecisionRow
from eia.usecases.services import LONDON


def decision_line(row: DecisionRow, language: str) -> DecisionLine:
    """The decision with its stage in words."""
    return DecisionLine(
        reference=row.reference,
        title=row.title,
        department=row.department,
        decision_body=row.decision_body,
        decision_on=row.decision_on,
        approved_on=row.approved_on,
        screened_out=row.screened_out,
        stage=content.workflow(row.workflow).stage(row.stage).words(language),
        lead=row.lead,
    )


def action_line(item: Action, last: Progress | None, as_at: date) -> ActionLine:
    """The action in the columns people know, with its target date as it was written."""
    return ActionLine(
        label=item.label,
        heading=item.heading,
        text=item.text,
        owner=f"{item.assessment_reference} {item.assessment_title}".strip() or item.plan_title,
        target=item.target.raw,
        latest=item.deadline,
        leads=tuple(lead.party.name for lead in item.leads),
        outcome=item.outcome,
        state=item.state,
        is_overdue=item.is_overdue(as_at),
        progress=last.note if last else "",
        progress_kind=last.kind if last else None,
        progress_on=last.at.astimezone(LONDON).date() if last else None,
    )
