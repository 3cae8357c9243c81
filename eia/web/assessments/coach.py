"""The coach's advice as lines of a page, each with the places where it can be put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from eia.domain.coach import Advice, Severity
from eia.domain.facts import AssessmentFacts
from eia.domain.forms.pages import pages
from eia.usecases.coaching import Coaching
from eia.usecases.sections import AREAS, characteristics_of, question_set_of
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.words import address_of, section_name
from eia.web.filters import sentence
from eia.web.wording import words


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group that the advice is about, and its own page where this person can write it."""

    name: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One piece of advice; without an address there is nowhere for this person to go."""

    sentence: str
    is_serious: bool
    groups: tuple[Group, ...]
    place: str
    address: str | None
    is_about_all: bool  # and no group has a page for this person


@blueprint.app_template_global()
def coach_lines(facts: AssessmentFacts, coaching: Coaching) -> list[Line]:
    """The advice in the reader's language, in the coach's order."""
    return [_line(facts, each, each.where in coaching.open) for each in coaching.advice]


def _line(facts: AssessmentFacts, advice: Advice, is_open: bool) -> Line:
    is_details = advice.where == "details"
    details = url_for("assessments.details", assessment_id=facts.id) if is_open else None
    groups = tuple(_groups(facts, advice, is_open))
    return Line(
        sentence=sentence(advice.message, dict(advice.values)),
        is_serious=advice.severity is Severity.SERIOUS,
        groups=groups,
        place=gettext("Title, dates and people") if is_details else section_name(advice.where),
        address=details if is_details else address_of(facts.id, advice.where),
        is_about_all=len(groups) == len(facts.characteristics) and not any(each.address for each in groups),
    )


def _groups(facts: AssessmentFacts, advice: Advice, is_open: bool) -> Iterator[Group]:
    own_pages = _pages(facts, advice.where) if is_open and advice.characteristics else {}
    for group in characteristics_of(facts):
        if group.id in advice.characteristics:
            yield Group(name=words(group.name, group.name_cy), address=own_pages.get(group.id))


def _pages(facts: AssessmentFacts, section: str) -> dict[str, str]:
    """The page of each group in a section that asks about groups one by one."""
    if section in AREAS:
        return {}
    asked = pages(question_set_of(facts, section), facts.answers, characteristics_of(facts))
    return {
        page.characteristic.id: url_for(
            "assessments.form_page", assessment_id=facts.id, form=section, slug=page.slug
        )
        for page in asked
        if page.characteristic is not None
    }
