"""Answering a reminder from the mail: a link for one person, one action and one answer, that signs nobody in.

A token is never stored: it is made from the link's id with a secret that is kept outside the database, so
that a mail that is sent again carries the same. Only its hash is a row.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from eia.domain.action import Action
from eia.domain.errors import NotFound
from eia.domain.mail import Words
from eia.domain.people import Actor
from eia.store import actions, one_use_links, people
from eia.store.one_use_links import OneUseLink
from eia.store.outbox import OutboxItem
from eia.store.promises import Carried, Contents
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.action_progress import Update, update, why_not_update
from eia.usecases.services import Services

LINKS = uuid5(NAMESPACE_URL, "eia:one-use-link")
GOOD_FOR = timedelta(days=14)
FORGOTTEN_AFTER = timedelta(days=90)
LONGEST = 100  # characters of a token that are looked at


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The one action that a link is about."""

    action: Action
    today: date


def make_links(
    services: Services, work: UnitOfWork, items: Sequence[OutboxItem], contents: Mapping[UUID, Contents]
) -> dict[UUID, dict[UUID, UUID]]:
    """By mail, the link with which its recipient answers for each action they lead; none where they are off.

    Made again for the same mail they are the same links.
    """
    now = services.now()
    one_use_links.forget(work.connection, now - FORGOTTEN_AFTER)
    bodies = one_use_links.bodies(work.connection)
    links = {
        item.id: [
            _link(item, each, now + GOOD_FOR) for each in contents[item.id].reminders if _asks(each, item)
        ]
        for item in items
        if item.body_id in bodies
    }
    every = (link for made in links.values() for link in made)
    one_use_links.keep(work.connection, {_hash(_token(services, link.id)): link for link in every})
    return {item_id: {link.action_id: link.id for link in made} for item_id, made in links.items()}


def with_tokens(services: Services, words: Words, links: Iterable[str]) -> Words:
    """The words as they travel: where they name one of these links by its id, they carry its token."""
    return _leading(words, {f"/answer/{each}/": f"/answer/{_token(services, UUID(each))}/" for each in links})


def without_links(words: Words, links: Mapping[str, str]) -> Words:
    """The words for whoever else looks at the mail: they lead to the action's own pages, and to the door."""
    places = {f"/answer/{link_id}/": f"/actions/{action_id}/" for link_id, action_id in links.items()}
    return _leading(words, places)


def look(services: Services, token: str) -> Asked:
    """What the link asks. Looking changes nothing, however often a mail scanner does it.

    Raises `NotFound`, and says no more, for a link that is unknown, used, too old, or no longer its holder's.
    """
    with services.database.read() as connection:
        found = one_use_links.find(connection, _hash(token), services.now())
        if found is None:
            raise NotFound
        item = actions.one(connection, found.body_id, found.action_id)
        actor = people.actor(connection, found.person_id, services.today())
    _holder(actor, item)
    return Asked(action=item, today=services.today())


def answer(services: Services, token: str, said: Update) -> None:
    """The answer, once: it is on record as given by whom the mail was sent to, and by a link.

    Raises `Invalid`, which leaves the link good, and `NotFound` as `look` does.
    """
    with services.database.write() as work:
        now = services.now()
        found = one_use_links.find(work.connection, _hash(token), now)
        if found is None:
            raise NotFound
        item = actions.one(work.connection, found.body_id, found.action_id)
        actor = _holder(people.actor(work.connection, found.person_id, services.today()), item)
        data: Mapping[str, str | int] = {"link": str(found.id), "reminder": str(found.reminder_id)}
        update(services, work, actor, item.id, said, data=data)
        if not one_use_links.use(work.connection, found.id, now):
            raise NotFound


def _leading(words: Words, places: Mapping[str, str]) -> Words:
    for before, after in places.items():
        words = replace(words, text=words.text.replace(before, after), html=words.html.replace(before, after))
    return words


def _asks(reminder: Carried, item: OutboxItem) -> bool:
    """A deputy answers nothing for whoever is away."""
    own = reminder.recipient_id == item.recipient_id
    return own and reminder.promise.kind == "action" and item.recipient_id in reminder.promise.leads


def _link(item: OutboxItem, reminder: Carried, expires_at: datetime) -> OneUseLink:
    return OneUseLink(
        id=uuid5(LINKS, f"{item.id}/{reminder.id}"),
        body_id=item.body_id,
        person_id=item.recipient_id,
        action_id=reminder.promise.id,
        reminder_id=reminder.id,
        expires_at=expires_at,
    )


def _holder(actor: Actor | None, item: Action) -> Actor:
    """Whoever holds the link, as the lead of this action and nothing else, while they are."""
    if actor is None:
        raise NotFound
    holder = replace(actor, grants=())
    if why_not_update(holder, item) is not None:
        raise NotFound
    return holder


def _token(services: Services, link_id: UUID) -> str:
    made = hmac.digest(services.secret().encode(), LINKS.bytes + link_id.bytes, "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token[:LONGEST].encode()).digest()
