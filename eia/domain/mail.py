"""A mail ready to go, the ways in which it may not go, and when the next attempt is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60))
GIVE_UP = timedelta(hours=72)


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Whose mail it is: the service's name, the address it comes from, and where its pages are."""

    service_name: str = "Equality impact assessments"
    sender: str = "equality@example.org"
    base_url: str = "http://127.0.0.1:8000"


@dataclass(frozen=True, kw_only=True)
class MailRules:
    """What an installation may choose of how its mail goes."""

    opens: time = time(8)  # local time, on working days of the body's nation
    closes: time = time(18)
    always_open: bool = False
    resend_when_in_doubt: bool = True  # else a mail that may have gone is listed, and a person decides

    def is_open(self, local: datetime) -> bool:
        """Whether mail goes at this hour."""
        return self.always_open or self.opens <= local.time() < self.closes


@dataclass(frozen=True, kw_only=True)
class Words:
    """What one mail says, in plain text and in simple HTML; `calendar` is an iCalendar file beside it."""

    subject: str
    text: str
    html: str
    calendar: str = ""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message to one person, the same at every attempt.

    `key` is ours and names it to a provider; `raw` is the whole of it with its headers.
    """

    key: str
    sender: str
    recipient: str
    subject: str
    text: str
    raw: bytes


def next_attempt(tries: int, tried_since: datetime, now: datetime) -> datetime | None:
    """5, 15, 30 and 60 minutes, then hourly; None once 72 hours have gone since the first refusal.

    `tries` counts the refusals, this one included.
    """
    if now - tried_since >= GIVE_UP:
        return None
    return now + WAITS[min(tries, len(WAITS)) - 1]


class NotSent(Exception):
    """A mail that was not accepted; `args[0]` is what the other side said, without an address."""


class TryLater(NotSent):
    """Temporary: the same mail may go in a while."""


class Lost(TryLater):
    """The connection broke, or will take no more, before this mail was on its way: another one is needed."""


class Unsure(NotSent):
    """The connection broke after the mail was on its way: nobody can tell whether it was taken."""


class Unreachable(NotSent):
    """Nobody answers at all: no mail is tried, and none is the worse for it."""


class MailRefused(NotSent):
    """Permanent: this mail is not taken, whatever the address."""


class RecipientRefused(NotSent):
    """Permanent: this address will not take mail."""


class MailerRefused(NotSent):
    """A configuration fault (a login or a sender refused): no mail can go, and no person is to blame."""


class Post(Protocol):
    """An open connection; raises `NotSent` of one kind or another."""

    def has(self, key: str) -> bool:
        """Whether the other side knows that it took this mail; one that cannot be asked says no."""
        ...

    def send(self, mail: Mail, intend: Callable[[], None]) -> None:
        """Hand over one mail; returning means that the other side has it.

        `intend` is called at the last moment at which the other side cannot have it yet. What it raises
        ends the attempt, and nothing was sent.
        """
        ...


class Mailer(Protocol):
    """Where mail goes: an SMTP server, GOV.UK Notify, or the local outbox."""

    def connect(self) -> AbstractContextManager[Post]:
        """One connection for a whole batch."""
        ...
