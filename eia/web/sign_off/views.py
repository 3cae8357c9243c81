"""What is signed, who has signed it, and the two answers a signatory may give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady, Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.workflow.choices import Choice
from eia.domain.workflow.returns import returnable
from eia.usecases import sign_off as verbs
from eia.usecases.moves import MoveMade
from eia.usecases.services import Services
from eia.usecases.sign_off import SignOff, sign_off_page
from eia.web.page import page
from eia.web.refused import in_words
from eia.web.wording import words

blueprint = Blueprint("sign_off", __name__)

ALL = "/assessments/<uuid:assessment_id>/sign-off"
NOBODY_SIGNS = "Nobody can sign at the stage the assessment has reached."


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why an answer was not taken: fields to put right, or a change that the signatory has not seen."""

    problems: Mapping[str, str] = field(default_factory=dict)
    stale: Stale | None = None
    refused: str | None = None


@page(blueprint, ALL, needs=Permission.VIEW)
def show(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The version, its signatures, and whose is awaited."""
    return render_template("sign_off/show.html", page=sign_off_page(services, actor, assessment_id))


@page(blueprint, f"{ALL}/sign", needs=Permission.SIGN, methods=("GET", "POST"), confirmed=True)
def sign(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The statement to agree to, and the signature."""
    if request.method == "GET":
        return _sign_form(services, actor, assessment_id, Trouble())
    return _answered(
        lambda: verbs.sign(
            services,
            actor,
            assessment_id,
            page_version=_page_version(),
            attested="attested" in request.form,
            comment=request.form.get("comment", ""),
            subject_to=_subject_to(),
        ),
        lambda trouble: _sign_form(services, actor, assessment_id, trouble),
        gettext("Signed. Your signature is bound to this version as it stands."),
    )


@page(blueprint, f"{ALL}/refuse", needs=Permission.SIGN, methods=("GET", "POST"), confirmed=True)
def refuse(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Why not, and back it goes."""
    if request.method == "GET":
        return _refuse_form(services, actor, assessment_id, Trouble())
    return _answered(
        lambda: verbs.refuse(
            services,
            actor,
            assessment_id,
            page_version=_page_version(),
            reasons=request.form.getlist("reasons"),
            comment=request.form.get("comment", ""),
            sections=request.form.getlist("sections"),
        ),
        lambda trouble: _refuse_form(services, actor, assessment_id, trouble),
        gettext("You have refused to sign. The assessment goes back with your reasons."),
    )


def _answered(
    do: Callable[[], MoveMade], again: Callable[[Trouble], str], thanks: str
) -> ResponseReturnValue:
    try:
        made = do()
    except Invalid as refusal:
        return again(Trouble(problems=in_words(refusal))), 422
    except Stale as stale:
        return again(Trouble(stale=stale)), 409
    except NotReady:
        return again(Trouble()), 409
    except NotAllowed as refusal:
        return again(Trouble(refused=refusal.reason)), 403
    flash(thanks)
    return redirect(url_for("sign_off.show", assessment_id=made.assessment_id))


def _sign_form(services: Services, actor: Actor, assessment_id: UUID, trouble: Trouble) -> str:
    found = sign_off_page(services, actor, assessment_id)
    return _form("sign_off/sign.html", found, found.sign, trouble, promised=_promised(found))


def _refuse_form(services: Services, actor: Actor, assessment_id: UUID, trouble: Trouble) -> str:
    found = sign_off_page(services, actor, assessment_id)
    return _form("sign_off/refuse.html", found, found.refuse, trouble, reasons=_reasons(found))


def _form(
    template: str,
    found: SignOff,
    choice: Choice | None,
    trouble: Trouble,
    *,
    reasons: tuple[tuple[str, str], ...] = (),
    promised: tuple[tuple[str, str], ...] = (),
) -> str:
    if choice is None and trouble.stale is None:
        raise NotAllowed(NOBODY_SIGNS)
    refused = trouble.refused or (choice.refused if choice else NOBODY_SIGNS)
    return render_template(
        template,
        page=found,
        choice=choice,
        refused=refused,
        trouble=trouble,
        reasons=reasons,
        promised=promised,
        sections=returnable(found.workflow, choice.move) if choice else (),
    )


def _reasons(found: SignOff) -> tuple[tuple[str, str], ...]:
    if found.refuse is None or found.refuse.move.reasons is None:
        return ()
    listed = found.workflow.reasons[found.refuse.move.reasons]
    return tuple((option.code, words(option.title, option.title_cy)) for option in listed)


def _promised(found: SignOff) -> tuple[tuple[str, str], ...]:
    """The open actions, each with the words of its date."""
    return tuple(
        (str(item.id), " – ".join(filter(None, (item.text, item.target.raw)))) for item in found.promised
    )


def _subject_to() -> tuple[UUID, ...]:
    """The chosen actions; what is no id was on no page of ours."""
    try:
        return tuple(UUID(value) for value in request.form.getlist("subject_to"))
    except ValueError:
        raise NotFound from None


def _page_version() -> int:
    """What the page showed; a form without it is as stale as can be."""
    sent = request.form.get("page_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
