"""What stands above a table: its headings, and the recommendations that its actions answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eia.documents.plan_reading.labels import split_label
from eia.documents.plan_reading.layout import Role, Words, as_words
from eia.domain.plan import Passage, Recommendation

BELOW = " – "
"""Parts a heading from the heading under it."""

_MARKER = re.compile(
    r"(?:peer challenge |review )?recommendations?:?|we recommend(?: that)?:?", re.IGNORECASE
)
_LETTERED = re.compile(r"(?:[A-Z]|[IVX]{1,4})[.)]\s|(?:Theme|Priority|Area|Aim|Goal|Objective)\s+\w+\b")
_NOT_A_SECTION = re.compile(r"\bplans?\b|^(?:appendix|annex)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A table's place in the document."""

    heading: str = ""
    recommendations: tuple[Recommendation, ...] = ()
    unread: tuple[Words, ...] = ()
    lines: frozenset[int] = frozenset()  # those that say all this


NOWHERE = Section()
"""Under no heading at all."""


def is_section(words: Sequence[Words]) -> bool:
    """Whether words above a row of headings begin something new, rather than being left by a page break."""
    return any(_MARKER.fullmatch(each.text) or _LETTERED.match(each.text) for each in words)


def section_above(words: Sequence[Words], known: Collection[str], *, under: Section | None) -> Section:
    """The section that `words` open after `under`; where none came before, a title may be among them.

    `known` are first headings so far: two headings that are printed on one line stand apart again where the
    first of them is known. Recommendations without a heading stay under the one before.
    """
    is_first = under is None
    marker = next((place for place, each in enumerate(words) if _MARKER.fullmatch(each.text)), len(words))
    above, below = words[:marker], words[marker + 1 :]
    heads = _nearest_headings(above, is_first=is_first, is_marked=marker < len(words))
    heading = BELOW.join(_apart([as_words(each) for each in heads], known))
    heading = heading or (under.heading if under else "")
    return Section(
        heading=heading,
        recommendations=_recommendations(below, heading),
        unread=() if is_first else tuple(each for each in above if each not in heads),
        lines=frozenset(each.line for each in (*heads, *words[marker:])),
    )


def _nearest_headings(words: Sequence[Words], *, is_first: bool, is_marked: bool) -> list[Words]:
    """Sentences may stand between them and the table, except where those belong to the whole document."""
    end = len(words)
    while end and not is_first and words[end - 1].role is not Role.HEADING:
        end -= 1
    start = end
    while start and words[start - 1].role is Role.HEADING and not _is_title(words[start - 1], is_first):
        start -= 1
    run = list(words[start:end])
    lettered = [place for place, each in enumerate(run) if _LETTERED.match(each.text)]
    if lettered:
        return run[lettered[-1] :]
    return run[-2 if is_marked else -1 :] if is_first else run


def _is_title(words: Words, is_first: bool) -> bool:
    return is_first and bool(_NOT_A_SECTION.search(words.text))


def _apart(headings: list[str], known: Collection[str]) -> list[str]:
    if len(headings) != 1:
        return headings
    words = headings[0].split()
    for count in range(len(words) - 1, 0, -1):
        if " ".join(words[:count]) in known:
            return [" ".join(words[:count]), " ".join(words[count:])]
    return headings


def _recommendations(words: Sequence[Words], heading: str) -> tuple[Recommendation, ...]:
    found: list[Recommendation] = []
    for each in words:
        labelled = split_label(each.text)
        if found and not labelled.label and each.role is not Role.ITEM and each.text[:1].islower():
            found[-1] = _continued(found[-1], each)
        else:
            found.append(_recommendation(labelled.label, labelled.rest, heading, each.line))
    return tuple(found)


def _recommendation(label: str, text: str, heading: str, line: int) -> Recommendation:
    return Recommendation(
        label=label, heading=heading, text=text, passage=Passage(first_line=line, last_line=line)
    )


def _continued(before: Recommendation, words: Words) -> Recommendation:
    return Recommendation(
        label=before.label,
        heading=before.heading,
        text=f"{before.text} {words.text}",
        passage=Passage(first_line=before.passage.first_line, last_line=words.line),
    )
