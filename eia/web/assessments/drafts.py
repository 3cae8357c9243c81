"""What somebody types on a page of questions is kept while they type, by script, for when they come back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time, gettext

from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.drafts import Typed
from eia.usecases.drafts import drop_draft, keep_draft
from eia.usecases.services import Services
from eia.web.assessments.blueprint import blueprint
from eia.web.page import page

DRAFT = "/assessments/<uuid:assessment_id>/<form>/<slug>/draft"
_NOT_TYPED = frozenset({"csrf_token", "draft", "save"})


@page(blueprint, DRAFT, needs=Permission.VIEW, methods=("POST",))
def keep(services: Services, actor: Actor, assessment_id: UUID, form: str, slug: str) -> ResponseReturnValue:
    """Keeps the fields as they stand, and says so or why not in one sentence, as JSON for the script."""
    try:
        kept = keep_draft(services, actor, assessment_id, form, slug, _typed(), number=draft_number())
    except Stale:
        told = gettext(
            "Not saved: you have typed on this page in another window too. Your text is still here: "
            "copy it before you close this one."
        )
        return {"said": told}, 409
    except NotAllowed as refusal:
        return {"said": _not_saved(gettext(str(refusal.reason)))}, 403
    except Invalid as refusal:
        return {"said": _not_saved(gettext(next(iter(refusal.problems.values()))))}, 422
    return {"number": kept.number, "said": gettext("Draft saved at %(time)s", time=_clock(kept.kept_at))}


@page(blueprint, f"{DRAFT}/drop", needs=Permission.VIEW, methods=("POST",))
def drop(services: Services, actor: Actor, assessment_id: UUID, form: str, slug: str) -> ResponseReturnValue:
    """What was typed and not saved goes; the page shows what is saved."""
    drop_draft(services, actor, assessment_id, form, slug)
    address = url_for("assessments.form_page", assessment_id=assessment_id, form=form, slug=slug)
    return redirect(address, code=303)


def draft_number() -> int:
    """Which draft the page knows of; 0 for none."""
    sent = request.form.get("draft", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def _typed() -> Typed:
    return {name: values for name, values in request.form.lists() if name not in _NOT_TYPED}


def _not_saved(why: str) -> str:
    return gettext("Not saved: %(why)s Your text is still here.", why=why)


def _clock(at: datetime) -> str:
    return str(format_time(at, "HH:mm"))
