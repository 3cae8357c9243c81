"""What a comment is about, in words, and the page on which that is asked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from eia.domain.facts import AnswerKey, AssessmentFacts
from eia.domain.forms.pages import all_asked, pages
from eia.usecases.comments import why_silent
from eia.usecases.sections import AREAS, characteristics_of, question_set_of
from eia.web.comments.blueprint import blueprint
from eia.web.session import current_visit
from eia.web.wording import words


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A question by its label and group."""

    label: str
    group: str


@blueprint.app_template_global()
def comment_subject(facts: AssessmentFacts, about: AnswerKey) -> Subject | None:
    """The question that the comment is about; None when it is about the whole section."""
    if not about.question or about.form in AREAS:
        return None
    question_set, groups = question_set_of(facts, about.form), characteristics_of(facts)
    places = all_asked(question_set, groups, facts.answers)
    asked = next((each for each in places if each.key == about), None)
    if asked is None:
        return None
    group = asked.characteristic
    return Subject(
        label=words(asked.question.label, asked.question.label_cy),
        group=words(group.name, group.name_cy) if group else "",
    )


@blueprint.app_template_global()
def may_comment_on(facts: AssessmentFacts) -> bool:
    """Whether whoever looks at the page may say something about the assessment."""
    visit = current_visit()
    return visit is not None and why_silent(visit.actor, facts) is None


@blueprint.app_template_global()
def comment_address(facts: AssessmentFacts, section: str, slug: str = "") -> str:
    """Where a comment on the section, or on one of its pages, is written."""
    return url_for("comments.new", assessment_id=facts.id, section=section, page=slug or None)


@blueprint.app_template_global()
def question_address(facts: AssessmentFacts, about: AnswerKey) -> str | None:
    """The page on which the question is asked; None when it is not asked now, or none is meant."""
    if not about.question or about.form in AREAS:
        return None
    for page in pages(question_set_of(facts, about.form), facts.answers, characteristics_of(facts)):
        if about in {asked.key for asked in page.asked}:
            return url_for("assessments.form_page", assessment_id=facts.id, form=about.form, slug=page.slug)
    return None
