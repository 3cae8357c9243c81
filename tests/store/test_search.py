"""What is written can be found by those who may see it, and by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.people import Grant, Role
from eia.domain.search import words_of
from eia.store import search
from eia.store.database import Database
from eia.store.search import Found
from tests.council import HOUSING, Council

TODAY = date(2026, 3, 2)


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def purpose(text: str) -> dict[AnswerKey, AnswerValue]:
    return {AnswerKey("schedule", "purpose"): text}


def impact(group: str, text: str, *rating: str) -> dict[AnswerKey, AnswerValue]:
    return {
        AnswerKey("impact", "impact.explanation", group): text,
        AnswerKey("impact", "impact.rating", group): rating,
    }


def find(
    council: Council,
    typed: str,
    who: str = "officer",
    *,
    after: int | None = None,
    limit: int = 10,
    ranked_up_to: int = search.RARE,
) -> tuple[Found, ...]:
    with council.services.database.read() as connection:
        return search.find(
            connection,
            council[who],
            words_of(typed),
            TODAY,
            after=after,
            limit=limit,
            ranked_up_to=ranked_up_to,
        )


def references(found: Sequence[Found]) -> list[str]:
    return [each.reference for each in found]


def written(council: Council, title: str, reference: str, **more: object) -> UUID:
    return council.assessment("analysis", title=title, reference=reference, **more)


def test_title_purpose_reference_and_impact_can_be_found(council: Council) -> None:
    one = written(council, "Library opening hours", "FIN-2026-001")
    council.answer(one, purpose("Evening opening would end in Northgate."))
    council.answer(one, impact("age", "Students lose their study room.", "negative"))
    for typed in ("libraries", "evenings", "FIN-2026-001", "student"):
        assert references(find(council, typed)) == ["FIN-2026-001"], typed
    (hit,) = find(council, "study rooms")
    assert (hit.characteristic, hit.effects) == ("age", ("negative",))


def test_every_word_must_be_there_and_small_words_count_for_nothing(council: Council) -> None:
    written(council, "Library opening hours", "FIN-2026-001")
    written(council, "Parking hours", "FIN-2026-002")
    assert references(find(council, "the hours of the library")) == ["FIN-2026-001"]
    assert find(council, "library parking") == ()


def test_what_was_rewritten_is_found_by_its_new_words_only(council: Council) -> None:
    one = written(council, "Library opening hours", "FIN-2026-001")
    council.answer(one, impact("age", "Students lose their study room.", "negative"))
    council.answer(one, impact("age", "Pensioners gain a lift.", "positive"))
    assert find(council, "students") == ()
    assert [hit.effects for hit in find(council, "pensioners")] == [("positive",)]


def test_nobody_finds_what_they_may_not_see(council: Council) -> None:
    mine = written(council, "Garden waste", "FIN-2026-001")
    written(council, "Garden waste sacks", "HOU-2026-001", department_id=HOUSING, assigned={})
    assert mine
    assert references(find(council, "garden", "lead")) == ["FIN-2026-001"]
    assert references(find(council, "garden", "head")) == ["FIN-2026-001"]
    assert find(council, "garden", "stranger") == find(council, "garden", "administrator") == ()
    assert len(find(council, "garden")) == 2


def test_a_role_that_has_ended_finds_nothing(council: Council) -> None:
    written(council, "Garden waste", "FIN-2026-001")
    ended = council.having("stranger", Grant(role=Role.EQUALITY_OFFICER, until=date(2026, 3, 1)))
    with council.services.database.read() as connection:
        assert search.find(connection, ended, ("garden",), TODAY, after=None, limit=5) == ()


@pytest.mark.parametrize("rare", [200, 0])
def test_pages_follow_each_other_without_gap_or_repetition(council: Council, rare: int) -> None:
    for number in range(5):
        written(council, "Garden waste", f"FIN-2026-{number:03}")
    seen: list[Found] = []
    while page := find(
        council, "garden", after=seen[-1].passage_id if seen else None, limit=2, ranked_up_to=rare
    ):
        seen += page
    assert references(seen) == [f"FIN-2026-{number:03}" for number in (4, 3, 2, 1, 0)]


def test_the_title_says_more_than_the_text(council: Council) -> None:
    written(council, "Library opening hours", "FIN-2026-001")
    two = written(council, "Community hubs", "FIN-2026-002")
    council.answer(two, purpose("A hub may stand beside a library."))
    assert references(find(council, "library")) == ["FIN-2026-001", "FIN-2026-002"]


def test_marks_that_mean_something_to_a_database_are_only_marks(council: Council) -> None:
    written(council, "Library opening hours", "FIN-2026-001")
    for typed in ('library"', "library*", "(library", "library' OR 1=1 --", "library:hours", "NEAR(library)"):
        find(council, typed)
    assert references(find(council, 'library" & (hours):*')) == ["FIN-2026-001"]


def test_alike_is_what_shares_a_rare_word_and_not_itself(council: Council) -> None:
    written(council, "Library opening hours", "FIN-2026-001")
    written(council, "Mobile library", "FIN-2026-002")
    written(council, "Parking fees", "FIN-2026-003")
    with council.services.database.read() as connection:
        found = search.alike(
            connection,
            council["officer"],
            ("library", "opening"),
            TODAY,
            not_under="FIN-2026-001",
            limit=5,
        )
    assert references(found) == ["FIN-2026-002"]


def test_impacts_are_told_group_by_group(council: Council) -> None:
    one = written(council, "Library opening hours", "FIN-2026-001")
    council.answer(one, impact("age", "Students lose.", "negative") | impact("race", "None.", "neutral"))
    with council.services.database.read() as connection:
        every = search.impacts(connection, [one])
        of_age = search.impacts(connection, [one], "age")
    assert [each.characteristic for each in every] == ["age", "race"]
    assert [each.text for each in of_age] == ["Students lose."]
