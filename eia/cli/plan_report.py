"""A plan as read, laid out for a terminal of 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from eia.domain.action import LeadRole
from eia.domain.plan import PlanAction, PlanLead, PlannedAssessment, PlanRead
from eia.domain.target_date import TargetDate, TargetKind

WIDTH = 98
_FIELD = 12


def plan_report(plan: PlanRead) -> str:
    """Headings, actions with their target as written and as understood, what is unsure, what is left over."""
    return "\n".join(_lines(plan))


def _lines(plan: PlanRead) -> Iterator[str]:
    yield from textwrap.wrap(plan.title or "(no title)", WIDTH)
    yield f"{_period(plan)}: {_count(plan)}"
    for heading, actions in groupby(plan.actions, key=lambda action: action.heading):
        yield ""
        yield from textwrap.wrap(heading or "(no heading)", WIDTH)
        for action in actions:
            yield ""
            yield from _action(action)
    if plan.assessments:
        yield from ("", "Assessments")
        for assessment in plan.assessments:
            yield from _wrapped("-", _assessment(assessment), indent=2, width=2)
    yield from ("", "To confirm" if plan.doubts else "Nothing to confirm for the plan as a whole.")
    for problem in plan.doubts:
        yield from _wrapped("-", problem, indent=2, width=2)
    if plan.left_over:
        yield from ("", "Left over")
        for left in plan.left_over:
            yield from _wrapped("-", f"Line {left.passage.first_line}: {left.text}", indent=2, width=2)


def _period(plan: PlanRead) -> str:
    if plan.period is None:
        return "Period not known"
    return f"{_day(plan.period.first)} to {_day(plan.period.last)}"


def _count(plan: PlanRead) -> str:
    return f"{_many(len(plan.actions), 'action')}, {_many(len(plan.assessments), 'assessment')}"


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _action(action: PlanAction) -> Iterator[str]:
    yield f"  {action.label or '(no label)'}{' (draft)' if action.is_draft else ''}"
    for line in action.text.split("\n"):
        yield from textwrap.wrap(line, WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield from _field("Target", action.target.raw or "(blank)")
    yield from _field("", f"= {understood(action.target)}")
    for milestone in action.target.milestones:
        name = f"{milestone.name}: " if milestone.name else ""
        latest = _day(milestone.latest) if milestone.latest else "no date"
        yield from _field("", f"- {name}{milestone.raw} = {latest}")
    yield from _field("Leads", ", ".join(map(_lead, action.leads)) or "(none)")
    yield from _field("Outcome", action.outcome.replace("\n", " ") or "(blank)")
    if action.recommendations:
        yield from _field(
            "Answers", "; ".join(f"{each.label} {each.text}" for each in action.recommendations)
        )
    for problem in action.problems:
        yield from _field("Confirm", problem)


def understood(target: TargetDate) -> str:
    """The days a target was read as, in words."""
    words = f"{_days(target)} ({target.kind.replace('_', ' ')})"
    flags = [name for name, is_so in _flags(target) if is_so]
    return f"{words}, {', '.join(flags)}" if flags else words


def _flags(target: TargetDate) -> tuple[tuple[str, bool], ...]:
    return ("provisional", target.provisional), ("partly inferred", target.inferred)


def _days(target: TargetDate) -> str:
    first, last = target.earliest, target.latest
    if target.kind is TargetKind.EVENT:
        return "waits for something without a date"
    if first and last:
        return _day(first) if first == last else f"{_day(first)} to {_day(last)}"
    if last:
        return f"no later than {_day(last)}"
    return f"from {_day(first)}" if first else "no date"


def _lead(lead: PlanLead) -> str:
    post = f" ({lead.post})" if lead.post else ""
    role = "" if lead.role is LeadRole.LEAD else f" [{lead.role}]"
    return f"{lead.name}{post}{role}"


def _assessment(assessment: PlannedAssessment) -> str:
    due = f"due {_day(assessment.due)}" if assessment.due else "no date"
    return f"{assessment.subject}: {due}, {assessment.lead_name or 'lead to be confirmed'}"


def _field(name: str, words: str) -> Iterator[str]:
    return _wrapped(name, words, indent=4, width=_FIELD)


def _wrapped(name: str, words: str, *, indent: int, width: int) -> Iterator[str]:
    first = " " * indent + name.ljust(width)
    yield from textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=" " * (indent + width))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
