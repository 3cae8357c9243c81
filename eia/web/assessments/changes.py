"""What changed since the last look, and versions side by side."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import NotFound
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import comparison
from eia.usecases.services import Services
from eia.web.answer_wording import answer_wording
from eia.web.assessments.blueprint import blueprint
from eia.web.page import page

ONE = "/assessments/<uuid:assessment_id>"


@page(blueprint, f"{ONE}/changes", needs=Permission.VIEW)
def changes(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """What changed since it was handed in, word by word."""
    found = comparison.changes(
        services, actor, assessment_id, wording=answer_wording(), codes=_codes(), since=_since()
    )
    return render_template("assessments/changes.html", page=found)


@page(blueprint, f"{ONE}/compare", needs=Permission.VIEW)
def compare(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """This version beside another."""
    found = comparison.compare_versions(
        services, actor, assessment_id, _other(), wording=answer_wording(), codes=_codes()
    )
    return render_template("assessments/compare.html", page=found)


def _since() -> int | None:
    asked = request.args.get("since", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise NotFound
    return int(asked)


def _other() -> UUID:
    try:
        return UUID(request.args.get("with", ""))
    except ValueError:
        raise NotFound from None


def _codes() -> dict[str, str]:
    """Words for what no question of a form names."""
    return {
        "title": gettext("Title"),
        "gap": gettext("A gap"),
        "closed_by": gettext("The action that will close the gap"),
        "lead": gettext("Who sees to it"),
        "target": gettext("By when"),
        "state": gettext("What became of it"),
        "dropped": gettext("Dropped"),
        "carried_forward": gettext("Carried forward"),
        "closed_because": gettext("Why"),
        "file": gettext("Attached file"),
        "name": gettext("Name"),
        "sha256": gettext("Fingerprint"),
    }
