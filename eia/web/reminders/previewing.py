"""Who would be reminded of what on any day; nothing is sent by looking."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from eia.domain.people import Actor
from eia.domain.policy import Permission, reaches
from eia.usecases.absences import may_choose
from eia.usecases.reminder_preview import explained, preview_for
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.reminders.blueprint import blueprint

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


@page(blueprint, "/reminders/preview", needs=Permission.USE)
def preview(services: Services, actor: Actor) -> ResponseReturnValue:
    """A day, and each person's mail of that day as far as the reader may see it."""
    typed = request.args.get("date", "")
    day, problem = _day(typed, services.today())
    seen = preview_for(
        services, actor, as_of=day, department_id=_chosen("department"), person_id=_chosen("person")
    )
    language = str(get_locale())
    shown = render_template(
        "reminders/preview.html",
        day=day,
        typed=typed or day.isoformat(),
        problem=problem,
        seen=seen,
        mails=[(each, explained(each, day, language=language)) for each in seen.preview.people],
        may_choose=lambda person: may_choose(actor, person.person_id, person.department_id),
        sees_others=bool(reaches(actor, Permission.PREVIEW_REMINDERS)),
        may_set=bool(reaches(actor, Permission.SET_REMINDERS)),
        departments=[(each.id, each.name) for each in seen.departments],
        day_before=day - timedelta(days=1),
        day_after=day + timedelta(days=1),
    )
    return shown, 422 if problem else 200


def _day(typed: str, today: date) -> tuple[date, str]:
    """The day that was asked for, or today and what is wrong with it."""
    if not typed:
        return today, ""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today, gettext("Enter a day such as %(day)s", day=today.isoformat())
    if not FIRST <= day <= LAST:
        return today, gettext("Enter a day from the year 2000 to 2199")
    return day, ""


def _chosen(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None
