"""Saying where a body stands in a framework, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.framework import LinkKind
from eia.domain.people import Role
from eia.domain.target_date import TargetDate, TargetKind
from eia.store import tables
from eia.store.database import Database
from eia.usecases.framework_pages import AreaPage, area_page, framework_lines, framework_page
from eia.usecases.frameworks import AreaEntry, assess_area, link_to_area, unlink_from_area
from tests.usecases.scene import Scene

NAME, AREA = "framework-eflg-2021-1", "communities"
ENTRY = AreaEntry(
    level="developing",
    standing="The census is used in every assessment since 2024.",
    target_level="achieving",
    target="March 2028",
    closes_gap="Ask people in several groups at once.",
    because="Our own look at it in May.",
    page_version=0,
)
NO_DATE = TargetDate(raw="", kind=TargetKind.UNKNOWN)


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def seen(scene: Scene, person_id: UUID | None = None, words: str = "") -> AreaPage:
    actor = scene.actor(person_id) if person_id else scene.officer
    return area_page(scene.services, actor, NAME, AREA, words=words)


def say(scene: Scene, **changes: object) -> None:
    assess_area(scene.services, scene.officer, NAME, AREA, replace(ENTRY, **changes))  # type: ignore[arg-type]


def events(scene: Scene) -> list[dict[str, object]]:
    with scene.services.database.read() as connection:
        rows = connection.execute(
            select(tables.audit_event.c.body).where(tables.audit_event.c.chain_id == scene.council.body_id)
        )
        return [json.loads(row.body) for row in rows]


def test_where_we_stand_is_kept_with_the_gap_and_the_move(scene):
    say(scene)
    page = seen(scene)
    assert (page.line.standing.level, page.line.steps_missing) == ("developing", 1)
    assert page.line.standing.target is not None
    assert page.line.standing.target.raw == "March 2028"
    assert [(move.from_level, move.to_level, move.because) for move in page.moves] == [
        (None, "developing", "Our own look at it in May.")
    ]


def test_a_move_of_level_is_audited_without_its_words(scene):
    say(scene)
    (event,) = [each for each in events(scene) if each["name"] == "framework_level_moved"]
    assert "Our own look" not in json.dumps(event)
    assert "developing" in json.dumps(event)


def test_words_alone_move_nothing(scene):
    say(scene)
    say(scene, standing="And of 2025.", because="", page_version=1)
    page = seen(scene)
    assert page.line.standing.standing == "And of 2025."
    assert len(page.moves) == 1


def test_what_an_older_page_says_is_stale(scene):
    say(scene)
    with pytest.raises(Stale):
        say(scene)
    assert len(seen(scene).moves) == 1


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"standing": " "}, "standing"),
        ({"because": ""}, "because"),
        ({"target": ""}, "target"),
        ({"closes_gap": ""}, "closes_gap"),
        ({"level": "excellent"}, "target_level"),
    ],
)
def test_what_is_missing_is_said_and_nothing_kept(scene, changes, named):
    with pytest.raises(Invalid) as refused:
        say(scene, **changes)
    assert named in refused.value.problems
    assert seen(scene).line.standing.row_version == 0


def test_only_an_equality_officer_says_where_we_stand(scene):
    for person_id in (scene.council.head, scene.council.lead, scene.champion):
        actor = scene.actor(person_id)
        with pytest.raises(NotAllowed):
            assess_area(scene.services, actor, NAME, AREA, ENTRY)
        with pytest.raises(NotAllowed):
            link_to_area(scene.services, actor, NAME, AREA, LinkKind.ASSESSMENT, uuid4())
        with pytest.raises(NotAllowed):
            unlink_from_area(scene.services, actor, NAME, AREA, uuid4())


def test_what_is_no_framework_and_no_area_is_not_found(scene):
    with pytest.raises(NotFound):
        area_page(scene.services, scene.officer, NAME, "nowhere")
    with pytest.raises(NotFound):
        area_page(scene.services, scene.officer, "screening-1", AREA)
    with pytest.raises(NotFound):
        framework_page(scene.services, scene.officer, "framework-none-1")


def test_an_assessment_an_action_and_a_recommendation_show_it(scene):
    assessment_id = scene.schedule()
    plan_id, recommendation_id = recommended(scene)
    action_id = scene.council.action(NO_DATE, plan_id=plan_id)
    for kind, subject_id in (
        (LinkKind.ASSESSMENT, assessment_id),
        (LinkKind.ACTION, action_id),
        (LinkKind.RECOMMENDATION, recommendation_id),
    ):
        assert link_to_area(scene.services, scene.officer, NAME, AREA, kind, subject_id)
        assert not link_to_area(scene.services, scene.officer, NAME, AREA, kind, subject_id)
    assert {(link.kind, link.subject_id) for link in seen(scene).links} == {
        (LinkKind.ASSESSMENT, assessment_id),
        (LinkKind.ACTION, action_id),
        (LinkKind.RECOMMENDATION, recommendation_id),
    }


def test_a_consultation_shows_it_and_leads_to_its_assessment(scene):
    assessment_id, consultation_id = scene.schedule(), uuid4()
    scene.council.add(
        tables.consultation,
        id=consultation_id,
        assessment_id=assessment_id,
        method="Two evenings in the library",
        invited="",
        characteristics=["age"],
        heard=["age"],
        summary="",
        changed="",
        not_heard_because="",
        written_by=scene.council.lead,
        written_at=scene.services.now(),
    )
    (found,) = seen(scene, words="evenings").offered
    assert (found.kind, found.owner_id) == (LinkKind.CONSULTATION, assessment_id)
    assert link_to_area(scene.services, scene.officer, NAME, AREA, found.kind, found.subject_id)
    assert [link.title for link in seen(scene).links] == ["Two evenings in the library"]


def test_whoever_may_not_see_the_thing_sees_only_that_there_is_one(scene):
    link_to_area(scene.services, scene.officer, NAME, AREA, LinkKind.ASSESSMENT, scene.schedule())
    stranger = scene.council.person("A Stranger", Role.AUTHOR)
    page = seen(scene, stranger)
    assert (page.links, page.hidden) == ((), 1)
    assert len(seen(scene, scene.council.head).links) == 1


def test_what_is_not_ours_to_see_cannot_be_linked(scene):
    with pytest.raises(NotFound):
        link_to_area(scene.services, scene.officer, NAME, AREA, LinkKind.ASSESSMENT, uuid4())


def test_unlinking_twice_is_unlinking_once(scene):
    link_to_area(scene.services, scene.officer, NAME, AREA, LinkKind.ASSESSMENT, scene.schedule())
    (link,) = seen(scene).links
    assert unlink_from_area(scene.services, scene.officer, NAME, AREA, link.id)
    assert not unlink_from_area(scene.services, scene.officer, NAME, AREA, link.id)
    assert seen(scene).links == ()


def test_percent_and_underscore_are_letters_like_others(scene):
    scene.schedule()
    assert seen(scene, words="garden").offered
    assert not seen(scene, words="%%%").offered
    assert not seen(scene, words="___").offered
    assert not seen(scene, words="ga").offered


def test_a_recommendation_that_no_action_answers_is_listed_first(scene):
    plan_id, recommendation_id = recommended(scene)
    page = framework_page(scene.services, scene.officer, NAME)
    assert [link.subject_id for link in page.unanswered] == [recommendation_id]
    action_id = scene.council.action(NO_DATE, plan_id=plan_id)
    scene.council.add(tables.action_recommendation, action_id=action_id, recommendation_id=recommendation_id)
    page = framework_page(scene.services, scene.officer, NAME)
    assert page.unanswered == ()
    assert [(link.answers, link.open_answers) for link in page.answered] == [(1, 1)]


def test_the_list_says_how_many_areas_stand_where(scene):
    say(scene)
    line = next(
        each for each in framework_lines(scene.services, scene.officer) if each.framework.name == NAME
    )
    assert (line.at_level["developing"], line.at_level["achieving"], line.not_assessed) == (1, 0, 3)


def recommended(scene: Scene) -> tuple[UUID, UUID]:
    plan_id, recommendation_id = scene.council.plan(), uuid4()
    with scene.services.database.write() as work:
        work.connection.execute(
            tables.plan.update().where(tables.plan.c.id == plan_id).values(kind="peer_challenge_response")
        )
        work.connection.execute(
            insert(tables.recommendation).values(
                id=recommendation_id,
                plan_id=plan_id,
                label="R1",
                heading="",
                text="Ask people in several groups",
                place=1,
            )
        )
    return plan_id, recommendation_id
