"""A newer version of a plan: what it changes of each action, seen first, then brought in, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from eia.domain.action import Action, ProgressKind
from eia.domain.errors import Invalid, NotAllowed
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.plan import PlanAction, PlannedAssessment
from eia.domain.plan_match import matched
from eia.store import action_progress, actions, plan_parts, plans
from eia.store.plan_parts import PlanChange
from eia.store.plan_readings import Reading
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_approval import begin_again
from eia.usecases.plan_bringing import Bringing
from eia.usecases.plan_import import Imported, ready_reading
from eia.usecases.plan_readings import NOT_OPEN, ReadingPage, reading_page
from eia.usecases.services import Services

NEEDS_REASON = "Enter why this date moves"
NO_LONGER_THERE = "A newer version of the plan no longer has it."


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What the newer version says of one action: `before` is None for a new one, `after` for one it drops."""

    before: Action | None
    after: PlanAction | None
    changes: tuple[tuple[str, str, str], ...] = ()  # what, before, after

    @property
    def kind(self) -> str:
        """One word for it."""
        if self.before is None:
            return "added"
        return "missing" if self.after is None else "changed"

    @property
    def moves_date(self) -> bool:
        """Whether a date that somebody promised, and still has to keep, is another one now."""
        is_open = self.before is not None and self.before.state is ActionState.OPEN
        return is_open and any(what == "target" for what, _, _ in self.changes)


@dataclass(frozen=True, kw_only=True)
class DifferencesPage:
    """A newer version beside the plan as it is."""

    page: ReadingPage
    differences: tuple[Difference, ...]
    assessments: tuple[PlannedAssessment, ...]  # that the plan did not schedule before
    unchanged: int


def differences_page(services: Services, actor: Actor, reading_id: UUID) -> DifferencesPage:
    """What the reading would change. Raises `NotAllowed` when it is no newer version of a plan."""
    page = reading_page(services, actor, reading_id)
    if page.reading.plan_id is None:
        raise NotAllowed(NOT_OPEN)
    with services.database.read() as connection:
        now = actions.of_plan(connection, page.reading.plan_id)
        scheduled = plans.titles_of_assessments(connection, page.reading.plan_id)
    found = tuple(differences(now, page.check.as_checked().actions))
    told = tuple(each for each in found if each.kind != "changed" or each.changes)
    return DifferencesPage(
        page=page,
        differences=told,
        assessments=tuple(_not_among(scheduled, page.check.as_checked().assessments)),
        unchanged=len(found) - len(told),
    )


def import_version(
    services: Services, actor: Actor, reading_id: UUID, *, reasons: Mapping[UUID, str], because: str = ""
) -> Imported:
    """The newer version in one transaction; `because` is the reason of every moved date without its own.

    Raises `Invalid` for a date that moves without a reason, and while anything uncertain is unasked.
    """
    with services.database.write() as work:
        reading = ready_reading(work, actor, reading_id)
        if reading.plan_id is None:
            raise NotAllowed(NOT_OPEN)
        return _NewerVersion(services, work, actor, reading, reading.plan_id, reasons, because).run()


def differences(now: Sequence[Action], newer: Sequence[PlanAction]) -> Iterator[Difference]:
    """What becomes of each action of either, in the order of the newer version, what it drops at the end."""
    pairs = matched([(item.label, item.text) for item in now], [(item.label, item.text) for item in newer])
    for place, after in enumerate(newer):
        before = now[pairs[place]] if place in pairs else None
        changes = tuple(_changes(before, after)) if before else ()
        yield Difference(before=before, after=after, changes=changes)
    for place, item in enumerate(now):
        if place not in pairs.values() and item.state is ActionState.OPEN:
            yield Difference(before=item, after=None)


def _changes(before: Action, after: PlanAction) -> Iterator[tuple[str, str, str]]:
    pairs = {
        "label": (before.label, after.label),
        "heading": (before.heading, after.heading),
        "text": (before.text, after.text),
        "outcome": (before.outcome, after.outcome),
        "target": (before.target.raw, after.target.raw),
    }
    for what, (old, new) in pairs.items():
        if " ".join(old.split()) != " ".join(new.split()):
            yield what, old, new


def _not_among(titles: frozenset[str], promised: Sequence[PlannedAssessment]) -> Iterator[PlannedAssessment]:
    return (each for each in promised if " ".join(each.subject.split()) not in titles)


class _NewerVersion(Bringing):
    """A document that becomes the newest version of a plan."""

    def __init__(
        self,
        services: Services,
        work: UnitOfWork,
        actor: Actor,
        reading: Reading,
        plan_id: UUID,
        reasons: Mapping[UUID, str],
        because: str,
    ) -> None:
        super().__init__(services, work, actor, reading, plan_id)
        self._reasons, self._because = reasons, because.strip()
        self._number = 0

    def run(self) -> Imported:
        """Every action takes what changed; none is lost, and none that is closed is opened again."""
        connection = self.work.connection
        found = tuple(differences(actions.of_plan(connection, self.plan_id), self.checked.actions))
        self._check_reasons(found)
        plans.retitle(connection, self.plan_id, self.plan())
        self._number = self.add_version()
        for place, each in enumerate(found):
            self._take(each, place)
        scheduled = plans.titles_of_assessments(connection, self.plan_id)
        promised = tuple(_not_among(scheduled, self.checked.assessments))
        for assessment in promised:
            self.schedule(assessment)
        begin_again(self.services, self.work, self.actor, self.plan_id)
        count = len(self.checked.actions)
        self.finish("plan_version_imported", {"actions": count, "version": self._number})
        return Imported(
            plan_id=self.plan_id, actions=count, assessments=len(promised), problems=self.problems()
        )

    def _check_reasons(self, found: Sequence[Difference]) -> None:
        missing = [
            each.before.id for each in found if each.before and each.moves_date and not self._why(each)
        ]
        if missing:
            raise Invalid({f"because-{action_id}": NEEDS_REASON for action_id in missing})

    def _why(self, each: Difference) -> str:
        own = self._reasons.get(each.before.id, "") if each.before else ""
        return own.strip() or self._because

    def _take(self, each: Difference, place: int) -> None:
        if each.before is None and each.after is not None:
            self._note(self.add_action(each.after, place), each)
        elif each.before is not None and each.after is not None and each.changes:
            self._change(each.before, each.after, each)
        elif each.before is not None and each.after is None:
            self._note(each.before.id, each, NO_LONGER_THERE)

    def _change(self, before: Action, after: PlanAction, each: Difference) -> None:
        """What is closed keeps its words: the change is told, and changes nothing that was verified."""
        if before.state is ActionState.OPEN:
            self._rewrite(before, after, each)
        self._note(before.id, each, self._why(each) if each.moves_date else "")

    def _rewrite(self, before: Action, after: PlanAction, each: Difference) -> None:
        fresh = self.action(after)
        slips = before.slips.after(before.deadline, fresh.deadline) if each.moves_date else before.slips
        changed = replace(
            before,
            label=fresh.label,
            heading=fresh.heading,
            objective_id=fresh.objective_id,
            text=fresh.text,
            outcome=fresh.outcome,
            target=fresh.target,
            leads=fresh.leads or before.leads,
            problems=fresh.problems,
            slips=slips,
        )
        actions.replace(self.work.connection, changed)
        if each.moves_date:
            self._tell_moved(before, after, self._why(each))

    def _tell_moved(self, before: Action, after: PlanAction, because: str) -> None:
        action_progress.add(
            self.work.connection,
            self.services.new_id(),
            before.id,
            ProgressKind.MOVED,
            f"{before.target.raw} → {after.target.raw}. {because}",
            by=self.actor.id,
            at=self.services.now() + timedelta(microseconds=1),
        )

    def _note(self, action_id: UUID, each: Difference, because: str = "") -> None:
        change = PlanChange(
            number=self._number,
            action_id=action_id,
            kind=each.kind,
            changes=each.changes,
            because=because,
        )
        plan_parts.add_change(self.work.connection, self.services.new_id(), self.plan_id, change)
