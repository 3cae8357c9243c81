"""Builds a WTForms class from a page of a question set: once for each set of questions, never per request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.conditions import is_asked
from eia.domain.forms.definition import Asked, Characteristic, Question, QuestionSet
from eia.domain.forms.grids import derived
from eia.domain.forms.pages import PageDefinition
from eia.web.question_fields import FIELDS, AnswerField, PartyChoice

_ATTRIBUTE = "q_"  # a question may be called "data" or "errors", as a form's own attributes are
LATER = "later"
COMMENT = "comment"


class QuestionForm(FlaskForm):
    """A page of questions. `save` is "later" or "comment" on the buttons that keep an unfinished page."""

    questions: ClassVar[tuple[Question, ...]] = ()
    page_token = HiddenField()

    page: PageDefinition
    stored: Mapping[AnswerKey, AnswerValue]
    is_whole: bool  # complete or not at all, whatever button was pressed

    @property
    def is_draft(self) -> bool:
        """Whether the person saves to come back later, so that nothing need be complete."""
        return not self.is_whole and request.form.get("save") in (LATER, COMMENT)

    def asked(self) -> Iterator[tuple[Asked, AnswerField]]:
        """Each question of the page at its place, with its field."""
        for asked in self.page.asked:
            yield asked, self._fields[_ATTRIBUTE + asked.question.id]

    def fields(self) -> tuple[AnswerField, ...]:
        """The page's fields in order."""
        return tuple(field for _, field in self.asked())

    def validate(self, extra_validators: Any = None) -> bool:
        """Every answer can stand and, unless it is a draft, nothing that these answers ask for is open."""
        can_stand = super().validate(extra_validators)
        if self.is_draft:
            return can_stand
        answers = self._answers_with_these()
        still_open = [field.refuse_if_open() for asked, field in self.asked() if is_asked(asked, answers)]
        return can_stand and not any(still_open)

    def _answers_with_these(self) -> dict[AnswerKey, AnswerValue]:
        """The stored answers with those of the page in their place, and what both come to."""
        both = {**self.stored, **answers_from(self)}
        now = {key: value for key, value in both.items() if value is not None}
        grid, row = self.page.grid, self.page.characteristic
        if grid is None or row is None:
            return now
        comes_to = derived((grid,), self.page.asked[0].key.form, (row,), now)
        return now | {key: value for key, value in comes_to.items() if value is not None}

    def refuse(self, problems: Mapping[str, str]) -> None:
        """What a use case would not take, said at the questions it names."""
        for asked, field in self.asked():
            if asked.question.id in problems:
                field.errors = (*field.errors, gettext(problems[asked.question.id]))

    def error_list(self) -> list[dict[str, str]]:
        """What the error summary lists: a sentence, and the control to put right."""
        return [{"text": field.error, "href": f"#{field.anchor}"} for field in self.fields() if field.error]


def form_class(question_set: QuestionSet, page: PageDefinition) -> type[QuestionForm]:
    """The form of this page: the same class object for the same questions, whatever the characteristic."""
    return _form_class(page.questions)


@lru_cache(maxsize=512)
def _form_class(questions: tuple[Question, ...]) -> type[QuestionForm]:
    fields = {
        _ATTRIBUTE + question.id: FIELDS.get(question.kind, AnswerField)(question, name=question.id)
        for question in questions
    }
    return type("QuestionForm", (QuestionForm,), {"questions": questions, **fields})


def form_for(
    question_set: QuestionSet,
    page: PageDefinition,
    answers: Mapping[AnswerKey, AnswerValue],
    characteristics: Sequence[Characteristic],
    *,
    token: str | int = "",
    parties: Sequence[PartyChoice] = (),
    whole: bool = False,
    typed: Mapping[str, Sequence[str]] | None = None,
    among: str = "",
) -> QuestionForm:
    """The page's form, filled with what was sent, with what was `typed` before, or with the stored answers.

    `among` other pages in one form its fields have this name before their own.

    A `whole` page is never a draft. `token` comes back as `form.page_token.data`: what tells that somebody
    else saved meanwhile.
    """
    stored = {_ATTRIBUTE + asked.question.id: answers.get(asked.key) for asked in page.asked}
    before: dict[str, Any] = (
        {} if typed is None else {"formdata": MultiDict((k, v) for k in typed for v in typed[k])}
    )
    if among:
        before |= {"prefix": among, "meta": {"csrf": False}}  # the one form has one token for them all
    form = form_class(question_set, page)(data={"page_token": str(token), **stored}, **before)
    form.page, form.stored, form.is_whole = page, dict(answers), whole
    for field in form.fields():
        field.characteristics, field.parties = characteristics, parties
        field.is_heading = page.is_single and not among
    return form


def answers_from(form: QuestionForm) -> dict[AnswerKey, AnswerValue | None]:
    """Every question of the page with its typed value, None where there is no answer."""
    return {asked.key: field.data for asked, field in form.asked()}


def values_from(form: QuestionForm) -> dict[str, AnswerValue | None]:
    """The same under the questions' own ids, for evidence, consultations, actions and signatures."""
    return {asked.question.id: field.data for asked, field in form.asked()}
