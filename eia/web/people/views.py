"""The body's people, what they hold, and how somebody new gets in."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission
from eia.usecases import people, staff
from eia.usecases.leaving import is_yours
from eia.usecases.services import Services
from eia.usecases.staff import IN_A_DEPARTMENT, IN_THE_BODY, PersonEntry
from eia.web.filters import role as role_words
from eia.web.limits import limit
from eia.web.page import page, public_page

blueprint = Blueprint("people", __name__)

ONE = "/people/<uuid:person_id>"


@page(blueprint, "/people", needs=Permission.MANAGE_PEOPLE)
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """Everybody, with their roles; and the departments."""
    return render_template(
        "people/show.html",
        people=people.list_people(services, actor),
        departments=staff.departments(services, actor),
    )


@page(blueprint, "/people/add", needs=Permission.MANAGE_PEOPLE, methods=("GET", "POST"))
def add(services: Services, actor: Actor) -> ResponseReturnValue:
    """Somebody new, and then the link by which they come in."""
    entry = _typed()
    if request.method == "GET":
        return _form(services, actor, entry, {})
    try:
        person_id = staff.add_person(services, actor, entry)
    except (Invalid, NotAllowed) as refusal:
        return _form(services, actor, entry, _problems(refusal))
    flash(
        gettext("%(name)s has been added. Now make a link with which they set a password.", name=entry.name)
    )
    return redirect(url_for("people.change", person_id=person_id))


@page(blueprint, ONE, needs=Permission.MANAGE_PEOPLE, methods=("GET", "POST"))
def change(services: Services, actor: Actor, person_id: UUID) -> ResponseReturnValue:
    """A person's work, roles and whether they are still here."""
    known = staff.member(services, actor, person_id)
    if request.method == "GET":
        entry = PersonEntry(
            name=known.name,
            job_title=known.job_title,
            email=known.email,
            department_id=known.department_id,
            roles=frozenset(known.roles),
            active=known.active,
        )
        return _form(services, actor, entry, {}, person_id)
    entry = _typed()
    try:
        staff.change_person(services, actor, person_id, entry)
    except (Invalid, NotAllowed) as refusal:
        return _form(services, actor, entry, _problems(refusal), person_id)
    flash(gettext("Saved."))
    if known.active and not entry.active and is_yours(actor):
        return redirect(url_for("people.leaving", person_id=person_id))
    return redirect(url_for("people.show"))


@page(blueprint, f"{ONE}/welcome", needs=Permission.MANAGE_PEOPLE, methods=("POST",))
def make_link(services: Services, actor: Actor, person_id: UUID) -> ResponseReturnValue:
    """A link to hand over; it is on this page once and nowhere else."""
    token = staff.welcome(services, actor, person_id)
    return render_template(
        "people/link.html",
        person=staff.member(services, actor, person_id),
        link=url_for("people.welcome", token=token, _external=True),
    )


@public_page(blueprint, "/welcome/<token>", methods=("GET", "POST"))
def welcome(services: Services, token: str) -> ResponseReturnValue:
    """Whoever holds the link sets a password, and then signs in with it."""
    limit(f"welcome {request.remote_addr}", tries=100)
    if not staff.is_welcome(services, token):
        raise NotFound
    error = ""
    if request.method == "POST":
        try:
            staff.set_password(services, token, request.form.get("password", "")[:1000])
        except Invalid as refusal:
            error = gettext(refusal.problems["password"])
        else:
            flash(gettext("Your password is set. Sign in with it."))
            return redirect(url_for("sign_in.show"))
    return render_template("people/welcome.html", error=error), 422 if error else 200


@page(blueprint, "/people/departments/add", needs=Permission.MANAGE_PEOPLE, methods=("GET", "POST"))
def add_department(services: Services, actor: Actor) -> ResponseReturnValue:
    """A department and the code that its references begin with."""
    code, name = request.form.get("code", ""), request.form.get("name", "")
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            staff.add_department(services, actor, code, name)
        except Invalid as refusal:
            problems = _problems(refusal)
        else:
            flash(gettext("Added."))
            return redirect(url_for("people.show"))
    shown = render_template("people/department.html", code=code, name=name, problems_found=problems)
    return shown, 422 if problems else 200


def _form(
    services: Services,
    actor: Actor,
    entry: PersonEntry,
    problems: dict[str, str],
    person_id: UUID | None = None,
) -> ResponseReturnValue:
    known = staff.member(services, actor, person_id) if person_id else None
    shown = render_template(
        "people/form.html",
        entry=entry,
        known=known,
        person_id=person_id,
        is_self=person_id == actor.id,
        problems_found=problems,
        departments=[(str(each.id), each.name) for each in staff.departments(services, actor)],
        roles=[(each.value, role_words(each)) for each in (*IN_A_DEPARTMENT, *IN_THE_BODY)],
    )
    return shown, 422 if problems else 200


def _typed() -> PersonEntry:
    sent = request.form
    known = {each.value for each in (*IN_A_DEPARTMENT, *IN_THE_BODY)}
    return PersonEntry(
        name=sent.get("name", ""),
        job_title=sent.get("job_title", ""),
        email=sent.get("email", ""),
        department_id=_chosen(sent.get("department", "")),
        roles=frozenset(Role(value) for value in sent.getlist("roles") if value in known),
        active=sent.get("active", "yes") == "yes",
    )


def _chosen(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _problems(refusal: Invalid | NotAllowed) -> dict[str, str]:
    found = {"roles": refusal.reason} if isinstance(refusal, NotAllowed) else refusal.problems
    return {field: gettext(sentence) for field, sentence in found.items()}
