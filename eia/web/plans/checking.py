"""Checking a reading: all that was found beside the document's own words, until nothing is left to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from eia.domain.errors import Invalid, Stale
from eia.domain.people import Actor
from eia.domain.plan import Passage
from eia.domain.plan_check import Found, FoundAction, PlanCheck
from eia.domain.policy import Permission
from eia.usecases import plan_checks as checks
from eia.usecases import plan_reshaping
from eia.usecases.plan_import import Imported, import_reading
from eia.usecases.plan_readings import ReadingPage, put_aside, reading_page
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans import words
from eia.web.plans.blueprint import blueprint

TO_CHECK = "to-check"
CARDS_ON_A_SHEET = 100


@dataclass(frozen=True, kw_only=True)
class Card:
    """One passage of the document with everything that was found in it."""

    passage: Passage
    heading: str
    items: tuple[Found, ...]


@page(blueprint, "/plans/readings/<uuid:reading_id>", needs=Permission.IMPORT_PLAN)
def reading(services: Services, actor: Actor, reading_id: UUID) -> ResponseReturnValue:
    """Everything that was found, or only what is still to be checked."""
    return _shown(reading_page(services, actor, reading_id))


@page(
    blueprint,
    "/plans/readings/<uuid:reading_id>/<key>/say",
    needs=Permission.IMPORT_PLAN,
    methods=("POST",),
)
def say(services: Services, actor: Actor, reading_id: UUID, key: str) -> ResponseReturnValue:
    """One button beside one thing: right, not in the plan, taken back."""
    try:
        return _said(services, actor, reading_id, key)
    except Invalid as refusal:
        problems = {f"{key}-{name}": gettext(text) for name, text in refusal.problems.items()}
        return _shown(reading_page(services, actor, reading_id), problems), 422
    except Stale:
        flash(gettext("Somebody changed this after you saw it. Look again before you decide."))
        return redirect(_back(reading_id, key))


@page(
    blueprint,
    "/plans/readings/<uuid:reading_id>/finish",
    needs=Permission.IMPORT_PLAN,
    methods=("POST",),
)
def finish(services: Services, actor: Actor, reading_id: UUID) -> ResponseReturnValue:
    """The likely ones taken as read, the whole imported, or the reading put aside."""
    match request.form.get("do"):
        case "likely":
            taken = checks.take_as_read(services, actor, reading_id, only_likely=True)
            flash(ngettext("Taken as read: %(num)s.", "Taken as read: %(num)s.", taken))
            return redirect(_back(reading_id, ""))
        case "put_aside":
            put_aside(services, actor, reading_id)
            flash(gettext("The reading was put aside. Nothing was imported."))
            return redirect(url_for("plans.index"))
    try:
        if request.form.get("as_read"):
            checks.take_as_read(services, actor, reading_id)
        return _imported(import_reading(services, actor, reading_id))
    except Invalid as refusal:
        problems = {"as_read": " ".join(gettext(text) for text in refusal.problems.values())}
        return _shown(reading_page(services, actor, reading_id), problems), 422


def _said(services: Services, actor: Actor, reading_id: UUID, key: str) -> ResponseReturnValue:
    seen, because = request.form.get("seen", ""), request.form.get("because", "")
    match request.form.get("do"):
        case "leave_out":
            checks.leave_out(services, actor, reading_id, key, because, seen=seen)
        case "take_back":
            checks.take_back(services, actor, reading_id, key)
        case "make_action":
            made = plan_reshaping.make_action(services, actor, reading_id, key, seen=seen)
            return redirect(url_for("plans.correct", reading_id=reading_id, key=made))
        case "part":
            plan_reshaping.part(services, actor, reading_id, key, seen=seen)
        case "join":
            plan_reshaping.join_above(services, actor, reading_id, key, seen=seen)
        case "conflict":
            value = request.form.get("value", "?")
            checks.decide_conflict(services, actor, reading_id, key, value, seen=seen)
        case _:
            checks.confirm(services, actor, reading_id, key, seen=seen)
    return redirect(_back(reading_id, request.form.get("next") or key))


def _back(reading_id: UUID, key: str) -> str:
    show = TO_CHECK if request.form.get("show") == TO_CHECK else None
    sheet = _sheet() if _sheet() > 1 else None
    return url_for("plans.reading", reading_id=reading_id, show=show, sheet=sheet, _anchor=key or None)


def _sheet() -> int:
    return max(request.values.get("sheet", 1, type=int), 1)


def _after(check: PlanCheck) -> dict[str, str]:
    """What is to be checked after each thing, so that the eye need not look for it."""
    waiting = sorted(check.to_check, key=lambda item: item.passage.first_line)
    return {one.key: other.key for one, other in pairwise(waiting)}


def _shown(view: ReadingPage, problems: dict[str, str] | None = None) -> str:
    only = request.values.get("show") == TO_CHECK
    cards = tuple(_cards(view, only_to_check=only))
    sheets = max(-(-len(cards) // CARDS_ON_A_SHEET), 1)
    sheet = min(_sheet(), sheets)
    return render_template(
        "plans/reading.html",
        page=view,
        check=view.check,
        cards=cards[(sheet - 1) * CARDS_ON_A_SHEET : sheet * CARDS_ON_A_SHEET],
        sheet=sheet,
        sheets=sheets,
        after=_after(view.check),
        only_to_check=only,
        problems=problems or {},
        sureness=words.SURENESS,
        verdicts=words.VERDICTS,
        kinds=words.KINDS,
    )


def _cards(view: ReadingPage, *, only_to_check: bool) -> Iterator[Card]:
    check = view.check
    found: list[Found] = [*check.actions, *check.assessments, *check.left_over]
    shown = [item for item in found if not only_to_check or not item.is_checked]
    ordered = sorted(shown, key=lambda item: (item.passage.first_line, item.passage.last_line))
    heading = ""
    for passage, items in groupby(ordered, lambda item: item.passage):
        here = tuple(items)
        heading = next((item.now.heading for item in here if isinstance(item, FoundAction)), heading)
        yield Card(passage=passage, heading=heading, items=here)


def _imported(made: Imported) -> ResponseReturnValue:
    if made.already:
        flash(gettext("This file was imported before. Nothing changed."))
    else:
        actions = ngettext("%(num)s action", "%(num)s actions", made.actions)
        assessments = ngettext("%(num)s assessment", "%(num)s assessments", made.assessments)
        flash(gettext("Imported: %(actions)s and %(assessments)s.", actions=actions, assessments=assessments))
    return redirect(url_for("plans.show", plan_id=made.plan_id))
