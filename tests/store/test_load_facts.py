"""Facts cost a fixed number of queries, however much there is, and read the same from both databases."""

from datetime import date

import pytest
from sqlalchemy import update

from eia.domain.errors import NotFound
from eia.domain.facts import AnswerKey
from eia.domain.people import Role
from eia.domain.target_date import TargetKind
from eia.store import tables
from eia.store.database import Database
from eia.store.load_facts import load_facts
from tests.council import BODY, FINANCE, Council


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def load(council: Council, assessment_id):
    with council.services.database.read() as connection:
        return load_facts(connection, BODY, assessment_id)


def test_an_assessment_with_nothing_in_it_has_empty_facts(council: Council) -> None:
    found = load(council, council.assessment("proposed", authors=(), assigned={}))
    empty = (found.assigned, found.evidence, found.consultations, found.actions, found.signatures)
    assert empty == ((), (), (), (), ())
    assert (dict(found.answers), found.authors, found.reviewers) == ({}, frozenset(), frozenset())


def test_dates_times_and_people_come_back_as_they_went_in(council: Council) -> None:
    found = load(council, council.assessment("analysis", review_on=date(2027, 3, 1)))
    assert (found.decision_on, found.review_on) == (date(2026, 9, 1), date(2027, 3, 1))
    assert found.stage_since == council.clock.now()
    assert found.department_id == FINANCE
    assert found.people_with(Role.CHAMPION) == (council["champion"].id,)


@pytest.mark.parametrize("value", ["Ŵyth o bobl", "", True, False, ("age", "race")])
def test_an_answer_comes_back_as_it_was_given(council: Council, value) -> None:
    key = AnswerKey("screening", "relevance.reason", "age")
    found = load(council, council.assessment("screening", answers={key: value}))
    assert found.answers[key] == value


def test_an_actions_leads_are_those_it_waits_for(council: Council) -> None:
    assessment_id = council.assessment("analysis")
    led, nobodys = council.action(assessment_id), council.action(assessment_id, lead=None)
    by_id = {each.id: each for each in load(council, assessment_id).actions}
    assert by_id[led].leads == (council["lead"].id,)
    assert (by_id[nobodys].leads, by_id[nobodys].has_lead) == ((), False)
    assert by_id[led].target.kind is TargetKind.DAY
    assert by_id[led].target.latest == date(2026, 12, 31)


def test_an_action_led_by_a_post_without_a_holder_has_a_lead_but_reaches_nobody(council: Council) -> None:
    assessment_id = council.assessment("analysis")
    council.action(assessment_id)
    with council.services.database.write() as work:
        work.connection.execute(update(tables.party).values(holder_id=None))
    (found,) = load(council, assessment_id).actions
    assert (found.leads, found.has_lead) == ((), True)


def test_another_bodys_assessment_is_not_there(council: Council) -> None:
    assessment_id = council.assessment("analysis")
    with council.services.database.read() as connection, pytest.raises(NotFound):
        load_facts(connection, FINANCE, assessment_id)


def test_facts_take_one_query_however_much_there_is(sqlite_database: Database) -> None:
    council = Council(sqlite_database)
    assessment_id = council.assessment("analysis", answers={AnswerKey("screening", "outcome_reason"): "So"})
    for _ in range(5):
        council.action(assessment_id)
        council.evidence(assessment_id, "age")
    asked: list[str] = []
    with sqlite_database.read() as connection:
        connection.connection.driver_connection.set_trace_callback(asked.append)
        load_facts(connection, BODY, assessment_id)
        connection.connection.driver_connection.set_trace_callback(None)
    assert len(asked) == 1
