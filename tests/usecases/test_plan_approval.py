"""A plan goes to scrutiny, then to the cabinet member or leader; who brought it in does not approve it."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from eia import content
from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady, Stale
from eia.domain.people import Grant, Role
from eia.domain.workflow.definition import About
from eia.store import tables
from eia.store.database import Database
from eia.usecases.action_progress import delayed, mark_done, move_target
from eia.usecases.actions import drop_action
from eia.usecases.leads import LeadEntry
from eia.usecases.plan_approval import approval_page, move_plan
from eia.usecases.plan_checks import leave_out, take_as_read
from eia.usecases.plan_import import import_plan, import_reading
from eia.usecases.plan_leads import say_who_leads
from eia.usecases.plan_readings import PlanFile, begin_reading, reading_page
from eia.usecases.plan_versions import import_version
from eia.usecases.plans import plan_page
from tests.council import FINANCE, HOUSING, Council
from tests.usecases.test_plan_versions import FIRST, SECOND

TWO_GAPS = FIRST.replace("\tA Abbot", "\t").replace("May 2010", "soon")


class Desk:
    def __init__(self, database: Database) -> None:
        self.council = Council(database)
        self.services, self.officer = self.council.services, self.council["officer"]
        self.scrutiny = self.council.having("stranger", Grant(role=Role.COMMITTEE))
        self.leader = self.council.having("administrator", Grant(role=Role.CABINET_MEMBER))
        self.plan_id = self.bring_in(FIRST)

    def bring_in(self, text: str, department=FINANCE):
        file = PlanFile(name="plan.txt", content=text.encode(), department_id=department)
        return import_plan(self.services, self.officer, file).plan_id

    def page(self, actor=None):
        return approval_page(self.services, actor or self.officer, self.plan_id)

    def move(self, actor, move: str, **said: object) -> str:
        version = said.pop("page_version", self.page(actor).row_version)
        return move_plan(self.services, actor, self.plan_id, move, page_version=version, **said)

    def before_the_leader(self) -> None:
        self.move(self.officer, "submit_to_scrutiny")
        self.move(self.scrutiny, "pass_on", comment="Seen on 3 March")

    def rows(self, table, column):
        with self.services.database.read() as connection:
            return list(connection.execute(select(table.c[column])).scalars())


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_plan_begins_unapproved_and_ends_approved_with_every_step_kept(desk) -> None:
    assert desk.page().stage == "draft"
    desk.before_the_leader()
    assert desk.move(desk.leader, "approve", attested=True) == "approved"
    page = desk.page()
    assert page.stage == "approved"
    assert [step.to_stage for step in page.steps] == ["scrutiny", "decision", "approved"]
    assert page.steps[1].comment == "Seen on 3 March"
    assert page.choices == ()


def test_each_step_is_an_event_of_the_plan_without_what_was_said(desk) -> None:
    desk.before_the_leader()
    events = [json.loads(body) for body in desk.rows(tables.audit_event, "body")]
    moved = [each["data"] for each in events if each["name"] == "plan_moved"]
    assert [(each["from"], each["to"]) for each in moved] == [("draft", "scrutiny"), ("scrutiny", "decision")]
    assert "Seen" not in json.dumps(events)


def test_those_who_brought_it_in_are_told_when_it_is_approved(desk) -> None:
    desk.before_the_leader()
    desk.move(desk.leader, "approve", attested=True)
    told = [each for each in desk.rows(tables.outbox, "payload") if each["kind"] == "plan_approved"]
    assert told == [{"kind": "plan_approved", "plan_id": str(desk.plan_id)}]


def test_the_officer_who_imported_it_cannot_approve_it_even_as_cabinet_member(desk) -> None:
    desk.before_the_leader()
    both = desk.council.having("officer", Grant(role=Role.CABINET_MEMBER))
    with pytest.raises(NotAllowed, match="imported"):
        desk.move(both, "approve", attested=True)


def leader_who_is_an_officer(desk: Desk):
    return desk.council.having(
        "administrator", Grant(role=Role.CABINET_MEMBER), Grant(role=Role.EQUALITY_OFFICER)
    )


def test_whoever_said_how_a_part_of_it_reads_does_not_approve_it_though_others_went_on(desk) -> None:
    both = leader_who_is_an_officer(desk)
    file = PlanFile(name="other.txt", content=SECOND.encode(), department_id=FINANCE)
    reading_id = begin_reading(desk.services, desk.officer, file).reading_id
    check = reading_page(desk.services, both, reading_id).check
    leave_out(desk.services, both, reading_id, check.actions[0].key, "No", seen=check.actions[0].mark)
    take_as_read(desk.services, desk.officer, reading_id)
    desk.plan_id = import_reading(desk.services, desk.officer, reading_id).plan_id
    desk.before_the_leader()
    with pytest.raises(NotAllowed, match="imported"):
        desk.move(both, "approve", attested=True)


@pytest.mark.parametrize("other", [Role.COMMITTEE, Role.EQUALITY_OFFICER])
def test_nobody_passes_a_plan_on_to_themselves(desk, other) -> None:
    both = desk.council.having("administrator", Grant(role=Role.CABINET_MEMBER), Grant(role=other))
    desk.move(desk.officer, "submit_to_scrutiny")
    desk.move(both, "pass_on", comment="Seen")
    with pytest.raises(NotAllowed, match="sent this plan on"):
        desk.move(both, "approve", attested=True)
    desk.move(both, "return_from_decision", comment="Somebody else must look at it")
    desk.before_the_leader()
    assert desk.move(both, "approve", attested=True) == "approved"


def name_a_lead(desk: Desk, actor, action_id) -> None:
    say_who_leads(desk.services, actor, action_id, LeadEntry(name="Somebody else"))


def put_off(desk: Desk, actor, action_id) -> None:
    move_target(desk.services, actor, action_id, "May 2015", "No time")


def drop(desk: Desk, actor, action_id) -> None:
    drop_action(desk.services, actor, action_id, "No money")


@pytest.mark.parametrize("write", [name_a_lead, put_off, drop])
def test_whoever_changed_what_it_promises_does_not_approve_it(desk, write) -> None:
    both = leader_who_is_an_officer(desk)
    desk.before_the_leader()
    write(desk, both, plan_page(desk.services, both, desk.plan_id).actions[0].id)
    with pytest.raises(NotAllowed, match="imported"):
        desk.move(both, "approve", attested=True)


def rename_the_lead(desk: Desk, actor, action_id) -> None:
    say_who_leads(desk.services, actor, action_id, LeadEntry(name="", person_id=desk.council["lead"].id))


def report_progress(desk: Desk, actor, action_id) -> None:
    delayed(desk.services, actor, action_id, "Half of it is there")


def finish(desk: Desk, actor, action_id) -> None:
    mark_done(desk.services, actor, action_id, "The minutes")


def change(desk: Desk, write, place: int = 0) -> None:
    write(desk, desk.officer, plan_page(desk.services, desk.officer, desk.plan_id).actions[place].id)


@pytest.mark.parametrize("write", [name_a_lead, rename_the_lead, put_off, drop])
def test_what_was_changed_on_the_way_is_returned_and_sent_again(desk, write) -> None:
    desk.before_the_leader()
    change(desk, write)
    assert desk.page().is_changed
    with pytest.raises(NotReady, match="unchanged_since_sent_on"):
        desk.move(desk.leader, "approve", attested=True)
    desk.move(desk.leader, "return_from_decision", comment="It is not what scrutiny saw")
    assert not desk.page().is_changed
    desk.before_the_leader()
    assert desk.move(desk.leader, "approve", attested=True) == "approved"


def test_scrutiny_does_not_pass_on_what_was_changed_while_it_looked(desk) -> None:
    desk.move(desk.officer, "submit_to_scrutiny")
    change(desk, put_off)
    for _ in range(2):
        with pytest.raises(NotReady, match="unchanged_since_sent_on"):
            desk.move(desk.scrutiny, "pass_on", comment="Seen")
    assert desk.page().stage == "scrutiny"
    assert desk.move(desk.officer, "return_from_scrutiny", comment="A date moved") == "draft"


@pytest.mark.parametrize("write", [report_progress, finish])
def test_chasing_goes_on_while_a_plan_is_approved(desk, write) -> None:
    desk.before_the_leader()
    change(desk, write)
    assert desk.move(desk.leader, "approve", attested=True) == "approved"


def test_a_date_that_is_put_back_as_it_was_changes_nothing(desk) -> None:
    desk.before_the_leader()
    written = plan_page(desk.services, desk.officer, desk.plan_id).actions[0].target.raw
    change(desk, put_off)
    change(desk, lambda _, actor, which: move_target(desk.services, actor, which, written, "A mistake"))
    assert desk.move(desk.leader, "approve", attested=True) == "approved"


def test_following_up_an_approved_plan_leaves_it_approved(desk) -> None:
    desk.before_the_leader()
    desk.move(desk.leader, "approve", attested=True)
    change(desk, put_off)
    page = desk.page()
    assert page.stage == "approved"
    assert not page.is_changed


def test_each_step_names_what_the_plan_promised_in_the_history_too(desk) -> None:
    desk.before_the_leader()
    events = [json.loads(body)["data"] for body in desk.rows(tables.audit_event, "body")]
    hashes = {each["content_hash"] for each in events if "content_hash" in each}
    assert hashes == {step.content_hash for step in desk.page().steps}
    assert len(hashes) == 1


@pytest.mark.parametrize("name", ["head", "director", "lead"])
def test_nobody_else_moves_a_plan(desk, name) -> None:
    with pytest.raises(NotAllowed):
        desk.move(desk.council[name], "submit_to_scrutiny")


def test_scrutiny_comes_first(desk) -> None:
    with pytest.raises(NotFound):
        desk.move(desk.leader, "approve", attested=True)


def test_scrutiny_says_what_it_said_and_the_leader_attests(desk) -> None:
    desk.move(desk.officer, "submit_to_scrutiny")
    with pytest.raises(Invalid):
        desk.move(desk.scrutiny, "pass_on")
    desk.move(desk.scrutiny, "pass_on", comment="Seen")
    with pytest.raises(Invalid):
        desk.move(desk.leader, "approve")


def test_a_plan_with_promises_of_nobody_and_of_no_day_is_not_ready(desk) -> None:
    desk.plan_id = desk.bring_in(TWO_GAPS)
    with pytest.raises(NotReady) as refusal:
        desk.move(desk.officer, "submit_to_scrutiny")
    assert {unmet.guard for unmet in refusal.value.unmet} == {
        "plan_actions_are_led",
        "plan_actions_are_dated",
    }


def test_a_returned_plan_is_unapproved_again(desk) -> None:
    desk.before_the_leader()
    assert desk.move(desk.leader, "return_from_decision", comment="Costs are missing") == "draft"


def test_the_same_step_twice_is_refused(desk) -> None:
    version = desk.page().row_version
    desk.move(desk.officer, "submit_to_scrutiny", page_version=version)
    with pytest.raises(Stale):
        desk.move(desk.officer, "submit_to_scrutiny", page_version=version)


def test_a_newer_version_begins_its_approval_again(desk) -> None:
    desk.before_the_leader()
    desk.move(desk.leader, "approve", attested=True)
    file = PlanFile(
        name="second.txt", content=SECOND.encode(), department_id=FINANCE, version_of=desk.plan_id
    )
    begun = begin_reading(desk.services, desk.officer, file)
    take_as_read(desk.services, desk.officer, begun.reading_id)
    import_version(desk.services, desk.officer, begun.reading_id, reasons={}, because="Later")
    page = desk.page()
    assert page.stage == "draft"
    assert page.steps[-1].move == "new_version"


def test_whoever_may_not_see_the_plan_does_not_find_its_approval(desk) -> None:
    desk.plan_id = desk.bring_in(FIRST + "\n", HOUSING)
    with pytest.raises(NotFound):
        desk.page(desk.council["head"])
    with pytest.raises(NotFound):
        desk.move(desk.council["head"], "submit_to_scrutiny", page_version=1)


def test_no_assessment_is_begun_on_the_way_of_a_plan() -> None:
    for name in ("plan-approval-1", "plan-approval-2", "plan-approval-3"):
        assert name in content.plan_workflow_names()
        assert name not in content.workflow_names()
        assert content.workflow(name).about is About.PLAN
