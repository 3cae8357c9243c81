"""What the pages of frameworks show: where the body stands, what shows it, and what asks for more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eia import content
from eia.domain.framework import Area, Framework, LevelMove, Link, Standing
from eia.domain.people import Actor
from eia.domain.plan_kind import PlanKind
from eia.store import framework_links, frameworks
from eia.usecases.frameworks import key_of, known_area, may_assess, sight_of
from eia.usecases.services import Services

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
            connection, sight_of(services, actor), PlanKind.PEER_CHALLENGE_RESPONSE.value
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
    framework, area = known_area(name, area_id)
    key, sight = key_of(actor, name, area_id), sight_of(services, actor)
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


def _line(services: Services, framework: Framework, area: Area, standing: Standing) -> AreaLine:
    return AreaLine(
        area=area,
        standing=standing,
        steps_missing=standing.steps_missing(framework),
        is_late=standing.is_late(framework, services.today()),
    )
