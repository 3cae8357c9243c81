"""When mail of a body goes: in its own hours, on working days of its nation."""

from __future__ import annotations

from datetime import date, datetime

from eia.domain.people import Actor
from eia.domain.working_days import ONE_DAY, WorkingDays
from eia.store import addresses
from eia.store.addresses import Office
from eia.usecases.due_reminders import working_days
from eia.usecases.services import LONDON, Services


def is_open(services: Services, office: Office, now: datetime) -> bool:
    """Whether mail of the body may go now."""
    local = now.astimezone(LONDON)
    hours, days = office.choices or services.mail_rules, _days(services, office, local.date())
    return hours.is_open(local) and days.is_working(local.date())


def next_opening(services: Services, actor: Actor) -> datetime | None:
    """When mail of the actor's body may go again; None when it may go now."""
    now = services.now()
    with services.database.read() as connection:
        office = next(each for each in addresses.offices(connection) if each.body_id == actor.body_id)
    if services.mail_rules.always_open or is_open(services, office, now):
        return None
    local, hours = now.astimezone(LONDON), office.choices or services.mail_rules
    first = local.date() if local.time() < hours.opens else local.date() + ONE_DAY
    return datetime.combine(_days(services, office, first).on_or_after(first), hours.opens, LONDON)


def _days(services: Services, office: Office, day: date) -> WorkingDays:
    return working_days(services.bank_holidays, office.nation, day)
