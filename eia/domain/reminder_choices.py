"""What a body chooses of how it reminds, laid over what its workflow says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from eia.domain.people import Role
from eia.domain.reminder_policy import ReminderPolicy

NATIONS = ("england", "wales", "scotland", "northern_ireland")
POSTS_ABOVE = (Role.HEAD_OF_SERVICE, Role.DIRECTOR)
WEEK = (0, 1, 2, 3, 4)  # Monday to Friday
MOST_OFFSETS = 8
FURTHEST = 365
LONGEST_WAIT = 90


@dataclass(frozen=True, kw_only=True)
class ReminderChoices:
    """One version of a body's choices; its nation says which days are bank holidays.

    `chain` is who hears when something is late: the first of these posts that somebody holds, and the
    equality officer when nobody does.
    """

    nation: str
    offsets: tuple[int, ...] = (28, 14, 7, 1)
    overdue_every_days: int = 7
    escalate_after_days: int = 14
    chain: tuple[Role, ...] = POSTS_ABOVE
    opens: time = time(8)
    closes: time = time(18)
    digest_days: tuple[int, ...] = WEEK  # 0 is Monday
    with_calendar: bool = False

    def over(self, released: ReminderPolicy) -> ReminderPolicy:
        """The workflow's policy with what the body chose instead."""
        return replace(
            released,
            offsets=self.offsets,
            overdue_every_days=self.overdue_every_days,
            escalate_after_days=self.escalate_after_days,
        )

    def is_open(self, local: datetime) -> bool:
        """Whether mail goes at this hour."""
        return self.opens <= local.time() < self.closes


def usual(released: ReminderPolicy, nation: str, *, opens: time, closes: time) -> ReminderChoices:
    """What holds for a body that has chosen nothing."""
    return ReminderChoices(
        nation=nation,
        offsets=released.offsets,
        overdue_every_days=released.overdue_every_days,
        escalate_after_days=released.escalate_after_days,
        opens=opens,
        closes=closes,
    )


def differences(before: ReminderChoices, after: ReminderChoices) -> tuple[str, ...]:
    """The names of what differs, for the record."""
    return tuple(name for name in vars(after) if getattr(before, name) != getattr(after, name))
