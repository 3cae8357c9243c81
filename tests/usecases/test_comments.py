"""Comments: said by whoever works on an assessment, settled before it is handed on, never in the record."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady
from eia.domain.facts import AnswerKey
from eia.domain.people import Actor, Role
from eia.store import tables
from eia.store.database import Database
from eia.usecases.assigning import assign
from eia.usecases.comments import comments_page, reopen, reply, resolve, start_thread, thread_page
from eia.usecases.moves import make_move
from tests.usecases.scene import Scene

SCREENING = AnswerKey("screening", "")
AGE = AnswerKey("screening", "relevance.reason", "age")
SAID = "Is a third of card holders really over 65?"


@pytest.fixture
def scene(database: Database) -> Scene:
    """An assessment at screening, with a helper among its contributors."""
    scene = Scene(database)
    scene.assessment_id = scene.begun()
    assign(scene.services, scene.officer, scene.assessment_id, Role.CONTRIBUTOR, [scene.helper])
    return scene


def helper(scene: Scene) -> Actor:
    return scene.actor(scene.helper)


def start(scene: Scene, actor: Actor, *, about: AnswerKey = AGE, text: str = SAID) -> UUID:
    return start_thread(scene.services, actor, scene.assessment_id, about, text)


def thread(scene: Scene, thread_id: UUID):
    return thread_page(scene.services, scene.lead, scene.assessment_id, thread_id).thread


def notices(scene: Scene) -> list[UUID]:
    with scene.services.database.read() as connection:
        rows = connection.execute(select(tables.outbox.c.recipient_id, tables.outbox.c.payload))
        return [row.recipient_id for row in rows if row.payload["kind"] == "commented"]


def test_a_comment_stands_beside_the_question_it_is_about(scene: Scene):
    start(scene, helper(scene))
    page = comments_page(scene.services, scene.lead, scene.assessment_id)
    [found] = page.open
    assert (found.about, found.comments[0].text, found.comments[0].by) == (AGE, SAID, "Hope Helper")
    assert page.resolved == ()


def test_replies_follow_in_the_order_in_which_they_were_sent(scene: Scene):
    opened = start(scene, helper(scene))
    reply(scene.services, scene.lead, scene.assessment_id, opened, "Yes, see the 2024 survey.")
    reply(scene.services, helper(scene), scene.assessment_id, opened, "Then cite it.")
    said = [comment.text for comment in thread(scene, opened).comments]
    assert said == [SAID, "Yes, see the 2024 survey.", "Then cite it."]


def test_sending_the_same_twice_says_it_once(scene: Scene):
    opened = start(scene, helper(scene))
    assert start(scene, helper(scene)) == opened
    for _ in range(2):
        reply(scene.services, scene.lead, scene.assessment_id, opened, "Yes.")
    assert len(thread(scene, opened).comments) == 2


def test_whoever_comments_is_no_author(scene: Scene):
    champion = scene.actor(scene.champion)
    opened = start(scene, champion)
    reply(scene.services, champion, scene.assessment_id, opened, "I would like to know.")
    assert scene.facts(scene.assessment_id).authors == frozenset()


@pytest.mark.parametrize("who", ["lead", "helper", "champion", "officer", "head"])
def test_everybody_who_works_on_it_may_comment(scene: Scene, who: str):
    known = {"lead": scene.council.lead, "officer": scene.council.officer, "head": scene.council.head}
    start(scene, scene.actor(known.get(who) or getattr(scene, who)))
    assert scene.facts(scene.assessment_id).open_threads == ("screening",)


def test_to_a_stranger_there_is_nothing_to_comment_on(scene: Scene):
    stranger = scene.actor(scene.council.person("Sam Stranger"))
    opened = start(scene, helper(scene))
    for act in (
        lambda: start(scene, stranger),
        lambda: reply(scene.services, stranger, scene.assessment_id, opened, "Hello"),
        lambda: resolve(scene.services, stranger, scene.assessment_id, opened),
        lambda: reopen(scene.services, stranger, scene.assessment_id, opened),
        lambda: comments_page(scene.services, stranger, scene.assessment_id),
        lambda: thread_page(scene.services, stranger, scene.assessment_id, opened),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("text", ["  ", "x" * 4001, "bell\a"])
def test_what_cannot_be_a_comment_is_refused(scene: Scene, text: str):
    with pytest.raises(Invalid):
        start(scene, helper(scene), text=text)


@pytest.mark.parametrize(
    "about",
    [
        AnswerKey("shoes", ""),
        AnswerKey("screening", "shoe_size"),
        AnswerKey("screening", "relevance.reason", "left_handed"),
        AnswerKey("screening", "", "age"),
        AnswerKey("evidence", "title"),
    ],
    ids=str,
)
def test_there_is_nothing_to_say_about_what_is_not_asked(scene: Scene, about: AnswerKey):
    with pytest.raises(NotFound):
        start(scene, helper(scene), about=about)


def test_a_thread_of_another_assessment_is_not_found_here(scene: Scene):
    opened = start(scene, helper(scene))
    other = scene.schedule()
    for thread_id, assessment_id in ((opened, other), (uuid4(), scene.assessment_id)):
        with pytest.raises(NotFound):
            resolve(scene.services, scene.lead, assessment_id, thread_id)


@pytest.mark.parametrize("who", ["helper", "lead", "champion"])
def test_the_opener_the_lead_and_the_champion_resolve_and_reopen(scene: Scene, who: str):
    actor = scene.lead if who == "lead" else scene.actor(getattr(scene, who))
    opened = start(scene, helper(scene))
    resolve(scene.services, actor, scene.assessment_id, opened)
    assert not thread(scene, opened).is_open
    assert thread(scene, opened).resolved_by == actor.name
    reopen(scene.services, actor, scene.assessment_id, opened)
    assert thread(scene, opened).is_open


def test_nobody_else_resolves_it(scene: Scene):
    opened = start(scene, helper(scene))
    with pytest.raises(NotAllowed, match="opened these comments"):
        resolve(scene.services, scene.officer, scene.assessment_id, opened)
    page = thread_page(scene.services, scene.officer, scene.assessment_id, opened)
    assert (page.closed, page.may_settle) == (None, False)


def test_resolving_or_reopening_twice_changes_nothing(scene: Scene):
    opened = start(scene, helper(scene))
    for verb in (resolve, reopen):
        verb(scene.services, scene.lead, scene.assessment_id, opened)
        first = scene.facts(scene.assessment_id).row_version
        verb(scene.services, scene.lead, scene.assessment_id, opened)
        assert scene.facts(scene.assessment_id).row_version == first


def test_a_reply_that_comes_after_the_thread_was_resolved_is_kept(scene: Scene):
    opened = start(scene, helper(scene))
    resolve(scene.services, scene.lead, scene.assessment_id, opened)
    reply(scene.services, helper(scene), scene.assessment_id, opened, "Thank you.")
    assert thread(scene, opened).comments[-1].text == "Thank you."
    assert not thread(scene, opened).is_open


def test_nothing_is_said_about_an_assessment_that_has_ended(scene: Scene):
    opened = start(scene, helper(scene))
    scene.move_to("withdrawn")
    with pytest.raises(NotAllowed, match="ended"):
        start(scene, helper(scene), text="Too late")
    assert thread_page(scene.services, scene.lead, scene.assessment_id, opened).closed is not None


@pytest.mark.parametrize(
    ("stage", "move"), [("screening", "submit_screening"), ("analysis", "submit_for_review")]
)
def test_open_comments_hold_up_a_submission_until_they_are_resolved(scene: Scene, stage: str, move: str):
    opened = start(scene, helper(scene))
    scene.move_to(stage)

    def unmet() -> set[str]:
        with pytest.raises(NotReady) as refusal:
            make_move(scene.services, scene.lead, scene.assessment_id, move)
        return {each.guard for each in refusal.value.unmet}

    assert "comments_resolved" in unmet()
    resolve(scene.services, scene.lead, scene.assessment_id, opened)
    assert "comments_resolved" not in unmet()


def test_the_lead_hears_of_a_comment_and_the_others_of_the_answer(scene: Scene):
    opened = start(scene, helper(scene))
    assert notices(scene) == [scene.council.lead]
    reply(scene.services, scene.lead, scene.assessment_id, opened, "Yes.")
    assert notices(scene) == [scene.council.lead, scene.helper]


def test_somebody_who_left_the_assessment_hears_no_more_of_it(scene: Scene):
    opened = start(scene, helper(scene))
    assign(scene.services, scene.officer, scene.assessment_id, Role.CONTRIBUTOR, [])
    reply(scene.services, scene.lead, scene.assessment_id, opened, "Yes.")
    assert scene.helper not in notices(scene)


def test_what_was_said_is_in_neither_the_record_nor_the_mail(scene: Scene):
    opened = start(scene, helper(scene))
    reply(scene.services, scene.lead, scene.assessment_id, opened, "A third of whom?")
    resolve(scene.services, scene.lead, scene.assessment_id, opened)
    with scene.services.database.read() as connection:
        chain = select(tables.audit_event.c.body).where(tables.audit_event.c.chain_id == scene.assessment_id)
        told = b"".join(connection.scalars(chain)).decode()
        mail = str(connection.scalars(select(tables.outbox.c.payload)).all())
    assert '"question":"relevance.reason"' in told
    assert "comment_resolved" in told
    assert "third" not in told + mail
