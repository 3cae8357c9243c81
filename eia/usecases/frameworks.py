"""Equality frameworks: where the body stands, what shows it, where it wants to be, and what asks for more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.events import Event
from eia.domain.framework import Area, Framework, LevelMove, Link, LinkKind, Standing
from eia.domain.people import Actor
from eia.domain.plan_kind import PlanKind
from eia.domain.policy import Permission, Subject, may
from eia.domain.target_date import parse_target
from eia.store import framework_links, frameworks
from eia.store.framework_links import Sight
from eia.store.frameworks import AreaKey
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_visibility import visible_departments
from eia.usecases.services import Services

NOT_YOURS = "Only an equality officer can say where the council stands in a framework."
SHORTEST_SEARCH = 3


@dataclass(frozen=True, kw_only=True)
class FrameworkLine:
    """A framework in the list: how many of its areas stand at each level, and how many nobody looked at."""

    framework: Framework
    at_level: Mapping[str, int]
    not_assessed: int


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """An area on the framework's page."""

    area: Area
    standing: Standing
    steps_missing: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class FrameworkPage:
    """One framework with its areas, and the recommendations of peer challenges, the unanswered ones first."""

    framework: Framework
    areas: tuple[AreaLine, ...]
    unanswered: tuple[Link, ...]
    answered: tuple[Link, ...]
    may_assess: bool


@dataclass(frozen=True, kw_only=True)
class AreaPage:
    """One area with everything that shows where it stands; `hidden` links lead to what one may not see."""

    framework: Framework
    line: AreaLine
    links: tuple[Link, ...]
    hidden: int
    moves: tuple[LevelMove, ...]
    offered: tuple[Link, ...]
    may_assess: bool


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


def framework_lines(services: Services, actor: Actor) -> tuple[FrameworkLine, ...]:
    """Every framework, the newest name last."""
    found = []
    with services.database.read() as connection:
        for name in content.framework_names():
            framework = content.framework(name)
            known = frameworks.standings(connection, actor.body_id, name)
            levels = [known[each.id].level for each in framework.areas if each.id in known]
            found.append(
                FrameworkLine(
                    framework=framework,
                    at_level={level.id: levels.count(level.id) for level in framework.levels},
                    not_assessed=len(framework.areas) - len([each for each in levels if each]),
                )
            )
    return tuple(found)


def framework_page(services: Services, actor: Actor, name: str) -> FrameworkPage:
    """One framework. Raises `NotFound`."""
    framework = content.framework(name)
    with services.database.read() as connection:
        known = frameworks.standings(connection, actor.body_id, name)
        asked = framework_links.recommendations(
            connection, _sight(services, actor), PlanKind.PEER_CHALLENGE_RESPONSE.value
        )
    return FrameworkPage(
        framework=framework,
        areas=tuple(
            _line(services, framework, each, known.get(each.id, Standing())) for each in framework.areas
        ),
        unanswered=tuple(each for each in asked if not each.answers),
        answered=tuple(each for each in asked if each.answers),
        may_assess=may_assess(actor),
    )


def area_page(services: Services, actor: Actor, name: str, area_id: str, *, words: str = "") -> AreaPage:
    """One area, with what has the `words` and could be pointed to. Raises `NotFound`."""
    framework, area = _area(name, area_id)
    key, sight = _key(actor, name, area_id), _sight(services, actor)
    wanted = words.strip() if may_assess(actor) else ""
    with services.database.read() as connection:
        standing = frameworks.standings(connection, actor.body_id, name).get(area_id, Standing())
        links, hidden = framework_links.links(connection, key, sight)
        moves = frameworks.moves(connection, key)
        enough = len(wanted) >= SHORTEST_SEARCH
        offered = framework_links.offered(connection, sight, wanted) if enough else ()
    known = {(each.kind, each.subject_id) for each in links}
    return AreaPage(
        framework=framework,
        line=_line(services, framework, area, standing),
        links=links,
        hidden=hidden,
        moves=moves,
        offered=tuple(each for each in offered if (each.kind, each.subject_id) not in known),
        may_assess=may_assess(actor),
    )


def assess_area(services: Services, actor: Actor, name: str, area_id: str, entry: AreaEntry) -> None:
    """Where the area stands now and where it should be; a move of level is kept with its reason.

    Raises `NotAllowed`, `NotFound`, `Invalid` naming what is missing, and `Stale`.
    """
    _check(actor)
    framework, area = _area(name, area_id)
    key = _key(actor, name, area.id)
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
    _area(name, area_id)
    key = _key(actor, name, area_id)
    with services.database.write() as work:
        if framework_links.one(work.connection, _sight(services, actor), kind, subject_id) is None:
            raise NotFound
        if frameworks.is_linked(work.connection, key, kind, subject_id):
            return False
        link_id, now = services.new_id(), services.now()
        frameworks.add_link(work.connection, key, link_id, kind, subject_id, "", by=actor.id, at=now)
        _record_link(services, work, actor, key, "framework_evidence_linked", link_id)
    return True


def unlink_from_area(services: Services, actor: Actor, name: str, area_id: str, link_id: UUID) -> bool:
    """The area no longer points to it; False when it did not. Raises `NotAllowed`, `NotFound`."""
    _check(actor)
    _area(name, area_id)
    key = _key(actor, name, area_id)
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


def _area(name: str, area_id: str) -> tuple[Framework, Area]:
    framework = content.framework(name)
    area = framework.area(area_id)
    if area is None:
        raise NotFound
    return framework, area


def _key(actor: Actor, name: str, area_id: str) -> AreaKey:
    return AreaKey(body_id=actor.body_id, framework=name, area=area_id)


def _sight(services: Services, actor: Actor) -> Sight:
    return Sight(actor=actor, today=services.today(), plan_departments=visible_departments(actor))


def _line(services: Services, framework: Framework, area: Area, standing: Standing) -> AreaLine:
    return AreaLine(
        area=area,
        standing=standing,
        steps_missing=standing.steps_missing(framework),
        is_late=standing.is_late(framework, services.today()),
    )


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
