"""The library: a source is entered once, cited by many, and put right by whoever entered it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.evidence import EvidenceKind
from eia.domain.people import Role
from eia.store.database import Database
from eia.store.sources import Wanted
from eia.usecases import source_pages as use
from eia.usecases.evidence import (
    EvidenceEntry,
    add_evidence,
    change_evidence,
    remove_evidence,
    take_over_source,
)
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.source_pages import source_page
from eia.usecases.sources import SourceEntry, change_source, remove_source
from eia.usecases.writing import token_of
from tests.council import BODY, Council

CENSUS = EvidenceEntry(
    title="Census",
    kind=EvidenceKind.CENSUS,
    characteristics=("age", "race"),
    finding="One in five is over 65.",
    published_on=date(2022, 6, 28),
)
NEWER = SourceEntry(
    title="Census, second release",
    kind=EvidenceKind.CENSUS,
    characteristics=("age", "race"),
    published_on=date(2023, 1, 1),
)
EVERYTHING = Wanted()


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def first(council: Council) -> UUID:
    return council.assessment("evidence", authors=())


@pytest.fixture
def second(council: Council) -> UUID:
    return council.assessment("evidence", authors=(), assigned={"author": Role.LEAD})


def add(council: Council, assessment_id: UUID, entry: EvidenceEntry = CENSUS, who: str = "lead") -> UUID:
    return add_evidence(council.services, council[who], assessment_id, entry)


def item(council: Council, assessment_id: UUID, evidence_id: UUID, who: str = "lead"):
    return evidence_page(council.services, council[who], assessment_id).item(evidence_id)


def source_of(council: Council, assessment_id: UUID, evidence_id: UUID, who: str = "lead") -> UUID:
    found = item(council, assessment_id, evidence_id, who).source_id
    assert found
    return found


def titles(council: Council, wanted: Wanted = EVERYTHING, who: str = "officer") -> list[str]:
    return [each.source.title for each in use.library(council.services, council[who], wanted).listed]


def change(council: Council, source_id: UUID, entry: SourceEntry = NEWER, who: str = "lead") -> None:
    token = token_of(source_page(council.services, council[who], source_id).source)
    change_source(council.services, council[who], source_id, entry, page_token=token)


def test_a_source_that_somebody_enters_joins_the_library(council, first):
    add(council, first)
    assert titles(council) == ["Census"]


def test_the_same_name_kind_and_date_is_the_same_source(council, first, second):
    one = source_of(council, first, add(council, first))
    entry = replace(CENSUS, title="  census ", finding="Mine")
    other = source_of(council, second, add(council, second, entry, "author"), "author")
    assert one == other
    assert titles(council) == ["Census"]


def test_another_date_is_another_source(council, first):
    add(council, first)
    add(council, first, replace(CENSUS, published_on=date(2011, 3, 27)))
    assert titles(council) == ["Census", "Census"]


def test_a_source_is_cited_with_a_finding_of_ones_own(council, first, second):
    source_id = source_of(council, first, add(council, first))
    entry = replace(CENSUS, title="Not this", source_id=source_id, finding="One in nine rents.")
    cited = item(council, second, add(council, second, entry, "author"), "author")
    assert (cited.title, cited.published_on) == ("Census", date(2022, 6, 28))
    assert cited.finding == "One in nine rents."


def test_a_source_covers_also_the_groups_that_somebody_cites_it_for(council, first, second):
    source_id = source_of(council, first, add(council, first))
    entry = replace(CENSUS, source_id=source_id, characteristics=("disability", "age"))
    add(council, second, entry, "author")
    source = source_page(council.services, council["lead"], source_id).source
    assert source.characteristics == ("age", "race", "disability")


def test_a_source_of_another_body_cannot_be_cited(council, first):
    with pytest.raises(NotFound):
        add(council, first, replace(CENSUS, source_id=BODY))


def test_the_freshest_come_first_and_the_undated_last(council, first):
    for title, day in (("Old", date(2019, 1, 1)), ("None", None), ("New", date(2025, 1, 1))):
        add(council, first, replace(CENSUS, title=title, published_on=day))
    assert titles(council) == ["New", "Old", "None"]


def test_the_library_is_turned_page_by_page_and_nothing_is_missed(council, first, monkeypatch):
    monkeypatch.setattr(use, "PAGE", 2)
    days = [date(2025, 1, 1), date(2025, 1, 1), date(2019, 1, 1), None, None]
    for number, day in enumerate(days):
        add(council, first, replace(CENSUS, title=f"Source {number}", published_on=day))
    seen, after = [], None
    while True:
        page = use.library(council.services, council["officer"], EVERYTHING, after=after)
        seen += [each.source.title for each in page.listed]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == [f"Source {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(words=("survey",)), ["Survey of tenants"]),
        (Wanted(words=("tenants", "survey")), ["Survey of tenants"]),
        (Wanted(words=("tenants", "census")), []),
        (Wanted(kind=EvidenceKind.CENSUS), ["Census"]),
        (Wanted(group="disability"), ["Survey of tenants"]),
        (Wanted(only_old=True), ["Survey of tenants"]),
    ],
)
def test_the_library_is_narrowed(council, first, wanted, found):
    add(council, first)
    survey = replace(
        CENSUS,
        title="Survey of tenants",
        kind=EvidenceKind.SURVEY,
        published_on=date(2020, 1, 1),
        characteristics=("disability",),
    )
    add(council, first, survey)
    assert titles(council, wanted) == found


def test_a_source_counts_only_where_the_reader_may_see_that_it_is_cited(council, first, second):
    source_id = source_of(council, first, add(council, first))
    add(council, second, who="author")

    def count(who: str) -> int:
        [each] = use.library(council.services, council[who], EVERYTHING).listed
        assert len(source_page(council.services, council[who], source_id).citations) == each.citations
        return each.citations

    assert (count("officer"), count("author"), count("lead")) == (2, 1, 1)


def test_the_library_opens_with_a_role_or_with_the_first_assessment(council, first):
    with pytest.raises(NotAllowed):
        titles(council, who="stranger")
    with pytest.raises(NotAllowed):
        titles(council, who="administrator")
    council.assessment("evidence", assigned={"stranger": Role.CONTRIBUTOR})
    assert titles(council, who="stranger") == []


def test_what_was_cited_stays_when_the_library_changes(council, first, second):
    evidence_id = add(council, first)
    add(council, second, who="author")
    source_id = source_of(council, first, evidence_id)
    change(council, source_id)
    page = evidence_page(council.services, council["lead"], first)
    cited = page.item(evidence_id)
    assert (cited.title, cited.published_on) == ("Census", date(2022, 6, 28))
    newer = page.newer(cited)
    assert newer is not None
    assert newer.title == "Census, second release"


def test_a_change_is_taken_over_when_whoever_writes_says_so(council, first):
    evidence_id = add(council, first)
    change(council, source_of(council, first, evidence_id))
    before = item(council, first, evidence_id)
    take_over_source(council.services, council["lead"], first, evidence_id, page_token=token_of(before))
    after = item(council, first, evidence_id)
    assert (after.title, after.published_on) == ("Census, second release", date(2023, 1, 1))
    assert after.finding == before.finding
    with pytest.raises(Stale):
        take_over_source(council.services, council["lead"], first, evidence_id, page_token=token_of(before))


def test_nothing_is_taken_over_by_whoever_may_not_write(council, first):
    evidence_id = add(council, first)
    change(council, source_of(council, first, evidence_id))
    token = token_of(item(council, first, evidence_id))
    with pytest.raises(NotAllowed):
        take_over_source(council.services, council["champion"], first, evidence_id, page_token=token)


def test_a_change_in_the_library_leaves_the_signed_content_as_it_was(council, first):
    evidence_id = add(council, first)
    with council.services.database.write() as work:
        signed = work.assessment(BODY, first).content_hash
    change(council, source_of(council, first, evidence_id))
    with council.services.database.write() as work:
        assert work.assessment(BODY, first).content_hash == signed


def test_a_source_is_put_right_by_whoever_entered_it_or_an_equality_officer(council, first):
    source_id = source_of(council, first, add(council, first))
    with pytest.raises(NotAllowed):
        change(council, source_id, who="author")
    change(council, source_id)
    change(council, source_id, replace(NEWER, title="Census, third release"), who="officer")
    assert titles(council) == ["Census, third release"]


def test_a_source_that_somebody_else_changed_is_not_written_over(council, first):
    source_id = source_of(council, first, add(council, first))
    token = token_of(source_page(council.services, council["lead"], source_id).source)
    change(council, source_id)
    with pytest.raises(Stale):
        change_source(council.services, council["lead"], source_id, NEWER, page_token=token)


def test_no_source_is_made_into_one_that_is_there_already(council, first):
    add(council, first)
    other = source_of(council, first, add(council, first, replace(CENSUS, title="Counts")))
    with pytest.raises(Invalid) as refusal:
        change(council, other, replace(NEWER, title="Census", published_on=CENSUS.published_on))
    assert set(refusal.value.problems) == {"title"}


def test_a_source_is_removed_only_when_nothing_cites_it_and_only_once(council, first):
    evidence_id = add(council, first)
    source_id = source_of(council, first, evidence_id)
    with pytest.raises(NotAllowed):
        remove_source(council.services, council["lead"], source_id)
    remove_evidence(council.services, council["lead"], first, evidence_id)
    assert titles(council) == ["Census"]
    remove_source(council.services, council["lead"], source_id)
    assert titles(council) == []
    with pytest.raises(NotFound):
        remove_source(council.services, council["lead"], source_id)


def test_a_slip_of_the_pen_is_put_right_in_both_places_while_nobody_else_cites_it(council, first):
    evidence_id = add(council, first)
    token = token_of(item(council, first, evidence_id))
    better = replace(CENSUS, title="Census 2021")
    change_evidence(council.services, council["lead"], first, evidence_id, better, page_token=token)
    assert item(council, first, evidence_id).title == "Census 2021"
    assert titles(council) == ["Census 2021"]


def test_no_slip_of_the_pen_makes_two_of_one_source(council, first):
    add(council, first)
    other = add(council, first, replace(CENSUS, title="Counts"))
    token = token_of(item(council, first, other))
    with pytest.raises(Invalid):
        change_evidence(council.services, council["lead"], first, other, CENSUS, page_token=token)


def test_a_correction_in_the_library_is_not_undone_by_changing_what_the_source_says(council, first):
    evidence_id = add(council, first)
    source_id = source_of(council, first, evidence_id)
    change(council, source_id)
    token = token_of(item(council, first, evidence_id))
    said = replace(CENSUS, finding="Mine")
    change_evidence(council.services, council["lead"], first, evidence_id, said, page_token=token)
    assert item(council, first, evidence_id).finding == "Mine"
    assert titles(council) == ["Census, second release"]


def test_a_source_that_others_cite_keeps_its_name_here_and_there(council, first, second):
    evidence_id = add(council, first)
    add(council, second, who="author")
    token = token_of(item(council, first, evidence_id))
    better = replace(CENSUS, title="Census 2021", finding="Mine")
    change_evidence(council.services, council["lead"], first, evidence_id, better, page_token=token)
    cited = item(council, first, evidence_id)
    assert (cited.title, cited.finding) == ("Census", "Mine")
    assert titles(council) == ["Census"]
