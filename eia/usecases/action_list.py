"""Every action that somebody may see, whoever leads it: what is late, what slips, and what nobody leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from eia.domain.action import Action
from eia.domain.people import Actor
from eia.domain.policy import Permission, Reach, reaches
from eia.store import action_list, actions, people
from eia.store.action_list import Count, Filter, Place, Which
from eia.store.people import Department
from eia.usecases.services import Services

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class AllActions:
    """A page of actions. `after` is where the next page begins, None on the last.

    `counts` say how many of the chosen department's stand where, `opened` how many are open at all.
    """

    wanted: Filter
    departments: tuple[Department, ...]
    opened: int
    counts: tuple[tuple[Which, int], ...]
    items: tuple[Action, ...]
    after: Place | None
    today: date


def all_actions_page(
    services: Services, actor: Actor, wanted: Filter, *, after: Place | None = None
) -> AllActions:
    """One page of what the actor may see, the longest overdue first, from a fixed number of queries."""
    today = services.today()
    with services.database.read() as connection:
        found = action_list.page(connection, actor, wanted, today, after=after, limit=PAGE + 1)
        shown = found[:PAGE]
        items = actions.these(connection, [each for _, each in shown])
        counts = action_list.counts(connection, actor, wanted, today)
        departments = people.departments(connection, actor.body_id)
    having = {each.department_id for each in counts} | {wanted.department_id}
    chosen = [each for each in counts if wanted.department_id in {None, each.department_id}]
    return AllActions(
        wanted=wanted,
        departments=tuple(each for each in departments if each.id in having),
        opened=_sum(chosen, None),
        counts=tuple((which, number) for which in Which if (number := _sum(chosen, which))),
        items=items,
        after=shown[-1] if len(found) > PAGE else None,
        today=today,
    )


def oversees_actions(actor: Actor) -> bool:
    """Whether the actor's own role, and not a part in some of them, shows them the actions of others."""
    return bool(reaches(actor, Permission.VIEW_ACTION) & {Reach.BODY, Reach.DEPARTMENT})


def _sum(counts: Iterable[Count], which: Which | None) -> int:
    return sum(each.numbers[which] for each in counts)
