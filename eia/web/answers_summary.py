"""Check your answers: what each question was answered with, in words, grouped by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Flask
from flask_babel import format_date, gettext
from markupsafe import Markup, escape

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.answers import is_answer, options, written_name
from eia.domain.forms.conditions import is_asked
from eia.domain.forms.definition import Asked, Characteristic, Kind, Question, QuestionSet
from eia.domain.forms.grids import invites, names_row
from eia.domain.forms.pages import PageDefinition, pages
from eia.web.wording import understood, words


def set_up(app: Flask) -> None:
    """The name by which the macro reaches the summary."""
    app.jinja_env.globals["summary_of"] = summary_of


@dataclass(frozen=True, kw_only=True)
class SummaryLine:
    """One question with its answer as HTML."""

    label: str
    value: Markup
    is_answered: bool


@dataclass(frozen=True, kw_only=True)
class SummaryGroup:
    """One page; `title` is blank where the only question says it all."""

    slug: str
    title: str
    lines: tuple[SummaryLine, ...]


def summary_of(
    question_set: QuestionSet,
    answers: Mapping[AnswerKey, AnswerValue],
    characteristics: Sequence[Characteristic],
    parties: Mapping[str, str] | None = None,
) -> tuple[SummaryGroup, ...]:
    """What these answers leave to be asked, page by page, with what was said."""
    told = _Teller(answers, characteristics, parties or {})
    return tuple(told.group(page) for page in pages(question_set, answers, characteristics))


def line_of(asked: Asked, value: AnswerValue, characteristics: Sequence[Characteristic]) -> SummaryLine:
    """One question with this answer, which need not be the one that stands."""
    return _Teller({asked.key: value}, characteristics, {}).line(asked)


@dataclass(frozen=True)
class _Teller:
    answers: Mapping[AnswerKey, AnswerValue]
    characteristics: Sequence[Characteristic]
    parties: Mapping[str, str]

    def group(self, page: PageDefinition) -> SummaryGroup:
        lines = (self.line(asked) for asked in page.asked if self.is_shown(asked))
        title = "" if page.is_single else words(page.title, page.title_cy)
        return SummaryGroup(slug=page.slug, title=title, lines=tuple(lines))

    def is_shown(self, asked: Asked) -> bool:
        """What was written stays to be seen, even where a later choice means that nobody asks it."""
        if invites(asked, self.answers):
            return names_row(asked)
        return is_asked(asked, self.answers) or is_answer(self.answers.get(asked.key))

    def line(self, asked: Asked) -> SummaryLine:
        value = self.answers.get(asked.key)
        answered = value is not None and is_answer(value)
        shown = (
            self.told(asked.question, value)
            if value is not None and answered
            else _nothing(asked, is_offer=invites(asked, self.answers))
        )
        label = words(asked.question.label, asked.question.label_cy)
        return SummaryLine(label=label, value=shown, is_answered=answered)

    def told(self, question: Question, value: AnswerValue) -> Markup:
        if isinstance(value, bool):
            return escape(gettext("Yes") if value else gettext("No"))
        if isinstance(value, tuple):
            return Markup("<br>").join(self.choice(question, item) for item in value)
        return self.said(question, value)

    def said(self, question: Question, value: str) -> Markup:
        match question.kind:
            case Kind.ONE_OF:
                return escape(self.choice(question, value))
            case Kind.DATE:
                return escape(format_date(date.fromisoformat(value), "d MMMM y"))
            case Kind.TARGET_DATE:
                read = Markup("<br>").join(understood(value))
                return Markup('{}<br><span class="govuk-hint">{}</span>').format(value, read)
            case Kind.PARTY:
                return escape(written_name(value) or self.parties.get(value, value))
        return Markup("<br>").join(value.splitlines())

    def choice(self, question: Question, value: str) -> str:
        by_value = {option.value: option for option in options(question, self.characteristics)}
        option = by_value.get(value)
        return words(option.label, option.label_cy) if option else value


def _nothing(asked: Asked, *, is_offer: bool) -> Markup:
    if is_offer:
        text = gettext("None to add")
    else:
        text = gettext("Not answered yet") if asked.question.required else gettext("Not answered (optional)")
    return Markup('<span class="govuk-hint">{}</span>').format(text)
