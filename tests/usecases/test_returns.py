"""A return names sections: only those are written until the assessment is handed in again."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.facts import AnswerKey, AnswerValue, AssessmentFacts
from eia.store import snapshots, tables
from eia.store.database import Database
from eia.store.load_facts import load_facts
from eia.usecases.answers import page_token, save_answers
from eia.usecases.evidence import remove_evidence
from eia.usecases.moves import make_move
from eia.usecases.returns import open_more
from eia.usecases.sections import Access, sections
from tests.bench.bench_moves import analysed
from tests.council import BODY, Council
from tests.usecases.test_moves import CHECKED, RATED

RETURN = {"reasons": ("not_plain",), "comment": "Say it in words that people use."}
OUTCOME = AnswerKey("outcome", "how_watched")
IMPACT = AnswerKey("impact", "alternatives")


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def facts(council: Council, assessment_id: UUID) -> AssessmentFacts:
    with council.services.database.read() as connection:
        return load_facts(connection, BODY, assessment_id)


def returned(council: Council, *names: str) -> UUID:
    """An assessment that the champion returned with these sections named."""
    assessment_id = analysed(council)
    make_move(council.services, council["lead"], assessment_id, "submit_for_review")
    make_move(
        council.services, council["champion"], assessment_id, "return_for_work", **RETURN, sections=names
    )
    return assessment_id


def write(council: Council, assessment_id: UUID, key: AnswerKey, value: AnswerValue) -> None:
    token = page_token({key: None})
    save_answers(council.services, council["lead"], assessment_id, key.form, {key: value}, page_token=token)


def open_now(council: Council, assessment_id: UUID) -> set[str]:
    listed = sections(council["lead"], facts(council, assessment_id))
    return {section.name for section in listed if section.access is Access.WRITE}


def test_only_the_sections_that_were_returned_are_open(council: Council) -> None:
    assessment_id = returned(council, "outcome")
    assert open_now(council, assessment_id) == {"outcome"}
    write(council, assessment_id, OUTCOME, "We ask again in a year.")
    with pytest.raises(NotAllowed, match="not returned"):
        write(council, assessment_id, IMPACT, "Open on Saturdays.")
    source = facts(council, assessment_id).evidence[0].id
    with pytest.raises(NotAllowed, match="not returned"):
        remove_evidence(council.services, council["lead"], assessment_id, source)


def test_a_return_that_names_no_section_opens_all_of_the_stage(council: Council) -> None:
    assert open_now(council, returned(council)) == {
        "impact",
        "outcome",
        "evidence",
        "consultation",
        "actions",
    }


def test_handing_it_in_again_ends_the_return(council: Council) -> None:
    assessment_id = returned(council, "outcome")
    make_move(council.services, council["lead"], assessment_id, "submit_for_review")
    assert facts(council, assessment_id).returned_sections == ()


def test_a_second_return_names_its_own_sections(council: Council) -> None:
    assessment_id = returned(council, "outcome")
    make_move(council.services, council["lead"], assessment_id, "submit_for_review")
    make_move(
        council.services,
        council["champion"],
        assessment_id,
        "return_for_work",
        **RETURN,
        sections=("impact",),
    )
    assert open_now(council, assessment_id) == {"impact"}


def test_a_pause_changes_nothing_about_what_was_returned(council: Council) -> None:
    assessment_id = returned(council, "outcome")
    make_move(council.services, council["lead"], assessment_id, "hold", reasons=["lead_absent"])
    assert open_now(council, assessment_id) == set()
    make_move(council.services, council["lead"], assessment_id, "resume")
    assert open_now(council, assessment_id) == {"outcome"}


def test_a_refusal_to_sign_names_sections_too(council: Council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED | RATED)
    make_move(council.services, council["champion"], assessment_id, "recommend")
    refusal = {"reasons": ["not_satisfied"], "comment": "Who pays?", "sections": ["impact", "outcome"]}
    make_move(council.services, council["head"], assessment_id, "refuse", **refusal)
    assert open_now(council, assessment_id) == {"impact", "outcome"}


@pytest.mark.parametrize("name", ["quality_check", "screening", "shoes"])
def test_what_is_not_written_at_the_stage_cannot_be_returned_to_it(council: Council, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        returned(council, "outcome", name)
    assert set(refusal.value.problems) == {"sections"}


def test_a_move_that_leads_on_names_no_sections(council: Council) -> None:
    with pytest.raises(Invalid):
        make_move(
            council.services, council["lead"], analysed(council), "submit_for_review", sections=["outcome"]
        )


def test_history_and_record_say_which_sections(council: Council) -> None:
    assessment_id = returned(council, "outcome", "impact")
    with council.services.database.read() as connection:
        history = select(tables.stage_history.c.sections).where(
            tables.stage_history.c.assessment_id == assessment_id,
            tables.stage_history.c.move == "return_for_work",
        )
        assert connection.scalar(history) == ["impact", "outcome"]
        chain = select(tables.audit_event.c.body).where(tables.audit_event.c.chain_id == assessment_id)
        told = b"".join(connection.scalars(chain)).decode()
    assert '"sections":"impact,outcome"' in told
    assert "words that people use" not in told


# What was handed in


def kept(council: Council, assessment_id: UUID) -> tuple[snapshots.Snapshot, ...]:
    with council.services.database.read() as connection:
        return snapshots.of_assessment(connection, assessment_id)


def test_each_time_it_is_handed_in_what_it_says_is_kept(council: Council) -> None:
    assessment_id = returned(council)
    write(council, assessment_id, OUTCOME, "We ask again in a year.")
    make_move(council.services, council["lead"], assessment_id, "submit_for_review")
    assert [(each.seq, each.stage) for each in kept(council, assessment_id)] == [
        (1, "quality_review"),
        (2, "quality_review"),
    ]
    with council.services.database.read() as connection:
        first, second = (snapshots.content_of(connection, assessment_id, seq) for seq in (1, 2))
        now = snapshots.content_now(connection, load_facts(connection, BODY, assessment_id))
    assert (first.answers.get(OUTCOME), second.answers.get(OUTCOME)) == (None, "We ask again in a year.")
    assert (second.answers, {item.id for item in second.evidence}) == (
        now.answers,
        {item.id for item in now.evidence},
    )
    assert {item.fields["lead"] for item in second.actions} == {item.fields["lead"] for item in now.actions}


def test_what_is_not_handed_in_for_checking_is_not_kept(council: Council) -> None:
    assessment_id = returned(council)
    make_move(council.services, council["lead"], assessment_id, "hold", reasons=["lead_absent"])
    assert len(kept(council, assessment_id)) == 1


def test_a_move_that_is_refused_keeps_nothing(council: Council) -> None:
    assessment_id = analysed(council)
    with pytest.raises(NotAllowed):
        make_move(council.services, council["champion"], assessment_id, "submit_for_review")
    assert kept(council, assessment_id) == ()


def test_the_record_of_a_move_never_has_the_words_that_were_kept(council: Council) -> None:
    assessment_id = returned(council)
    with council.services.database.read() as connection:
        chain = select(tables.audit_event.c.body).where(tables.audit_event.c.chain_id == assessment_id)
        told = b"".join(connection.scalars(chain)).decode()
    assert '"snapshot":1' in told
    assert "library in the evening" not in told


# When putting one section right needs another


def opened(council: Council, assessment_id: UUID, *names: str, by: str = "champion") -> None:
    open_more(council.services, council[by], assessment_id, names)


def test_whoever_checks_can_open_more_sections_and_the_lead_hears_of_it(council: Council) -> None:
    assessment_id = returned(council, "outcome")
    opened(council, assessment_id, "impact")
    assert open_now(council, assessment_id) == {"outcome", "impact"}
    with council.services.database.read() as connection:
        kinds = [row.payload["kind"] for row in connection.execute(select(tables.outbox))]
    assert "sections_opened" in kinds


@pytest.mark.parametrize("name", ["lead", "head", "director"])
def test_nobody_else_opens_what_was_not_returned(council: Council, name: str) -> None:
    assessment_id = returned(council, "outcome")
    with pytest.raises(NotAllowed):
        opened(council, assessment_id, "impact", by=name)
    assert open_now(council, assessment_id) == {"outcome"}


def test_whoever_may_not_see_it_finds_nothing_to_open(council: Council) -> None:
    with pytest.raises(NotFound):
        opened(council, returned(council, "outcome"), "impact", by="stranger")


@pytest.mark.parametrize("names", [(), ("shoes",), ("impact", "quality_check")])
def test_only_sections_of_the_stage_are_opened(council: Council, names: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        opened(council, returned(council, "outcome"), *names)


def test_where_everything_is_open_there_is_nothing_to_open(council: Council) -> None:
    with pytest.raises(NotAllowed):
        opened(council, returned(council), "impact")


def test_opening_a_section_twice_leaves_one_line_and_changes_nothing_more(council: Council) -> None:
    assessment_id = returned(council, "outcome")
    opened(council, assessment_id, "impact")
    before = facts(council, assessment_id).row_version
    opened(council, assessment_id, "impact")
    assert facts(council, assessment_id).row_version == before


def test_opening_on_a_page_that_is_out_of_date_is_refused(council: Council) -> None:
    assessment_id = returned(council, "outcome")
    seen = facts(council, assessment_id).row_version
    opened(council, assessment_id, "impact")
    with pytest.raises(Stale) as refusal:
        open_more(council.services, council["champion"], assessment_id, ["evidence"], page_version=seen)
    assert "opened more sections" in refusal.value.changed[0]
