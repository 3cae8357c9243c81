"""The name and the colours of every page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.body_settings import BodySettings, body_settings, change_body
from eia.usecases.services import Services
from eia.web.page import page

blueprint = Blueprint("settings", __name__)

OURS = {"brand": "#1d5f5a", "accent": "#f3b61f"}


@page(blueprint, "/settings", needs=Permission.MANAGE_SETTINGS, methods=("GET", "POST"))
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """The frame of every page, as this body wants it."""
    body, by_link = body_settings(services, actor)
    typed = OURS | {"name": body.name} | dict(body.theme)
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = {field: request.form.get(field, "").strip() for field in ("name", "brand", "accent")}
        by_link = "one_use_links" in request.form
        try:
            change_body(services, actor, BodySettings(**typed, one_use_links=by_link))
        except Invalid as refusal:
            problems = {field: gettext(sentence) for field, sentence in refusal.problems.items()}
        else:
            flash(gettext("Saved. Every page looks like this now."))
            return redirect(url_for("settings.show"))
    shown = render_template("settings/show.html", typed=typed, by_link=by_link, problems_found=problems)
    return shown, 422 if problems else 200
