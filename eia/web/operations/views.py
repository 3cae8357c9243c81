"""How the installation is doing, what mail it sent, and its rulebook."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.workflow.diagram import everywhere
from eia.usecases import mails as mail
from eia.usecases import rulebook as rules
from eia.usecases.mail_holds import release_mail
from eia.usecases.office_hours import next_opening
from eia.usecases.operations import operations_state
from eia.usecases.readiness import Readiness, readiness
from eia.usecases.services import Services
from eia.web.operations.blueprint import blueprint
from eia.web.operations.words import HOLDS
from eia.web.page import page, public_page

MAILS = 50


@public_page(blueprint, "/healthz")
def healthz(services: Services) -> ResponseReturnValue:
    """The web process answers; nothing is asked of the database."""
    return {"status": "ok"}


@public_page(blueprint, "/readyz")
def readyz(services: Services) -> ResponseReturnValue:
    """Whether pages can be answered, and how clock and mail stand."""
    found = readiness(services)
    return _as_json(found), 200 if found.is_ready else 503


@page(blueprint, "/operations", needs=Permission.SEE_OPERATIONS, methods=("GET", "POST"))
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """How it is running, and the button that lets held mail go."""
    error = ""
    if request.method == "POST":
        try:
            release_mail(services, actor, because=request.form.get("because", ""))
        except Invalid as refusal:
            error = gettext(refusal.problems["because"])
        else:
            flash(gettext("Mail may go again."))
            return redirect(url_for("operations.show"))
    shown = render_template(
        "operations/show.html", state=operations_state(services), error=error, holds=HOLDS
    )
    return shown, 422 if error else 200


@page(blueprint, "/outbox", needs=Permission.USE)
def outbox(services: Services, actor: Actor) -> ResponseReturnValue:
    """The mails, newest first: everybody's for those who look after it, else one's own."""
    found = mail.outbox_messages(services, actor, limit=MAILS, before=_before())
    older = f"{found[-1].created_at.isoformat()}~{found[-1].id}" if len(found) == MAILS else None
    return render_template(
        "operations/outbox.html", messages=found, older=older, opens_at=next_opening(services, actor)
    )


@page(blueprint, "/outbox/<uuid:outbox_id>", needs=Permission.USE)
def message(services: Services, actor: Actor, outbox_id: UUID) -> ResponseReturnValue:
    """One mail, as the person sees it."""
    found = mail.outbox_message(services, actor, outbox_id)
    return render_template("operations/message.html", message=found, opens_at=next_opening(services, actor))


@page(blueprint, "/outbox/<uuid:outbox_id>/html", needs=Permission.USE)
def message_html(services: Services, actor: Actor, outbox_id: UUID) -> ResponseReturnValue:
    """The mail's own HTML in a box where nothing runs and nothing is fetched."""
    response = Response(mail.outbox_message(services, actor, outbox_id).html)
    response.headers["Content-Security-Policy"] = (
        "sandbox allow-top-navigation-by-user-activation allow-popups; default-src 'none'; "
        "style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@page(blueprint, "/rulebook", needs=Permission.SEE_OPERATIONS)
def rulebook(services: Services, actor: Actor) -> ResponseReturnValue:
    """The workflows that assessments follow, stage by stage."""
    workflows = [content.workflow(name) for name in content.workflow_names()]
    diagrams = {each.name: rules.diagram(each.name, actor.language) for each in workflows}
    return render_template(
        "operations/rulebook.html", workflows=workflows, diagrams=diagrams, everywhere=everywhere
    )


def _before() -> tuple[datetime, UUID] | None:
    """Where the page begins; an address that makes no sense begins at the newest."""
    moment, _, last_id = request.args.get("before", "").partition("~")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), UUID(last_id)
    except (ValueError, OverflowError):  # as at half past nothing in the year 1, east of here
        return None


def _as_json(found: Readiness) -> dict[str, object]:
    state = found.state
    return {
        "status": "ready" if found.is_ready else "not ready",
        "database": "ok" if found.database else "does not answer",
        "migrations": "ok" if found.migrated else "run: eia db upgrade",
        "last_sweep": _iso(state.last_sweep_at) if state else None,
        "last_delivery": _iso(state.last_delivery_at) if state else None,
        "last_checkpoint": _iso(state.last_checkpoint_at) if state else None,
        "pending_mail": state.pending if state else None,
        "oldest_pending_mail": _iso(state.oldest_pending_at) if state else None,
        "failed_mail": state.failed if state else None,
        "expired_mail": state.expired if state else None,
        "held_mail": state.held if state else None,
        "in_doubt_mail": state.in_doubt if state else None,
        "mail_on_hold": bool(state.hold_since) if state else None,
        "why_on_hold": state.hold_kind if state else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
