"""Two years of three nations: each reminder once, in office hours, whatever the scheduler misses or repeats.

What the ledger holds is compared with what the pure rules say of the days on which anybody looked. In the
usual run a winter and a few actions; all of it (730 days, three times 200 actions) with `--two-years`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from eia.adapters.holidays_calendar import bank_holidays
from eia.domain.mail import Letterhead, Mail
from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.reminders import ESCALATED, reminders_by
from eia.domain.target_date import Milestone, TargetDate, TargetKind
from eia.store import tables
from eia.store.database import Database
from eia.usecases.due_reminders import working_days
from eia.usecases.mail_holds import release_mail
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.usecases.services import LONDON, Services
from tests.usecases.council import Council, SetClock
from tests.usecases.letterbox import Letterbox, officer_of

NATIONS = ("england", "scotland", "northern_ireland")  # England's bank holidays are those of Wales
BEGINS = date(2025, 10, 1)
POLICY = ReminderPolicy()
LEADS = 5
Key = tuple[UUID, str, date, UUID]


@dataclass(kw_only=True)
class Town:
    """A body of one nation with its leads; `promised` says what each action promises, and who leads it."""

    here: Council
    nation: str
    leads: list[UUID] = field(default_factory=list)
    promised: dict[UUID, tuple[TargetDate, UUID, UUID]] = field(default_factory=dict)


class Post(Letterbox):
    """A letterbox that notes when each mail came."""

    def __init__(self, clock: SetClock) -> None:
        super().__init__()
        self.came: list[tuple[datetime, Mail]] = []
        self._clock = clock

    def send(self, mail: Mail, intend: Callable[[], None]) -> None:
        super().send(mail, intend)
        self.came.append((self._clock.at.astimezone(LONDON), mail))


def test_every_reminder_goes_once_on_a_working_day_in_office_hours(
    database: Database, request: pytest.FixtureRequest
):
    whole = bool(request.config.getoption("--two-years"))
    seed = request.config.getoption("--crash-seed") or random.SystemRandom().randrange(10**9)
    print(f"seed {seed}")  # shown by a test that fails
    chance = random.Random(seed)
    days, actions, missed = (730, 200, 0.15) if whole else (210, 8, 0.5)
    with database.in_a_hurry():  # what is lived through here needs no disk
        towns = settled(database, chance, actions=actions, days=days)
        post, expected = lived(towns, chance, days=days, missed=missed)
    assert ledger(database) == expected
    assert_every_mail_came_at_work(towns, post)
    assert_each_line_came_once(database, towns, post)


def settled(database: Database, chance: random.Random, *, actions: int, days: int) -> list[Town]:
    clock = SetClock(datetime.combine(BEGINS, time(9), UTC))
    services = Services(
        database=database,
        clock=clock,
        new_id=uuid4,
        bank_holidays=bank_holidays,
        letterhead=Letterhead(base_url="https://eia.harbourside.example.org"),
    )
    return [settle(Town(here=Council(services=services, clock=clock), nation=each), chance, actions, days)
            for each in NATIONS]  # fmt: skip


def settle(town: Town, chance: random.Random, actions: int, days: int) -> Town:
    here = town.here
    with here.services.database.write() as work:
        row = update(tables.body).where(tables.body.c.id == here.body_id).values(nation=town.nation)
        work.connection.execute(row)
    town.leads = [here.person(f"Lead {number}") for number in range(LEADS)]
    parties = [here.party(lead) for lead in town.leads]
    plan_id = here.plan()
    for number in range(actions):
        target, who = any_target(chance, days, number), chance.randrange(LEADS)
        planned = chance.random() < 0.5
        action_id = here.action(
            target,
            parties=[parties[who]],
            plan_id=plan_id if planned else None,
            text=f"Action {town.nation} {number}.",
        )
        town.promised[action_id] = target, town.leads[who], here.head if planned else here.officer
    return town


def any_target(chance: random.Random, days: int, number: int) -> TargetDate:
    """Every kind in turn, on any day from before the beginning to after the end, bank holidays among them."""
    latest = BEGINS + timedelta(days=chance.randrange(-60, days + 30))
    has_day = chance.random() < 0.8
    return TargetDate(
        raw="as written",
        kind=list(TargetKind)[number % len(TargetKind)],
        earliest=latest - timedelta(days=chance.randrange(90)) if chance.random() < 0.5 else None,
        latest=latest if has_day else None,
        provisional=chance.random() < 0.3,
        milestones=tuple(
            Milestone(raw="", kind=TargetKind.DAY, latest=BEGINS + timedelta(days=chance.randrange(days)))
            for _ in range(chance.choice((0, 0, 0, 1, 2)))
        ),
    )


def lived(
    towns: list[Town], chance: random.Random, *, days: int, missed: float
) -> tuple[Post, dict[Key, str]]:
    """Day after day: looked at some instants, or at none; delivered at some, by day and by night."""
    clock, services = towns[0].here.clock, towns[0].here.services
    post, expected = Post(clock), dict[Key, str]()
    for day in (BEGINS + timedelta(days=number) for number in range(days)):
        if chance.random() < missed:
            continue
        for clock.at, looks in instants(chance, day):
            if looks:
                say_what_is_due(towns, expected, services.today())
                if sweep(services, policy_of=lambda workflow: POLICY).held:
                    release_mail(services, officer_of(towns[0].here), because="What was missed is caught up")
            while deliver(services, post).goes_on:
                pass
    clock.at = next_working_noon(towns, clock.at)
    while deliver(services, post).goes_on:
        pass
    return post, expected


def instants(chance: random.Random, day: date) -> Iterator[tuple[datetime, bool]]:
    """Any time of the day in UTC, in order; the clock strikes one twice in October and not in March."""
    found = dict.fromkeys(chance.sample(range(24 * 60), chance.choice((0, 1, 1, 2))), True)
    found |= {10 * 60 + 30: chance.random() < 0.7}
    for minute, looks in sorted(found.items()):
        yield datetime.combine(day, time(), UTC) + timedelta(minutes=minute), looks


def next_working_noon(towns: list[Town], at: datetime) -> datetime:
    """The first noon on which every nation works: what waited over a holiday has gone by then."""
    day = at.date() + timedelta(days=1)
    while not all(working_days(bank_holidays, each.nation, day).is_working(day) for each in towns):
        day += timedelta(days=1)
    return datetime.combine(day, time(12), UTC)


def say_what_is_due(towns: list[Town], expected: dict[Key, str], today: date) -> None:
    for town in towns:
        calendar = working_days(bank_holidays, town.nation, today)
        for action_id, (target, lead, above) in town.promised.items():
            for item in reminders_by(target, today, POLICY, calendar):
                who = above if item.rule == ESCALATED else lead
                key = (action_id, item.rule, item.occurrence, who)
                expected.setdefault(key, "superseded" if item.superseded else "queued")


def ledger(database: Database) -> dict[Key, str]:
    table = tables.reminder.c
    query = select(table.subject_id, table.rule, table.occurrence, table.recipient_id, table.state)
    with database.read() as connection:
        return {(row[0], row[1], row[2], row[3]): row[4] for row in connection.execute(query)}


def assert_every_mail_came_at_work(towns: list[Town], post: Post) -> None:
    nations = {town.here.body_id: town.nation for town in towns}
    with towns[0].here.services.database.read() as connection:
        people = {row.email: row.body_id for row in connection.execute(select(tables.person))}
        made_on = {str(row.id): row.day for row in connection.execute(select(tables.outbox))}
    for at, mail in post.came:
        calendar = working_days(bank_holidays, nations[people[mail.recipient]], at.date())
        assert calendar.is_working(at.date()), at
        assert time(8) <= at.time() < time(18), at
    # What was made on a day when offices were shut may come on the day of the next one, and before it.
    digests = Counter((made_on[mail.key], mail.recipient) for _, mail in post.came)
    assert set(digests.values()) == {1}


def assert_each_line_came_once(database: Database, towns: list[Town], post: Post) -> None:
    """A digest says one line for each deadline: as many as its reminders have, and in no other mail."""
    table = tables.reminder.c
    query = select(table.subject_id, table.occurrence, table.outbox_id, tables.outbox.c.state).join(
        tables.outbox, tables.outbox.c.id == table.outbox_id
    )
    with database.read() as connection:
        carried = {tuple(row) for row in connection.execute(query.where(table.state == "queued"))}
        texts = {row.id: row.text for row in connection.execute(select(tables.action))}
        left = connection.scalars(select(table.id).where(table.state == "queued", table.outbox_id.is_(None)))
        assert left.all() == []
    assert {state for *_, state in carried} == {"sent"}
    said = Counter(line.strip() for _, mail in post.came for line in plain(mail).splitlines())
    owed = Counter(texts[subject] for subject, *_ in carried)
    assert {text: said[text] for text in texts.values() if said[text]} == dict(owed)


def plain(mail: Mail) -> str:
    message = message_from_bytes(mail.raw, policy=policy.SMTP)
    words: str = message.get_body(("plain",)).get_content()
    return words
