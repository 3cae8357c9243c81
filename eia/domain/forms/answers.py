"""What can be taken as an answer, what is still to be answered, and how far a section has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import (
    Asked,
    Characteristic,
    Kind,
    Option,
    OptionsFrom,
    Question,
    QuestionSet,
)
from eia.domain.forms.pages import all_asked, asked_now

MAX_CHARACTERS = 20_000
MAX_LINE = 500  # of text that stands on one line
WRITTEN_NAME = "other:"
"""Begins the answer to a party question when the name was written and not chosen."""


class SectionStatus(StrEnum):
    """How far a section has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a value cannot be taken, and how to put it right.

    `message` is a gettext message id whose %(name)s places `values` fills; %(option)s is the option's label.
    """

    message: str
    values: tuple[tuple[str, str], ...] = ()
    option: Option | None = None

    def sentence(self) -> str:
        """The message in English with its places filled."""
        named = {"option": self.option.label} if self.option else {}
        return self.message % (dict(self.values) | named)


def options(question: Question, characteristics: Sequence[Characteristic]) -> tuple[Option, ...]:
    """The question's choices: those of its file, or the characteristics in force."""
    if question.options_from is OptionsFrom.CHARACTERISTICS:
        return tuple(
            Option(
                value=item.id, label=item.name, label_cy=item.name_cy, hint=item.hint, hint_cy=item.hint_cy
            )
            for item in characteristics
        )
    return question.options


def written_name(value: str) -> str | None:
    """The name that was written instead of chosen, or None for a chosen party."""
    return value.removeprefix(WRITTEN_NAME) if value.startswith(WRITTEN_NAME) else None


def is_answer(value: AnswerValue | None) -> bool:
    """Whether a value says anything: "no" does, blank text and an empty list do not."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != ()


def problem_with(
    question: Question, value: AnswerValue, characteristics: Sequence[Characteristic] = ()
) -> Problem | None:
    """Why this value can never stand as an answer, however unfinished the form; None when it can."""
    match question.kind:
        case Kind.ONE_OF | Kind.MANY_OF:
            return _wrong_choice(
                value, options(question, characteristics), many=question.kind is Kind.MANY_OF
            )
        case Kind.YES_NO:
            return None if isinstance(value, bool) else Problem(message="Choose yes or no.")
        case Kind.DATE:
            return _wrong_date(value)
        case _:
            return _wrong_text(value, MAX_CHARACTERS if question.kind is Kind.LONG_TEXT else MAX_LINE)


def shortfall(question: Question, value: AnswerValue) -> Problem | None:
    """Why this value may be kept but does not yet finish the question: too few or too many words."""
    if not isinstance(value, str):
        return None
    used = len(value.split())
    if question.min_words is not None and used < question.min_words:
        return Problem(
            message="Write at least %(words)s words. You have written %(used)s.",
            values=(("words", str(question.min_words)), ("used", str(used))),
        )
    if question.max_words is not None and used > question.max_words:
        return Problem(
            message="Use %(words)s words or fewer. You have used %(used)s.",
            values=(("words", str(question.max_words)), ("used", str(used))),
        )
    return None


def unanswered(
    question_set: QuestionSet,
    answers: Mapping[AnswerKey, AnswerValue],
    characteristics: Sequence[Characteristic],
) -> tuple[Asked, ...]:
    """The required questions that these answers leave open, in order, at each place they are asked."""
    return tuple(
        asked
        for asked in asked_now(question_set, answers, characteristics)
        if _is_open(asked.question, answers.get(asked.key))
    )


def section_status(
    question_set: QuestionSet,
    answers: Mapping[AnswerKey, AnswerValue],
    characteristics: Sequence[Characteristic],
) -> SectionStatus:
    """Not started without a single answer; complete when nothing required is open."""
    given = (answers.get(asked.key) for asked in all_asked(question_set, characteristics))
    if not any(is_answer(value) for value in given):
        return SectionStatus.NOT_STARTED
    if unanswered(question_set, answers, characteristics):
        return SectionStatus.IN_PROGRESS
    return SectionStatus.COMPLETE


def _is_open(question: Question, value: AnswerValue | None) -> bool:
    if value is None or not is_answer(value):
        return question.required
    return shortfall(question, value) is not None


def _wrong_choice(value: AnswerValue, choices: tuple[Option, ...], *, many: bool) -> Problem | None:
    if isinstance(value, bool) or isinstance(value, tuple) is not many:
        return Problem(message="Choose from the answers on the page.")
    by_value = {option.value: option for option in choices}
    chosen = value if isinstance(value, tuple) else (value,)
    if not all(item in by_value for item in chosen):
        return Problem(message="Choose from the answers on the page.")
    alone = next((by_value[item] for item in chosen if by_value[item].exclusive), None)
    if alone is not None and len(chosen) > 1:
        return Problem(
            message="“%(option)s” cannot stand beside another answer. Choose it alone, or choose the others.",
            option=alone,
        )
    return None


def _wrong_date(value: AnswerValue) -> Problem | None:
    try:
        date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return Problem(message="Enter a real date, like 31 3 2027.")
    return None


def _wrong_text(value: AnswerValue, most: int) -> Problem | None:
    if not isinstance(value, str):
        return Problem(message="Enter text.")
    if len(value) > most:
        return Problem(
            message="Use %(most)s characters or fewer. You have used %(used)s.",
            values=(("most", str(most)), ("used", str(len(value)))),
        )
    if any(ord(character) < 32 and character not in "\n\r\t" for character in value):
        return Problem(
            message="Take out the characters that cannot be printed. Pasting as plain text often helps."
        )
    return None
