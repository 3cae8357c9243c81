"""A person's target dates in their own calendar, by an address that only they know and may renew or stop."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit

from eia.domain.calendar import Dated, DayWords, Entry, entries
from eia.domain.digest import Line, Promise
from eia.domain.errors import NotFound
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.working_days import WorkingDays
from eia.mail import calendar_words
from eia.mail.words import link
from eia.store import calendar_feeds, people, reminder_choices, scheduling
from eia.usecases.due_reminders import released_policy
from eia.usecases.services import Services

DATED = ("action", "assessment")
NO_ALARMS = ReminderPolicy(offsets=())  # the mail itself is the reminder
LONGEST = 100  # characters of a token that are looked at


def calendar_since(services: Services, actor: Actor) -> datetime | None:
    """When the actor's address was made; None when they have none."""
    with services.database.read() as connection:
        return calendar_feeds.since(connection, actor.id)


def renew_calendar(services: Services, actor: Actor) -> str:
    """A fresh token, shown once; an earlier address stops working."""
    token = secrets.token_urlsafe(32)
    with services.database.write() as work:
        calendar_feeds.renew(work.connection, actor.id, _hash(token), services.now())
        work.record(_event(services, actor, "calendar_shared"))
    return token


def stop_calendar(services: Services, actor: Actor) -> None:
    """No address of the actor's works any more; a second time changes nothing."""
    with services.database.write() as work:
        if calendar_feeds.stop(work.connection, actor.id):
            work.record(_event(services, actor, "calendar_stopped"))


def calendar_of(services: Services, token: str) -> bytes:
    """The calendar behind the token. Raises `NotFound`, and says no more, for any that opens none."""
    today = services.today()
    with services.database.read() as connection:
        person_id = calendar_feeds.whose(connection, _hash(token))
        actor = people.actor(connection, person_id, today) if person_id else None
        if actor is None:
            raise NotFound
        dated = calendar_feeds.dated(connection, actor.body_id, actor.id)
        chosen = reminder_choices.of_body(connection, actor.body_id)
        policy = released_policy(scheduling.body_rules(connection, actor.body_id).workflow)
        nation = people.find_body(connection, actor.body_id).nation
    policy = chosen.choices.over(policy) if chosen else policy
    days = _working_days(services, nation, [item.target.latest for item in dated if item.target.latest])
    found = [each for item in dated for each in entries(item, today, policy, days)]
    return written(services, found, actor.language)


def days_of(services: Services, lines: Iterable[Line], language: str) -> str:
    """The days that a digest speaks of, as a file beside it; "" when it speaks of none."""
    today = services.today()
    found = [
        entry
        for line in lines
        if line.promise.kind in DATED and line.has_deadline
        for entry in entries(_dated(line.promise), today, NO_ALARMS, WorkingDays())
        if entry.day == line.occurrence
    ]
    return written(services, found, language).decode() if found else ""


def _dated(promise: Promise) -> Dated:
    return Dated(
        kind=promise.kind,
        id=promise.id,
        known_as=promise.known_as,
        target=promise.target,
        version=promise.version,
    )


def written(services: Services, found: list[Entry], language: str) -> bytes:
    """The entries as a file."""
    from eia.documents.calendar import calendar_file  # slow to import, and few requests need it

    return calendar_file(
        (_words(services, each, language) for each in found),
        name=calendar_words.name(language),
        now=services.now(),
    )


def _words(services: Services, entry: Entry, language: str) -> DayWords:
    base_url = services.letterhead.base_url
    return DayWords(
        uid=f"{entry.key}@{urlsplit(base_url).hostname}",
        day=entry.day,
        summary=calendar_words.summary(entry, language),
        url=link(base_url, entry.kind, str(entry.subject_id)),
        sequence=entry.version,
        is_tentative=entry.provisional,
        alarms=entry.alarms,
    )


def _working_days(services: Services, nation: str, latest: list[date]) -> WorkingDays:
    """The nation's working days as far as these days are, from last year on."""
    this_year = services.today().year
    years = range(this_year - 1, max([this_year, *(day.year for day in latest)]) + 1)
    return WorkingDays(holidays=frozenset().union(*(services.bank_holidays(nation, year) for year in years)))


def _event(services: Services, actor: Actor, name: str) -> Event:
    return Event(
        name=name,
        chain_id=actor.body_id,
        actor_id=actor.id,
        at=services.now(),
        data={"person": str(actor.id)},
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token[:LONGEST].encode()).digest()
