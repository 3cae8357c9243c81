"""The search page, and what every page calls the things that were found."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.search import RATING
from eia.store.search import Found
from eia.usecases.search import search_page
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.wording import words

blueprint = Blueprint("search", __name__)


@page(blueprint, "/search", needs=Permission.VIEW)
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """What has the words, passage by passage, as far as the reader may see it."""
    typed = request.args.get("q", "")
    found = search_page(services, actor, typed, after=request.args.get("after", type=int))
    return render_template("search/show.html", typed=typed, page=found)


def group_name(found: Found) -> str:
    """The group that a passage is about, as its assessment calls it."""
    known = content.characteristics(content.workflow(found.workflow).characteristics)
    item = next((each for each in known.items if each.id == found.characteristic), None)
    return words(item.name, item.name_cy) if item else found.characteristic


def effect_words(found: Found) -> str:
    """The ratings of a passage in the words that were chosen from."""
    question = content.question_set(found.workflow, "impact").question(RATING)
    chosen = [option for option in question.options if option.value in found.effects]
    return ", ".join(words(each.label, each.label_cy) for each in chosen) or gettext("Not rated yet")


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"group_name": group_name, "effect_words": effect_words}
