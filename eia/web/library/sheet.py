"""The form on which the library's source is put right."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext

from eia import content
from eia.domain.evidence import EvidenceKind
from eia.domain.facts import AnswerKey
from eia.domain.forms.pages import PageDefinition
from eia.usecases.source_pages import SourcePage
from eia.usecases.sources import SourceEntry
from eia.usecases.writing import token_of
from eia.web.question_form import QuestionForm, form_for, values_from
from eia.web.source_questions import SOURCE, source_answers, source_questions

ASKED = ("title", "kind", "published_on", "characteristics", "link")


def form_of(view: SourcePage) -> tuple[PageDefinition, QuestionForm]:
    """The questions with what the library says now."""
    asked = source_questions(view.workflow, ASKED, view.groups)
    page = PageDefinition(slug="source", title=gettext("Change a source"), title_cy=None, asked=asked)
    answers = {AnswerKey(SOURCE, name): value for name, value in source_answers(view.source).items()}
    form = form_for(
        content.question_set(view.workflow, SOURCE),
        page,
        {**answers, AnswerKey(SOURCE, "is_gap"): False},
        view.groups,
        token=token_of(view.source),
        whole=True,
    )
    return page, form


def entry_of(form: QuestionForm) -> SourceEntry:
    """The source as it was typed."""
    values = values_from(form)
    published, groups = values["published_on"], values["characteristics"]
    return SourceEntry(
        title=str(values["title"] or ""),
        kind=EvidenceKind(str(values["kind"])),
        published_on=date.fromisoformat(str(published)) if published else None,
        characteristics=groups if isinstance(groups, tuple) else (),
        link=str(values["link"] or ""),
    )
