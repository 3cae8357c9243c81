"""A person's target dates in their own calendar."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import NotFound
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.calendar_feeds import calendar_of, calendar_since, renew_calendar, stop_calendar
from eia.usecases.services import Services
from eia.web.limits import limit
from eia.web.page import page, public_page
from eia.web.reminders.blueprint import blueprint


@page(blueprint, "/reminders/calendar", needs=Permission.USE, methods=("GET", "POST"))
def calendar(services: Services, actor: Actor) -> ResponseReturnValue:
    """Whether there is an address, and a new one, which is on this page once and nowhere else."""
    address = ""
    if request.method == "POST":
        token = renew_calendar(services, actor)
        address = url_for("reminders.feed", token=token, _external=True)
    return render_template("reminders/calendar.html", since=calendar_since(services, actor), address=address)


@page(blueprint, "/reminders/calendar/stop", needs=Permission.USE, methods=("POST",))
def stop(services: Services, actor: Actor) -> ResponseReturnValue:
    """No calendar outside reads it any more."""
    stop_calendar(services, actor)
    flash(gettext("The address no longer works."))
    return redirect(url_for("reminders.calendar"))


@public_page(blueprint, "/calendar/<token>.ics")
def feed(services: Services, token: str) -> ResponseReturnValue:
    """The calendar, for whatever program holds the address; any other address gets the same answer."""
    limit(f"calendar {request.remote_addr}", tries=300)
    try:
        answer = Response(calendar_of(services, token), content_type="text/calendar; charset=utf-8")
    except NotFound:
        answer = Response(
            "There is no calendar here.\n", status=404, content_type="text/plain; charset=utf-8"
        )
    answer.headers["Cache-Control"] = "no-store"
    return answer
