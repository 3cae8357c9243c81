"""What the sweep does about absences: mail goes to deputies, and whoever is back catches up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from eia.domain.cover import caught_up, goes_to, said_first
from eia.store import absences
from eia.store.absences import Missed
from eia.store.reminder_queries import LedgerRow
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.due_reminders import keyed


def hand_over(work: UnitOfWork, today: date) -> Mapping[UUID, UUID]:
    """Who reads for whom on the day; what waits in somebody else's digest is taken out of it."""
    if not absences.are_any(work.connection):
        return {}
    deputies = absences.deputies(work.connection, today)
    waiting = absences.in_open_digests(work.connection, deputies)
    wrong = [each.id for each in waiting if each.reader_id != goes_to(each.recipient_id, deputies)]
    absences.take_out(work.connection, wrong)
    return deputies


def catch_up(work: UnitOfWork, today: date) -> list[LedgerRow]:
    """What went to deputies of those who are back by now, once more and to them; a second time nothing."""
    if not absences.are_any(work.connection):
        return []
    rows = [_again(each) for each in absences.missed(work.connection, today)]
    absences.told(work.connection, today)
    return rows


def _again(missed: Missed) -> LedgerRow:
    rule = caught_up(said_first(missed.row.rule), missed.last_day)
    return keyed(missed.row._replace(rule=rule, outbox_id=None))
