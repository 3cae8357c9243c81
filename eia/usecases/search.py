"""Searching what was written, and what similar assessments found: as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor
from eia.domain.search import subject_words, words_of
from eia.store import search
from eia.store.search import Found
from eia.usecases.services import Services

PAGE = 20
SUBJECTS = 20
"""How many subjects are looked at for what they say of one group."""
SHORT = 5


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """A page of what was found; `after` is where the next page begins, None on the last."""

    words: tuple[str, ...]
    found: tuple[Found, ...]
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Similar:
    """An assessment with a similar subject, and what it found group by group."""

    subject: Found
    impacts: tuple[Found, ...]


def search_page(services: Services, actor: Actor, typed: str, *, after: int | None = None) -> SearchPage:
    """What has all the words that were typed, the best or the newest first."""
    words = words_of(typed)
    if not words:
        return SearchPage(words=(), found=(), after=None)
    with services.database.read() as connection:
        found = search.find(connection, actor, words, services.today(), after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    return SearchPage(words=words, found=shown, after=shown[-1].passage_id if len(found) > PAGE else None)


def similar_assessments(services: Services, actor: Actor, title: str) -> tuple[Similar, ...]:
    """A few assessments whose subject is like this title, with the impacts that they found."""
    words = subject_words(title)
    if not words:
        return ()
    with services.database.read() as connection:
        subjects = _newest_versions(
            search.alike(connection, actor, words, services.today(), not_under="", limit=SUBJECTS)
        )[:SHORT]
        impacts = search.impacts(connection, [each.assessment_id for each in subjects])
    return tuple(
        Similar(
            subject=each,
            impacts=tuple(said for said in impacts if said.assessment_id == each.assessment_id),
        )
        for each in subjects
    )


def similar_impacts(
    services: Services, actor: Actor, facts: AssessmentFacts, characteristic: str
) -> tuple[Found, ...]:
    """What a few assessments with a similar subject found for this group, the likest first."""
    words = subject_words(facts.title)
    if not words:
        return ()
    with services.database.read() as connection:
        subjects = _newest_versions(
            search.alike(
                connection, actor, words, services.today(), not_under=facts.reference, limit=SUBJECTS
            )
        )
        places = {each.assessment_id: place for place, each in enumerate(subjects)}
        found = search.impacts(connection, list(places), characteristic)
    return tuple(sorted(found, key=lambda each: places[each.assessment_id]))[:SHORT]


def _newest_versions(subjects: Iterable[Found]) -> list[Found]:
    """One version of each reference, at the place where the likest stood."""
    newest: dict[str, Found] = {}
    for each in subjects:
        known = newest.get(each.reference)
        newest[each.reference] = each if known is None or each.version > known.version else known
    return list(newest.values())
