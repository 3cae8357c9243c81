"""What the library of sources shows to whoever writes or checks: its pages, and one source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.attachment import SourceFile
from eia.domain.errors import NotAllowed
from eia.domain.evidence import Source
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.store import scheduling, source_files, sources
from eia.store.sources import Citation, Listed, Place, Wanted
from eia.usecases.services import Services
from eia.usecases.sources import SIGNED, STILL_CITED, keeps, why_not_change

PAGE = 25
NO_LIBRARY_YET = "The library opens to you with the first assessment that you write or check."


@dataclass(frozen=True, kw_only=True)
class Library:
    """A page of the library. `after` is where the next page begins, None on the last."""

    wanted: Wanted
    groups: tuple[Characteristic, ...]
    listed: tuple[Listed, ...]
    after: Place | None
    today: date


@dataclass(frozen=True, kw_only=True)
class SourcePage:
    """One source; each `not_` says why the reader may not do that, or is None."""

    source: Source
    workflow: str  # whose form asks about sources
    groups: tuple[Characteristic, ...]
    citations: tuple[Citation, ...]
    file: SourceFile | None
    not_change: str | None
    not_remove: str | None
    not_put_file: str | None
    not_take_out_file: str | None
    today: date


def library(services: Services, actor: Actor, wanted: Wanted, *, after: Place | None = None) -> Library:
    """One page of the body's sources, the freshest first. Raises `NotAllowed`."""
    today = services.today()
    with services.database.read() as connection:
        if not sources.is_open_to(connection, actor, today):
            raise NotAllowed(NO_LIBRARY_YET)
        found = sources.page(connection, actor, wanted, today, after=after, limit=PAGE + 1)
        groups = _groups_of(scheduling.body_rules(connection, actor.body_id).workflow, today)
    shown = found[:PAGE]
    return Library(
        wanted=wanted,
        groups=groups,
        listed=shown,
        after=shown[-1].place if len(found) > PAGE else None,
        today=today,
    )


def source_page(services: Services, actor: Actor, source_id: UUID) -> SourcePage:
    """The source, and where it is cited as far as the reader may see that."""
    today = services.today()
    with services.database.read() as connection:
        if not sources.is_open_to(connection, actor, today):
            raise NotAllowed(NO_LIBRARY_YET)
        source = sources.one(connection, actor.body_id, source_id)
        is_cited = sources.is_cited(connection, source_id)
        file = source_files.of_source(connection, source_id)
        cited = sources.citations(connection, actor, source_id, today)
        workflow = scheduling.body_rules(connection, actor.body_id).workflow
        is_signed = sources.is_signed(connection, source_id)
    refused = why_not_change(actor, source)
    not_put_file = refused or (SIGNED if is_signed else None)
    return SourcePage(
        source=source,
        workflow=workflow,
        groups=_groups_of(workflow, today),
        citations=cited,
        file=file,
        not_change=refused,
        not_remove=refused or (STILL_CITED if is_cited else None),
        not_put_file=not_put_file,
        not_take_out_file=None if keeps(actor) else not_put_file,
        today=today,
    )


def _groups_of(workflow: str, today: date) -> tuple[Characteristic, ...]:
    """The groups with which an assessment of this workflow would begin today."""
    return content.characteristics(content.workflow(workflow).characteristics).in_force(today)
