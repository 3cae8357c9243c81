"""A newer version of a plan changes its actions, loses none, and moves no date without a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.facts import ActionState
from eia.store.database import Database
from eia.usecases.action_pages import action_page
from eia.usecases.action_progress import mark_done
from eia.usecases.plan_checks import take_as_read
from eia.usecases.plan_import import import_plan, import_reading
from eia.usecases.plan_readings import PlanFile, begin_reading
from eia.usecases.plan_versions import differences_page, import_version
from eia.usecases.plans import plan_lines, plan_page, version_page
from tests.council import FINANCE, Council

HEAD = "Housing equality action plan 2010/11\n\nObjective\tDetailed action\tTarget date\tLead\n"
FIRST = (
    HEAD
    + "Priority 1 Access\tObjective 1.1 Print letters large.\tMay 2010\tA Abbot\n"
    + "\tObjective 1.2 Check the doors.\tJune 2010\tB Birch\n"
    + "\tObjective 1.3 Train everybody.\tJuly 2010\tC Cole\n"
)
SECOND = (
    HEAD
    + "Priority 1 Access\tObjective 1.1 Print letters large.\tMay 2011\tA Abbot\n"
    + "\tObjective 1.2 Check the doors and the ramps.\tJune 2010\tB Birch\n"
    + "\tObjective 1.4 Ask the tenants.\tMarch 2011\tD Dale\n"
)


class Desk:
    def __init__(self, database: Database) -> None:
        self.council = Council(database)
        self.services, self.officer = self.council.services, self.council["officer"]
        first = PlanFile(name="first.txt", content=FIRST.encode(), department_id=FINANCE)
        self.plan_id = import_plan(self.services, self.officer, first).plan_id

    def take(self, text: str = SECOND):
        file = PlanFile(
            name="second.txt", content=text.encode(), department_id=FINANCE, version_of=self.plan_id
        )
        begun = begin_reading(self.services, self.officer, file)
        take_as_read(self.services, self.officer, begun.reading_id)
        return begun.reading_id

    def actions(self):
        return {item.label: item for item in plan_page(self.services, self.officer, self.plan_id).actions}


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_the_differences_are_seen_before_anything_changes(desk) -> None:
    view = differences_page(desk.services, desk.officer, desk.take())
    assert {(each.kind, (each.before or each.after).label) for each in view.differences} == {
        ("changed", "Objective 1.1"),
        ("changed", "Objective 1.2"),
        ("added", "Objective 1.4"),
        ("missing", "Objective 1.3"),
    }
    assert desk.actions()["Objective 1.1"].target.raw == "May 2010"


def test_a_date_moves_only_with_a_reason_and_then_counts_as_a_slip(desk) -> None:
    reading_id = desk.take()
    moved = desk.actions()["Objective 1.1"].id
    with pytest.raises(Invalid) as refusal:
        import_version(desk.services, desk.officer, reading_id, reasons={})
    assert set(refusal.value.problems) == {f"because-{moved}"}
    import_version(desk.services, desk.officer, reading_id, reasons={moved: "The printer broke"})
    item = desk.actions()["Objective 1.1"]
    assert (item.id, item.target.raw, item.slips.times) == (moved, "May 2011", 1)
    [told] = action_page(desk.services, desk.officer, moved).progress
    assert "The printer broke" in told.note


def test_words_change_new_actions_come_and_none_is_lost(desk) -> None:
    before = desk.actions()
    import_version(desk.services, desk.officer, desk.take(), reasons={}, because="New council")
    after = desk.actions()
    assert after["Objective 1.2"].id == before["Objective 1.2"].id
    assert after["Objective 1.2"].text == "Check the doors and the ramps."
    assert after["Objective 1.3"].state is ActionState.OPEN
    assert set(after) - set(before) == {"Objective 1.4"}
    page = version_page(desk.services, desk.officer, desk.plan_id, 2)
    assert sorted(change.kind for change, _ in page.changes) == ["added", "changed", "changed", "missing"]


def test_what_is_done_stays_done_and_keeps_its_words(desk) -> None:
    done = desk.actions()["Objective 1.2"].id
    mark_done(desk.services, desk.officer, done, "The report")
    import_version(desk.services, desk.officer, desk.take(), reasons={}, because="New council")
    item = desk.actions()["Objective 1.2"]
    assert (item.state, item.text) == (ActionState.DONE, "Check the doors.")


def test_an_assessment_that_only_the_newer_version_promises_is_scheduled_once(desk) -> None:
    promise = (
        "\tObjective 1.5 Complete EIAs in the following areas: - Lettings - Repairs\tMarch 2011\tE Elm\n"
    )
    for text in (
        SECOND + promise,
        SECOND + promise + "\tObjective 1.6 Say thanks to all.\tMay 2011\tE Elm\n",
    ):
        reading_id = desk.take(text)
        waiting = differences_page(desk.services, desk.officer, reading_id).assessments
        import_version(desk.services, desk.officer, reading_id, reasons={}, because="Later")
    assert waiting == ()
    page = plan_page(desk.services, desk.officer, desk.plan_id)
    assert sorted(item.title for item in page.assessments) == ["Lettings", "Repairs"]


def test_either_file_again_changes_nothing(desk) -> None:
    import_version(desk.services, desk.officer, desk.take(), reasons={}, because="New council")
    for text in (FIRST, SECOND):
        file = PlanFile(name="again.txt", content=text.encode(), department_id=FINANCE)
        assert begin_reading(desk.services, desk.officer, file).plan_id == desk.plan_id
    assert len(plan_lines(desk.services, desk.officer)) == 1


def test_a_newer_version_does_not_come_in_as_a_plan_of_its_own(desk) -> None:
    with pytest.raises(Invalid):
        import_reading(desk.services, desk.officer, desk.take())


def test_only_an_equality_officer_brings_a_version_in(desk) -> None:
    reading_id = desk.take()
    with pytest.raises(NotAllowed):
        import_version(desk.services, desk.council["head"], reading_id, reasons={}, because="x")


def test_a_version_that_never_was_is_not_found(desk) -> None:
    with pytest.raises(NotFound):
        version_page(desk.services, desk.officer, desk.plan_id, 7)


def test_a_version_of_no_plan_is_not_found(desk, database) -> None:
    file = PlanFile(name="x.txt", content=SECOND.encode(), department_id=FINANCE)
    with pytest.raises(NotFound):
        begin_reading(desk.services, desk.officer, replace(file, version_of=FINANCE))
