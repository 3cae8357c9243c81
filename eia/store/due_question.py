"""Everything that is due and not in the ledger, in one question: a branch for each way of being due."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Boolean, Date, String, TextClause, Uuid

from eia.domain.occasions import Occasion
from eia.domain.reminders import ANNOUNCED, CHECK_IN, CONFIRM, GIVE_DATE
from eia.store import occasion_queries, reminder_queries
from eia.store.occasion_queries import RULEBOOK, on_the_day
from eia.store.reminder_queries import DUE

DEADLINE = "deadline"
MILESTONES = "milestones"
OF_PROMISES = (DEADLINE, CONFIRM, CHECK_IN, "check-in-from", ANNOUNCED, GIVE_DATE)


@cache
def everything_due(dialect: str) -> TextClause:
    """The whole question: one round trip, and one statement for a database to remember."""
    branches = "\nUNION ALL\n".join((*_promises(dialect), *_occasions(dialect)))
    whole = f"WITH {DUE[dialect]}, {RULEBOOK[dialect]}\n{branches}"
    return on_the_day(dialect, whole).columns(  # type: ignore[return-value]
        body_id=Uuid, subject_kind=String, subject_id=Uuid, rule=String, occurrence=Date, recipient_id=Uuid,
        department_id=Uuid, catching_up=Boolean,
    )  # fmt: skip


def _promises(dialect: str) -> Iterator[str]:
    for kind in ("action", "assessment"):
        yield from (reminder_queries.for_leads(dialect, kind, which) for which in OF_PROMISES)
        yield reminder_queries.for_milestones(dialect, kind)
        yield reminder_queries.for_next_post(dialect, kind)


def _occasions(dialect: str) -> Iterator[str]:
    for occasion in Occasion:
        yield occasion_queries.for_whoever_has_it(dialect, occasion)
        yield occasion_queries.for_next_post(dialect, occasion)
    yield occasion_queries.for_whoever_waits(dialect)
