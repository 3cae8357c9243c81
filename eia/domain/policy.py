"""Who may do what: one table, deny by default, used by the check, the lists and the buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from eia.domain.people import Actor, Grant, Role


class Permission(StrEnum):
    """Something a person may do; a page, a use case and a move each name one."""

    USE = "use"  # be signed in at all: home, own work
    SCHEDULE = "schedule"
    VIEW = "view"
    VIEW_ACTION = "view_action"  # one action, without the draft that it comes from
    EDIT_ANSWERS = "edit_answers"
    READ_SOURCES = "read_sources"  # the body's library of evidence, whatever cites it
    KEEP_SOURCES = "keep_sources"  # also those that somebody else entered
    COMMENT = "comment"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    REVIEW = "review"
    CLOSE = "close"
    SIGN = "sign"
    RECORD_DECISION = "record_decision"
    PUBLISH = "publish"
    MANAGE_ACTIONS = "manage_actions"
    UPDATE_ACTION = "update_action"
    VERIFY_ACTION = "verify_action"
    IMPORT_PLAN = "import_plan"
    VIEW_PLAN = "view_plan"
    PROPOSE_PLAN = "propose_plan"
    SCRUTINISE_PLAN = "scrutinise_plan"
    APPROVE_PLAN = "approve_plan"
    READ_HISTORY = "read_history"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SETTINGS = "manage_settings"
    SET_REMINDERS = "set_reminders"
    PREVIEW_REMINDERS = "preview_reminders"  # other people's: everybody sees their own
    CHOOSE_DEPUTY = "choose_deputy"  # for somebody else: everybody chooses their own
    SEE_OPERATIONS = "see_operations"
    KEEP_REPORT = "keep_report"
    ASSESS_FRAMEWORK = "assess_framework"


class Reach(StrEnum):
    """How far a permission goes."""

    BODY = "body"
    DEPARTMENT = "department"
    ASSIGNED = "assigned"
    OWN_ACTION = "own_action"


_A, _D, _T, _OWN = Reach.ASSIGNED, Reach.DEPARTMENT, Reach.BODY, Reach.OWN_ACTION
_R = Role

TABLE: dict[Permission, dict[Role, Reach]] = {
    Permission.USE: dict.fromkeys((role for role in Role if role is not Role.CLOCK), _T),
    Permission.SCHEDULE: {_R.AUTHOR: _D, _R.HEAD_OF_SERVICE: _D, _R.EQUALITY_OFFICER: _T},
    Permission.VIEW: {
        _R.LEAD: _A,
        _R.CONTRIBUTOR: _A,
        _R.CHAMPION: _A,
        _R.HEAD_OF_SERVICE: _D,
        _R.DIRECTOR: _D,
        _R.EQUALITY_OFFICER: _T,
    },
    Permission.VIEW_ACTION: {
        _R.LEAD: _A,
        _R.CONTRIBUTOR: _A,
        _R.ACTION_LEAD: _OWN,
        _R.CHAMPION: _A,
        _R.HEAD_OF_SERVICE: _D,
        _R.DIRECTOR: _D,
        _R.EQUALITY_OFFICER: _T,
    },
    Permission.EDIT_ANSWERS: {_R.LEAD: _A, _R.CONTRIBUTOR: _A},
    Permission.READ_SOURCES: {
        _R.AUTHOR: _T,
        _R.LEAD: _A,
        _R.CONTRIBUTOR: _A,
        _R.CHAMPION: _A,
        _R.HEAD_OF_SERVICE: _T,
        _R.DIRECTOR: _T,
        _R.EQUALITY_OFFICER: _T,
    },
    Permission.KEEP_SOURCES: {_R.EQUALITY_OFFICER: _T},
    Permission.COMMENT: {
        _R.LEAD: _A,
        _R.CONTRIBUTOR: _A,
        _R.ACTION_LEAD: _OWN,
        _R.CHAMPION: _A,
        _R.HEAD_OF_SERVICE: _D,
        _R.DIRECTOR: _D,
        _R.EQUALITY_OFFICER: _T,
    },
    Permission.SUBMIT: {_R.LEAD: _A},
    Permission.WITHDRAW: {_R.LEAD: _A, _R.EQUALITY_OFFICER: _T},
    Permission.HOLD: {_R.LEAD: _A, _R.EQUALITY_OFFICER: _T},
    Permission.REVIEW: {_R.CHAMPION: _A, _R.EQUALITY_OFFICER: _T},
    Permission.CLOSE: {_R.LEAD: _A, _R.CHAMPION: _A, _R.EQUALITY_OFFICER: _T},
    Permission.SIGN: {_R.HEAD_OF_SERVICE: _D, _R.DIRECTOR: _D, _R.EQUALITY_OFFICER: _T},
    Permission.RECORD_DECISION: {_R.HEAD_OF_SERVICE: _D, _R.EQUALITY_OFFICER: _T},
    Permission.PUBLISH: {_R.EQUALITY_OFFICER: _T},
    Permission.MANAGE_ACTIONS: {_R.LEAD: _A, _R.HEAD_OF_SERVICE: _D, _R.EQUALITY_OFFICER: _T},
    Permission.UPDATE_ACTION: {_R.ACTION_LEAD: _OWN, _R.EQUALITY_OFFICER: _T},
    Permission.VERIFY_ACTION: {_R.CHAMPION: _A, _R.HEAD_OF_SERVICE: _D, _R.EQUALITY_OFFICER: _T},
    Permission.IMPORT_PLAN: {_R.EQUALITY_OFFICER: _T},
    Permission.VIEW_PLAN: {
        _R.HEAD_OF_SERVICE: _D,
        _R.DIRECTOR: _D,
        _R.EQUALITY_OFFICER: _T,
        _R.COMMITTEE: _T,
        _R.CABINET_MEMBER: _T,
    },
    Permission.PROPOSE_PLAN: {_R.EQUALITY_OFFICER: _T},
    Permission.SCRUTINISE_PLAN: {_R.COMMITTEE: _T, _R.EQUALITY_OFFICER: _T},
    Permission.APPROVE_PLAN: {_R.CABINET_MEMBER: _T},
    Permission.READ_HISTORY: {
        _R.LEAD: _A,
        _R.CHAMPION: _A,
        _R.HEAD_OF_SERVICE: _D,
        _R.DIRECTOR: _D,
        _R.EQUALITY_OFFICER: _T,
    },
    Permission.MANAGE_PEOPLE: {_R.EQUALITY_OFFICER: _T, _R.ADMINISTRATOR: _T},
    Permission.MANAGE_SETTINGS: {_R.ADMINISTRATOR: _T},
    Permission.SET_REMINDERS: {_R.EQUALITY_OFFICER: _T, _R.ADMINISTRATOR: _T},
    Permission.PREVIEW_REMINDERS: {_R.HEAD_OF_SERVICE: _D, _R.DIRECTOR: _D, _R.EQUALITY_OFFICER: _T},
    Permission.CHOOSE_DEPUTY: {_R.HEAD_OF_SERVICE: _D, _R.DIRECTOR: _D, _R.EQUALITY_OFFICER: _T},
    Permission.SEE_OPERATIONS: {_R.EQUALITY_OFFICER: _T, _R.ADMINISTRATOR: _T},
    Permission.KEEP_REPORT: {_R.HEAD_OF_SERVICE: _D, _R.DIRECTOR: _D, _R.EQUALITY_OFFICER: _T},
    Permission.ASSESS_FRAMEWORK: {_R.EQUALITY_OFFICER: _T},
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a permission is asked about; leave out what does not apply.

    `assigned` maps each person assigned to the assessment to their roles on it (lead, contributor, champion).
    `action_leads` are the people who lead an action (of the assessment, or the action itself).
    """

    body_id: UUID
    department_id: UUID | None = None
    assessment_id: UUID | None = None
    assigned: tuple[tuple[UUID, Role], ...] = ()
    action_leads: frozenset[UUID] = frozenset()


def may(actor: Actor, permission: Permission, subject: Subject) -> bool:
    """Whether any role of the actor carries the permission as far as the subject."""
    return bool(roles_that_may(actor, permission, subject))


def roles_that_may(actor: Actor, permission: Permission, subject: Subject) -> frozenset[Role]:
    """The actor's roles that carry the permission as far as the subject; a move asks for one of its own."""
    if actor.body_id != subject.body_id:
        return frozenset()
    held = (*actor.grants, *assigned_grants(actor, subject))
    return frozenset(grant.role for grant in held if _reaches(actor, grant, permission, subject))


def assigned_grants(actor: Actor, subject: Subject) -> tuple[Grant, ...]:
    """The roles this subject itself gives the actor: assignments to it, and leading one of its actions."""
    roles = [role for person_id, role in subject.assigned if person_id == actor.id]
    if actor.id in subject.action_leads:
        roles.append(Role.ACTION_LEAD)
    return tuple(Grant(role=role, assessment_id=subject.assessment_id) for role in roles)


def reaches(actor: Actor, permission: Permission, only: Iterable[Role] | None = None) -> frozenset[Reach]:
    """How far the actor's roles carry the permission; ASSIGNED and OWN_ACTION are always worth asking.

    A list turns the answer into one SQL condition: the same table serves the check and the list.
    """
    allowed = TABLE[permission]
    roles = set(allowed) if only is None else set(allowed) & set(only)
    standing = {allowed[grant.role] for grant in actor.grants if grant.role in roles}
    by_subject = {allowed[role] for role in roles if allowed[role] in (Reach.ASSIGNED, Reach.OWN_ACTION)}
    return frozenset((standing - {Reach.ASSIGNED, Reach.OWN_ACTION}) | by_subject)


def departments(actor: Actor, permission: Permission) -> frozenset[UUID]:
    """The departments in which a DEPARTMENT-wide role gives the actor this permission."""
    allowed = TABLE[permission]
    return frozenset(
        grant.department_id
        for grant in actor.grants
        if grant.department_id is not None and allowed.get(grant.role) is Reach.DEPARTMENT
    )


def _reaches(actor: Actor, grant: Grant, permission: Permission, subject: Subject) -> bool:
    reach = TABLE[permission].get(grant.role)
    if reach is Reach.BODY:
        return grant.assessment_id is None or grant.assessment_id == subject.assessment_id
    if reach is Reach.DEPARTMENT:
        return grant.department_id is not None and grant.department_id == subject.department_id
    if reach is Reach.ASSIGNED:
        return (actor.id, grant.role) in subject.assigned
    if reach is Reach.OWN_ACTION:
        return actor.id in subject.action_leads
    return False
