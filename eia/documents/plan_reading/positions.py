"""Shares what stands in one cell among the several actions, dates or items beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eia.documents.plan_reading.cells import Cell, joined, lined
from eia.domain.target_date import Milestone, Period, TargetDate, TargetKind, parse_target


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one of several got, and what should be confirmed about it."""

    text: str
    problems: tuple[str, ...] = ()


def shared_dates(cell: Cell, count: int, period: Period | None) -> list[Share]:
    """By position where paragraphs or dates are as many as actions; one date stands for all."""
    whole = joined(cell)
    if count == 1 or not whole:
        return [Share(text=whole)] * count
    if len(cell) == count:
        return [Share(text=block.text) for block in cell]
    milestones = parse_target(whole, period=period).milestones
    if len(milestones) == count:
        notes = _unshared(whole, [milestone.raw for milestone in milestones])
        return [Share(text=milestone.raw, problems=notes) for milestone in milestones]
    if len(cell) == 1 and not milestones:
        note = f"One target date stands beside {count} actions: taken for each of them."
        return [Share(text=whole, problems=(note,))] * count
    note = f"{max(len(cell), len(milestones))} target dates stand beside {count} actions: say which is meant."
    return [Share(text=whole, problems=(note,))] * count


def _unshared(whole: str, dates: Sequence[str]) -> tuple[str, ...]:
    """Words among dates in a row, as `from` or `(tbc)`, belong to one of them and it is not said to which."""
    rest = whole
    for date in dates:
        rest = rest.replace(date, " ", 1)
    if not any(letter.isalpha() for letter in rest):
        return ()
    return (f"Its date stands in '{whole}': say whether '{' '.join(rest.split())}' changes it.",)


def shared_texts(cell: Cell, count: int, what: str) -> list[Share]:
    """By position where paragraphs are as many as actions, else the whole for each, saying so."""
    whole = lined(cell)
    if count == 1 or not whole:
        return [Share(text=whole)] * count
    if len(cell) == count:
        return [Share(text=block.text) for block in cell]
    note = f"One {what} stands beside {count} actions: kept for each."
    return [Share(text=whole, problems=(note,))] * count


def named_milestones(target: TargetDate, items: Sequence[str]) -> TargetDate:
    """Dates as many as the items of a list belong to them in order."""
    if len(target.milestones) != len(items) or not items:
        return target
    named = tuple(
        replace(milestone, name=item) for milestone, item in zip(target.milestones, items, strict=True)
    )
    return replace(target, milestones=named)


def target_of(milestone: Milestone, *, provisional: bool) -> TargetDate:
    """A milestone as a target date of its own."""
    return TargetDate(
        raw=milestone.raw,
        kind=milestone.kind,
        earliest=milestone.earliest,
        latest=milestone.latest,
        provisional=provisional,
    )


def targets_for(items: Sequence[str], target: TargetDate) -> tuple[list[TargetDate], str | None]:
    """One target date an item, and a sentence where dates and items do not pair up."""
    if len(target.milestones) == len(items):
        return [target_of(m, provisional=target.provisional) for m in target.milestones], None
    if target.kind is not TargetKind.MILESTONES:
        return [target] * len(items), None
    note = f"{len(target.milestones)} dates stand beside {len(items)} assessments: say which is meant."
    return [target] * len(items), note
