"""Equality frameworks: saying where the body stands, where it wants to be, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.events import Event
from eia.domain.framework import Area, Framework, LinkKind, Standing
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.domain.target_date import parse_target
from eia.store import framework_links, frameworks
from eia.store.framework_links import Sight
from eia.store.frameworks import AreaKey
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_visibility import visible_departments
from eia.usecases.services import Services

NOT_YOURS = "Only an equality officer can say where the council stands in a framework."


@dataclass(frozen=True, kw_only=True)
class AreaEntry:
    """What somebody says of an area; "" for no level yet and for no target. `because` goes with a move."""

    level: str
    standing: str
    target_level: str
    target: str
    closes_gap: str
    because: str
    page_version: int


def assess_area(services: Services, actor: Actor, name: str, area_id: str, entry: AreaEntry) -> None:
    """Where the area stands now and where it should be; a move of level is kept with its reason.

    Raises `NotAllowed`, `NotFound`, `Invalid` naming what is missing, and `Stale`.
    """
    _check(actor)
    framework, area = known_area(name, area_id)
    key = key_of(actor, name, area.id)
    with services.database.write() as work:
        before = frameworks.standings(work.connection, actor.body_id, name).get(area_id, Standing())
        if before.row_version != entry.page_version:
            raise Stale((), current_version=before.row_version)
        now = _standing(framework, before, entry)
        frameworks.keep(work.connection, key, now, by=actor.id, at=services.now())
        data: dict[str, str | int] = {"framework": name, "area": area_id, "row_version": now.row_version + 1}
        if now.level != before.level:
            _move(services, work, actor, key, (before.level, now.level), entry.because.strip())
            data |= {"from": before.level or "", "to": now.level or ""}
        said = "framework_level_moved" if now.level != before.level else "framework_area_assessed"
        work.record(Event(name=said, chain_id=actor.body_id, actor_id=actor.id, at=services.now(), data=data))


def link_to_area(
    services: Services, actor: Actor, name: str, area_id: str, kind: LinkKind, subject_id: UUID
) -> bool:
    """The area points to it; False when it did already. Raises `NotAllowed`, `NotFound`."""
    _check(actor)
    known_area(name, area_id)
    key = key_of(actor, name, area_id)
    with services.database.write() as work:
        if framework_links.one(work.connection, sight_of(services, actor), kind, subject_id) is None:
            raise NotFound
        if frameworks.is_linked(work.connection, key, kind, subject_id):
            return False
        link_id, now = services.new_id(), services.now()
        frameworks.add_link(work.connection, key, link_id, kind, subject_id, by=actor.id, at=now)
        _record_link(services, work, actor, key, "framework_evidence_linked", link_id)
    return True


def unlink_from_area(services: Services, actor: Actor, name: str, area_id: str, link_id: UUID) -> bool:
    """The area no longer points to it; False when it did not. Raises `NotAllowed`, `NotFound`."""
    _check(actor)
    known_area(name, area_id)
    key = key_of(actor, name, area_id)
    with services.database.write() as work:
        gone = frameworks.remove_link(work.connection, key, link_id)
        if gone:
            _record_link(services, work, actor, key, "framework_evidence_unlinked", link_id)
    return gone


def may_assess(actor: Actor) -> bool:
    """Whether saying where the body stands is the actor's to do."""
    return may(actor, Permission.ASSESS_FRAMEWORK, Subject(body_id=actor.body_id))


def _check(actor: Actor) -> None:
    if not may_assess(actor):
        raise NotAllowed(NOT_YOURS)


def known_area(name: str, area_id: str) -> tuple[Framework, Area]:
    """The framework and its area. Raises `NotFound`."""
    framework = content.framework(name)
    area = framework.area(area_id)
    if area is None:
        raise NotFound
    return framework, area


def key_of(actor: Actor, name: str, area_id: str) -> AreaKey:
    """The area, of the actor's body."""
    return AreaKey(body_id=actor.body_id, framework=name, area=area_id)


def sight_of(services: Services, actor: Actor) -> Sight:
    """What the actor may see today."""
    return Sight(actor=actor, today=services.today(), plan_departments=visible_departments(actor))


def _standing(framework: Framework, before: Standing, entry: AreaEntry) -> Standing:
    level, target_level = framework.level(entry.level), framework.level(entry.target_level)
    now = Standing(
        level=level.id if level else None,
        standing=entry.standing.strip(),
        target_level=target_level.id if target_level else None,
        target=parse_target(entry.target.strip()) if entry.target.strip() else None,
        closes_gap=entry.closes_gap.strip(),
        row_version=before.row_version,
    )
    if problems := _problems(framework, before, now, entry):
        raise Invalid(problems)
    return now


def _problems(framework: Framework, before: Standing, now: Standing, entry: AreaEntry) -> dict[str, str]:
    gap = now.steps_missing(framework)
    wanted = {
        "standing": (not now.standing, "Say where the council stands now, and how you know"),
        "because": (
            now.level != before.level and not entry.because.strip(),
            "Say why the level changes: it is kept with the move",
        ),
        "target_level": (
            framework.rank(now.target_level) < framework.rank(now.level) and now.target_level is not None,
            "Choose a level that is not below where you are now",
        ),
        "target": (bool(gap) and now.target is None, "Say by when you want to be there"),
        "closes_gap": (bool(gap) and not now.closes_gap, "Say what will close the gap"),
    }
    return {name: sentence for name, (is_missing, sentence) in wanted.items() if is_missing}


def _move(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    key: AreaKey,
    levels: tuple[str | None, str | None],
    because: str,
) -> None:
    frameworks.add_move(
        work.connection, key, services.new_id(), levels, because, by=actor.id, at=services.now()
    )


def _record_link(
    services: Services, work: UnitOfWork, actor: Actor, key: AreaKey, name: str, link_id: UUID
) -> None:
    data: dict[str, str | int] = {"framework": key.framework, "area": key.area, "link": str(link_id)}
    work.record(Event(name=name, chain_id=actor.body_id, actor_id=actor.id, at=services.now(), data=data))
