"""What is asked about an area of a framework: one page, with the framework's own levels to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flask_babel import get_locale, gettext

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import Kind, Option, PageHeading, Question, QuestionSet
from eia.domain.forms.pages import pages
from eia.domain.framework import Framework, Standing
from eia.usecases.frameworks import AreaEntry
from eia.web.question_form import QuestionForm, form_for, values_from

FORM = "framework_area"
NONE_YET = "none"
_PAGE = "area"


def area_form(framework: Framework, standing: Standing) -> QuestionForm:
    """The form, filled with what was sent or with what stands."""
    questions = _questions(framework, str(get_locale()))
    asked = pages(questions, {}, ())[0]
    return form_for(questions, asked, _answers(standing), (), token=standing.row_version, whole=True)


def entry_from(form: QuestionForm) -> AreaEntry:
    """What was said, as the use case takes it."""
    said = {name: str(value or "") for name, value in values_from(form).items()}
    version = str(form.page_token.data)
    return AreaEntry(
        level="" if said["level"] == NONE_YET else said["level"],
        standing=said["standing"],
        target_level="" if said["target_level"] == NONE_YET else said["target_level"],
        target=said["target"],
        closes_gap=said["closes_gap"],
        because=said["because"],
        page_version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1,
    )


def _answers(standing: Standing) -> dict[AnswerKey, AnswerValue]:
    begun = standing.row_version > 0
    said = {
        "level": standing.level or (NONE_YET if begun else ""),
        "standing": standing.standing,
        "target_level": standing.target_level or (NONE_YET if begun else ""),
        "target": standing.target.raw if standing.target else "",
        "closes_gap": standing.closes_gap,
    }
    return {AnswerKey(FORM, name): value for name, value in said.items() if value}


@lru_cache(maxsize=64)
def _questions(framework: Framework, language: str) -> QuestionSet:
    """Once for each language: the form's class is kept for as long as its questions are."""
    return QuestionSet(
        id=f"{FORM}-1",
        form=FORM,
        title=gettext("Where we stand"),
        headings=(PageHeading(slug=_PAGE, title=gettext("Where we stand")),),
        questions=tuple(_asked(framework)),
    )


def _asked(framework: Framework) -> Iterator[Question]:
    yield Question(
        id="level",
        kind=Kind.ONE_OF,
        label=gettext("Which level have we reached?"),
        missing=gettext("Choose the level that we have reached"),
        options=_levels(framework, gettext("Not the first level yet")),
        page=_PAGE,
    )
    yield Question(
        id="standing",
        kind=Kind.LONG_TEXT,
        label=gettext("Where are we now, and how do we know?"),
        hint=gettext("What shows it can be linked on the area's page: assessments, consultations, actions."),
        missing=gettext("Say where the council stands now, and how you know"),
        page=_PAGE,
    )
    yield Question(
        id="because",
        kind=Kind.LONG_TEXT,
        label=gettext("If the level changes: why?"),
        hint=gettext("A peer challenge, a self-assessment, new evidence. It is kept with the move."),
        required=False,
        page=_PAGE,
    )
    yield Question(
        id="target_level",
        kind=Kind.ONE_OF,
        label=gettext("Which level do we want to reach?"),
        missing=gettext("Choose the level that we want to reach"),
        options=_levels(framework, gettext("No target yet")),
        page=_PAGE,
    )
    yield Question(
        id="target",
        kind=Kind.TARGET_DATE,
        label=gettext("By when?"),
        hint=gettext("As people write it: March 2028, end of 2027/28."),
        required=False,
        page=_PAGE,
    )
    yield Question(
        id="closes_gap",
        kind=Kind.LONG_TEXT,
        label=gettext("What will close the gap?"),
        required=False,
        page=_PAGE,
    )


def _levels(framework: Framework, none: str) -> tuple[Option, ...]:
    known = (
        Option(
            value=each.id, label=each.title, label_cy=each.title_cy, hint=each.about, hint_cy=each.about_cy
        )
        for each in framework.levels
    )
    return (Option(value=NONE_YET, label=none), *known)
