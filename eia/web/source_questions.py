"""What is asked about a source, wherever it is entered, in words that are not also for a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from flask_babel import gettext

from eia import content
from eia.domain.evidence import Evidence, Source
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import Asked, Characteristic, Question
from eia.domain.forms.pages import pages

SOURCE = "evidence_source"
Rewordings = Mapping[str, Mapping[str, str]]
"""By question: its "label", "hint", "missing" or "guidance" in other words."""


def source_questions(
    workflow: str, names: Sequence[str], groups: Sequence[Characteristic]
) -> tuple[Asked, ...]:
    """The questions about a source, as the workflow's own form asks them."""
    return questions(workflow, SOURCE, names, groups, _words_of_source())


def questions(
    workflow: str, form: str, names: Sequence[str], groups: Sequence[Characteristic], words: Rewordings
) -> tuple[Asked, ...]:
    """Some questions of a form's one page, in these words where there are any."""
    is_no_gap: dict[AnswerKey, AnswerValue] = {AnswerKey(form, "is_gap"): False}
    [page] = pages(content.question_set(workflow, form), is_no_gap, groups)
    asked = {each.question.id: each for each in page.asked}
    return tuple(_reworded(asked[name], words.get(name)) for name in names)


def source_answers(source: Source | Evidence) -> dict[str, AnswerValue]:
    """What is known of it, as answers to these questions."""
    published = source.published_on.isoformat() if source.published_on else None
    answers: dict[str, AnswerValue] = {
        "title": source.title,
        "kind": source.kind.value,
        "characteristics": source.characteristics,
        "link": source.link,
    }
    return answers | ({"published_on": published} if published else {})


def _words_of_source() -> Rewordings:
    """The released form asks for a source or a gap on one page, and its hints speak of both."""
    return {
        "title": {
            "hint": gettext("So that somebody else could find it."),
            "missing": gettext("Give the source a name"),
        },
        "kind": {"hint": ""},
        "published_on": {
            "hint": gettext("For example 27 3 2026. If you know only the month, use its last day.")
        },
        "finding": {"hint": gettext("The finding that matters here, with figures.")},
    }


def _reworded(asked: Asked, words: Mapping[str, str] | None) -> Asked:
    return replace(asked, question=_said(asked.question, tuple(words.items()))) if words else asked


@lru_cache(maxsize=256)  # the same question for the same words: forms are built once for each question
def _said(question: Question, words: tuple[tuple[str, str], ...]) -> Question:
    spoken: dict[str, Any] = {f"{name}_cy": None for name, _ in words}
    return replace(question, **spoken | dict(words))
