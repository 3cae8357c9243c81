"""What stands round every page: whose it is, in which colours, and where one can go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from eia.domain.people import Actor
from eia.domain.policy import Permission, reaches
from eia.usecases import sign_in
from eia.web.i18n import lazy_gettext
from eia.web.session import current_visit

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\Z")
_THEME = {"brand": "--eia-brand", "on_brand": "--eia-on-brand", "accent": "--eia-accent"}

_NAVIGATION = (
    ("home.show", lazy_gettext("Your work"), Permission.USE),
    ("programme.show", lazy_gettext("Programme"), Permission.VIEW),
    ("actions.mine", lazy_gettext("Actions"), Permission.USE),
    ("plans.index", lazy_gettext("Plans"), Permission.VIEW),
    ("reports.index", lazy_gettext("Reports"), Permission.VIEW),
    ("frameworks.index", lazy_gettext("Frameworks"), Permission.VIEW),
    ("library.index", lazy_gettext("Evidence"), Permission.READ_SOURCES),
    ("reminders.preview", lazy_gettext("Reminders"), Permission.USE),
    ("search.show", lazy_gettext("Search"), Permission.VIEW),
    ("people.show", lazy_gettext("People"), Permission.MANAGE_PEOPLE),
    ("settings.show", lazy_gettext("Settings"), Permission.MANAGE_SETTINGS),
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A place in the navigation; `is_here` when the page is in its part, `is_page` when it is the page."""

    address: str
    label: str
    is_here: bool
    is_page: bool


def set_up(app: Flask) -> None:
    """Every template knows the frame."""
    app.jinja_env.globals["navigation"] = navigation
    app.context_processor(_frame)


def navigation() -> Iterator[Entry]:
    """The parts that this person may enter."""
    visit = current_visit()
    for endpoint, label, needs in _NAVIGATION:
        if visit and endpoint in current_app.view_functions and _may_enter(visit.actor, needs):
            part = endpoint.partition(".")[0]
            yield Entry(
                address=url_for(endpoint),
                label=str(label),
                is_here=request.blueprint == part,
                is_page=request.endpoint == endpoint,
            )


def theme_style(theme: Mapping[str, str]) -> str:
    """A body's colours as CSS custom properties; anything but a hex colour is left out."""
    known = ((_THEME[name], value) for name, value in theme.items() if name in _THEME)
    return ";".join(f"{name}:{value}" for name, value in known if _COLOUR.match(str(value)))


def _may_enter(actor: Actor, needs: Permission) -> bool:
    return needs is Permission.USE or bool(reaches(actor, needs))


def _frame() -> dict[str, Any]:
    visit = current_visit()
    if visit is None:
        front = sign_in.front(current_app.extensions["eia"].services)
        theme = front.body.theme if front.body else {}
        return {
            "visit": None,
            "body": front.body,
            "is_demo": front.is_demo,
            "theme_style": theme_style(theme),
        }
    return {
        "visit": visit,
        "body": visit.body,
        "is_demo": visit.is_demo,
        "roles": visit.actor.roles(),
        "theme_style": theme_style(visit.body.theme),
    }
