"""People come, change and leave; and nobody says what they may do themselves."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.people import Role
from eia.store.tables import outbox, role_grant
from eia.usecases import staff
from eia.usecases.sign_in import sign_in
from eia.usecases.staff import PersonEntry
from tests.web.conftest import Town, give

NEW_PASSWORD = "a violin, a ladder and a pear"


@pytest.fixture
def ada(town: Town):
    return town.actor("ada")


@pytest.fixture
def officer(town: Town):
    town.add_person("eve", Role.EQUALITY_OFFICER)
    return town.actor("eve")


def entry(town: Town, **changed: object) -> PersonEntry:
    given = {
        "name": "Nia Example",
        "job_title": "Head of Rents",
        "email": "Nia.New@example.org",
        "department_id": town.departments["FIN"],
        "roles": frozenset({Role.HEAD_OF_SERVICE}),
    }
    return PersonEntry(**given | changed)


def test_a_new_person_sets_a_password_by_their_link_and_signs_in(town, ada):
    person_id = staff.add_person(town.services, ada, entry(town))
    token = staff.welcome(town.services, ada, person_id)
    staff.set_password(town.services, token, NEW_PASSWORD)
    assert sign_in(town.services, email="nia.new@example.org", password=NEW_PASSWORD)


def test_a_link_works_once(town, ada):
    token = staff.welcome(town.services, ada, staff.add_person(town.services, ada, entry(town)))
    staff.set_password(town.services, token, NEW_PASSWORD)
    with pytest.raises(NotFound):
        staff.set_password(town.services, token, NEW_PASSWORD)


def test_a_link_works_for_seven_days(town, ada):
    token = staff.welcome(town.services, ada, staff.add_person(town.services, ada, entry(town)))
    town.clock.at += timedelta(days=7, seconds=1)
    assert not staff.is_welcome(town.services, token)


def test_a_second_link_stops_the_first(town, ada):
    person_id = staff.add_person(town.services, ada, entry(town))
    first = staff.welcome(town.services, ada, person_id)
    staff.welcome(town.services, ada, person_id)
    assert not staff.is_welcome(town.services, first)


def test_a_short_password_is_refused_and_the_link_still_works(town, ada):
    token = staff.welcome(town.services, ada, staff.add_person(town.services, ada, entry(town)))
    with pytest.raises(Invalid):
        staff.set_password(town.services, token, "short")
    assert staff.is_welcome(town.services, token)


def test_nobody_changes_their_own_roles(town, officer):
    own = entry(town, name="Eve Example", email="eve@example.org", roles=frozenset({Role.CHAMPION}))
    with pytest.raises(NotAllowed, match="their own roles"):
        staff.change_person(town.services, officer, officer.id, own)
    assert staff.member(town.services, officer, officer.id).roles == (Role.EQUALITY_OFFICER,)


def test_ones_own_job_title_may_be_put_right(town, officer):
    roles = frozenset({Role.EQUALITY_OFFICER})
    own = entry(town, name="Eve Example", email="eve@example.org", job_title="Adviser", roles=roles)
    staff.change_person(town.services, officer, officer.id, own)
    assert staff.member(town.services, officer, officer.id).job_title == "Adviser"


def test_an_equality_officer_makes_no_administrator(town, officer):
    with pytest.raises(NotAllowed, match="Only an administrator"):
        staff.add_person(town.services, officer, entry(town, roles=frozenset({Role.ADMINISTRATOR})))


def test_whoever_leads_an_assessment_changes_nobody(town):
    with pytest.raises(NotAllowed):
        staff.add_person(town.services, town.actor("lea"), entry(town))


def test_an_address_belongs_to_one_person(town, ada):
    with pytest.raises(Invalid) as refused:
        staff.add_person(town.services, ada, entry(town, email="LEA@example.org"))
    assert "email" in refused.value.problems


def test_a_departments_role_needs_a_department(town, ada):
    with pytest.raises(Invalid) as refused:
        staff.add_person(town.services, ada, entry(town, department_id=None))
    assert "department" in refused.value.problems


def test_whoever_has_left_is_signed_out_and_cannot_come_back(town, ada, browser_of):
    lea = browser_of("lea")
    assert lea.get("/").status_code == 200
    left = entry(town, name="Lea Example", email="lea@example.org", roles=frozenset(), active=False)
    staff.change_person(town.services, ada, town.people["lea"], left)
    assert lea.get("/").status_code == 302


def test_a_department_has_a_code_of_its_own(town, ada):
    with pytest.raises(Invalid) as refused:
        staff.add_department(town.services, ada, "fin", "Another finance")
    assert "code" in refused.value.problems


def test_an_administrator_adds_a_person_in_the_browser(town, app, ada, browser_of):
    browser = browser_of("ada")
    give(browser, "/people/departments/add", name="Rents", code="REN")
    to = give(
        browser,
        "/people/add",
        name="Nia Example",
        email="nia.new@example.org",
        job_title="Head of Rents",
        department=str(town.departments["FIN"]),
        roles="head_of_service",
    ).headers["Location"]
    page = give(browser, f"{to}/welcome", page=to).text
    link = re.search(r"/welcome/[\w-]+", page)
    assert link is not None
    stranger = app.test_client()
    assert give(stranger, link[0], password="short").status_code == 422
    assert give(stranger, link[0], password=NEW_PASSWORD).headers["Location"] == "/sign-in"
    assert stranger.get(link[0]).status_code == 404


def test_a_mistake_keeps_what_was_typed(town, ada, browser_of):
    answer = give(browser_of("ada"), "/people/add", name="Nia Example", email="nowhere")
    assert answer.status_code == 422
    assert 'value="Nia Example"' in answer.text
    assert "Enter an email address" in answer.text


def test_an_equality_officer_cannot_let_somebody_in_anew_who_has_a_password(town, officer):
    with pytest.raises(NotAllowed, match="only an administrator"):
        staff.welcome(town.services, officer, town.people["hal"])


def test_roles_that_have_ended_do_not_come_back_when_something_else_is_changed(town, ada):
    town.insert(
        role_grant,
        id=uuid4(),
        body_id=town.body_id,
        person_id=town.people["nia"],
        role=Role.CHAMPION,
        until=town.services.today() - timedelta(days=1),
    )
    assert staff.member(town.services, ada, town.people["nia"]).roles == ()


def roles_of(town: Town, person_id) -> set[tuple[str, object, object]]:
    held = select(role_grant.c.role, role_grant.c.department_id, role_grant.c.until)
    with town.services.database.read() as connection:
        return {tuple(row) for row in connection.execute(held.where(role_grant.c.person_id == person_id))}


def in_housing_too(town: Town, until: date | None = None) -> None:
    town.insert(
        role_grant,
        id=uuid4(),
        body_id=town.body_id,
        person_id=town.people["hal"],
        role=Role.HEAD_OF_SERVICE,
        department_id=town.departments["HOU"],
        until=until,
    )


def of_hal(town: Town, **changed: object) -> PersonEntry:
    given = {"name": "Hal Example", "email": "hal@example.org", "roles": frozenset({Role.HEAD_OF_SERVICE})}
    return entry(town, **given | changed)


def test_whoever_heads_two_departments_still_does_after_their_work_is_changed(town, ada):
    last_day = town.services.today() + timedelta(days=30)
    in_housing_too(town, last_day)
    both = frozenset({Role.HEAD_OF_SERVICE, Role.CHAMPION})
    staff.change_person(town.services, ada, town.people["hal"], of_hal(town, roles=both))
    assert roles_of(town, town.people["hal"]) == {
        ("head_of_service", town.departments["FIN"], None),
        ("head_of_service", town.departments["HOU"], last_day),
        ("champion", None, None),
    }


def test_whoever_stops_heading_stops_in_both_departments(town, ada):
    in_housing_too(town)
    staff.change_person(town.services, ada, town.people["hal"], of_hal(town, roles=frozenset()))
    assert roles_of(town, town.people["hal"]) == set()


def test_whoever_moves_to_a_department_that_they_head_already_heads_it_once(town, ada):
    in_housing_too(town)
    moved = of_hal(town, department_id=town.departments["HOU"])
    staff.change_person(town.services, ada, town.people["hal"], moved)
    assert roles_of(town, town.people["hal"]) == {("head_of_service", town.departments["HOU"], None)}


def test_the_others_who_look_after_people_hear_of_every_link_that_is_made(town, ada, officer):
    person_id = staff.add_person(town.services, officer, entry(town))
    staff.welcome(town.services, officer, person_id)
    with town.services.database.read() as connection:
        rows = connection.execute(select(outbox.c.recipient_id, outbox.c.payload)).all()
    told = {town.people["ada"], town.people["olu"]}
    assert {row.recipient_id for row in rows} == told
    assert [row.payload for row in rows] == [{"kind": "welcome_made", "person_id": str(person_id)}] * 2
