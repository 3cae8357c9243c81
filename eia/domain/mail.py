"""A mail ready to go, and the ways in which it may not go."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Whose mail it is: the service's name, the address it comes from, and where its pages are."""

    service_name: str = "Equality impact assessments"
    sender: str = "equality@example.org"
    base_url: str = "http://127.0.0.1:8000"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What one mail says, in plain text and in simple HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message to one person; `raw` is the whole of it with its headers, the same at every attempt."""

    sender: str
    recipient: str
    raw: bytes


class NotSent(Exception):
    """A mail that was not accepted; `args[0]` is what the other side said, without an address."""


class TryLater(NotSent):
    """Temporary: the same mail may go in a while."""


class RecipientRefused(NotSent):
    """Permanent: this address will not take mail."""


class MailerRefused(NotSent):
    """A configuration fault (a login or a sender refused): no mail can go, and no person is to blame."""


class Post(Protocol):
    """An open connection; raises `NotSent` of one kind or another."""

    def send(self, mail: Mail) -> None:
        """Hand over one mail; returning means that the other side has it."""
        ...


class Mailer(Protocol):
    """Where mail goes: an SMTP server, or the local outbox."""

    def connect(self) -> AbstractContextManager[Post]:
        """One connection for a whole batch."""
        ...
