"""How a body reminds: as its workflow says until somebody chooses otherwise; every choice is on record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.events import Event
from eia.domain.people import Actor, Role
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.domain.reminder_choices import (
    FURTHEST,
    LONGEST_WAIT,
    MOST_OFFSETS,
    NATIONS,
    POSTS_ABOVE,
    WEEK,
    ReminderChoices,
    differences,
    usual,
)
from eia.store import reminder_choices, scheduling
from eia.store.people import Body, find_body
from eia.store.reminder_choices import Chosen
from eia.store.scheduling import BodyRules
from eia.usecases.due_reminders import released_policy
from eia.usecases.services import Services

NOT_YOURS = "Your roles do not let you choose how people are reminded."
HOW_LATE = f"Enter a whole number of days from 1 to {LONGEST_WAIT}"
MISSING = {
    "nation": "Select whose bank holidays are kept",
    "offsets": "Enter up to 8 whole numbers of days from 1 to 365 with commas between, such as 28, 14, 7, 1",
    "overdue_every_days": HOW_LATE,
    "escalate_after_days": HOW_LATE,
    "chain": "Select each post once",
    "opens": "Enter a time such as 08:00",
    "closes": "Enter a time such as 18:00",
    "digest_days": "Select at least one day of the week",
}


@dataclass(frozen=True, kw_only=True)
class AskedChoices:
    """What somebody typed; `version` is the one that was on their page."""

    version: int
    nation: str
    offsets: str
    overdue_every_days: str
    escalate_after_days: str
    chain: tuple[str, ...]
    opens: str
    closes: str
    digest_days: tuple[str, ...]
    with_calendar: bool


@dataclass(frozen=True, kw_only=True)
class BankHolidayYear:
    """A year's bank holidays as this installation knows them; none known is not the same as none."""

    year: int
    days: tuple[date, ...]

    @property
    def is_known(self) -> bool:
        """Every nation has some in every year."""
        return bool(self.days)


@dataclass(frozen=True, kw_only=True)
class ReminderSettings:
    """What holds now; `chosen` is who chose it, None while it is as the workflow says."""

    choices: ReminderChoices
    chosen: Chosen | None
    version: int
    holidays: tuple[BankHolidayYear, ...]


def reminder_settings(services: Services, actor: Actor) -> ReminderSettings:
    """How the body reminds. Raises `NotAllowed`."""
    _check(actor)
    with services.database.read() as connection:
        chosen = reminder_choices.of_body(connection, actor.body_id)
        rules = scheduling.body_rules(connection, actor.body_id)
        choices = _in_force(services, chosen, rules, find_body(connection, actor.body_id))
    this_year = services.today().year
    return ReminderSettings(
        choices=choices,
        chosen=chosen,
        version=chosen.version if chosen else 0,
        holidays=tuple(bank_holidays(services, choices.nation, year) for year in (this_year, this_year + 1)),
    )


def bank_holidays(services: Services, nation: str, year: int) -> BankHolidayYear:
    """What is known of the nation's year."""
    return BankHolidayYear(year=year, days=tuple(sorted(services.bank_holidays(nation, year))))


def change_reminders(services: Services, actor: Actor, asked: AskedChoices) -> None:
    """How people are reminded from the next sweep on; choosing what holds already changes nothing.

    Raises `NotAllowed`, `Invalid`, and `Stale` when somebody else chose meanwhile.
    """
    _check(actor)
    wanted = _parsed(asked)
    with services.database.write() as work:
        chosen = reminder_choices.of_body(work.connection, actor.body_id)
        rules = scheduling.body_rules(work.connection, actor.body_id)
        before = _in_force(services, chosen, rules, find_body(work.connection, actor.body_id))
        version = chosen.version if chosen else 0
        if version != asked.version:
            raise Stale(["reminders_changed"], current_version=version)
        changed = differences(before, wanted)
        if not changed:
            return
        reminder_choices.add(
            work.connection,
            services.new_id(),
            actor.body_id,
            wanted,
            version=version + 1,
            by=actor.id,
            now=services.now(),
        )
        work.record(
            Event(
                name="reminders_changed",
                chain_id=actor.body_id,
                actor_id=actor.id,
                at=services.now(),
                data={"version": version + 1, "changed": ",".join(changed)},
            )
        )


def _in_force(services: Services, chosen: Chosen | None, rules: BodyRules, body: Body) -> ReminderChoices:
    """What the body chose last, or what holds without a choice."""
    if chosen is not None:
        return chosen.choices
    hours = services.mail_rules
    return usual(released_policy(rules.workflow), body.nation, opens=hours.opens, closes=hours.closes)


def _check(actor: Actor) -> None:
    if not may(actor, Permission.SET_REMINDERS, Subject(body_id=actor.body_id)):
        raise NotAllowed(NOT_YOURS, roles=tuple(TABLE[Permission.SET_REMINDERS]))


def _parsed(asked: AskedChoices) -> ReminderChoices:
    """What was typed, as choices. Raises `Invalid` with a sentence for each field that cannot be taken."""
    read: dict[str, Any] = {
        "nation": asked.nation if asked.nation in NATIONS else None,
        "offsets": _offsets(asked.offsets),
        "overdue_every_days": _days(asked.overdue_every_days, LONGEST_WAIT),
        "escalate_after_days": _days(asked.escalate_after_days, LONGEST_WAIT),
        "chain": _chain(asked.chain),
        "opens": _time(asked.opens),
        "closes": _time(asked.closes),
        "digest_days": _weekdays(asked.digest_days),
    }
    problems = {field: MISSING[field] for field, value in read.items() if value is None}
    if not {"opens", "closes"} & set(problems) and read["opens"] >= read["closes"]:
        problems["closes"] = "Mail has to stop later in the day than it begins"
    if problems:
        raise Invalid(problems)
    return ReminderChoices(**read, with_calendar=asked.with_calendar)


def _days(text: str, most: int) -> int | None:
    found = re.fullmatch(r"0*([0-9]{1,3})", text.strip(), re.ASCII)
    return int(found[1]) if found and 1 <= int(found[1]) <= most else None


def _offsets(text: str) -> tuple[int, ...] | None:
    found = {_days(part, FURTHEST) for part in text.split(",")}
    known = {each for each in found if each is not None}
    return tuple(sorted(known, reverse=True)) if known == found and len(known) <= MOST_OFFSETS else None


def _chain(posts: tuple[str, ...]) -> tuple[Role, ...] | None:
    named = [post for post in posts if post]
    known = {role.value: role for role in POSTS_ABOVE}
    each_once = len(set(named)) == len(named) and set(named) <= set(known)
    return tuple(known[post] for post in named) if each_once else None


def _time(text: str) -> time | None:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text.strip(), re.ASCII)
    return time(int(found[1]), int(found[2])) if found else None


def _weekdays(days: tuple[str, ...]) -> tuple[int, ...] | None:
    found = {day for day in WEEK if str(day) in days}
    return tuple(sorted(found)) or None
