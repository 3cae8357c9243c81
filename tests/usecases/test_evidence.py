"""Evidence: sources entered, gaps admitted, and nothing written over or by the wrong person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.evidence import EvidenceKind
from eia.store.database import Database
from eia.usecases.actions import ActionEntry, add_action
from eia.usecases.evidence import EvidenceEntry, add_evidence, change_evidence, remove_evidence
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.leads import LeadEntry
from eia.usecases.writing import token_of
from tests.council import BODY, Council

CENSUS = EvidenceEntry(
    title="Census",
    kind=EvidenceKind.CENSUS,
    characteristics=("age", "race"),
    finding="One in five is over 65.",
    published_on=date(2024, 3, 1),
)
GAP = EvidenceEntry(
    title="Who stays away",
    kind=EvidenceKind.GAP,
    characteristics=("disability",),
    finding="Nobody counts.",
    lead=LeadEntry(name="Front desk"),
    target="by the end of May 2026",
)


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council):
    return council.assessment("evidence", authors=())


def page(council: Council, assessment_id, who: str = "lead"):
    return evidence_page(council.services, council[who], assessment_id)


def test_a_source_stands_beside_every_group_it_is_about(council, assessment_id) -> None:
    add_evidence(council.services, council["lead"], assessment_id, CENSUS)
    shown = page(council, assessment_id)
    assert [item.title for item in shown.about("race")] == ["Census"]
    assert shown.about("disability") == ()


def test_a_gap_is_a_gap_whatever_else_was_typed(council, assessment_id) -> None:
    add_evidence(council.services, council["lead"], assessment_id, GAP)
    assert page(council, assessment_id).items[0].is_gap


def test_a_source_says_what_it_is_and_whom_it_is_about(council, assessment_id) -> None:
    blank = EvidenceEntry(title="", kind=EvidenceKind.SURVEY, characteristics=(), finding=" ")
    with pytest.raises(Invalid) as refusal:
        add_evidence(council.services, council["lead"], assessment_id, blank)
    assert set(refusal.value.problems) == {"title", "characteristics", "finding"}


def test_a_source_is_not_of_tomorrow(council, assessment_id) -> None:
    entry = replace(CENSUS, published_on=council.services.today() + timedelta(days=1))
    with pytest.raises(Invalid):
        add_evidence(council.services, council["lead"], assessment_id, entry)


def test_whoever_writes_evidence_is_an_author_of_the_version(council, assessment_id) -> None:
    add_evidence(council.services, council["lead"], assessment_id, CENSUS)
    with council.services.database.write() as work:
        assert council["lead"].id in work.assessment(BODY, assessment_id).authors


def test_the_champion_reads_evidence_and_writes_none(council, assessment_id) -> None:
    assert page(council, assessment_id, "champion").closed is not None
    with pytest.raises(NotAllowed):
        add_evidence(council.services, council["champion"], assessment_id, CENSUS)


def test_to_a_stranger_there_is_no_such_assessment(council, assessment_id) -> None:
    with pytest.raises(NotFound):
        page(council, assessment_id, "stranger")


def test_evidence_is_closed_before_its_stage_and_during_review(council) -> None:
    for stage in ("screening", "quality_review", "sign_off"):
        early = council.assessment(stage)
        with pytest.raises(NotAllowed):
            add_evidence(council.services, council["lead"], early, CENSUS)


def test_a_changed_source_keeps_the_action_that_closes_it(council, assessment_id) -> None:
    gap = add_evidence(council.services, council["lead"], assessment_id, GAP)
    promise = ActionEntry(text="Count them", target="May 2026", leads=(LeadEntry(name="Desk"),))
    action = add_action(council.services, council["lead"], assessment_id, promise, closes_gap=gap)
    token = token_of(page(council, assessment_id).item(gap))
    changed = replace(GAP, finding="Nobody counts, and nobody ever did.")
    change_evidence(council.services, council["lead"], assessment_id, gap, changed, page_token=token)
    assert page(council, assessment_id).item(gap).action_id == action


def test_a_source_that_somebody_else_changed_is_not_written_over(council, assessment_id) -> None:
    source = add_evidence(council.services, council["lead"], assessment_id, CENSUS)
    token = token_of(page(council, assessment_id).item(source))
    theirs, mine = replace(CENSUS, finding="Theirs"), replace(CENSUS, finding="Mine")
    change_evidence(council.services, council["lead"], assessment_id, source, theirs, page_token=token)
    with pytest.raises(Stale):
        change_evidence(council.services, council["lead"], assessment_id, source, mine, page_token=token)
    assert page(council, assessment_id).item(source).finding == "Theirs"


def test_a_source_is_removed_once(council, assessment_id) -> None:
    source = add_evidence(council.services, council["lead"], assessment_id, CENSUS)
    remove_evidence(council.services, council["lead"], assessment_id, source)
    assert page(council, assessment_id).items == ()
    with pytest.raises(NotFound):
        remove_evidence(council.services, council["lead"], assessment_id, source)


def test_a_source_of_another_assessment_is_not_to_be_had_here(council, assessment_id) -> None:
    source = add_evidence(council.services, council["lead"], assessment_id, CENSUS)
    other = council.assessment("evidence")
    with pytest.raises(NotFound):
        remove_evidence(council.services, council["lead"], other, source)
