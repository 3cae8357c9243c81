"""What a body may choose for itself: its name on every page, and its colours."""

from __future__ import annotations

from dataclasses import dataclass

from eia.domain.colour import is_colour, text_on
from eia.domain.errors import Invalid, NotAllowed
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.store import one_use_links, people
from eia.store.people import Body
from eia.usecases.services import Services


@dataclass(frozen=True, kw_only=True)
class BodySettings:
    """What somebody typed; colours are written as #1d5f5a."""

    name: str
    brand: str
    accent: str
    one_use_links: bool  # in reminders, so that they are answered without signing in


def body_settings(services: Services, actor: Actor) -> tuple[Body, bool]:
    """The body as it is, and whether its reminders are answered by link. Raises `NotAllowed`."""
    _check(actor)
    with services.database.read() as connection:
        by_link = actor.body_id in one_use_links.bodies(connection)
        return people.find_body(connection, actor.body_id), by_link


def change_body(services: Services, actor: Actor, asked: BodySettings) -> None:
    """The name and colours of every page from now on; text on the colour is white or black, as can be read.

    Raises `NotAllowed`, `Invalid`.
    """
    _check(actor)
    problems = {
        field: "Write a colour as # and six digits or letters from a to f, such as #1d5f5a"
        for field, colour in (("brand", asked.brand), ("accent", asked.accent))
        if not is_colour(colour)
    }
    if not asked.name.strip():
        problems["name"] = "Enter the name of the council or other body"
    if problems:
        raise Invalid(problems)
    theme = {"brand": asked.brand, "on_brand": text_on(asked.brand), "accent": asked.accent}
    data = {**theme, "one_use_links": "on" if asked.one_use_links else "off"}
    with services.database.write() as work:
        people.change_body(work.connection, actor.body_id, " ".join(asked.name.split()), theme)
        one_use_links.switch(work.connection, actor.body_id, on=asked.one_use_links)
        work.record(
            Event(
                name="body_changed", chain_id=actor.body_id, actor_id=actor.id, at=services.now(), data=data
            )
        )


def _check(actor: Actor) -> None:
    if not may(actor, Permission.MANAGE_SETTINGS, Subject(body_id=actor.body_id)):
        raise NotAllowed(
            "Your roles do not let you change settings.", roles=tuple(TABLE[Permission.MANAGE_SETTINGS])
        )
