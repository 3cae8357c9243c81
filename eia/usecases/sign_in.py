"""Who is asking: signing in, staying signed in, proving it again, and signing out."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from eia.domain.errors import Invalid, NotFound
from eia.domain.people import Actor, Role
from eia.store import people, sessions
from eia.store.people import Body, ListedPerson
from eia.store.sessions import KeptSession
from eia.usecases.services import Services

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
CONFIRMED_FOR = timedelta(minutes=15)  # how long proof of identity serves for signing off
_SEEN_AGAIN_AFTER = timedelta(minutes=1)  # a page seen within a minute of the last writes nothing

WRONG = "The email address and password do not match. Check both and try again."
WRONG_PASSWORD = "This is not your password. Try again."  # noqa: S105 - a sentence, not a password

_ORDER = (
    Role.EQUALITY_OFFICER,
    Role.AUTHOR,
    Role.CONTRIBUTOR,
    Role.CHAMPION,
    Role.HEAD_OF_SERVICE,
    Role.DIRECTOR,
    Role.COMMITTEE,
    Role.CABINET_MEMBER,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A signed-in person at a browser."""

    actor: Actor
    body: Body
    is_demo: bool
    csrf_secret: str
    confirmed_until: datetime  # aware UTC


@dataclass(frozen=True, kw_only=True)
class DemoGroup:
    """People of the demo with the same role; None for those who lead actions only."""

    role: Role | None
    people: tuple[ListedPerson, ...]


@dataclass(frozen=True, kw_only=True)
class Front:
    """What the installation says of itself to somebody who has not signed in."""

    body: Body | None
    is_demo: bool


def front(services: Services) -> Front:
    """The body's name and colours, and whether this is a demo."""
    with services.database.read() as connection:
        return Front(body=people.only_body(connection), is_demo=people.is_demo(connection))


def sign_in(services: Services, *, email: str, password: str) -> str:
    """A new session's token for whoever knows the password; one answer, and one time, for every wrong try."""
    with services.database.read() as connection:
        account = people.account(connection, email)
    # Hashing takes a tenth of a second: never while a transaction is open.
    if not services.passwords.verify(password, account.password_hash if account else None) or account is None:
        raise Invalid({"password": WRONG})
    return _begin(services, account.person_id)


def demo_people(services: Services) -> tuple[ListedPerson, ...]:
    """The people that a demo lets anyone be. Raises NotFound on any other database."""
    with services.database.read() as connection:
        body = people.only_body(connection)
        if body is None or not people.is_demo(connection):
            raise NotFound
        return tuple(each for each in people.people(connection, body.id, services.today()) if each.active)


def demo_groups(services: Services) -> tuple[DemoGroup, ...]:
    """The demo's people under the role that says most about each, in the order in which work passes."""
    everybody = demo_people(services)
    grouped = {role: [each for each in everybody if _first_role(each) is role] for role in (*_ORDER, None)}
    return tuple(DemoGroup(role=role, people=tuple(found)) for role, found in grouped.items() if found)


def _first_role(person: ListedPerson) -> Role | None:
    held = {role for role, _ in person.grants}
    return next((role for role in _ORDER if role in held), None)


def sign_in_to_demo(services: Services, person_id: UUID) -> str:
    """A new session's token for a person of the demo. Raises NotFound on any other database."""
    if person_id not in {each.id for each in demo_people(services)}:
        raise NotFound
    return _begin(services, person_id)


def visit(services: Services, token: str) -> Visit | None:
    """Whoever holds this token, unless it has been idle for 30 minutes or is 12 hours old."""
    now = services.now()
    with services.database.read() as connection:
        kept = sessions.find(connection, _hash(token), services.today())
    if kept is None or now - kept.last_seen_at > IDLE or now - kept.signed_in_at > LONGEST:
        return None
    if now - kept.last_seen_at > _SEEN_AGAIN_AFTER:
        with services.database.write() as work:
            sessions.see(work.connection, _hash(token), now)
    return _visit(kept)


def confirm(services: Services, actor: Actor, token: str, *, password: str) -> None:
    """Whoever sits there proves it is still them; in a demo, by saying so."""
    with services.database.read() as connection:
        kept, is_demo = people.password_hash(connection, actor.id), people.is_demo(connection)
    if not is_demo and not services.passwords.verify(password, kept):
        raise Invalid({"password": WRONG_PASSWORD})
    with services.database.write() as work:
        sessions.confirm(work.connection, _hash(token), services.now())


def sign_out(services: Services, token: str) -> None:
    """The token opens nothing any more."""
    with services.database.write() as work:
        sessions.end(work.connection, _hash(token))


def _begin(services: Services, person_id: UUID) -> str:
    token, now = secrets.token_urlsafe(32), services.now()
    with services.database.write() as work:
        sessions.end_old(work.connection, begun_before=now - LONGEST, unseen_since=now - IDLE)
        sessions.add(work.connection, _hash(token), person_id, secrets.token_hex(32), now)
    return token


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _visit(kept: KeptSession) -> Visit:
    return Visit(
        actor=kept.actor,
        body=kept.body,
        is_demo=kept.is_demo,
        csrf_secret=kept.csrf_secret,
        confirmed_until=kept.confirmed_at + CONFIRMED_FOR,
    )
