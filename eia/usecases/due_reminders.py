"""What a sweep would record and a preview shows: the pure rules, put as questions to the open promises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from eia import content
from eia.domain.occasions import Occasion
from eia.domain.people import Role
from eia.domain.reminder_choices import POSTS_ABOVE
from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.reminders import (
    CONFIRM,
    ESCALATED,
    GIVE_DATE,
    OVERDUE,
    Cadence,
    confirmed_until,
    deadline_rule,
    due_ranges,
    escalated_until,
    is_escalated,
    period_start,
    superseded_by,
)
from eia.domain.working_days import MONDAY_TO_FRIDAY, WorkingDays
from eia.store.reminder_queries import DueRow, LedgerRow
from eia.store.reminders import DueItem, Findings, Question, RemindedBody
from eia.usecases.services import LONDON, BankHolidays

KEYS = uuid5(NAMESPACE_URL, "eia:reminder")
NOT_KEYED = UUID(int=0)
PolicyOf = Callable[[str], ReminderPolicy]


def released_policy(workflow: str) -> ReminderPolicy:
    """When the people of a body that begins with this workflow want to be reminded."""
    return content.workflow(workflow).reminders


def working_days(bank_holidays: BankHolidays, nation: str, today: date) -> WorkingDays:
    """The nation's working days from last year to next, which is as far as a rule of today can move."""
    years = range(today.year - 1, today.year + 2)
    return WorkingDays(holidays=frozenset().union(*(bank_holidays(nation, year) for year in years)))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of the day, for every body by its own policy and bank holidays."""

    today: date
    bank_holidays: BankHolidays
    policy_of: PolicyOf = released_policy

    def questions(self, bodies: Sequence[RemindedBody]) -> tuple[Question, ...]:
        """One question for each way of being due, over all bodies."""
        found: dict[str, list[DueRow]] = {}
        of_occasions: dict[tuple[Occasion, str], list[DueRow]] = {}
        for body in bodies:
            policy, days = self._of(body)
            for which, row in (
                *_deadlines(body, self.today, policy, days),
                *_periods(body, self.today, policy, days),
            ):
                found.setdefault(which, []).append(row)
            for occasion, which, row in _occasions(body, self.today, policy, days):
                of_occasions.setdefault((occasion, which), []).append(row)
        return (
            *(Question(kind, which, rows) for which, rows in found.items() for kind in _kinds(which)),
            *(Question(kind.value, which, rows) for (kind, which), rows in of_occasions.items()),
        )

    def _of(self, body: RemindedBody) -> tuple[ReminderPolicy, WorkingDays]:
        """The body's policy, and the days on which it reminds: its digest days but for bank holidays."""
        released, days = (
            self.policy_of(body.workflow),
            working_days(self.bank_holidays, body.nation, self.today),
        )
        if body.choices is None:
            return released, days
        return body.choices.over(released), replace(days, weekdays=body.choices.digest_days)


def _kinds(which: str) -> tuple[str, ...]:
    """An assessment without a date is not scheduled yet: nobody is asked for one."""
    return ("action",) if which == "give-date" else ("action", "assessment")


def _deadlines(
    body: RemindedBody, today: date, policy: ReminderPolicy, days: WorkingDays
) -> Iterator[tuple[str, DueRow]]:
    oldest = min(body.oldest or today, today - timedelta(days=policy.overdue_every_days + 7))
    for item in due_ranges(today, policy, days, oldest=oldest):
        earlier = superseded_by(item.rule, policy)
        row = DueRow(body.id, item.rule, since=item.first, upto=item.last, earlier=earlier)
        yield "deadline", row
        if not item.rule.startswith(OVERDUE):
            yield "milestones", row
    late = escalated_until(today, policy, days)
    yield ESCALATED, DueRow(body.id, ESCALATED, since=oldest, upto=late)
    yield CONFIRM, DueRow(body.id, CONFIRM, since=today, upto=confirmed_until(today, policy, days))


def _periods(
    body: RemindedBody, today: date, policy: ReminderPolicy, days: WorkingDays
) -> Iterator[tuple[str, DueRow]]:
    for kind in (Cadence.CHECK_IN, Cadence.ANNOUNCED, Cadence.GIVE_DATE):
        row = _period(body, kind, today, policy, days)
        yield kind.value, row
        if kind is Cadence.CHECK_IN:
            yield "check-in-from", row


def _period(
    body: RemindedBody, kind: Cadence, today: date, policy: ReminderPolicy, days: WorkingDays
) -> DueRow:
    start = period_start(kind, today, policy, days)
    return DueRow(
        body.id,
        kind.value,
        occurrence=start,
        known_before=_midnight(start),
        known_after=_midnight(today + timedelta(days=1)),
    )


def _occasions(
    body: RemindedBody, today: date, policy: ReminderPolicy, days: WorkingDays
) -> Iterator[tuple[Occasion, str, DueRow]]:
    """Each occasion by its own part of the policy; what may be late is looked for from its oldest day on."""
    for occasion, chase in policy.chases.items():
        own = policy.of(occasion)
        if occasion is Occasion.PAPERS:
            yield from ((occasion, which, row) for which, row in _papers(body, today, own, days))
            continue
        oldest = _oldest(body, occasion) if chase.overdue else None
        for item in due_ranges(today, own, days, oldest=min(oldest or today, today)):
            earlier = superseded_by(item.rule, own)
            row = DueRow(body.id, item.rule, since=item.first, upto=item.last, earlier=earlier)
            yield occasion, "deadline", row
        if chase.escalates and oldest is not None:
            late = escalated_until(today, own, days)
            yield occasion, ESCALATED, DueRow(body.id, ESCALATED, since=oldest, upto=late)
        if occasion is Occasion.TURN:
            yield occasion, GIVE_DATE, _period(body, Cadence.GIVE_DATE, today, policy, days)


def _oldest(body: RemindedBody, occasion: Occasion) -> date | None:
    return body.review_oldest if occasion is Occasion.REVIEW else body.stage_oldest


def _papers(
    body: RemindedBody, today: date, policy: ReminderPolicy, days: WorkingDays
) -> Iterator[tuple[str, DueRow]]:
    """Days of decisions to come, by how near their papers are; the ledger keeps the decision's own day."""
    office = replace(days, weekdays=MONDAY_TO_FRIDAY)  # papers go out on any working day
    decision, rule = today, deadline_rule(_papers_on(today, policy, office), today, policy, days)
    while rule is not None:
        row = DueRow(body.id, rule, since=decision, upto=decision, earlier=superseded_by(rule, policy))
        yield "deadline", row
        if is_escalated(_papers_on(decision, policy, office), today, policy, days):
            yield ESCALATED, DueRow(body.id, ESCALATED, since=decision, upto=decision)
        decision += timedelta(days=1)
        rule = deadline_rule(_papers_on(decision, policy, office), today, policy, days)


def _papers_on(decision: date, policy: ReminderPolicy, days: WorkingDays) -> date:
    """The working day on which the papers of a decision go out."""
    day = decision
    for _ in range(policy.papers_working_days):
        day = days.on_or_before(day - timedelta(days=1))
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def ledger_rows(findings: Findings) -> tuple[list[LedgerRow], int]:
    """The rows a sweep adds, each once, and how many items have nobody at all to tell."""
    tell = _Recipients(findings)
    rows: dict[UUID, LedgerRow] = {}
    nobody = 0
    for item in findings.items:
        recipients = tell.of(item)
        nobody += not recipients
        for recipient_id in recipients:
            for row in _rows(item, recipient_id):
                rows.setdefault(row.id, row)
    return list(rows.values()), nobody


def _rows(item: DueItem, recipient_id: UUID) -> Iterator[LedgerRow]:
    yield _row(item, item.rule, recipient_id, "queued")
    for rule in item.missed:
        yield _row(item, rule, recipient_id, "superseded")


def _row(item: DueItem, rule: str, recipient_id: UUID, state: str) -> LedgerRow:
    row = LedgerRow(
        NOT_KEYED,
        item.body_id,
        item.subject_kind,
        item.subject_id,
        rule,
        item.occurrence,
        recipient_id,
        state,
        None,
    )
    return keyed(row)


def keyed(row: LedgerRow) -> LedgerRow:
    """The row under the key of what it says: the same reminder is the same row wherever it is made."""
    parts = (row.body_id, row.subject_kind, row.subject_id, row.rule, row.occurrence, row.recipient_id)
    return row._replace(id=uuid5(KEYS, "/".join(str(part) for part in parts)))


class _Recipients:
    """Who is told: the lead; without one the equality officer; when it is late the next post up as well."""

    def __init__(self, findings: Findings) -> None:
        self._leads = findings.leads
        self._chains = findings.chains
        self._in_body: dict[tuple[UUID, Role], list[UUID]] = {}
        self._in_department: dict[tuple[UUID | None, Role], list[UUID]] = {}
        for standing in findings.standings:
            self._in_body.setdefault((standing.body_id, standing.role), []).append(standing.person_id)
            self._in_department.setdefault((standing.department_id, standing.role), []).append(
                standing.person_id
            )

    def of(self, item: DueItem) -> Collection[UUID]:
        if item.recipient_id is not None:
            return (item.recipient_id,)
        if item.rule == ESCALATED and item.department_id is not None:
            leads = self._leads[item.subject_kind].get(item.subject_id, frozenset())
            for role in self._chains.get(item.body_id, POSTS_ABOVE):
                above = [
                    one for one in self._in_department.get((item.department_id, role), []) if one not in leads
                ]
                if above:
                    return dict.fromkeys(above)
        officers = self._in_body.get((item.body_id, Role.EQUALITY_OFFICER), [])
        return dict.fromkeys(officers or self._in_body.get((item.body_id, Role.ADMINISTRATOR), []))
