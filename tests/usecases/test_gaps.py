"""Gaps: somebody's, by a date; an action in one step; counted over all assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.evidence import EvidenceKind
from eia.domain.people import Role
from eia.store import evidence
from eia.store.database import Database
from eia.store.gaps import GapLine, Wanted
from eia.usecases import gaps as use
from eia.usecases.action_progress import mark_done, verify
from eia.usecases.actions import drop_action, read_action
from eia.usecases.evidence import EvidenceEntry, add_evidence, change_evidence
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.gaps import gaps_page, promise_to_close
from eia.usecases.leads import LeadEntry
from eia.usecases.writing import token_of
from tests.council import BODY, HOUSING, Council

GAP = EvidenceEntry(
    title="Who stays away",
    kind=EvidenceKind.GAP,
    characteristics=("disability",),
    finding="Nobody counts.",
    lead=LeadEntry(name="Front desk"),
    target="by the end of May 2026",
)
EVERYTHING = Wanted()


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council) -> UUID:
    return council.assessment("evidence", authors=())


def admit(council: Council, assessment_id: UUID, **changes: object) -> UUID:
    return add_evidence(council.services, council["lead"], assessment_id, replace(GAP, **changes))


def promise(council: Council, assessment_id: UUID, gap: UUID, who: str = "lead") -> UUID:
    return promise_to_close(
        council.services, council[who], assessment_id, gap, text="Count them", outcome="We know."
    )


def lines(council: Council, wanted: Wanted = EVERYTHING, who: str = "officer") -> tuple[GapLine, ...]:
    return gaps_page(council.services, council[who], wanted).lines


def test_a_gap_is_somebodys_by_a_date_as_written(council, assessment_id):
    gap_id = admit(council, assessment_id)
    gap = evidence_page(council.services, council["lead"], assessment_id).item(gap_id)
    assert gap.lead == "Front desk"
    assert gap.target is not None
    assert (gap.target.raw, gap.target.latest) == ("by the end of May 2026", date(2026, 5, 31))


def test_a_gap_without_an_owner_or_a_date_is_refused(council, assessment_id):
    with pytest.raises(Invalid) as refusal:
        admit(council, assessment_id, lead=LeadEntry(name=" "), target="", title=" ")
    assert set(refusal.value.problems) == {"title", "lead", "target"}


def test_whose_gap_it_is_and_by_when_is_part_of_what_is_signed(council, assessment_id):
    gap_id = admit(council, assessment_id)

    def content_hash() -> str:
        with council.services.database.write() as work:
            return work.assessment(BODY, assessment_id).content_hash

    before = content_hash()
    token = token_of(evidence_page(council.services, council["lead"], assessment_id).item(gap_id))
    later = replace(GAP, target="June 2027")
    change_evidence(council.services, council["lead"], assessment_id, gap_id, later, page_token=token)
    assert content_hash() != before


def test_a_gap_becomes_an_action_by_the_same_person_and_the_same_date(council, assessment_id):
    gap_id = admit(council, assessment_id)
    action = read_action(council.services, council["lead"], promise(council, assessment_id, gap_id))
    assert (action.text, action.target.raw) == ("Count them", "by the end of May 2026")
    assert [lead.party.name for lead in action.leads] == ["Front desk"]
    assert action.characteristic == "disability"
    gap = evidence_page(council.services, council["lead"], assessment_id).item(gap_id)
    assert gap.action_id == action.id


def test_a_person_who_owns_a_gap_leads_its_action(council, assessment_id):
    person = council["contributor"]
    gap_id = admit(council, assessment_id, lead=LeadEntry(name=person.name, person_id=person.id))
    action = read_action(council.services, council["lead"], promise(council, assessment_id, gap_id))
    assert action.lead_people() == {person.id}


def test_a_gap_becomes_an_action_once(council, assessment_id):
    gap_id = admit(council, assessment_id)
    promise(council, assessment_id, gap_id)
    with pytest.raises(NotAllowed):
        promise(council, assessment_id, gap_id)


def test_a_gap_whose_action_was_dropped_can_be_promised_again(council, assessment_id):
    gap_id = admit(council, assessment_id)
    drop_action(council.services, council["lead"], promise(council, assessment_id, gap_id), "No money")
    assert lines(council)[0].action_id is None
    again = promise(council, assessment_id, gap_id)
    assert lines(council)[0].action_id == again


def test_whoever_may_not_manage_actions_makes_none_of_a_gap(council, assessment_id):
    gap_id = admit(council, assessment_id)
    with pytest.raises(NotAllowed):
        promise(council, assessment_id, gap_id, "champion")
    with pytest.raises(NotFound):
        promise(council, assessment_id, gap_id, "stranger")


def test_a_source_is_no_gap_to_close(council, assessment_id):
    source = council.evidence(assessment_id, "age")
    with pytest.raises(NotFound):
        promise(council, assessment_id, source)


def test_a_gap_of_before_that_nobody_owns_says_so(council, assessment_id):
    nobodys = council.evidence(assessment_id, "age", title="Old gap", kind="gap", is_gap=True)
    with pytest.raises(NotAllowed):
        promise(council, assessment_id, nobodys)
    assert lines(council)[0].leads == ()


def test_those_overdue_come_first_and_those_without_a_day_last(council, assessment_id):
    for title, target in (("Goes on", "ongoing"), ("Later", "June 2027"), ("Late", "January 2026")):
        admit(council, assessment_id, title=title, target=target)
    assert [(line.title, line.by) for line in lines(council)] == [
        ("Late", date(2026, 1, 31)),
        ("Later", date(2027, 6, 30)),
        ("Goes on", None),
    ]


def test_an_action_says_by_when_and_who_instead_of_its_gap(council, assessment_id):
    gap_id = admit(council, assessment_id)
    action = council.action(assessment_id, "contributor", text="Ask", target_latest=date(2026, 12, 31))
    with council.services.database.write() as work:
        [gap] = evidence.of_assessment(work.connection, assessment_id)
        evidence.replace(work.connection, assessment_id, replace(gap, action_id=action))
    [line] = lines(council)
    assert (line.id, line.action, line.by) == (gap_id, "Ask", date(2026, 12, 31))
    assert line.leads[0].startswith("contributor")


def test_a_gap_is_open_until_somebody_else_has_verified_its_action(council, assessment_id):
    gap_id = admit(council, assessment_id)
    action = promise(council, assessment_id, gap_id)
    mark_done(council.services, council["officer"], action, "We count them now")
    assert [line.is_done for line in lines(council)] == [True]
    verify(council.services, council["champion"], action)
    assert lines(council) == ()


def test_gaps_are_counted_group_by_group(council, assessment_id):
    admit(council, assessment_id, title="One", target="January 2026", characteristics=("age", "disability"))
    promise(council, assessment_id, admit(council, assessment_id, title="Two"))
    page = gaps_page(council.services, council["officer"], EVERYTHING)
    assert [(each.group, each.gaps, each.unpromised, each.overdue) for each in page.counts] == [
        ("age", 1, 1, 1),
        ("disability", 2, 1, 1),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"), [(Wanted(group="age"), ["One"]), (Wanted(only_unpromised=True), ["One"])]
)
def test_gaps_are_narrowed(council, assessment_id, wanted, found):
    admit(council, assessment_id, title="One", characteristics=("age",))
    promise(council, assessment_id, admit(council, assessment_id, title="Two"))
    assert [line.title for line in lines(council, wanted)] == found


def test_one_sees_the_gaps_of_what_one_may_see(council, assessment_id):
    admit(council, assessment_id)
    other = council.assessment("evidence", assigned={"author": Role.LEAD}, department_id=HOUSING)
    add_evidence(council.services, council["author"], other, replace(GAP, title="Theirs"))
    seen = {who: {line.title for line in lines(council, who=who)} for who in ("officer", "lead", "head")}
    assert seen == {
        "officer": {"Who stays away", "Theirs"},
        "lead": {"Who stays away"},
        "head": {"Who stays away"},
    }
    assert lines(council, who="stranger") == ()
    assert gaps_page(council.services, council["stranger"], EVERYTHING).counts == ()


def test_a_gap_that_went_on_in_a_newer_version_is_counted_there(council):
    old = council.assessment("superseded")
    council.evidence(old, "age", title="Before", kind="gap", is_gap=True)
    assert lines(council) == ()


def test_the_list_is_turned_page_by_page_and_nothing_is_missed(council, assessment_id, monkeypatch):
    monkeypatch.setattr(use, "PAGE", 2)
    for number, target in enumerate(("May 2026", "May 2026", "ongoing", "ongoing", "June 2026")):
        admit(council, assessment_id, title=f"Gap {number}", target=target)
    seen, after = [], None
    while True:
        page = gaps_page(council.services, council["officer"], EVERYTHING, after=after)
        seen += [line.title for line in page.lines]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == [f"Gap {number}" for number in range(5)]
