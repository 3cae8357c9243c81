"""Search: what somebody typed as words to look for, and what is written down to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eia.domain.facts import AnswerKey, AssessmentFacts

MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_SILENT = frozenset(
    _WORD.findall(
        "a about above all also an and any are as at be been but by can did do does for from had has have "
        "how if in into is it its may more no not of on or our so such than that the their them then there "
        "these they this to up was we were what when where which who why will with would you your"
    )
)
"""Words that say nothing about a subject; databases leave them out too."""

_GENERAL = frozenset(
    _WORD.findall(
        "assessment budget change changes council decision department draft equality eia function future "
        "impact introduce introduction new next plan plans policy programme project proposal proposed "
        "reduction review reviews saving savings scheme service services strategy update year"
    )
)
"""Words that half the titles of a council have."""

PURPOSE = ("schedule", "purpose")
TOLD_OF_A_GROUP = ("impact.explanation", "impact.who_and_how_many", "impact.mitigation")
RATING = "impact.rating"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of an assessment that can be found: its subject, or what it says about one group.

    `characteristic` is "" for the subject; `effects` are rating codes as they were chosen.
    """

    characteristic: str
    title: str
    text: str
    effects: tuple[str, ...] = ()


def words_of(typed: str) -> tuple[str, ...]:
    """The words that say something, in small letters, each once, and no more than a search can bear."""
    found = (word for word in _WORD.findall(typed.casefold()) if len(word) > 1 and word not in _SILENT)
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def subject_words(title: str) -> tuple[str, ...]:
    """The words by which a title tells its subject; all of them if none but general ones are there."""
    found = words_of(title)
    telling = tuple(word for word in found if word not in _GENERAL and not word.isdigit())
    return telling or found


def passages_of(facts: AssessmentFacts) -> Iterator[Passage]:
    """What is written down to be found: title, reference and purpose, then each group's impact."""
    reference = facts.reference.replace("-", " ")  # to a database "FIN-2026" has a negative number in it
    yield Passage(
        characteristic="",
        title=f"{facts.title} ({reference})",
        text=_said(facts, *PURPOSE, characteristic=""),
    )
    for characteristic in facts.characteristics:
        told = [_said(facts, "impact", name, characteristic) for name in TOLD_OF_A_GROUP]
        if any(told):
            yield Passage(
                characteristic=characteristic,
                title="",
                text=" · ".join(filter(None, told)),
                effects=_effects(facts, characteristic),
            )


def _said(facts: AssessmentFacts, form: str, question: str, characteristic: str = "") -> str:
    value = facts.answer(form, question, characteristic)
    return value if isinstance(value, str) else ""


def _effects(facts: AssessmentFacts, characteristic: str) -> tuple[str, ...]:
    value = facts.answers.get(AnswerKey("impact", RATING, characteristic), ())
    return value if isinstance(value, tuple) else (str(value),)
