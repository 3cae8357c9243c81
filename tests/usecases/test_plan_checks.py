"""A reading is checked thing by thing: nothing uncertain is imported unasked, and nothing said is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from eia.domain.action import LeadRole
from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.plan import PlanLead
from eia.domain.plan_check import FoundAction, PlanCheck
from eia.domain.plan_decision import Verdict
from eia.domain.plan_doubt import Sureness
from eia.domain.plan_kind import PlanKind
from eia.store.database import Database
from eia.usecases import plan_checks as checks
from eia.usecases import plan_reshaping
from eia.usecases.parties import known_parties
from eia.usecases.plan_checks import ActionWords
from eia.usecases.plan_import import import_reading
from eia.usecases.plan_readings import (
    PlanFile,
    begin_reading,
    open_readings,
    put_aside,
    reading_page,
    say_about,
    say_columns,
    say_names,
)
from eia.usecases.plans import plan_lines, plan_page
from tests.council import FINANCE, HOUSING, Council

FIXTURES = Path(__file__).parent.parent / "fixtures" / "plans"
TABLES = "wexmoor-tarnside-2012-14.md"
HOUSES = "lindenvale-housing-2010-11.txt"
PROSE = "northbeck-improvement-2011.txt"


class Desk:
    """An equality officer with one reading before her."""

    def __init__(self, database: Database) -> None:
        self.council = Council(database)
        self.services, self.officer = self.council.services, self.council["officer"]
        self.reading_id = UUID(int=0)

    def take(self, name: str, content: bytes | None = None) -> None:
        content = content or (FIXTURES / name).read_bytes()
        file = PlanFile(name=name, content=content, department_id=FINANCE)
        begun = begin_reading(self.services, self.officer, file)
        assert begun.reading_id is not None
        self.reading_id = begun.reading_id

    @property
    def check(self) -> PlanCheck:
        return reading_page(self.services, self.officer, self.reading_id).check

    def action(self, key: str) -> FoundAction:
        found = self.check.action(key)
        assert found is not None
        return found

    def say(self, verb, key: str, *words: str, **more: str):
        item = self.check.one(key)
        assert item is not None
        return verb(self.services, self.officer, self.reading_id, key, *words, seen=item.mark, **more)

    def import_(self):
        return import_reading(self.services, self.officer, self.reading_id)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def words(item: FoundAction, **changes: object) -> ActionWords:
    now = item.now
    entry = ActionWords(
        label=now.label,
        heading=now.heading,
        text=now.text,
        target=now.target.raw,
        outcome=now.outcome,
        leads=now.leads,
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def test_the_same_file_goes_on_where_somebody_left_off(desk) -> None:
    desk.take(HOUSES)
    first, key = desk.reading_id, desk.check.to_check[0].key
    desk.say(checks.confirm, key)
    desk.take(HOUSES)
    assert desk.reading_id == first
    assert desk.check.one(key).decision.verdict is Verdict.CONFIRMED
    assert [line.id for line in open_readings(desk.services, desk.officer)] == [first]


def test_nothing_uncertain_is_imported_unasked(desk) -> None:
    desk.take(HOUSES)
    assert desk.check.to_check != ()
    with pytest.raises(Invalid) as refusal:
        desk.import_()
    assert set(refusal.value.problems) == {"rest"}
    assert plan_lines(desk.services, desk.officer) == ()


def test_the_likely_ones_can_be_taken_as_read_and_the_others_are_still_asked(desk) -> None:
    desk.take(HOUSES)
    checks.take_as_read(desk.services, desk.officer, desk.reading_id, only_likely=True)
    assert {item.sureness for item in desk.check.to_check} <= {Sureness.ASK}
    taken = checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    assert desk.check.to_check == ()
    assert checks.take_as_read(desk.services, desk.officer, desk.reading_id) == 0
    assert taken > 0


def test_what_was_confirmed_has_no_doubts_left_and_what_was_taken_as_read_keeps_them(desk) -> None:
    desk.take(HOUSES)
    one, other = [item.key for item in desk.check.actions if item.now.problems][:2]
    desk.say(checks.confirm, one)
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    page = plan_page(desk.services, desk.officer, desk.import_().plan_id)
    by_text = {item.text: item for item in page.actions}
    assert by_text[desk.action(one).now.text].problems == ()
    assert by_text[desk.action(other).now.text].problems != ()


def test_an_action_is_imported_as_it_was_corrected_with_its_own_words_beside_it(desk) -> None:
    desk.take(HOUSES)
    lead = PlanLead(name="Hana Lisle", role=LeadRole.ACCOUNTABLE, post="Head of homes")
    corrected = words(desk.action("a1"), text="Offer every letter in large print", target="autumn 2010")
    desk.say(checks.correct, "a1", words=replace(corrected, leads=(lead,)))
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    page = plan_page(desk.services, desk.officer, desk.import_().plan_id)
    [item] = [each for each in page.actions if each.text == "Offer every letter in large print"]
    assert item.target.raw == "autumn 2010"
    [part] = item.leads
    assert (part.party.name, part.role, part.post) == ("Hana Lisle", LeadRole.ACCOUNTABLE, "Head of homes")
    assert desk.action("a1").read.text.split()[0] in item.passage


def test_an_action_needs_words(desk) -> None:
    desk.take(HOUSES)
    with pytest.raises(Invalid):
        desk.say(checks.correct, "a1", words=words(desk.action("a1"), text="  "))


def test_what_is_left_out_says_why_and_does_not_come_in(desk) -> None:
    desk.take(HOUSES)
    with pytest.raises(Invalid):
        desk.say(checks.leave_out, "a1", "  ")
    desk.say(checks.leave_out, "a1", "Done before the plan began")
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    assert desk.import_().actions == 8


def test_what_was_said_can_be_taken_back(desk) -> None:
    desk.take(HOUSES)
    before = desk.check.to_check
    desk.say(checks.confirm, before[0].key)
    checks.take_back(desk.services, desk.officer, desk.reading_id, before[0].key)
    assert desk.check.to_check == before


def test_nobody_decides_about_what_they_did_not_see(desk) -> None:
    desk.take(HOUSES)
    seen = desk.action("a1").mark
    desk.say(checks.correct, "a1", words=words(desk.action("a1"), text="Another promise"))
    with pytest.raises(Stale):
        checks.confirm(desk.services, desk.officer, desk.reading_id, "a1", seen=seen)


def test_what_is_not_in_the_reading_is_not_found(desk) -> None:
    desk.take(HOUSES)
    with pytest.raises(NotFound):
        checks.confirm(desk.services, desk.officer, desk.reading_id, "a99", seen="")


def test_paragraphs_become_actions_of_their_own_and_go_with_what_they_came_from(desk) -> None:
    desk.take(HOUSES)
    text = "Print the letters\n- Ring the tenants\nTell the council"
    desk.say(checks.correct, "a1", words=words(desk.action("a1"), text=text))
    desk.say(plan_reshaping.part, "a1")
    made = [item for item in desk.check.actions if item.is_added]
    assert [item.now.text for item in made] == ["Ring the tenants", "Tell the council"]
    assert {item.now.leads for item in made} == {desk.action("a1").now.leads}
    checks.take_back(desk.services, desk.officer, desk.reading_id, "a1")
    assert len(desk.check.actions) == 9


def test_one_paragraph_cannot_be_parted(desk) -> None:
    desk.take(HOUSES)
    desk.say(checks.correct, "a1", words=words(desk.action("a1"), text="One promise"))
    with pytest.raises(Invalid):
        desk.say(plan_reshaping.part, "a1")


def test_an_action_that_a_page_break_cut_is_joined_to_the_one_above(desk) -> None:
    desk.take(HOUSES)
    above, below = desk.action("a1").now.text, desk.action("a2").now.text
    desk.say(plan_reshaping.join_above, "a2")
    assert desk.action("a1").now.text == f"{above} {below}"
    assert not desk.action("a2").is_in
    with pytest.raises(Invalid):
        desk.say(plan_reshaping.join_above, "a1")


def test_only_an_action_can_be_joined_to_another(desk) -> None:
    desk.take(TABLES, (FIXTURES / TABLES).read_bytes() + b"\n\nPublish the strategy by May.\n")
    with pytest.raises(NotFound):
        desk.say(plan_reshaping.join_above, desk.check.left_over[0].key)


def test_left_over_words_become_an_action_that_is_still_to_be_checked(desk) -> None:
    desk.take(TABLES, (FIXTURES / TABLES).read_bytes() + b"\n\nPublish the strategy by May.\n")
    [key] = [item.key for item in desk.check.left_over if "Publish the strategy" in item.left_over.text]
    made = desk.say(plan_reshaping.make_action, key)
    assert "Publish the strategy by May" in desk.action(made).now.text
    assert desk.action(made).sureness is Sureness.ASK
    assert not desk.action(made).is_checked


def test_a_draft_is_an_action_when_somebody_says_so(desk) -> None:
    desk.take(PROSE)
    assert all(item.sureness is Sureness.ASK for item in desk.check.actions)
    desk.say(checks.confirm, "a1")
    for item in desk.check.actions[1:]:
        desk.say(checks.leave_out, item.key, "Not an action")
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    assert desk.import_().actions == 1


def test_of_contradictory_dates_the_one_that_was_chosen_holds_for_all(desk) -> None:
    desk.take(TABLES)
    [conflict] = desk.check.conflicts
    chosen = conflict.conflict.values[1]
    desk.say(checks.decide_conflict, conflict.key, chosen)
    lines = {claim.passage.first_line for claim in conflict.conflict.claims}
    targets = {item.now.target.raw for item in desk.check.actions if item.passage.first_line in lines}
    assert targets == {chosen}
    with pytest.raises(Invalid):
        desk.say(checks.decide_conflict, conflict.key, "some other day")


def test_contradictory_dates_may_each_be_kept_and_are_then_no_problem_of_the_plan(desk) -> None:
    desk.take(TABLES)
    [conflict] = desk.check.conflicts
    desk.say(checks.decide_conflict, conflict.key, "")
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    problems = plan_page(desk.services, desk.officer, desk.import_().plan_id).plan.problems
    assert not any("contradictory" in problem for problem in problems)


def test_columns_that_mean_something_else_are_read_again_and_what_reads_alike_stays_checked(desk) -> None:
    desk.take(HOUSES)
    [head] = {table.headings: table for table in reading_of(desk).found.tables}.values()
    other = tuple("other" if each == "outcome" else each for each in head.meanings)
    desk.say(checks.confirm, desk.check.to_check[0].key)
    say_columns(desk.services, desk.officer, desk.reading_id, {head.headings: other})
    assert all(item.now.outcome == "" for item in desk.check.actions)
    with pytest.raises(Invalid):
        say_columns(desk.services, desk.officer, desk.reading_id, {head.headings: ["other"] * 4})


def test_years_that_somebody_gives_are_read_into_dates_without_a_year(desk) -> None:
    desk.take(HOUSES)
    say_about(
        desk.services,
        desk.officer,
        desk.reading_id,
        department_id=HOUSING,
        kind=PlanKind.IMPROVEMENT_PLAN,
        period="2011/12",
    )
    reading = reading_of(desk)
    assert (reading.department_id, reading.kind) == (HOUSING, PlanKind.IMPROVEMENT_PLAN)
    assert reading.found.period_from.year == 2011


def test_spellings_of_one_person_become_one_party_and_the_plan_keeps_how_it_wrote_them(desk) -> None:
    desk.take(HOUSES)
    say_names(desk.services, desk.officer, desk.reading_id, {"R Okonjo": "R. Okonjo", "R. Okonjo": ""})
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    page = plan_page(desk.services, desk.officer, desk.import_().plan_id)
    assert ("R Okonjo", "R. Okonjo") in page.aliases
    names = {each.party.name for each in known_parties(desk.services, desk.officer)}
    assert "R Okonjo" not in names


def test_recommendations_come_in_with_the_actions_that_answer_them_and_those_without_any(desk) -> None:
    desk.take(TABLES)
    asked = reading_of(desk).found.recommendations
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    page = plan_page(desk.services, desk.officer, desk.import_().plan_id)
    assert [each.text for each in page.recommendations] == [each.text for each in asked]
    answered = {each.text for each in page.recommendations if each.answers}
    assert answered == {each.text for item in desk.check.actions for each in item.now.recommendations}


def test_objectives_keep_their_printed_labels(desk) -> None:
    desk.take(HOUSES)
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    page = plan_page(desk.services, desk.officer, desk.import_().plan_id)
    assert [each.label for each in page.objectives] == ["Priority A", "Priority B", "Priority C"]
    assert all(item.objective_id for item in page.actions)


def test_a_reading_that_was_put_aside_is_closed_and_the_file_can_be_read_afresh(desk) -> None:
    desk.take(HOUSES)
    first = desk.reading_id
    put_aside(desk.services, desk.officer, first)
    with pytest.raises(NotAllowed):
        checks.take_as_read(desk.services, desk.officer, first)
    desk.take(HOUSES)
    assert desk.reading_id != first


def test_what_was_imported_is_not_imported_again(desk) -> None:
    desk.take(HOUSES)
    checks.take_as_read(desk.services, desk.officer, desk.reading_id)
    desk.import_()
    with pytest.raises(NotAllowed):
        desk.import_()


@pytest.mark.parametrize("name", ["head", "lead", "administrator"])
def test_only_an_equality_officer_checks_a_reading(desk, name) -> None:
    desk.take(HOUSES)
    with pytest.raises(NotAllowed):
        checks.take_as_read(desk.services, desk.council[name], desk.reading_id)
    with pytest.raises(NotAllowed):
        reading_page(desk.services, desk.council[name], desk.reading_id)
    assert open_readings(desk.services, desk.council[name]) == ()


def reading_of(desk: Desk):
    return reading_page(desk.services, desk.officer, desk.reading_id).reading
