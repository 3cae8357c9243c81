"""Every action that somebody may see: which, in what order, page by page, and how many."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, insert

from eia.domain.people import Grant, Role
from eia.store import tables
from eia.store.action_list import Filter, Which
from eia.store.database import Database
from eia.usecases import action_list as use
from eia.usecases.action_list import AllActions, all_actions_page
from eia.usecases.home import home_page
from tests.council import BODY, FINANCE, HOUSING, Council


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council) -> UUID:
    return council.assessment("follow_up", title="Library hours")


def promise(council: Council, assessment_id: UUID, text: str, days: int | None, **columns: object) -> UUID:
    """An action due so many days from today, or without a day."""
    day = None if days is None else council.services.today() + timedelta(days=days)
    return council.action(
        assessment_id, text=text, **{"target_earliest": day, "target_latest": day} | columns
    )


def look(council: Council, who: str = "officer", **wanted: object) -> AllActions:
    return all_actions_page(council.services, council[who], Filter(**wanted))


def texts(page: AllActions) -> list[str]:
    return [item.text for item in page.items]


@pytest.fixture
def several(council: Council, assessment_id: UUID) -> None:
    promise(council, assessment_id, "late", -3)
    promise(council, assessment_id, "latest", -30)
    promise(council, assessment_id, "soon", 28)
    promise(council, assessment_id, "slipped", 29, slips=2, slip_days=60)
    promise(council, assessment_id, "nobody's", 90, lead=None)
    promise(council, assessment_id, "undated", None, target_kind="unknown")
    promise(council, assessment_id, "goes on", -400, target_kind="ongoing")
    promise(council, assessment_id, "done", -50, state="done", done_on=date(2026, 1, 5))
    promise(council, assessment_id, "done before", -2, state="done", done_on=date(2025, 12, 5))
    promise(council, assessment_id, "verified", -60, state="verified", done_on=date(2025, 12, 1))
    promise(council, assessment_id, "dropped", -5, state="dropped")


def test_what_is_overdue_longest_comes_first_and_what_has_no_day_last(council, several):
    found = texts(look(council))
    assert found[:5] == ["latest", "late", "soon", "slipped", "nobody's"]
    assert set(found[5:]) == {"undated", "goes on"}


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Which.OVERDUE, ["latest", "late"]),
        (Which.SOON, ["soon"]),
        (Which.SLIPPED, ["slipped"]),
        (Which.NO_LEAD, ["nobody's"]),
        (Which.NO_DATE, ["undated"]),
        (Which.TO_VERIFY, ["done before", "done"]),
        (Which.CLOSED, ["verified", "dropped"]),
    ],
)
def test_where_actions_stand_is_listed_and_counted_alike(council, several, which, found):
    page = look(council, which=which)
    assert texts(page) == found
    assert dict(page.counts)[which] == len(found)
    assert page.opened == 7


def test_the_day_itself_is_not_late_but_due_soon(council, assessment_id):
    promise(council, assessment_id, "today", 0)
    assert texts(look(council, which=Which.OVERDUE)) == []
    assert texts(look(council, which=Which.SOON)) == ["today"]


@pytest.mark.parametrize(
    ("role", "confirmed", "listed"),
    [("lead", False, True), ("support", True, True), ("joint", True, False), ("accountable", True, False)],
)
def test_nobody_leads_what_only_an_unconfirmed_name_or_a_supporter_is_named_for(
    council, assessment_id, role, confirmed, listed
):
    action_id = promise(council, assessment_id, "it", 9, lead=None)
    name(council, action_id, "The front desk", role=role, confirmed=confirmed)
    assert texts(look(council, which=Which.NO_LEAD)) == (["it"] if listed else [])


def name(council: Council, action_id: UUID, words: str, *, role: str, confirmed: bool) -> None:
    party_id, holder = uuid4(), council["lead"].id
    with council.services.database.write() as work:
        work.connection.execute(
            insert(tables.party).values(
                id=party_id, body_id=BODY, kind="post", name=words, holder_id=holder, confirmed=confirmed
            )
        )
        work.connection.execute(
            insert(tables.action_lead).values(action_id=action_id, party_id=party_id, role=role)
        )


def test_words_are_looked_for_in_the_action_its_source_and_its_leads(council, assessment_id):
    action_id = promise(council, assessment_id, "Train the CASHIERS", 9)
    promise(council, assessment_id, "Paint the bays", 9)
    name(council, action_id, "Anneke Vos", role="support", confirmed=False)
    assert texts(look(council, words=("cashiers", "train"))) == ["Train the CASHIERS"]
    assert texts(look(council, words=("vos",))) == ["Train the CASHIERS"]
    assert len(look(council, words=("library",)).items) == 2
    assert look(council, words=("zebra",)).opened == 0


def test_a_department_narrows_the_list_and_its_counts(council, assessment_id):
    promise(council, assessment_id, "theirs", -1)
    other = council.assessment("follow_up", department_id=HOUSING)
    promise(council, other, "ours", -1)
    page = look(council, department_id=HOUSING)
    assert texts(page) == ["ours"]
    assert (page.opened, dict(page.counts)[Which.OVERDUE]) == (1, 1)
    assert {each.id for each in page.departments} == {FINANCE, HOUSING}


def test_each_sees_the_actions_that_are_theirs_to_see(council, assessment_id):
    promise(council, assessment_id, "of finance", -1, lead="contributor")
    other = council.assessment("follow_up", department_id=HOUSING, assigned={})
    promise(council, other, "of housing", -1, lead="contributor")
    assert len(look(council).items) == 2
    assert texts(look(council, "head")) == ["of finance"]
    assert texts(look(council, "champion")) == ["of finance"]
    assert len(look(council, "contributor").items) == 2
    assert texts(look(council, "stranger")) == []


def test_the_pages_follow_each_other_without_a_gap_even_within_one_day(council, assessment_id, monkeypatch):
    monkeypatch.setattr(use, "PAGE", 2)
    for number in range(5):
        promise(council, assessment_id, str(number), None if number < 2 else 7)
    found, after = [], None
    for _ in range(3):
        page = all_actions_page(council.services, council["officer"], Filter(), after=after)
        found.extend(texts(page))
        after = page.after
    assert after is None
    assert set(found[:3]) == {"2", "3", "4"}
    assert set(found[3:]) == {"0", "1"}


def test_the_page_asks_as_much_of_the_database_for_thirty_as_for_one(council, assessment_id):
    def queries() -> int:
        asked = []
        engine = council.services.database._reading

        def note(*given: object) -> None:
            asked.append(given[2])

        event.listen(engine, "before_cursor_execute", note)
        look(council)
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    promise(council, assessment_id, "first", 1)
    one = queries()
    for number in range(30):
        promise(council, assessment_id, str(number), number)
    assert queries() == one


def test_home_tells_whoever_looks_after_others_how_many_are_overdue(council, assessment_id):
    promise(council, assessment_id, "late", -1)
    promise(council, council.assessment("follow_up", department_id=HOUSING), "late too", -1)

    def overdue(who: str) -> int:
        return home_page(council.services, council[who]).overdue_in_all

    assert (overdue("officer"), overdue("head"), overdue("lead")) == (2, 1, 0)


def test_a_role_that_has_ended_shows_nobody_anything(council, assessment_id):
    promise(council, assessment_id, "late", -1)
    yesterday = council.services.today() - timedelta(days=1)
    ended = council.having("stranger", Grant(role=Role.EQUALITY_OFFICER, until=yesterday))
    assert all_actions_page(council.services, ended, Filter()).items == ()
