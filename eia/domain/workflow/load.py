"""Turns a parsed file of `workflows/` into a definition, or says in which file, table and key it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from eia.domain.forms.table import TableReader
from eia.domain.occasions import Occasion
from eia.domain.people import Role
from eia.domain.policy import Permission
from eia.domain.reminder_policy import USUAL_CHASES, Chase, ReminderPolicy
from eia.domain.rulebook_error import RulebookError
from eia.domain.workflow.definition import (
    HELD_FROM,
    About,
    DayCount,
    Effect,
    MoveDefinition,
    MoveKind,
    Option,
    Signing,
    SigningMode,
    StageDefinition,
    StageKind,
    WorkflowDefinition,
)
from eia.domain.workflow.guard_use import implied, read_guards
from eia.domain.workflow.guards import REGISTRY
from eia.domain.workflow.read_values import enums, numbers, rows, texts

LIVE = "@live"
"""Every live stage, as the source of a move."""

_FILE = re.compile(r"(?P<name>[a-z][a-z0-9-]*-(?P<number>[1-9][0-9]*))\.toml")
_NAME = re.compile(r"[a-z][a-z0-9_]*")

# Who wrote it neither reviews nor signs it, whatever a file says: these hold where a file forgot them.
_REVIEWING = ("wrote_none_of_it",)
_SIGNING = ("wrote_none_of_it", "reviewed_none_of_it")


def load_workflow(data: Mapping[str, object], file: str) -> WorkflowDefinition:
    """The workflow of a parsed file named like "england-1.toml". Raises RulebookError."""
    named = _FILE.fullmatch(file)
    if named is None:
        raise RulebookError(file, "", "", "must be named like england-1.toml")
    top = TableReader(file, "", data)
    about = top.choice("about", About, About.ASSESSMENT)
    is_plan = about is About.PLAN
    stages = tuple(_stage(row) for row in rows(top, "stage"))
    live = tuple(stage.name for stage in stages if stage.kind is StageKind.LIVE)
    found = WorkflowDefinition(
        name=named["name"],
        number=int(named["number"]),
        file=file,
        title=top.text("title"),
        title_cy=top.text_or("title_cy", ""),
        nation="" if is_plan else top.text("nation"),
        characteristics="" if is_plan else top.text("characteristics"),
        starts_at=top.text("starts_at"),
        new_version_starts_at=top.text("starts_at") if is_plan else top.text("new_version_starts_at"),
        question_sets=_question_sets(top),
        reviewer_sections=texts(top, "reviewer_sections"),
        review_after_months=top.number("review_after_months") or 12,
        stages=stages,
        moves=tuple(_move(row, live) for row in rows(top, "move")),
        reasons=_reasons(rows(top, "reason")),
        ratings=_options(rows(top, "rating")),
        screening_outcomes=_options(rows(top, "screening_outcome")),
        decision_outcomes=_options(rows(top, "decision_outcome")),
        about=about,
        reminders=_reminders(top.table_or_none("reminders")),
    )
    top.done()
    _check_stages(found, top)
    for move in found.moves:
        _check_move(found, move)
    return found


def _question_sets(top: TableReader) -> Mapping[str, str]:
    pinned: dict[str, str] = {}
    for name in texts(top, "question_sets"):
        form, dash, number = name.rpartition("-")
        if not (form and dash and number.isdecimal()) or form in pinned:
            raise top.refuse("question_sets", f"{name!r} must be one file of a form, like 'screening-1'")
        pinned[form] = name
    return MappingProxyType(pinned)


def _stage(row: TableReader) -> StageDefinition:
    found = StageDefinition(
        name=_name(row),
        title=row.text("title"),
        title_cy=row.text_or("title_cy", ""),
        kind=row.choice("kind", StageKind, StageKind.LIVE),
        owner=next(iter(enums(row, "owner", Role)), None),
        sections=texts(row, "sections"),
        days_before_decision=row.number("days_before_decision"),
        counted=row.choice("counted", DayCount, DayCount.WORKING),
    )
    row.done()
    return found


def _move(row: TableReader, live: tuple[str, ...]) -> MoveDefinition:
    uses = read_guards(row)
    found = MoveDefinition(
        name=_name(row),
        title=row.text("title"),
        title_cy=row.text_or("title_cy", ""),
        sources=_sources(texts(row, "from"), live),
        to=row.text("to"),
        kind=row.choice("kind", MoveKind, MoveKind.FORWARD),
        permission=next(iter(enums(row, "permission", Permission)), None),
        who=enums(row, "who", Role),
        guards=tuple(use for use in uses if not use.personal),
        personal=tuple(use for use in uses if use.personal),
        reasons=row.text_or("reasons", None),
        needs_comment=row.flag("needs_comment", default=False),
        attestation=row.text_or("attestation", ""),
        attestation_cy=row.text_or("attestation_cy", ""),
        effects=enums(row, "effects", Effect),
        signing=_signing(row.table_or_none("signatures")),
        after=row.text_or("after", None),
    )
    row.done()
    named = {use.name for use in found.personal}
    forgotten = (implied(name) for name in _separation(found) if name not in named)
    return replace(found, personal=(*found.personal, *forgotten))


def _separation(move: MoveDefinition) -> tuple[str, ...]:
    """The guards that keep whoever wrote it from this move."""
    if move.signs or move.permission is Permission.SIGN:
        return _SIGNING
    return _REVIEWING if move.reviews or move.permission is Permission.REVIEW else ()


def _sources(names: Iterable[str], live: tuple[str, ...]) -> tuple[str, ...]:
    spread = (stage for name in names for stage in (live if name == LIVE else (name,)))
    return tuple(dict.fromkeys(spread))


def _signing(table: TableReader | None) -> Signing | None:
    if table is None:
        return None
    found = Signing(
        roles=enums(table, "roles", Role),
        mode=table.choice("mode", SigningMode, SigningMode.ALL),
        quorum=table.number("quorum") or 0,
        in_order=table.flag("in_order", default=False),
    )
    table.done()
    if not found.roles:
        raise table.refuse("roles", "names nobody who signs")
    if not 1 <= found.needed <= len(found.roles):
        raise table.refuse("quorum", f"must be between 1 and {len(found.roles)}")
    return found


def _options(tables: Iterable[TableReader]) -> tuple[Option, ...]:
    return tuple(_option(row) for row in tables)


def _option(row: TableReader) -> Option:
    found = Option(code=row.text("code"), title=row.text("title"), title_cy=row.text_or("title_cy", ""))
    row.done()
    return found


def _reasons(tables: Iterable[TableReader]) -> Mapping[str, tuple[Option, ...]]:
    lists: dict[str, tuple[Option, ...]] = {}
    for row in tables:
        name = row.text("list")
        lists[name] = (*lists.get(name, ()), _option(row))
    return MappingProxyType(lists)


def _reminders(table: TableReader | None) -> ReminderPolicy:
    if table is None:
        return ReminderPolicy()
    usual = ReminderPolicy()
    found = ReminderPolicy(
        offsets=tuple(sorted(numbers(table, "offsets") or usual.offsets, reverse=True)),
        on_the_day=table.flag("on_the_day", default=usual.on_the_day),
        overdue_every_days=table.number("overdue_every_days") or usual.overdue_every_days,
        escalate_after_days=table.number("escalate_after_days") or usual.escalate_after_days,
        ongoing_every=table.number("ongoing_every_months") or usual.ongoing_every,
        event_every_months=table.number("event_every_months") or usual.event_every_months,
        undated_every_months=table.number("undated_every_months") or usual.undated_every_months,
        provisional_confirm_days=table.number("provisional_confirm_days") or usual.provisional_confirm_days,
        papers_working_days=table.number("papers_working_days") or usual.papers_working_days,
        chases=MappingProxyType(
            {occasion: _chase(table.table_or_none(occasion.value), occasion) for occasion in Occasion}
        ),
    )
    table.done()
    return found


def _chase(table: TableReader | None, occasion: Occasion) -> Chase:
    usual = USUAL_CHASES[occasion]
    if table is None:
        return usual
    found = Chase(
        offsets=tuple(sorted(numbers(table, "offsets") or usual.offsets, reverse=True)),
        on_the_day=table.flag("on_the_day", default=usual.on_the_day),
        overdue=table.flag("overdue", default=usual.overdue),
        escalates=table.flag("escalates", default=usual.escalates),
        escalate_after_days=table.number("escalate_after_days") or usual.escalate_after_days,
    )
    table.done()
    return found


def _name(row: TableReader) -> str:
    name = row.text("name")
    if _NAME.fullmatch(name) is None:
        raise row.refuse("name", "may have small letters, figures and underscores")
    return name


def _check_stages(found: WorkflowDefinition, top: TableReader) -> None:
    names = [stage.name for stage in found.stages]
    for name in names:
        if names.count(name) > 1:
            raise RulebookError(found.file, f"stage.{name}", "name", "is the name of two stages")
    for key in ("starts_at", "new_version_starts_at"):
        name = getattr(found, key)
        if name not in found.live_stages:
            raise top.refuse(key, f"{name!r} is not a live stage of this file")


def _check_move(found: WorkflowDefinition, move: MoveDefinition) -> None:
    def refuse(key: str, problem: str) -> RulebookError:
        return RulebookError(found.file, f"move.{move.name}", key, problem)

    for name in move.sources:
        if name not in found.by_stage:
            raise refuse("from", f"{name!r} is not a stage of this file")
    if not move.sources:
        raise refuse("from", "names no stage")
    if move.to != HELD_FROM and move.to not in found.by_stage:
        raise refuse("to", f"{move.to!r} is not a stage of this file")
    if move.reasons is not None and move.reasons not in found.reasons:
        raise refuse("reasons", f"{move.reasons!r} is not a list of reasons of this file")
    if (move.kind is MoveKind.SIGN) != (move.signing is not None):
        raise refuse("signatures", "belongs to a move of kind sign, and such a move needs it")
    if (move.kind is MoveKind.AUTOMATIC) != (move.after is not None):
        raise refuse("after", "belongs to a move of kind automatic, and such a move needs it")
    if move.after is not None and move.after not in {other.name for other in found.moves}:
        raise refuse("after", f"{move.after!r} is not a move of this file")
    for use in (*move.guards, *move.personal):
        if REGISTRY[use.name].about is not found.about:
            raise refuse("guards", f"{use.name} is not a guard for workflows of {found.about}s")
    if move.permission is None and move.kind is not MoveKind.AUTOMATIC:
        raise refuse("permission", "is missing: say which permission the move needs")
