"""The lists of a report on paper: decisions with their assessments, actions under their objectives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from eia.documents.record.paper import Block, Cell, Heading, Line, Prose, Table, cell
from eia.documents.record.words import Words
from eia.domain.facts import ActionState
from eia.domain.report.report import ActionLine, Actions, DecisionLine, Decisions, ListName


def blocks(found: Decisions | Actions, words: Words) -> Iterator[Block]:
    """The list under its heading; that there is nothing on it is said."""
    yield Heading(text=words(found.name.value))
    if not found.lines:
        yield Prose(text=words("none_listed"))
        return
    yield from _decisions(found, words) if isinstance(found, Decisions) else _actions(found, words)
    if found.left_out:
        yield Prose(text=words("left_out", number=found.left_out))


def _decisions(found: Decisions, words: Words) -> Iterator[Block]:
    yield Table(
        summary=words("decisions_table", of=words(found.name.value)),
        header=(words("decision_what"), words("decision_when"), words("decision_how")),
        rows=tuple(
            _decision(each, words, is_taken=found.name is not ListName.COMING) for each in found.lines
        ),
        widths=(44, 24, 32),
    )


def _decision(line: DecisionLine, words: Words, *, is_taken: bool) -> tuple[Cell, ...]:
    of = " · ".join(filter(None, (line.reference, line.department)))
    when = (Line(text=words.day(line.decision_on)), *cell(line.decision_body))
    lead = words("led_by", lead=line.lead) if line.lead else words("no_lead")
    stood = [_stood(line, words)] if is_taken or line.approved_on else []
    return (
        (Line(text=line.title), Line(text=of)),
        when,
        (
            *(Line(text=text) for text in stood),
            Line(text=words("stage_now", stage=line.stage)),
            Line(text=lead),
        ),
    )


def _stood(line: DecisionLine, words: Words) -> str:
    if line.approved_on is not None:
        first = line.approved_on <= line.decision_on
        return words("approved_first" if first else "approved_late", day=words.day(line.approved_on))
    return words("screened" if line.screened_out else "not_approved")


def _actions(found: Actions, words: Words) -> Iterator[Block]:
    """A plan under its own objectives; a list from everywhere says of each action where it was promised."""
    is_plan = found.name is ListName.PLAN
    parts = groupby(found.lines, key=lambda line: line.heading if is_plan else "")
    for number, (heading, lines) in enumerate(parts, 1):
        if heading:
            yield Heading(text=heading, level=3)
        yield Table(
            summary=words("actions_table", of=words(found.name.value), number=number),
            header=tuple(words(name) for name in ("action", "target", "lead", "outcome", "progress")),
            rows=tuple(_action(line, words, is_plan=is_plan) for line in lines),
            widths=(32, 13, 14, 27, 14),
        )


def _action(line: ActionLine, words: Words, *, is_plan: bool) -> tuple[Cell, ...]:
    what = [Line(text=line.text, label=line.label)]
    if not is_plan:
        what += [Line(text=text) for text in (line.owner, line.heading) if text]
    leads = tuple(Line(text=name) for name in line.leads) or cell(words("no_lead_named"))
    return tuple(what), _target(line, words), leads, cell(line.outcome), _progress(line, words)


def _target(line: ActionLine, words: Words) -> Cell:
    said = line.target or (words.day(line.latest) if line.latest else words("no_target"))
    late = (Line(text=words("overdue_since")),) if line.is_overdue else ()
    return (Line(text=said), *late)


def _progress(line: ActionLine, words: Words) -> Cell:
    """How it stands; then the last note, under its kind and day."""
    state = (Line(text=words(f"state_{line.state}")),) if line.state is not ActionState.OPEN else ()
    if line.progress_kind is None or line.progress_on is None:
        return state or cell(words("state_open"))
    noted = words("noted", kind=words(f"progress_{line.progress_kind}"), day=words.day(line.progress_on))
    return (*state, Line(text=line.progress, label=noted) if line.progress else Line(text=noted))
