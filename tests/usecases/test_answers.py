"""Answers saved page by page, by whoever may, while their section is open, and never over unseen words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.people import Role
from eia.store import tables
from eia.store.database import Database
from eia.usecases.answers import earlier_texts, page_token, read_form, save_answers
from eia.usecases.assigning import assign
from eia.usecases.moves import make_move
from tests.usecases.scene import Scene

KNOWN = AnswerKey("screening", "already_known")
RELEVANCE = AnswerKey("screening", "relevance.relevance", "age")
PURPOSE = AnswerKey("schedule", "purpose")


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.assessment_id = scene.begun()
    return scene


def save(
    scene: Scene,
    answers: dict[AnswerKey, AnswerValue | None],
    *,
    by: object = None,
    over: dict[AnswerKey, AnswerValue | None] | None = None,
) -> int:
    """What the lead typed on a page that showed the answers in `over`."""
    actor = by or scene.lead
    seen = page_token(dict.fromkeys(answers) | (over or {}))
    form = next(iter(answers)).form
    return save_answers(scene.services, actor, scene.assessment_id, form, answers, page_token=seen)


def test_what_the_lead_types_is_kept_and_makes_them_an_author(scene: Scene):
    save(scene, {KNOWN: "A third of card holders are over 65.", RELEVANCE: "relevant"})
    facts = scene.facts(scene.assessment_id)
    assert facts.answers[KNOWN] == "A third of card holders are over 65."
    assert facts.answers[RELEVANCE] == "relevant"
    assert facts.authors == {scene.council.lead}


def test_a_page_names_who_wrote_each_answer(scene: Scene):
    save(scene, {KNOWN: "A third are over 65."})
    state = read_form(scene.services, scene.lead, scene.assessment_id, "screening")
    assert state.written[KNOWN].by == "Rowan Lead"
    assert state.token(state.page("already-known")) == page_token({KNOWN: "A third are over 65."})


def test_an_answer_can_be_taken_away(scene: Scene):
    save(scene, {KNOWN: "A third are over 65."})
    save(scene, {KNOWN: None}, over={KNOWN: "A third are over 65."})
    assert KNOWN not in scene.facts(scene.assessment_id).answers


def test_saving_what_is_there_already_changes_nothing(scene: Scene):
    first = save(scene, {KNOWN: "A third are over 65."})
    assert save(scene, {KNOWN: "A third are over 65."}) == first
    assert scene.facts(scene.assessment_id).row_version == first


def test_words_that_were_not_seen_are_never_written_over(scene: Scene):
    save(scene, {KNOWN: "A third are over 65."})
    with pytest.raises(Stale) as refusal:
        save(scene, {KNOWN: "Nothing yet."})
    assert refusal.value.changed == ("What do you already know about the people affected?",)
    assert scene.facts(scene.assessment_id).answers[KNOWN] == "A third are over 65."


def test_another_page_of_the_form_does_not_make_this_one_stale(scene: Scene):
    save(scene, {RELEVANCE: "relevant"})
    save(scene, {KNOWN: "A third are over 65."})
    assert len(scene.facts(scene.assessment_id).answers) == 2


def test_the_record_says_which_questions_were_answered_and_never_what_was_said(scene: Scene):
    save(scene, {KNOWN: "A third are over 65.", RELEVANCE: "relevant"})
    with scene.services.database.read() as connection:
        chain = select(tables.audit_event.c.body).where(tables.audit_event.c.chain_id == scene.assessment_id)
        told = b"".join(connection.scalars(chain)).decode()
    assert '"questions":"already_known,relevance.relevance"' in told
    assert "over 65" not in told


def test_a_section_is_written_only_while_its_stage_has_it_open(scene: Scene):
    with pytest.raises(NotAllowed, match="stage"):
        save(scene, {AnswerKey("impact", "alternatives"): "Open on Saturdays."})


def test_whoever_is_not_assigned_to_write_may_not(scene: Scene):
    for person in (scene.officer, scene.actor(scene.champion)):
        with pytest.raises(NotAllowed):
            save(scene, {KNOWN: "They come by bus."}, by=person)


def test_whoever_may_not_see_it_finds_nothing(scene: Scene):
    with pytest.raises(NotFound):
        save(scene, {KNOWN: "They come by bus."}, by=scene.actor(scene.helper))


def test_a_contributor_writes_and_is_an_author_too(scene: Scene):
    assign(scene.services, scene.officer, scene.assessment_id, Role.CONTRIBUTOR, [scene.helper])
    save(scene, {KNOWN: "They come by bus."}, by=scene.actor(scene.helper))
    assert scene.facts(scene.assessment_id).authors == {scene.helper}


def test_the_officer_writes_the_schedule_of_what_they_schedule(scene: Scene):
    save(scene, {PURPOSE: "To close two evenings a week."}, by=scene.officer)
    assert scene.facts(scene.assessment_id).answers[PURPOSE] == "To close two evenings a week."


@pytest.mark.parametrize(
    ("key", "value"), [(RELEVANCE, "perhaps"), (KNOWN, True), (KNOWN, "x" * 30_000)], ids=str
)
def test_what_could_never_stand_as_an_answer_is_refused(scene: Scene, key: AnswerKey, value: AnswerValue):
    with pytest.raises(Invalid):
        save(scene, {key: value})


@pytest.mark.parametrize(
    "key",
    [
        AnswerKey("screening", "shoe_size"),
        AnswerKey("screening", "relevance.relevance", "left_handed"),
        AnswerKey("evidence", "title"),
        AnswerKey("sign_off", "attestation"),
    ],
    ids=str,
)
def test_there_is_no_answer_to_what_is_not_asked(scene: Scene, key: AnswerKey):
    with pytest.raises(NotFound):
        save(scene, {key: "42"})


def test_a_form_that_does_not_exist_has_no_pages(scene: Scene):
    for form in ("shoes", "evidence", "evidence_source"):
        with pytest.raises(NotFound):
            read_form(scene.services, scene.lead, scene.assessment_id, form)


def test_the_champion_fills_in_the_quality_check_and_is_no_author_of_what_they_check(scene: Scene):
    scene.move_to("quality_review")
    key = AnswerKey("quality_check", "evidence_sufficient")
    save(scene, {key: True}, by=scene.actor(scene.champion))
    facts = scene.facts(scene.assessment_id)
    assert facts.answers[key] is True
    assert scene.champion not in facts.authors


def test_an_author_does_not_fill_in_the_quality_check(scene: Scene):
    save(scene, {PURPOSE: "To close two evenings a week."}, by=scene.officer)
    scene.move_to("quality_review")
    with pytest.raises(NotAllowed, match="wrote part"):
        save(scene, {AnswerKey("quality_check", "evidence_sufficient"): True}, by=scene.officer)


def test_a_page_says_why_it_cannot_be_written_now(scene: Scene):
    state = read_form(scene.services, scene.lead, scene.assessment_id, "screening")
    assert state.closed is None
    make_move(scene.services, scene.lead, scene.assessment_id, "hold", reasons=["lead_absent"])
    assert read_form(scene.services, scene.lead, scene.assessment_id, "screening").closed is not None


def earlier(scene: Scene) -> list[tuple[AnswerValue, str, str]]:
    """What the page about what is known said before, who wrote it, and who wrote over it."""
    texts = earlier_texts(scene.services, scene.lead, scene.assessment_id, "screening", "already-known")[2]
    return [(text.value, text.by, text.replaced_by) for text in texts]


def test_when_two_people_write_in_one_place_both_texts_can_be_read(scene: Scene):
    assign(scene.services, scene.officer, scene.assessment_id, Role.CONTRIBUTOR, [scene.helper])
    save(scene, {KNOWN: "A third are over 65."})
    save(
        scene,
        {KNOWN: "They come by bus."},
        by=scene.actor(scene.helper),
        over={KNOWN: "A third are over 65."},
    )
    assert scene.facts(scene.assessment_id).answers[KNOWN] == "They come by bus."
    assert earlier(scene) == [("A third are over 65.", "Rowan Lead", "Hope Helper")]


def test_what_was_taken_away_can_still_be_read(scene: Scene):
    save(scene, {KNOWN: "A third are over 65."})
    save(scene, {KNOWN: None}, over={KNOWN: "A third are over 65."})
    assert earlier(scene) == [("A third are over 65.", "Rowan Lead", "Rowan Lead")]
    state = read_form(scene.services, scene.lead, scene.assessment_id, "screening")
    assert [page.slug for page in state.overwritten_pages] == ["already-known"]


def test_a_first_text_and_the_same_text_again_leave_nothing_earlier(scene: Scene):
    for _ in range(2):
        save(scene, {KNOWN: "A third are over 65."})
    assert earlier(scene) == []


def test_to_a_stranger_there_are_no_earlier_texts(scene: Scene):
    stranger = scene.actor(scene.helper)
    with pytest.raises(NotFound):
        earlier_texts(scene.services, stranger, scene.assessment_id, "screening", "already-known")
