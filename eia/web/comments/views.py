"""Comments on an assessment: all of them, one thread, and a new one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.facts import AnswerKey
from eia.domain.forms.definition import Asked
from eia.domain.forms.pages import PageDefinition, pages
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import comments as verbs
from eia.usecases.comments import CommentsPage, comments_page, thread_page
from eia.usecases.sections import AREAS, characteristics_of, names, question_set_of
from eia.usecases.services import Services
from eia.web.comments.blueprint import blueprint
from eia.web.page import page
from eia.web.wording import words

ALL = "/assessments/<uuid:assessment_id>/comments"
WHOLE_SECTION = "section"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a new comment is made: a section, the page that somebody came from, and what is asked there."""

    section: str
    page: PageDefinition | None
    asked: tuple[Asked, ...]

    def choices(self) -> list[tuple[str, str]]:
        """What the comment can be about, where there is a choice; the whole section first, or else last."""
        if self._only:
            return []
        offered = [(_code(each), _label(each, self.page)) for each in self.asked]
        if self.page is None:
            return [(WHOLE_SECTION, gettext("The whole section")), *offered] if offered else []
        return [*offered, (WHOLE_SECTION, gettext("Something else in this section"))]

    def about(self, chosen: str) -> AnswerKey:
        """What was chosen. Raises `Invalid` when there is a choice and none was made."""
        if self._only:
            return self._only.key
        if chosen == WHOLE_SECTION or not self.asked:
            return AnswerKey(self.section, "")
        found = next((each.key for each in self.asked if _code(each) == chosen), None)
        if found is None:
            raise Invalid({"about": "Choose what your comment is about"})
        return found

    @property
    def _only(self) -> Asked | None:
        return self.asked[0] if self.page is not None and len(self.asked) == 1 else None


def _code(asked: Asked) -> str:
    return ":".join(filter(None, (asked.key.question, asked.key.characteristic)))


def _label(asked: Asked, page: PageDefinition | None) -> str:
    label = words(asked.question.label, asked.question.label_cy)
    group = asked.characteristic
    return label if page or not group else f"{words(group.name, group.name_cy)}: {label}"


@page(blueprint, ALL, needs=Permission.VIEW)
def index(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Every thread, section by section, the open ones first."""
    return render_template("comments/index.html", page=comments_page(services, actor, assessment_id))


@page(blueprint, f"{ALL}/new", needs=Permission.COMMENT, methods=("GET", "POST"))
def new(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """A comment on the section, and page of it, that the address names."""
    view = comments_page(services, actor, assessment_id)
    if view.closed:
        raise NotAllowed(view.closed)
    place = _place(view)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            about = place.about(request.form.get("about", ""))
            opened = verbs.start_thread(services, actor, assessment_id, about, request.form.get("text", ""))
        except Invalid as refusal:
            problems = {name: _said(problem) for name, problem in refusal.problems.items()}
        else:
            flash(gettext("Your comment is with whoever writes this section."))
            return redirect(url_for("comments.thread", assessment_id=assessment_id, thread_id=opened))
    shown = render_template("comments/new.html", page=view, place=place, problems=problems)
    return shown, 422 if problems else 200


@page(blueprint, f"{ALL}/<uuid:thread_id>", needs=Permission.VIEW, methods=("GET", "POST"))
def thread(services: Services, actor: Actor, assessment_id: UUID, thread_id: UUID) -> ResponseReturnValue:
    """What was said, and a place to answer; whoever may settle it does so with or without a last word."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _answer(services, actor, assessment_id, thread_id)
        except Invalid as refusal:
            problems = {name: _said(problem) for name, problem in refusal.problems.items()}
        else:
            return redirect(url_for("comments.thread", assessment_id=assessment_id, thread_id=thread_id))
    view = thread_page(services, actor, assessment_id, thread_id)
    return render_template("comments/thread.html", page=view, problems=problems), 422 if problems else 200


def _answer(services: Services, actor: Actor, assessment_id: UUID, thread_id: UUID) -> None:
    text, asked = request.form.get("text", ""), request.form.get("do", "")
    settle = {"resolve": verbs.resolve, "reopen": verbs.reopen}.get(asked)
    if text.strip() or settle is None:
        verbs.reply(services, actor, assessment_id, thread_id, text)
    if settle is not None:
        settle(services, actor, assessment_id, thread_id)
    done = {"resolve": gettext("Resolved."), "reopen": gettext("Open again.")}
    flash(done.get(asked) or gettext("Your reply is sent."))


def _place(view: CommentsPage) -> Place:
    section, slug = request.args.get("section", ""), request.args.get("page", "")
    if section not in names(content.workflow(view.facts.workflow)):
        raise NotFound
    if section in AREAS:
        return Place(section=section, page=None, asked=())
    facts = view.facts
    asked = pages(question_set_of(facts, section), facts.answers, characteristics_of(facts))
    if not slug:
        return Place(section=section, page=None, asked=tuple(each for page in asked for each in page.asked))
    found = next((each for each in asked if each.slug == slug), None)
    if found is None:
        raise NotFound
    return Place(section=section, page=found, asked=found.asked)


def _said(problem: str) -> str:
    message, values = getattr(problem, "message", problem), getattr(problem, "values", {})
    return gettext(message, **values)
