"""Who would be reminded of what on any day, and why, by the questions that the sweep asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from eia.domain.cover import Away, goes_to
from eia.domain.digest import Line, Promise, digest, line
from eia.domain.people import Actor
from eia.domain.policy import Permission, Reach, departments, reaches
from eia.mail.rule_words import rule_words
from eia.mail.words import LineWords, line_words
from eia.store import absences, people, promises
from eia.store import reminders as ledger
from eia.store.people import Department
from eia.store.promises import Recipient
from eia.store.reminder_queries import LedgerRow
from eia.usecases.due_reminders import PolicyOf, Rules, ledger_rows, released_policy
from eia.usecases.services import Services

AHEAD = 31


@dataclass(frozen=True, kw_only=True)
class PersonReminders:
    """What one person would get, most urgent first."""

    person_id: UUID
    name: str
    email: str
    job_title: str
    lines: tuple[Line, ...]
    department_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Who would get what on a day, by name; `nobody` counts what no one could be told of."""

    as_of: date
    people: tuple[PersonReminders, ...]
    nobody: int


@dataclass(frozen=True, kw_only=True)
class SeenPreview:
    """As much of a preview as its reader may see and asked for, and what they may ask for."""

    preview: Preview
    people: tuple[tuple[UUID, str], ...]
    departments: tuple[Department, ...]
    holidays_known: bool


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One line of a mail in words, and the line of the policy that it follows."""

    words: LineWords
    rule: str


def preview(
    services: Services,
    *,
    as_of: date | None = None,
    policy_of: PolicyOf = released_policy,
    body_id: UUID | None = None,
) -> Preview:
    """Who would get what and why if the sweep ran for `as_of` (today)."""
    today = as_of or services.today()
    rules = Rules(today=today, bank_holidays=services.bank_holidays, policy_of=policy_of)
    with services.database.read() as connection:
        findings = ledger.find(connection, rules.questions, today)
        rows, nobody = ledger_rows(findings)
        rows = [row for row in rows if row.state == "queued" and body_id in (None, row.body_id)]
        known = promises.promises(connection, {(row.subject_kind, row.subject_id) for row in rows}, today)
        deputies = absences.deputies(connection, today)
        readers = {row.recipient_id: goes_to(row.recipient_id, deputies) for row in rows}
        away = absences.away(connection, {each for each, reader in readers.items() if each != reader}, today)
        recipients = promises.recipients(connection, set(readers.values()))
    return Preview(as_of=today, people=_by_person(rows, known, readers, away, recipients), nobody=nobody)


def preview_for(
    services: Services,
    actor: Actor,
    *,
    as_of: date | None = None,
    department_id: UUID | None = None,
    person_id: UUID | None = None,
) -> SeenPreview:
    """The actor's own and what they may see of others', narrowed to a department's or to one person."""
    found = preview(services, as_of=as_of, body_id=actor.body_id)
    visible = _without_empty(_seen_by(actor, each) for each in found.people)
    wanted = visible
    if department_id is not None:
        wanted = _without_empty(_of_departments(each, frozenset({department_id})) for each in visible)
    shown = tuple(each for each in wanted if person_id in (None, each.person_id))
    with services.database.read() as connection:
        nation = people.find_body(connection, actor.body_id).nation
        every = people.departments(connection, actor.body_id)
    nobody = found.nobody if _sees_body(actor) else 0
    return SeenPreview(
        preview=replace(found, people=shown, nobody=nobody),
        people=tuple((each.person_id, each.name) for each in visible),
        departments=tuple(each for each in every if _may_ask_for(actor, each.id)),
        holidays_known=bool(services.bank_holidays(nation, found.as_of.year)),
    )


def _seen_by(actor: Actor, person: PersonReminders) -> PersonReminders:
    if person.person_id == actor.id or _sees_body(actor):
        return person
    return _of_departments(person, departments(actor, Permission.PREVIEW_REMINDERS))


def _may_ask_for(actor: Actor, department_id: UUID) -> bool:
    return _sees_body(actor) or department_id in departments(actor, Permission.PREVIEW_REMINDERS)


def _sees_body(actor: Actor) -> bool:
    return Reach.BODY in reaches(actor, Permission.PREVIEW_REMINDERS)


def _of_departments(person: PersonReminders, wanted: frozenset[UUID]) -> PersonReminders:
    return replace(person, lines=tuple(each for each in person.lines if each.promise.department_id in wanted))


def _without_empty(found: Iterable[PersonReminders]) -> tuple[PersonReminders, ...]:
    return tuple(each for each in found if each.lines)


def next_preview(services: Services, *, after: date, policy_of: PolicyOf = released_policy) -> Preview | None:
    """What would go on the first day after `after` on which anything would, or None for a month."""
    for days in range(1, AHEAD + 1):
        found = preview(services, as_of=after + timedelta(days=days), policy_of=policy_of)
        if found.people:
            return found
    return None


def explained(person: PersonReminders, today: date, *, language: str = "en") -> tuple[Explained, ...]:
    """What the person's mail would say, line by line, and by which rule."""
    return tuple(
        Explained(
            words=line_words(item, today, language=language, base_url=""), rule=rule_words(item, language)
        )
        for item in person.lines
    )


def _by_person(
    rows: Sequence[LedgerRow],
    known: Mapping[tuple[str, UUID], Promise],
    readers: Mapping[UUID, UUID],
    away: Mapping[UUID, Away],
    recipients: Mapping[UUID, Recipient],
) -> tuple[PersonReminders, ...]:
    lines: dict[UUID, list[Line]] = {}
    for row in rows:
        promise = known[row.subject_kind, row.subject_id]
        meant = row.recipient_id
        found = line(row.rule, row.occurrence, promise, meant, away=away.get(meant))
        if found is not None:
            lines.setdefault(readers[meant], []).append(found)
    who = sorted(((recipients[person_id], person_id) for person_id in lines), key=lambda pair: pair[0].name)
    return tuple(
        PersonReminders(
            person_id=person_id,
            name=person.name,
            email=person.email,
            job_title=person.job_title,
            lines=digest(lines[person_id]),
            department_id=person.department_id,
        )
        for person, person_id in who
    )
