"""Starting from an earlier assessment: what comes along, what stays behind, and who has then written it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotFound
from eia.domain.evidence import EvidenceKind
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.starting import LeftOut, Part
from eia.store import answers, tables
from eia.store.database import Database
from eia.usecases.actions import ActionEntry, add_action, drop_action
from eia.usecases.evidence import EvidenceEntry, add_evidence
from eia.usecases.leads import LeadEntry
from eia.usecases.starting import Start, read_earlier
from eia.usecases.writing import wrote
from tests.usecases.scene import Scene

WRITTEN: dict[AnswerKey, AnswerValue] = {
    AnswerKey("schedule", "purpose"): "Charge for a second sack.",
    AnswerKey("schedule", "kind"): "decision",
    AnswerKey("schedule", "why_now"): "The budget of 2026.",
    AnswerKey("schedule", "implementation_date"): "1 April 2026",
    AnswerKey("screening", "relevance.relevance", "age"): "relevant",
    AnswerKey("screening", "relevance.effect", "age"): "negative",
    AnswerKey("screening", "relevance.reason", "age"): "Older people cannot lift it.",
    AnswerKey("screening", "relevance.relevance", "race"): "not_relevant",
    AnswerKey("impact", "impact.rating", "age"): ("negative",),
    AnswerKey("outcome", "recommended_outcome"): "adjust",
}


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


@pytest.fixture
def earlier(scene: Scene) -> UUID:
    """Written by its lead, with a fresh source, an old one, an undated one, a gap and two actions."""
    assessment_id = scene.begun()
    with scene.services.database.write() as work:
        facts = work.assessment(scene.council.body_id, assessment_id)
        answers.put(work.connection, assessment_id, WRITTEN, by=scene.lead.id, at=scene.services.now())
        wrote(scene.services, work, scene.lead, facts, "answers_saved", {})
    scene.move_to("evidence")
    for title, kind, day in (
        ("Bookings", EvidenceKind.SERVICE_DATA, date(2026, 1, 1)),
        ("Old survey", EvidenceKind.SURVEY, date(2019, 1, 1)),
        ("Undated", EvidenceKind.RESEARCH, None),
        ("Faith", EvidenceKind.GAP, None),
    ):
        owned = {"lead": LeadEntry(name="Desk"), "target": "May 2026"} if kind is EvidenceKind.GAP else {}
        entry = EvidenceEntry(
            title=title, kind=kind, characteristics=("age",), finding="x", published_on=day, **owned
        )
        add_evidence(scene.services, scene.lead, assessment_id, entry)
    leads = (LeadEntry(name="Head of Waste"),)
    done = [
        add_action(
            scene.services, scene.lead, assessment_id, ActionEntry(text=text, target="June 2026", leads=leads)
        )
        for text in ("Offer help with lifting", "Print a leaflet")
    ]
    drop_action(scene.services, scene.lead, done[1], "It is on the web")
    return assessment_id


def start(scene: Scene, earlier: UUID, *parts: Part, **changes: object) -> UUID:
    begun = Start(earlier_id=earlier, parts=frozenset(parts)) if parts else Start(earlier_id=earlier)
    return scene.schedule(**{"title": "Charges for bulky waste", "start": begun, **changes})


def test_purpose_relevant_groups_fresh_evidence_and_open_actions_come_along(scene: Scene, earlier: UUID):
    facts = scene.facts(start(scene, earlier))
    assert dict(facts.answers) == {
        AnswerKey("schedule", "purpose"): "Charge for a second sack.",
        AnswerKey("schedule", "kind"): "decision",
        AnswerKey("screening", "relevance.relevance", "age"): "relevant",
        AnswerKey("screening", "relevance.reason", "age"): "Older people cannot lift it.",
    }
    assert [item.kind for item in facts.evidence] == ["service_data"]
    (action,) = facts.actions
    assert (action.target.raw, action.has_lead) == ("June 2026", True)


def test_ratings_never_come_along(scene: Scene, earlier: UUID):
    questions = {key.question for key in scene.facts(start(scene, earlier)).answers}
    assert questions.isdisjoint({"relevance.effect", "impact.rating", "recommended_outcome"})


def test_what_is_left_out_says_why(scene: Scene, earlier: UUID):
    offered = read_earlier(scene.services, scene.officer, earlier)
    assert {item.title: why for item, why in offered.left_out} == {
        "Old survey": LeftOut.OLD,
        "Undated": LeftOut.UNDATED,
        "Faith": LeftOut.GAP,
    }
    assert [item.title for item in offered.sources] == ["Bookings"]
    assert [item.text for item in offered.actions] == ["Offer help with lifting"]
    assert [item.id for item in offered.relevant] == ["age"]


def test_only_the_parts_that_were_chosen_come_along(scene: Scene, earlier: UUID):
    facts = scene.facts(start(scene, earlier, Part.EVIDENCE))
    assert (len(facts.answers), len(facts.evidence), len(facts.actions)) == (0, 1, 0)


def test_a_carried_action_names_where_it_came_from_and_leaves_the_earlier_one_open(
    scene: Scene, earlier: UUID
):
    new = start(scene, earlier)
    with scene.services.database.read() as connection:
        rows = connection.execute(
            select(tables.action.c.id, tables.action.c.assessment_id, tables.action.c.carried_from).where(
                tables.action.c.state == "open"
            )
        )
        found = {row.assessment_id: row for row in rows}
    assert found[new].carried_from == found[earlier].id


def test_whoever_takes_words_over_and_whoever_wrote_them_is_an_author(scene: Scene, earlier: UUID):
    assert scene.facts(start(scene, earlier)).authors == {scene.officer.id, scene.lead.id}


def test_where_nothing_comes_along_nobody_is_an_author(scene: Scene):
    assert scene.facts(start(scene, scene.schedule())).authors == frozenset()


def test_the_author_of_the_earlier_one_does_not_check_the_new_one(scene: Scene, earlier: UUID):
    with pytest.raises(Invalid) as refusal:
        start(scene, earlier, lead_id=scene.helper, champion_id=scene.lead.id)
    assert list(refusal.value.problems) == ["champion"]


def test_nobody_starts_from_what_they_may_not_see(scene: Scene, earlier: UUID):
    author = scene.actor(scene.author)
    with pytest.raises(NotFound):
        scene.schedule(author, start=Start(earlier_id=earlier))
    with pytest.raises(NotFound):
        read_earlier(scene.services, author, earlier)
    with pytest.raises(NotFound):
        start(scene, uuid4())


def test_the_record_says_what_it_was_started_from_in_ids_and_counts(scene: Scene, earlier: UUID):
    new = start(scene, earlier)
    with scene.services.database.read() as connection:
        kept = connection.scalar(
            select(tables.assessment.c.started_from).where(tables.assessment.c.id == new)
        )
        first = connection.scalar(
            select(tables.audit_event.c.body).where(
                tables.audit_event.c.chain_id == new, tables.audit_event.c.seq == 1
            )
        )
    assert kept == earlier
    assert f'"started_from":"{earlier}"'.encode() in first
    assert b'"sources_taken":1' in first
    assert b"sack" not in first


def test_starting_twice_makes_two_and_leaves_the_earlier_one_as_it_was(scene: Scene, earlier: UUID):
    before = scene.facts(earlier)
    made = [scene.facts(start(scene, earlier)) for _ in range(2)]
    assert [facts.reference for facts in made] == ["FIN-2026-002", "FIN-2026-003"]
    assert scene.facts(earlier) == before


def test_an_action_that_closes_a_gap_stays_with_the_gap(scene: Scene, earlier: UUID) -> None:
    with scene.services.database.read() as connection:
        gap = connection.scalar(select(tables.evidence.c.id).where(tables.evidence.c.is_gap))
    entry = ActionEntry(text="Ask about faith", target="June 2026", leads=(LeadEntry(name="Desk"),))
    made = add_action(scene.services, scene.lead, earlier, entry, closes_gap=gap)
    offered = read_earlier(scene.services, scene.officer, earlier)
    assert made not in {item.id for item in offered.actions}
    assert [item.text for item in offered.actions] == ["Offer help with lifting"]
