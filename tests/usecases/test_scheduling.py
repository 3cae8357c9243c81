"""Scheduling an assessment, and saying who leads and checks it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.people import Role
from eia.domain.target_date import TargetKind
from eia.store import history, tables
from eia.store.database import Database
from eia.usecases.assessment_page import assessment_page
from eia.usecases.assigning import accept_lead, assign, decline_lead
from eia.usecases.moves import make_move
from eia.usecases.rescheduling import ScheduleChange, change_schedule
from eia.usecases.scheduling import schedule_choices
from tests.usecases.scene import Scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def test_a_new_assessment_is_proposed_under_a_reference_of_its_department_and_year(scene: Scene):
    facts = scene.facts(scene.schedule())
    assert (facts.stage, facts.reference, facts.version) == ("proposed", "FIN-2026-001", 1)
    assert len(facts.characteristics) == 9
    assert facts.target is not None
    assert (facts.target.raw, facts.target.kind) == ("autumn 2026", TargetKind.SEASON)


def test_references_count_on_within_a_department_and_year_and_begin_anew_in_the_next(scene: Scene):
    made = [scene.schedule(), scene.schedule(), scene.schedule(financial_year=2027)]
    assert [scene.facts(each).reference for each in made] == ["FIN-2026-001", "FIN-2026-002", "FIN-2027-001"]


def test_people_who_schedule_at_the_same_moment_get_different_references(scene: Scene):
    officer = scene.officer
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: scene.schedule(officer), range(8)))
    assert len({scene.facts(each).reference for each in made}) == 8


def test_the_lead_is_asked_by_a_notice(scene: Scene):
    assessment_id = scene.schedule()
    with scene.services.database.read() as connection:
        owed = select(tables.outbox.c.payload).where(tables.outbox.c.recipient_id == scene.council.lead)
        payloads = list(connection.scalars(owed))
    assert payloads == [{"kind": "lead_asked", "assessment_id": str(assessment_id)}]


def test_whoever_schedules_is_no_author(scene: Scene):
    assert scene.facts(scene.schedule()).authors == frozenset()


def test_an_author_proposes_for_their_own_department_only(scene: Scene):
    elsewhere = Scene(scene.services.database).council.department_id
    author = scene.actor(scene.author)
    assert scene.facts(scene.schedule(author)).stage == "proposed"
    with pytest.raises(NotAllowed):
        scene.schedule(author, department_id=elsewhere)


def test_an_author_who_proposes_for_somebody_else_to_lead_keeps_sight_of_it(scene: Scene):
    author = scene.actor(scene.author)
    for lead in (None, scene.council.lead):
        proposed = scene.facts(scene.schedule(author, lead_id=lead))
        assert proposed.people_with(Role.CONTRIBUTOR) == (scene.author,)
        assert assessment_page(scene.services, author, proposed.id).facts == proposed


def test_whoever_sees_it_anyway_gets_no_other_part_in_what_they_propose(scene: Scene):
    assert scene.facts(scene.schedule(scene.officer)).people_with(Role.CONTRIBUTOR) == ()


def test_nobody_is_asked_to_lead_what_they_proposed_to_lead_themselves(scene: Scene):
    proposed = scene.facts(scene.schedule(scene.actor(scene.author), lead_id=scene.author))
    assert proposed.lead_accepted
    assert proposed.people_with(Role.CONTRIBUTOR) == ()


def test_somebody_without_a_role_may_not_schedule(scene: Scene):
    with pytest.raises(NotAllowed):
        scene.schedule(scene.lead)
    with pytest.raises(NotAllowed):
        schedule_choices(scene.services, scene.lead)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"department_id": None}, "department"),
        ({"financial_year": 26}, "financial_year"),
        ({"priority": 4}, "priority"),
    ],
)
def test_what_cannot_be_taken_is_named(scene: Scene, change: dict[str, object], field: str):
    with pytest.raises(Invalid) as refusal:
        scene.schedule(**change)
    assert list(refusal.value.problems) == [field]


def test_nobody_is_lead_and_champion_of_one_assessment(scene: Scene):
    with pytest.raises(Invalid) as refusal:
        scene.schedule(champion_id=scene.council.lead)
    assert "champion" in refusal.value.problems


def test_somebody_of_another_council_is_nobody_here(scene: Scene):
    stranger = Scene(scene.services.database).council.lead
    with pytest.raises(Invalid):
        scene.schedule(lead_id=stranger)


def test_an_assessment_without_a_lead_waits_to_be_scheduled(scene: Scene):
    assert scene.facts(scene.schedule(lead_id=None)).lead_id is None


def test_the_lead_accepts_once_and_saying_it_twice_changes_nothing(scene: Scene):
    assessment_id = scene.schedule()
    accept_lead(scene.services, scene.lead, assessment_id)
    before = scene.facts(assessment_id)
    accept_lead(scene.services, scene.lead, assessment_id)
    assert before.lead_accepted
    assert scene.facts(assessment_id) == before


def test_nobody_accepts_for_the_lead(scene: Scene):
    with pytest.raises(NotAllowed):
        accept_lead(scene.services, scene.officer, scene.schedule())


def test_a_lead_who_declines_says_why_and_leads_no_more(scene: Scene):
    assessment_id = scene.schedule()
    with pytest.raises(Invalid):
        decline_lead(scene.services, scene.lead, assessment_id, " ")
    decline_lead(scene.services, scene.lead, assessment_id, "I leave in June.")
    assert scene.facts(assessment_id).lead_id is None
    with scene.services.database.read() as connection:
        assert history.lines(connection, assessment_id)[0].comment == "I leave in June."


def test_a_new_lead_is_asked_anew(scene: Scene):
    assessment_id = scene.begun()
    assign(scene.services, scene.officer, assessment_id, Role.LEAD, [scene.helper])
    facts = scene.facts(assessment_id)
    assert (facts.lead_id, facts.lead_accepted) == (scene.helper, False)


def test_assigning_the_same_people_again_changes_nothing(scene: Scene):
    assessment_id = scene.schedule()
    before = scene.facts(assessment_id)
    assign(scene.services, scene.officer, assessment_id, Role.CHAMPION, [scene.champion])
    assert scene.facts(assessment_id) == before


def test_nobody_re_points_the_review_at_themselves_once_work_has_begun(scene: Scene):
    with pytest.raises(NotAllowed, match="yourself"):
        assign(scene.services, scene.officer, scene.begun(), Role.CHAMPION, [scene.council.officer])


def test_the_lead_does_not_choose_who_checks_their_work(scene: Scene):
    with pytest.raises(NotAllowed):
        assign(scene.services, scene.lead, scene.begun(), Role.CHAMPION, [scene.helper])


def test_a_lead_who_may_propose_for_the_department_does_not_choose_their_champion_either(scene: Scene):
    assessment_id = scene.begun()
    assign(scene.services, scene.officer, assessment_id, Role.LEAD, [scene.author])
    with pytest.raises(NotAllowed, match="writes"):
        assign(scene.services, scene.actor(scene.author), assessment_id, Role.CHAMPION, [scene.helper])


def test_whoever_leads_or_helps_to_write_does_not_become_champion(scene: Scene):
    assessment_id = scene.begun()
    assign(scene.services, scene.officer, assessment_id, Role.CONTRIBUTOR, [scene.helper])
    for writer in (scene.council.lead, scene.helper):
        with pytest.raises(Invalid):
            assign(scene.services, scene.officer, assessment_id, Role.CHAMPION, [writer])


def test_the_champion_does_not_become_a_writer(scene: Scene):
    with pytest.raises(Invalid):
        assign(scene.services, scene.officer, scene.begun(), Role.CONTRIBUTOR, [scene.champion])


def test_an_older_page_assigns_nobody(scene: Scene):
    assessment_id = scene.begun()
    with pytest.raises(Stale):
        assign(scene.services, scene.officer, assessment_id, Role.LEAD, [scene.helper], page_version=1)


def test_another_council_sees_no_such_assessment(scene: Scene):
    stranger = Scene(scene.services.database)
    with pytest.raises(NotFound):
        assign(scene.services, stranger.officer, scene.schedule(), Role.LEAD, [])


CHANGE = ScheduleChange(
    title="Garden waste",
    decision_body="Cabinet",
    decision_on=date(2027, 6, 1),
    target="June 2027",
    priority=2,
)


def test_a_decision_that_moves_is_kept_with_the_day_it_moved_to(scene: Scene):
    assessment_id = scene.begun()
    version = scene.facts(assessment_id).row_version
    change_schedule(scene.services, scene.lead, assessment_id, CHANGE, page_version=version)
    facts = scene.facts(assessment_id)
    assert (facts.title, facts.decision_on, facts.row_version) == (
        "Garden waste",
        date(2027, 6, 1),
        version + 1,
    )


def test_the_day_by_which_a_stage_should_be_over_moves_with_the_decision(scene: Scene):
    assessment_id = scene.begun()
    version = scene.facts(assessment_id).row_version
    with scene.services.database.read() as connection:
        before = history.header(connection, assessment_id).stage_due_on
    change_schedule(scene.services, scene.lead, assessment_id, CHANGE, page_version=version)
    with scene.services.database.read() as connection:
        after = history.header(connection, assessment_id).stage_due_on
    assert before is not None
    assert after is not None
    assert after > before


def test_the_same_schedule_again_changes_nothing(scene: Scene):
    assessment_id = scene.begun()
    change_schedule(
        scene.services, scene.lead, assessment_id, CHANGE, page_version=scene.facts(assessment_id).row_version
    )
    before = scene.facts(assessment_id)
    change_schedule(scene.services, scene.lead, assessment_id, CHANGE, page_version=before.row_version)
    assert scene.facts(assessment_id) == before


def test_the_head_of_service_changes_what_their_department_scheduled(scene: Scene):
    assessment_id = scene.begun()
    head, version = scene.actor(scene.council.head), scene.facts(assessment_id).row_version
    change_schedule(scene.services, head, assessment_id, CHANGE, page_version=version)
    assert scene.facts(assessment_id).title == "Garden waste"


def test_the_champion_does_not_change_what_was_scheduled(scene: Scene):
    assessment_id = scene.begun()
    champion, version = scene.actor(scene.champion), scene.facts(assessment_id).row_version
    with pytest.raises(NotAllowed):
        change_schedule(scene.services, champion, assessment_id, CHANGE, page_version=version)


def test_an_older_page_reschedules_nothing(scene: Scene):
    with pytest.raises(Stale):
        change_schedule(scene.services, scene.lead, scene.begun(), CHANGE, page_version=1)


def test_the_schedule_of_an_assessment_that_is_over_stays_as_it_was(scene: Scene):
    assessment_id = scene.begun()
    make_move(
        scene.services,
        scene.lead,
        assessment_id,
        "withdraw",
        reasons=["duplicate"],
        comment="The budget assessment covers it.",
    )
    with pytest.raises(NotAllowed):
        change_schedule(
            scene.services,
            scene.lead,
            assessment_id,
            CHANGE,
            page_version=scene.facts(assessment_id).row_version,
        )
