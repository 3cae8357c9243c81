"""An assessment stays with the workflow it began with, whatever the body begins new ones with."""

from __future__ import annotations

from sqlalchemy import update

from eia import content
from eia.store.load_facts import load_facts
from eia.store.tables import body
from tests.journeys.life import Life


def begin_with(life: Life, workflow: str) -> None:
    with life.town.services.database.write() as work:
        work.connection.execute(update(body).values(workflow=workflow))


def workflow_of(life: Life) -> str:
    with life.town.services.database.read() as connection:
        return load_facts(connection, life.town.body_id, life.assessment_id).workflow


def test_an_assessment_of_the_first_workflow_is_approved_after_the_second_was_released(life: Life) -> None:
    begin_with(life, "england-1")
    life.submit_screening()
    begin_with(life, "england-2")
    life.submit_screening = lambda: None  # type: ignore[method-assign]
    life.approve()
    assert (workflow_of(life), life.stage()) == ("england-1", "follow_up")


def test_a_new_assessment_begins_with_the_second_workflow_and_its_questions(life: Life) -> None:
    life.propose()
    assert workflow_of(life) == "england-2"
    assert content.question_set("england-2", "impact").id == "impact-2"
