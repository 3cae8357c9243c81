"""One line says where a page is, how it is asked for, and what it takes to be let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eia.domain.errors import NotAllowed
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission, reaches
from eia.settings import Settings
from eia.usecases.services import Services
from eia.web.session import current_visit, is_confirmed

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, kw_only=True)
class House:
    """What the application was built from."""

    services: Services
    settings: Settings


def house() -> House:
    """What this request's application was built from."""
    built: House = current_app.extensions["eia"]
    return built


def page(
    blueprint: Blueprint,
    address: str,
    *,
    needs: Permission,
    methods: tuple[str, ...] = ("GET",),
    confirmed: bool = False,
) -> Callable[[View], View]:
    """Places a view `(services, actor, **path)` for signed-in people who may hold the permission somewhere.

    The use case still decides about the thing itself. `confirmed` asks for the password again when it was
    last given more than 15 minutes ago.
    """

    def place(view: View) -> View:
        @wraps(view)
        def door(**path: Any) -> ResponseReturnValue:
            _only_look()
            visit = current_visit()
            if visit is None:
                return redirect(url_for("sign_in.show", next=this_page()))
            let_in(visit.actor, needs)
            if confirmed and not is_confirmed(visit):
                # 307: what a form sent goes along, and is shown back to be sent once more.
                return redirect(url_for("sign_in.confirm", next=request.path), code=307)
            return view(house().services, visit.actor, **path)

        return _register(blueprint, address, door, needs, methods)

    return place


def public_page(
    blueprint: Blueprint, address: str, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[View], View]:
    """Places a view `(services, **path)` that anybody may ask for."""

    def place(view: View) -> View:
        @wraps(view)
        def door(**path: Any) -> ResponseReturnValue:
            _only_look()
            return view(house().services, **path)

        return _register(blueprint, address, door, None, methods)

    return place


def _register(
    blueprint: Blueprint, address: str, door: View, needs: Permission | None, methods: tuple[str, ...]
) -> View:
    door.needs = needs  # type: ignore[attr-defined]
    blueprint.add_url_rule(address, view_func=door, methods=list(methods))
    return door


def _only_look() -> None:
    """HEAD is GET without the body: to a view that asks for GET alone it would be a form that was sent."""
    if request.method == "HEAD":
        request.method = "GET"


def this_page() -> str:
    """The address to come back to; what a form sent is not part of it."""
    return request.full_path.rstrip("?")


def let_in(actor: Actor, needs: Permission) -> None:
    """Refuses whoever could hold the permission nowhere. Raises NotAllowed saying who can."""
    if needs is Permission.USE or reaches(actor, needs):
        return
    raise NotAllowed("Your roles do not let you open this page.", roles=tuple(TABLE[needs]))
