"""What a reading as a whole is told: what its columns hold, whom its names mean, whose plan it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.plan import TableHead
from eia.domain.policy import Permission
from eia.usecases.plan_readings import (
    ReadingPage,
    departments_to_import_for,
    reading_page,
    say_about,
    say_columns,
    say_names,
)
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans import words
from eia.web.plans.blueprint import blueprint
from eia.web.refused import in_words


@page(
    blueprint,
    "/plans/readings/<uuid:reading_id>/columns",
    needs=Permission.IMPORT_PLAN,
    methods=("GET", "POST"),
)
def columns(services: Services, actor: Actor, reading_id: UUID) -> ResponseReturnValue:
    """What each column of each table holds; a change reads the document again."""
    view = reading_page(services, actor, reading_id)
    tables = {head.headings: head for head in view.reading.found.tables}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            say_columns(services, actor, reading_id, _changed(tables))
            flash(gettext("The plan was read again."))
            return redirect(url_for("plans.reading", reading_id=reading_id))
        except Invalid as refusal:
            problems = in_words(refusal)
    shown = render_template(
        "plans/columns.html",
        page=view,
        tables=tuple(tables.values()),
        problems=problems,
        meanings=words.COLUMNS,
    )
    return shown, 422 if problems else 200


@page(
    blueprint,
    "/plans/readings/<uuid:reading_id>/names",
    needs=Permission.IMPORT_PLAN,
    methods=("GET", "POST"),
)
def names(services: Services, actor: Actor, reading_id: UUID) -> ResponseReturnValue:
    """Each name as it is written, and whom it stands for in this plan."""
    view = reading_page(services, actor, reading_id)
    counted = _names_in(view)
    if request.method == "POST":
        said = {name: request.form.get(f"name-{place}", "") for place, name in enumerate(counted)}
        say_names(services, actor, reading_id, said)
        flash(gettext("Saved."))
        return redirect(url_for("plans.reading", reading_id=reading_id))
    meant = {each.initials: each.name for each in view.reading.found.legend} | dict(
        view.reading.checks.aliases
    )
    return render_template("plans/names.html", page=view, counted=counted, meant=meant)


@page(
    blueprint,
    "/plans/readings/<uuid:reading_id>/about",
    needs=Permission.IMPORT_PLAN,
    methods=("GET", "POST"),
)
def about(services: Services, actor: Actor, reading_id: UUID) -> ResponseReturnValue:
    """Whose plan it is, of which kind, and for which years; its dates are read again with those."""
    view = reading_page(services, actor, reading_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            say_about(
                services,
                actor,
                reading_id,
                department_id=words.chosen_id(request.form.get("department", "")),
                kind=words.chosen_kind(request.form.get("kind", "")),
                period=request.form.get("period", ""),
            )
            flash(gettext("The plan was read again."))
            return redirect(url_for("plans.reading", reading_id=reading_id))
        except Invalid as refusal:
            problems = in_words(refusal)
    shown = render_template(
        "plans/about.html",
        page=view,
        departments=departments_to_import_for(services, actor),
        kinds=words.KINDS,
        problems=problems,
    )
    return shown, 422 if problems else 200


def _changed(tables: Mapping[tuple[str, ...], TableHead]) -> dict[tuple[str, ...], list[str]]:
    """The tables of which the form says anything else than was understood."""
    said = {
        headings: [request.form.get(f"{place}-{column}", "") for column in range(len(headings))]
        for place, headings in enumerate(tables)
    }
    return {names: each for names, each in said.items() if tuple(each) != tables[names].meanings}


def _names_in(view: ReadingPage) -> Counter[str]:
    check = view.check
    leads = (lead.name for item in check.actions if item.is_in for lead in item.now.leads)
    assessments = (item.now.lead_name for item in check.assessments if item.is_in)
    return Counter(name for name in (*leads, *assessments) if name)
