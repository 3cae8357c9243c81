"""Lists of work mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eia.domain.people import Actor, Role
from eia.store.database import Database
from eia.store.programme import Filter
from eia.usecases.home import home_page
from eia.usecases.people import list_people
from eia.usecases.programme import programme_page
from eia.usecases.readiness import readiness
from eia.usecases.services import Services
from tests.council import Council


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def test_each_finds_their_own(council: Council):
    review = {"lead": Role.LEAD, "champion": Role.CHAMPION}
    council.assessment("screening", assigned=review)
    reviewed = council.assessment("quality_review", assigned=review)
    signed = council.assessment("sign_off", assigned=review)

    def waiting(name: str) -> list[object]:
        return [line.assessment.id for line in home_page(council.services, council[name]).waiting]

    assert waiting("champion") == [reviewed]
    assert waiting("head") == [signed]
    assert waiting("director") == []
    assert len(home_page(council.services, council["lead"]).later) == 3


def test_what_has_no_date_comes_last(council: Council):
    today = council.services.today()
    undated = council.assessment("evidence", stage_due_on=None)
    late = council.assessment("evidence", stage_due_on=today + timedelta(days=90))
    soon = council.assessment("evidence", stage_due_on=today + timedelta(days=2))
    home = home_page(council.services, council["lead"])
    assert [line.assessment.id for line in (*home.soon, *home.later)] == [soon, late, undated]


def test_the_programme_is_cut_into_pages_in_the_same_order(council: Council):
    for _ in range(3):
        council.assessment("screening")
    whole = programme_page(council.services, council["officer"], Filter())
    first = whole.lines[0][0]
    rest = programme_page(
        council.services, council["officer"], Filter(), after=(first.reference, first.version)
    )
    assert [line for line, _ in whole.lines[1:]] == [line for line, _ in rest.lines]
    assert whole.total == 3


def test_people_are_listed_with_what_they_hold(council: Council):
    listed = {each.name: each.grants for each in list_people(council.services, council["officer"])}
    officer: Actor = council["officer"]
    assert listed[officer.name] == ((Role.EQUALITY_OFFICER, ""),)


def test_a_database_of_this_release_is_ready(council: Council):
    assert readiness(council.services).is_ready


def test_a_database_without_this_releases_shape_is_not_ready(tmp_path, council: Council):
    empty = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    found = readiness(Services(database=empty, clock=council.clock, new_id=council.services.new_id))
    assert (found.database, found.is_ready) == (True, False)
    empty.close()


def test_a_database_that_does_not_answer_is_not_ready(tmp_path, council: Council):
    nowhere = Database(f"sqlite:///{tmp_path}/no/such/folder.sqlite")
    found = readiness(Services(database=nowhere, clock=council.clock, new_id=council.services.new_id))
    assert (found.database, found.is_ready) == (False, False)
