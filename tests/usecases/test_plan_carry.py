"""A plan goes on into its next period: open actions are carried, what was done is told, slips count on."""

from __future__ import annotations

import pytest

from eia.domain.action import ProgressKind
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.facts import ActionState
from eia.store.database import Database
from eia.usecases.action_pages import action_page
from eia.usecases.action_progress import mark_done, move_target
from eia.usecases.plan_carry import NextPlan, carry_page, carry_plan_forward
from eia.usecases.plan_import import import_plan
from eia.usecases.plan_readings import PlanFile
from eia.usecases.plans import plan_lines, plan_page
from tests.council import FINANCE, Council
from tests.usecases.test_plan_versions import FIRST

NEXT = NextPlan(title="Housing equality action plan 2011/12", period="2011/12")


class Desk:
    def __init__(self, database: Database) -> None:
        self.council = Council(database)
        self.services, self.officer = self.council.services, self.council["officer"]
        file = PlanFile(name="first.txt", content=FIRST.encode(), department_id=FINANCE)
        self.plan_id = import_plan(self.services, self.officer, file).plan_id

    def carry(self, asked: NextPlan = NEXT):
        return carry_plan_forward(self.services, self.officer, self.plan_id, asked)

    def actions(self, plan_id=None):
        page = plan_page(self.services, self.officer, plan_id or self.plan_id)
        return {item.label: item for item in page.actions}


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_the_next_plan_is_suggested_with_the_years_that_follow(desk) -> None:
    view = carry_page(desk.services, desk.officer, desk.plan_id)
    assert view.title == "Housing equality action plan 2011/12"
    assert view.period == "2011-04-01 to 2012-03-31"
    assert len(view.open) == 3


@pytest.mark.parametrize(
    ("period", "suggested"),
    [
        ("2026-03-01 to 2028-02-28", "2028-02-29 to 2030-02-28"),
        ("9000-01-01 to 9999-12-31", ""),
        ("9998-01-01 to 9999-01-01", ""),
    ],
)
def test_a_period_after_which_the_calendar_is_odd_is_followed_or_left_to_a_person(
    desk, period, suggested
) -> None:
    file = PlanFile(name="odd.txt", content=FIRST.encode() + b"\n", department_id=FINANCE, period=period)
    odd = import_plan(desk.services, desk.officer, file).plan_id
    assert carry_page(desk.services, desk.officer, odd).period == suggested


def test_open_actions_go_on_and_both_sides_are_linked(desk) -> None:
    before = desk.actions()
    next_id = desk.carry()
    for label, item in desk.actions(next_id).items():
        assert item.state is ActionState.OPEN
        assert item.carried_from_id == before[label].id
        assert [lead.party.name for lead in item.leads] == [lead.party.name for lead in before[label].leads]
        assert action_page(desk.services, desk.officer, before[label].id).goes_on_as == item.id
    assert {item.state for item in desk.actions().values()} == {ActionState.CARRIED_FORWARD}
    assert plan_page(desk.services, desk.officer, desk.plan_id).after.id == next_id


def test_what_was_done_stays_where_it_was_and_is_told_in_the_next_plan(desk) -> None:
    done = desk.actions()["Objective 1.2"]
    mark_done(desk.services, desk.officer, done.id, "The report")
    next_id = desk.carry()
    assert set(desk.actions(next_id)) == {"Objective 1.1", "Objective 1.3"}
    page = plan_page(desk.services, desk.officer, next_id)
    assert [item.id for item in page.done_before] == [done.id]


def test_slips_count_on_and_another_date_needs_a_reason(desk) -> None:
    first = desk.actions()["Objective 1.1"].id
    move_target(desk.services, desk.officer, first, "30 September 2010", "Late")
    moved = {first: "May 2011"}
    with pytest.raises(Invalid) as refusal:
        desk.carry(NextPlan(title=NEXT.title, period=NEXT.period, targets=moved))
    assert set(refusal.value.problems) == {"because"}
    next_id = desk.carry(
        NextPlan(title=NEXT.title, period=NEXT.period, targets=moved, because="No money before")
    )
    item = desk.actions(next_id)["Objective 1.1"]
    assert item.slips.times == 2
    kinds = [each.kind for each in action_page(desk.services, desk.officer, item.id).progress]
    assert kinds == [ProgressKind.MOVED]
    assert desk.actions(next_id)["Objective 1.3"].slips.times == 0


def test_what_somebody_leaves_behind_stays_open_in_the_old_plan(desk) -> None:
    left = desk.actions()["Objective 1.3"].id
    next_id = desk.carry(NextPlan(title=NEXT.title, period=NEXT.period, left=frozenset({left})))
    assert "Objective 1.3" not in desk.actions(next_id)
    assert desk.actions()["Objective 1.3"].state is ActionState.OPEN


def test_a_plan_is_carried_forward_once(desk) -> None:
    desk.carry()
    with pytest.raises(NotAllowed):
        desk.carry()
    with pytest.raises(NotAllowed):
        carry_page(desk.services, desk.officer, desk.plan_id)
    assert len(plan_lines(desk.services, desk.officer)) == 2


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        (NextPlan(title=" ", period="2011/12"), "title"),
        (NextPlan(title="Next", period="some day"), "period"),
    ],
)
def test_the_next_plan_needs_a_title_and_years(desk, asked, missing) -> None:
    with pytest.raises(Invalid) as refusal:
        desk.carry(asked)
    assert set(refusal.value.problems) == {missing}


def test_only_an_equality_officer_carries_a_plan_forward(desk) -> None:
    with pytest.raises(NotAllowed):
        carry_plan_forward(desk.services, desk.council["head"], desk.plan_id, NEXT)


def test_a_plan_of_nowhere_is_not_found(desk) -> None:
    with pytest.raises(NotFound):
        carry_plan_forward(desk.services, desk.officer, FINANCE, NEXT)
