"""A plan is shown as understood, imported once and whole; its names are people when somebody says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.target_date import TargetKind
from eia.store.database import Database
from eia.usecases.actions import my_actions
from eia.usecases.assessment_page import assessment_page
from eia.usecases.assigning import accept_lead
from eia.usecases.parties import confirm_party, known_parties
from eia.usecases.plan_import import import_plan
from eia.usecases.plan_importer import department_called, importer
from eia.usecases.plan_readings import PlanFile, begin_reading, reading_page
from eia.usecases.plans import plan_lines, plan_page
from tests.council import FINANCE, HOUSING, Council

FIXTURE = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"
PLAN = PlanFile(name="housing.txt", content=FIXTURE.read_bytes(), department_id=FINANCE)


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def read_in(council: Council, file: PlanFile = PLAN):
    begun = begin_reading(council.services, council["officer"], file)
    return reading_page(council.services, council["officer"], begun.reading_id).reading.found


def bring_in(council: Council, file: PlanFile = PLAN):
    return import_plan(council.services, council["officer"], file)


def party(council: Council, name: str):
    parties = known_parties(council.services, council["officer"])
    return next(each for each in parties if each.party.name == name)


def test_a_reading_is_no_plan_yet(council) -> None:
    found = read_in(council)
    assert (len(found.actions), len(found.assessments)) == (9, 3)
    assert plan_lines(council.services, council["officer"]) == ()


def test_everything_that_was_read_comes_in_at_once(council) -> None:
    made = bring_in(council)
    assert (made.actions, made.assessments, made.already) == (9, 3, False)
    [line] = plan_lines(council.services, council["officer"])
    assert (line.actions, line.open_actions) == (9, 9)


def test_actions_stand_in_the_order_and_under_the_headings_of_the_document(council) -> None:
    found = read_in(council)
    page = plan_page(council.services, council["officer"], bring_in(council).plan_id)
    assert [item.label for item in page.actions] == [item.label for item in found.actions]
    assert [name[:10] for name, _ in page.headings()] == ["Priority A", "Priority B", "Priority C"]


def test_dates_keep_their_words_and_what_goes_on_is_not_late(council) -> None:
    page = plan_page(council.services, council["officer"], bring_in(council).plan_id)
    by_label = {item.label: item for item in page.actions}
    assert by_label["Action B.3"].target.raw == "Q3 2010/11"
    assert by_label["Action B.3"].is_overdue(page.today)
    assert by_label["Action C.1"].target.kind is TargetKind.ONGOING
    [line] = plan_lines(council.services, council["officer"])
    assert line.overdue_actions == sum(item.is_overdue(page.today) for item in page.actions)


def test_what_could_not_be_read_is_listed_and_not_dropped(council) -> None:
    made = bring_in(council)
    page = plan_page(council.services, council["officer"], made.plan_id)
    assert any("fell out of the table" in problem for problem in page.plan.problems)
    assert page.plan.problems == made.problems


def test_the_same_file_again_changes_nothing(council) -> None:
    first, second = bring_in(council), bring_in(council)
    assert second.already
    assert second.plan_id == first.plan_id
    assert len(plan_lines(council.services, council["officer"])) == 1


def test_a_file_without_a_plan_is_refused_whole(council) -> None:
    with pytest.raises(Invalid) as refusal:
        bring_in(council, replace(PLAN, content=b"Minutes of a meeting about bins."))
    assert set(refusal.value.problems) == {"file"}


def test_a_plan_is_somebodys(council) -> None:
    with pytest.raises(Invalid) as refusal:
        bring_in(council, replace(PLAN, department_id=None))
    assert set(refusal.value.problems) == {"department"}


def test_a_department_of_nowhere_leaves_nothing_behind(council) -> None:
    with pytest.raises(Invalid):
        bring_in(council, replace(PLAN, department_id=uuid4()))
    assert plan_lines(council.services, council["officer"]) == ()


@pytest.mark.parametrize("name", ["head", "lead", "administrator"])
def test_only_an_equality_officer_imports(council, name) -> None:
    with pytest.raises(NotAllowed):
        import_plan(council.services, council[name], PLAN)


def test_a_department_sees_its_own_plans_and_no_others(council) -> None:
    theirs = bring_in(council, replace(PLAN, department_id=HOUSING))
    assert plan_lines(council.services, council["head"]) == ()
    with pytest.raises(NotFound):
        plan_page(council.services, council["head"], theirs.plan_id)


def test_an_author_reads_the_departments_plan_without_links_to_what_is_not_theirs(council) -> None:
    page = plan_page(council.services, council["author"], bring_in(council).plan_id)
    assert len(page.actions) == 9
    assert page.shown == frozenset()
    assert not any(item.is_shown for item in page.assessments)


# Names.


def test_a_name_in_a_plan_is_nobody_until_it_is_confirmed(council) -> None:
    bring_in(council)
    assert not party(council, "R. Okonjo").party.confirmed
    assert party(council, "R. Okonjo").open_actions == 4


def test_a_confirmed_name_leads_its_actions_and_is_asked_to_lead_its_assessment(council) -> None:
    made = bring_in(council)
    confirm_party(
        council.services, council["officer"], party(council, "R Okonjo").party.id, council["lead"].id
    )
    confirm_party(
        council.services, council["officer"], party(council, "R. Okonjo").party.id, council["lead"].id
    )
    assert len(my_actions(council.services, council["lead"])) == 5
    page = plan_page(council.services, council["lead"], made.plan_id)
    asked = next(item for item in page.assessments if item.lead_as_written == "R Okonjo")
    assert asked.is_shown
    assert asked.lead == council["lead"].name
    assert assessment_page(council.services, council["lead"], asked.id).asks_me_to_lead
    accept_lead(council.services, council["lead"], asked.id)
    assert assessment_page(council.services, council["lead"], asked.id).facts.lead_accepted


def test_a_name_that_is_known_already_leads_what_the_next_plan_gives_it(council) -> None:
    bring_in(council)
    confirm_party(
        council.services, council["officer"], party(council, "R. Okonjo").party.id, council["lead"].id
    )
    before = len(my_actions(council.services, council["lead"]))
    bring_in(council, replace(PLAN, content=PLAN.content + b"\n"))
    assert len(my_actions(council.services, council["lead"])) == 2 * before


def test_a_name_confirmed_twice_stays_as_it_is_and_can_be_released(council) -> None:
    bring_in(council)
    party_id = party(council, "R. Okonjo").party.id
    for holder in (council["lead"].id, council["lead"].id, None):
        confirm_party(council.services, council["officer"], party_id, holder)
    assert not party(council, "R. Okonjo").party.confirmed
    assert my_actions(council.services, council["lead"]) == ()


def test_a_name_is_not_a_person_of_another_body(council) -> None:
    bring_in(council)
    with pytest.raises(NotFound):
        confirm_party(council.services, council["officer"], party(council, "R. Okonjo").party.id, uuid4())


def test_only_an_equality_officer_says_who_a_name_is(council) -> None:
    bring_in(council)
    party_id = party(council, "R. Okonjo").party.id
    with pytest.raises(NotAllowed):
        confirm_party(council.services, council["head"], party_id, council["head"].id)


# At the command line.


def test_without_an_address_the_only_equality_officer_imports(council) -> None:
    assert importer(council.services, None).id == council["officer"].id


def test_an_address_names_who_imports_and_must_be_somebody_who_may(council) -> None:
    assert importer(council.services, "officer@example.org").id == council["officer"].id
    with pytest.raises(NotAllowed):
        importer(council.services, "head@example.org")
    with pytest.raises(Invalid):
        importer(council.services, "nobody@example.org")


def test_a_department_is_called_by_its_code(council) -> None:
    assert department_called(council.services, council["officer"], "fin") == FINANCE
    with pytest.raises(Invalid, match="department"):
        department_called(council.services, council["officer"], "XYZ")


def test_a_real_plan_comes_in_with_its_seventeen_actions_and_six_assessments(council, seeds: Path) -> None:
    file = replace(PLAN, content=(seeds / "dudley-finance-2008-09.txt").read_bytes())
    made = bring_in(council, file)
    assert (made.actions, made.assessments) == (17, 6)
    page = plan_page(council.services, council["officer"], made.plan_id)
    assert page.plan.period_from == date(2008, 4, 1)
    assert len(page.headings()) == 6


def test_dates_that_contradict_each_other_are_kept_with_the_plan(council) -> None:
    file = PlanFile(
        name="tables.md",
        content=FIXTURE.with_name("wexmoor-tarnside-2012-14.md").read_bytes(),
        department_id=FINANCE,
    )
    page = plan_page(council.services, council["officer"], bring_in(council, file).plan_id)
    assert len(page.actions) == 10
    assert [problem for problem in page.plan.problems if "contradictory dates" in problem] != []


def test_drafts_from_prose_come_in_saying_so(council) -> None:
    file = PlanFile(
        name="prose.txt",
        content=FIXTURE.with_name("northbeck-improvement-2011.txt").read_bytes(),
        department_id=FINANCE,
    )
    page = plan_page(council.services, council["officer"], bring_in(council, file).plan_id)
    assert len(page.actions) == 8
    assert all("drafted from prose" in item.problems[0] for item in page.actions)
