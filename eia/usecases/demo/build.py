"""Makes the demonstration: a council's last years, played through the use cases in a few seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from eia.domain.mail import Mail, MailRules, Post, RecipientRefused
from eia.usecases import upkeep
from eia.usecases.absences import AskedAbsence, be_away
from eia.usecases.demo.cast import Cast, engage
from eia.usecases.demo.lives import arrange_lives
from eia.usecases.demo.plan_years import YEARS, PlanYears
from eia.usecases.demo.standing import Standing
from eia.usecases.demo.timeline import DemoClock, Timeline, seeded_ids
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.usecases.services import Nowhere, Services

SEED = 2010
REMINDED_DAYS = 14  # how far back the clock has been sending digests
BOUNCES = (
    "viktor.halasz@"  # somebody whose address stopped working, so that the page of such mail is not empty
)


def build_demo(services: Services) -> None:
    """Fills an empty database; what it holds depends on nothing but today's date."""
    upkeep.upgrade(services)
    clock = DemoClock(services.now())
    then = replace(
        services,
        clock=clock,
        new_id=seeded_ids(SEED),
        mail_rules=MailRules(always_open=True),
        place=Nowhere(),
    )
    timeline = Timeline(clock=clock, until=services.now())
    today = services.today()
    clock.at = services.now() - timedelta(days=366 * (YEARS + 1))
    cast = engage(then)
    PlanYears(services=then, cast=cast, timeline=timeline).arrange(today)
    arrange_lives(then, cast, timeline, today)
    Standing(services=then, cast=cast).arrange(timeline, today)
    _arrange_absence(then, cast, timeline, today)
    _arrange_post(then, timeline, today)
    with services.database.in_a_hurry():
        timeline.play()


def _arrange_absence(services: Services, cast: Cast, timeline: Timeline, today: date) -> None:
    """Somebody is away at the moment, and a colleague reads her reminders."""
    first, last = today - timedelta(days=3), today + timedelta(days=4)
    away, deputy = cast["wolanska"], cast["kildare"]
    asked = AskedAbsence(first_day=first, last_day=last, deputy_id=deputy.id)
    timeline.add(first, 7, lambda: be_away(services, away, away.id, asked))


def _arrange_post(services: Services, timeline: Timeline, today: date) -> None:
    """Notices went out month by month; digests, for the last fortnight, in the morning of each day."""
    for month in range(12 * YEARS, 0, -1):
        timeline.add(today - timedelta(days=30 * month), 17, lambda: _post(services))
    for day in range(REMINDED_DAYS, 0, -1):
        timeline.add(today - timedelta(days=day), 8, lambda: _remind(services))


def _remind(services: Services) -> None:
    sweep(services)
    _post(services, bounces=BOUNCES)


def _post(services: Services, bounces: str = "nobody@") -> None:
    while deliver(services, _LongAgo(bounces), limit=500).goes_on:
        pass


class _LongAgo:
    """Takes every mail, as those of the past were taken; it stays to be read on the outbox page."""

    def __init__(self, bounces: str) -> None:
        self._bounces = bounces

    @contextmanager
    def connect(self) -> Iterator[Post]:
        yield self

    def has(self, key: str) -> bool:
        """Nobody asks."""
        return False

    def send(self, mail: Mail, intend: Callable[[], None]) -> None:
        """Gone, but for the one address that takes none."""
        if mail.recipient.startswith(self._bounces):
            raise RecipientRefused("550 5.1.1 The address is unknown here")
        intend()
