"""Occasions as they stand now: what a reminder of one says, and what the workflows say of their stages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from eia import content
from eia.domain.digest import Promise, Setting
from eia.domain.occasions import Occasion
from eia.domain.people import Role
from eia.domain.policy import Permission
from eia.domain.rulebook_error import RulebookError
from eia.domain.target_date import TargetDate, TargetKind
from eia.domain.workflow.definition import StageKind, WorkflowDefinition
from eia.domain.workflow.returns import BACK, is_submission
from eia.store.occasion_queries import still

STANDING = (Role.EQUALITY_OFFICER, Role.HEAD_OF_SERVICE, Role.DIRECTOR)  # held beside any one assessment
RuleRow = dict[str, str | int | bool]


def promises(
    connection: Connection, subjects: Mapping[Occasion, Sequence[UUID]], today: date
) -> Iterator[Promise]:
    """Each of these with whoever has it on the day; one that is none any more is closed and says nothing."""
    for occasion, ids in subjects.items():
        rows = connection.execute(
            still(connection.dialect.name, occasion),
            {"ids": _as_json(connection, ids), "rulebook": rulebook(), "today": today},
        ).all()
        found = {
            key: _promise(occasion, list(each)) for key, each in groupby(sorted(rows, key=_subject), _subject)
        }
        yield from (found.get(key) or _over(occasion, key) for key in ids)


def _subject(row: Row[Any]) -> UUID:
    key: UUID = row.subject_id
    return key


def _as_json(connection: Connection, ids: Iterable[UUID]) -> str:
    return json.dumps([key.hex if connection.dialect.name == "sqlite" else str(key) for key in ids])


def _promise(occasion: Occasion, rows: Sequence[Row[Any]]) -> Promise:
    one = rows[0]
    definition = content.workflow(one.workflow)
    return Promise(
        kind=occasion.value,
        id=one.subject_id,
        title=one.title,
        source=one.reference,
        target=TargetDate(
            raw="", kind=TargetKind.DAY if one.day else TargetKind.UNKNOWN, earliest=one.day, latest=one.day
        ),
        is_open=True,
        leads=frozenset(row.person_id for row in rows if row.person_id),
        named=(),
        department_id=one.department_id,
        setting=Setting(
            assessment_id=one.assessment_id,
            stage=definition.stage(one.stage),
            returned=one.move in _back(definition),
            party=one.party or "",
            contact=one.contact or "",
        ),
    )


def _over(occasion: Occasion, subject_id: UUID) -> Promise:
    return Promise(
        kind=occasion.value,
        id=subject_id,
        title="",
        source="",
        target=TargetDate(raw="", kind=TargetKind.UNKNOWN),
        is_open=False,
        leads=frozenset(),
        named=(),
    )


@cache
def _back(definition: WorkflowDefinition) -> frozenset[str]:
    return frozenset(move.name for move in definition.moves if move.kind in BACK)


def rulebook() -> str:
    """What the workflows say of whose turn it is at each stage, as rows for the questions."""
    return json.dumps([row for each in _workflows() for row in _rows(each)])


def _workflows() -> Iterator[WorkflowDefinition]:
    """Those that can be read: a file that nobody could begin with yet must not stop everybody's reminders."""
    for name in content.find("workflows"):
        try:
            yield content.workflow(name)
        except RulebookError:
            continue  # `eia rulebook check` names it


@cache
def _rows(definition: WorkflowDefinition) -> tuple[RuleRow, ...]:
    return tuple(_with_workflow(definition, [*_stages(definition), *_barring(definition)]))


def _with_workflow(definition: WorkflowDefinition, rows: Iterable[RuleRow]) -> Iterator[RuleRow]:
    return ({"workflow": definition.name, **row} for row in rows)


def _stages(definition: WorkflowDefinition) -> Iterator[RuleRow]:
    """A stage that ends by signatures, one that is for the review, or one that is somebody's turn."""
    reviewed = _review_stages(definition)
    for stage in definition.stages:
        signing = next((move.signing for move in definition.moves_from(stage.name) if move.signing), None)
        if signing is not None:
            for place, role in enumerate(signing.roles):
                yield {
                    "kind": "signature", "name": stage.name, "role": role.value, "place": place,
                    "in_order": signing.in_order, "standing": True,
                }  # fmt: skip
        elif stage.name in reviewed:
            yield {"kind": "review", "name": stage.name}
        elif stage.kind is StageKind.LIVE and stage.owner is not None:
            owner = stage.owner
            yield {"kind": "turn", "name": stage.name, "role": owner.value, "standing": owner in STANDING}


def _review_stages(definition: WorkflowDefinition) -> frozenset[str]:
    """Where the clock itself makes a move on the review's day, and where that leads."""
    by_clock = [move for move in definition.moves if Role.CLOCK in move.who]
    return frozenset(name for move in by_clock for name in (*move.sources, move.to))


def _barring(definition: WorkflowDefinition) -> Iterator[RuleRow]:
    """The moves after which somebody signs no more: judging it, or handing it in."""
    for move in definition.moves:
        handed_in = move.permission is Permission.SUBMIT and is_submission(definition, move)
        if move.permission is Permission.REVIEW or handed_in:
            yield {"kind": "barring", "name": move.name}
