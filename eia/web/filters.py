"""How a page writes a day, a time and a role, and where its files are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from flask_babel import format_date, format_datetime, gettext

from eia import __version__
from eia.domain.people import Role
from eia.web.i18n import lazy_gettext

ROLES = {
    Role.AUTHOR: lazy_gettext("Author"),
    Role.LEAD: lazy_gettext("Lead"),
    Role.CONTRIBUTOR: lazy_gettext("Contributor"),
    Role.ACTION_LEAD: lazy_gettext("Action lead"),
    Role.CHAMPION: lazy_gettext("Equality champion"),
    Role.HEAD_OF_SERVICE: lazy_gettext("Head of service"),
    Role.DIRECTOR: lazy_gettext("Director"),
    Role.EQUALITY_OFFICER: lazy_gettext("Equality officer"),
    Role.COMMITTEE: lazy_gettext("Committee reader"),
    Role.CABINET_MEMBER: lazy_gettext("Cabinet member or leader"),
    Role.ADMINISTRATOR: lazy_gettext("Administrator"),
    Role.CLOCK: lazy_gettext("The clock"),
}


def set_up(app: Flask) -> None:
    """Filters and names that every template has."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        moment=moment,
        role=role,
        sentence=sentence,
        financial_year=financial_year,
    )
    app.jinja_env.globals.update(asset=asset, eia_version=__version__)


def day(value: date | None) -> str:
    """28 March 2026; nothing for no day."""
    return str(format_date(value, "d MMMM y")) if value else ""


def short_day(value: date | None) -> str:
    """28 Mar 2026; nothing for no day."""
    return str(format_date(value, "d MMM y")) if value else ""


def moment(value: datetime | None) -> str:
    """28 March 2026, 14:05 in London; nothing for no time."""
    return str(format_datetime(value, "d MMMM y, HH:mm")) if value else ""


def role(value: Role | str) -> str:
    """The role in words."""
    return str(ROLES[Role(value)])


def sentence(message: str, values: Mapping[str, Any] | None = None) -> str:
    """A sentence that a rule or a use case gave, in the reader's language."""
    return gettext(message, **dict(values or {}))


def financial_year(first: int) -> str:
    """2008 as 2008/09: from 1 April to 31 March."""
    return f"{first}/{(first + 1) % 100:02d}"


def asset(name: str) -> str:
    """The address of a static file, which changes with its content."""
    return url_for("static", filename=name, v=_digest(str(Path(current_app.static_folder or "", name))))


@cache
def _digest(path: str) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:12]
