"""The outbox as people see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eia.domain.errors import NotFound
from eia.domain.mail import Words
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.store import outbox, promises
from eia.store.outbox import OutboxItem
from eia.store.people import is_demo
from eia.store.promises import Contents
from eia.usecases.letters import kept, words_of
from eia.usecases.one_use_links import with_tokens, without_links
from eia.usecases.services import Services


@dataclass(frozen=True, kw_only=True)
class OutboxMessage:
    """One mail as the person sees it, or would: what has not gone says what it would say now."""

    id: UUID
    recipient_id: UUID
    recipient_name: str
    recipient_email: str
    kind: str
    state: str
    error: str
    closed_because: str
    subject: str
    text: str
    html: str
    created_at: datetime
    sent_at: datetime | None


def outbox_messages(
    services: Services,
    actor: Actor,
    *,
    recipient_id: UUID | None = None,
    limit: int = 50,
    before: tuple[datetime, UUID] | None = None,
) -> tuple[OutboxMessage, ...]:
    """Mails newest first: everybody's for those who see operations, their own for anybody else.

    In a demo everybody's for everybody: its people are invented, and whoever looks round wants to see.
    """
    with services.database.read() as connection:
        whose = recipient_id if sees_all(actor) or is_demo(connection) else actor.id
        items = outbox.of_body(connection, actor.body_id, recipient_id=whose, limit=limit, before=before)
        spoken_of = promises.contents(connection, items, services.today())
        return tuple(shown(services, item, spoken_of[item.id]) for item in items)


def outbox_message(services: Services, actor: Actor, outbox_id: UUID) -> OutboxMessage:
    """One mail. Raises `NotFound` for somebody else's, unless the actor sees operations."""
    with services.database.read() as connection:
        item = outbox.one(connection, actor.body_id, outbox_id)
        if item.recipient_id != actor.id and not (sees_all(actor) or is_demo(connection)):
            raise NotFound
        spoken_of = promises.contents(connection, [item], services.today())[item.id]
        return shown(services, item, spoken_of, with_links=is_demo(connection))


def sees_all(actor: Actor) -> bool:
    """Whether the actor looks after everybody's mail."""
    return may(actor, Permission.SEE_OPERATIONS, Subject(body_id=actor.body_id))


def shown(
    services: Services, item: OutboxItem, contents: Contents, *, with_links: bool = False
) -> OutboxMessage:
    """The mail for a page; its one-use links are its reader's, and work here only in a demo."""
    words = kept(item) or words_of(services, item, contents) or Words(subject="", text="", html="")
    links = item.payload.get("links", {})
    words = with_tokens(services, words, links) if with_links else without_links(words, links)
    return OutboxMessage(
        id=item.id,
        recipient_id=item.recipient_id,
        recipient_name=item.recipient_name,
        recipient_email=item.recipient_email,
        kind=item.kind,
        state=item.state,
        error=item.error,
        closed_because=item.closed_because,
        subject=words.subject,
        text=words.text,
        html=words.html,
        created_at=item.created_at,
        sent_at=item.sent_at,
    )
