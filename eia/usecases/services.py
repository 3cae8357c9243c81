"""What every use case is handed: the database, the time, fresh ids and the rulebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from secrets import token_hex
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from eia.domain.mail import Letterhead, MailRules
from eia.store.database import Database
from eia.usecases.file_storage import FileStorage, NoFiles

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Where the time comes from; a test or the demo sets its own."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class Passwords(Protocol):
    """How passwords are kept."""

    def hash(self, password: str) -> str:
        """The text to keep."""
        ...

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether the password is the kept one; takes as long when there is none to compare with."""
        ...


class NoPasswords:
    """For doors where nobody signs in: no password is right."""

    def hash(self, password: str) -> str:
        """Text that no password matches."""
        return "!"

    def verify(self, password: str, kept: str | None) -> bool:
        """Never."""
        return False


class BankHolidays(Protocol):
    """Which days are bank holidays where."""

    def __call__(self, nation: str, year: int) -> frozenset[date]:
        """The nation's bank holidays in the year."""
        ...


def no_bank_holidays(nation: str, year: int) -> frozenset[date]:
    """None, anywhere."""
    return frozenset()


class Place(Protocol):
    """Where the installation stands, kept outside its database: a copy of that is found by it."""

    def id(self) -> str:
        """The place's own name."""
        ...

    def mark(self) -> int:
        """The highest mark that was kept here; a database behind it was restored."""
        ...

    def keep(self, mark: int) -> None:
        """Remember that the database has come so far."""
        ...


class Nowhere:
    """For doors that send no mail: any database belongs here."""

    def id(self) -> str:
        """No name."""
        return ""

    def mark(self) -> int:
        """As though nothing had happened."""
        return 0

    def keep(self, mark: int) -> None:
        """Nothing is remembered."""


@dataclass(frozen=True, kw_only=True)
class Services:
    """Built once by `eia.wiring` and passed to every use case; `secret` is kept outside the database."""

    database: Database
    clock: Clock
    new_id: Callable[[], UUID]
    passwords: Passwords = field(default_factory=NoPasswords)
    bank_holidays: BankHolidays = no_bank_holidays
    letterhead: Letterhead = field(default_factory=Letterhead)
    files: FileStorage = field(default_factory=NoFiles)
    mail_rules: MailRules = field(default_factory=MailRules)
    place: Place = field(default_factory=Nowhere)
    secret: Callable[[], str] = field(default_factory=lambda: partial(str, token_hex(32)))

    def now(self) -> datetime:
        """The present instant in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The day it is in London: promises are days, not instants."""
        return self.clock.now().astimezone(LONDON).date()
