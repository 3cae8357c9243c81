"""Gaps over all assessments: what nobody knows, whose it is to find out, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.errors import NotAllowed, NotFound
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.store import gaps
from eia.store.gaps import GapCount, GapLine, Place, Wanted
from eia.usecases.actions import ActionEntry, add_action
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.leads import LeadEntry
from eia.usecases.services import Services

PAGE = 50
NOBODYS = "Nobody owns this gap yet. Say who will see to it, and by when."


@dataclass(frozen=True, kw_only=True)
class GapsPage:
    """A page of open gaps. `after` is where the next page begins, None on the last."""

    wanted: Wanted
    groups: Mapping[str, Characteristic]
    counts: tuple[GapCount, ...]
    lines: tuple[GapLine, ...]
    after: Place | None
    today: date


def gaps_page(services: Services, actor: Actor, wanted: Wanted, *, after: Place | None = None) -> GapsPage:
    """The open gaps of the assessments that the actor may see, those overdue first, and how many by group."""
    today = services.today()
    with services.database.read() as connection:
        groups = _groups(gaps.lists_of(connection, actor.body_id))
        found = gaps.page(connection, actor, wanted, today, after=after, limit=PAGE + 1)
        counts = gaps.counts(connection, actor, tuple(groups), today)
    shown = found[:PAGE]
    return GapsPage(
        wanted=wanted,
        groups=groups,
        counts=tuple(each for each in counts if each.gaps),
        lines=shown,
        after=shown[-1].place if len(found) > PAGE else None,
        today=today,
    )


def promise_to_close(
    services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID, text: str, outcome: str
) -> UUID:
    """The gap as an action of its assessment, with the lead and the date that the gap has; its id."""
    gap = evidence_page(services, actor, assessment_id).item(evidence_id)
    if not gap.is_gap:
        raise NotFound
    if gap.target is None or not gap.lead:
        raise NotAllowed(NOBODYS)
    entry = ActionEntry(
        text=text,
        outcome=outcome,
        target=gap.target.raw,
        leads=(LeadEntry(name=gap.lead),),
        characteristic=gap.characteristics[0] if len(gap.characteristics) == 1 else None,
    )
    return add_action(services, actor, assessment_id, entry, closes_gap=evidence_id)


def _groups(lists: Iterable[str]) -> Mapping[str, Characteristic]:
    """The groups of these lists by id; of two names for one, the last."""
    return {item.id: item for name in lists for item in content.characteristics(name).items}
