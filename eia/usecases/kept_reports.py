"""Reports kept as they were handed out, so that it can be shown later what somebody was given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from eia.domain.errors import NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.domain.report.report import Extent, Report
from eia.store import kept_reports
from eia.store.kept_reports import KeptLine, NewKept
from eia.usecases.services import Services

NOT_YOURS = "Only the equality officer, or a head or director for their own department, can keep a report."


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A report as it was drawn: its title, and the paper in a form that can be drawn again."""

    title: str
    content: str


def may_keep(actor: Actor, report: Report, department_id: UUID | None) -> bool:
    """Whether keeping this report is the actor's to do; never one that counts only what one person sees."""
    if report.extent is Extent.SEEN:
        return False
    return may(actor, Permission.KEEP_REPORT, Subject(body_id=actor.body_id, department_id=department_id))


def keep_report(
    services: Services, actor: Actor, report: Report, department_id: UUID | None, drawn: Drawn
) -> UUID:
    """The report as it was drawn, its hash in the history with who kept it. Raises `NotAllowed`."""
    if not may_keep(actor, report, department_id):
        raise NotAllowed(NOT_YOURS)
    new = NewKept(
        id=services.new_id(),
        kind=report.kind,
        department_id=department_id,
        extent=report.extent,
        title=drawn.title,
        as_at=report.as_at,
        sha256=_hash(drawn.content),
        content=drawn.content,
    )
    data: dict[str, str | int] = {"report": str(new.id), "kind": new.kind.value, "sha256": new.sha256}
    now = services.now()
    with services.database.write() as work:
        kept_reports.add(work.connection, actor.body_id, new, by=actor.id, at=now)
        work.record(Event(name="report_kept", chain_id=actor.body_id, actor_id=actor.id, at=now, data=data))
    return new.id


def kept_lines(services: Services, actor: Actor) -> tuple[KeptLine, ...]:
    """The newest kept reports, as far as the actor may see what they count."""
    with services.database.read() as connection:
        found = kept_reports.newest(connection, actor.body_id)
    return tuple(each for each in found if _may_read(actor, each))


def kept_report(services: Services, actor: Actor, report_id: UUID) -> tuple[KeptLine, str]:
    """One kept report with its content, which is what was kept. Raises `NotFound`."""
    with services.database.read() as connection:
        found = kept_reports.one(connection, actor.body_id, report_id)
    if found is None or not _may_read(actor, found[0]):
        raise NotFound
    return found


def is_as_kept(line: KeptLine, content: str) -> bool:
    """Whether the content is what its hash was made from."""
    return _hash(content) == line.sha256


def _may_read(actor: Actor, line: KeptLine) -> bool:
    return may(actor, Permission.VIEW, Subject(body_id=actor.body_id, department_id=line.department_id))


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
