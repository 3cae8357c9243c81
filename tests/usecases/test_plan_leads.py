"""Who leads an action of a plan is said by those who may, where the plan itself did not know."""

from __future__ import annotations

import pytest

from eia.domain.action import LeadRole
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.forms.answers import MAX_LINE
from eia.store.database import Database
from eia.usecases.actions import drop_action, my_actions
from eia.usecases.leads import LeadEntry
from eia.usecases.plan_import import import_plan
from eia.usecases.plan_leads import lead_page, say_who_leads
from eia.usecases.plan_readings import PlanFile
from eia.usecases.plans import plan_page
from tests.council import FINANCE, HOUSING, Council
from tests.usecases.test_plan_versions import FIRST

SUPPORTED = FIRST.replace("A Abbot", "A Abbot, with support from B Birch")


class Desk:
    def __init__(self, database: Database, department=FINANCE) -> None:
        self.council = Council(database)
        self.services, self.officer = self.council.services, self.council["officer"]
        file = PlanFile(name="plan.txt", content=SUPPORTED.encode(), department_id=department)
        self.plan_id = import_plan(self.services, self.officer, file).plan_id

    @property
    def action(self):
        return plan_page(self.services, self.officer, self.plan_id).actions[0]

    def say(self, actor, entry: LeadEntry) -> None:
        say_who_leads(self.services, actor, self.action.id, entry)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_person_leads_from_now_on_and_whoever_supports_stays(desk) -> None:
    desk.say(desk.council["head"], LeadEntry(name="", person_id=desk.council["lead"].id))
    roles = {lead.party.name: lead.role for lead in desk.action.leads}
    assert roles == {desk.council["lead"].name: LeadRole.LEAD, "B Birch": LeadRole.SUPPORT}
    assert [item.id for item in my_actions(desk.services, desk.council["lead"])] == [desk.action.id]


def test_a_name_waits_to_be_confirmed(desk) -> None:
    desk.say(desk.officer, LeadEntry(name="Head of Homes"))
    assert [lead.party.confirmed for lead in desk.action.leads if lead.role is LeadRole.LEAD] == [False]


def test_said_twice_it_stays_as_it_is(desk) -> None:
    for _ in range(2):
        desk.say(desk.officer, LeadEntry(name="", person_id=desk.council["lead"].id))
    assert [lead.role for lead in desk.action.leads].count(LeadRole.LEAD) == 1


def test_somebody_must_be_named(desk) -> None:
    with pytest.raises(Invalid):
        desk.say(desk.officer, LeadEntry(name=" "))


def test_a_closed_action_keeps_its_lead(desk) -> None:
    drop_action(desk.services, desk.officer, desk.action.id, "No money")
    with pytest.raises(NotAllowed):
        desk.say(desk.officer, LeadEntry(name="Somebody"))


def test_whoever_may_not_see_the_action_does_not_find_it(database) -> None:
    desk = Desk(database, HOUSING)
    with pytest.raises(NotFound):
        lead_page(desk.services, desk.council["head"], desk.action.id)


def test_an_action_of_an_assessment_is_not_a_plans(desk) -> None:
    action_id = desk.council.action(desk.council.assessment("follow_up"))
    with pytest.raises(NotFound):
        say_who_leads(desk.services, desk.officer, action_id, LeadEntry(name="Somebody"))


def test_a_name_is_a_line_and_no_essay(desk) -> None:
    with pytest.raises(Invalid):
        desk.say(desk.officer, LeadEntry(name="A" * (MAX_LINE + 1)))
    desk.say(desk.officer, LeadEntry(name="A" * MAX_LINE))
