"""A plan as read, in the shape that `eia plan read --json` promises."""

from __future__ import annotations

from typing import TypedDict

from eia.domain.plan import Claim, Conflict, PlanAction, PlannedAssessment, PlanRead
from eia.domain.target_date import TargetJson


class LeadJson(TypedDict):
    """A lead as written."""

    name: str
    role: str


class ActionJson(TypedDict):
    """One action."""

    label: str
    heading: str
    text: str
    target: TargetJson
    leads: list[LeadJson]
    outcome: str
    problems: list[str]


class AssessmentJson(TypedDict):
    """One promised assessment: `due` is its last day, `lead` null while nobody is named."""

    subject: str
    due: str | None
    lead: str | None


PeriodJson = TypedDict("PeriodJson", {"from": str | None, "to": str | None})


class PassageJson(TypedDict):
    """Where one of the dates stands: lines from 1, the labels there, and the date as written."""

    lines: list[int]
    heading: str
    label: str
    value: str


class ConflictJson(TypedDict):
    """One thing with several dates: each date once, and every place that gives one."""

    subject: str
    values: list[str]
    passages: list[PassageJson]


class PlanJson(TypedDict):
    """The whole plan."""

    title: str
    period: PeriodJson
    actions: list[ActionJson]
    assessments: list[AssessmentJson]
    problems: list[str]
    conflicts: list[ConflictJson]


def plan_as_json(plan: PlanRead) -> PlanJson:
    """Keys and order are a promise to scripts; dates are ISO or null."""
    first, last = plan.period_from, plan.period_to
    return {
        "title": plan.title,
        "period": {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None},
        "actions": [_action(action) for action in plan.actions],
        "assessments": [_assessment(assessment) for assessment in plan.assessments],
        "problems": list(plan.doubts),
        "conflicts": [_conflict(conflict) for conflict in plan.conflicts],
    }


def _action(action: PlanAction) -> ActionJson:
    return {
        "label": action.label,
        "heading": action.heading,
        "text": action.text,
        "target": action.target.as_json(),
        "leads": [{"name": lead.name, "role": str(lead.role)} for lead in action.leads],
        "outcome": action.outcome,
        "problems": list(action.problems),
    }


def _assessment(assessment: PlannedAssessment) -> AssessmentJson:
    return {
        "subject": assessment.subject,
        "due": assessment.due.isoformat() if assessment.due else None,
        "lead": assessment.lead_name,
    }


def _conflict(conflict: Conflict) -> ConflictJson:
    return {
        "subject": conflict.subject,
        "values": list(conflict.values),
        "passages": [_passage(claim) for claim in conflict.claims],
    }


def _passage(claim: Claim) -> PassageJson:
    return {
        "lines": [claim.passage.first_line, claim.passage.last_line],
        "heading": claim.heading,
        "label": claim.label,
        "value": claim.value,
    }
