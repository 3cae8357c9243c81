"""What somebody typed to schedule an assessment, read field by field, each mistake with its own sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from flask import request
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.forms.dates import DateProblem, read_date

PARTS = ("day", "month", "year")


_ON_THE_PAGE = ("title", "department", "financial_year", "lead", "champion", "decision_body", "decision_on")


def _place(name: str) -> int:
    return _ON_THE_PAGE.index(name) if name in _ON_THE_PAGE else len(_ON_THE_PAGE)


@dataclass
class Typed:
    """The fields of a sent form; reading one that cannot be taken adds a problem under its name."""

    sent: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def stop_at(self, found: Mapping[str, str]) -> None:
        """Raises `Invalid` when anything typed cannot be taken: all of it at once, not one mistake a time."""
        if self.problems:
            raise Invalid(found)

    def refuse(self, found: Mapping[str, str]) -> None:
        """Adds the problems of a use case; a mistake in the typing itself says it better."""
        told = {name: gettext(text) for name, text in found.items()} | self.problems
        self.problems = {name: told[name] for name in sorted(told, key=_place)}

    def text(self, name: str) -> str:
        """The text, without the spaces round it."""
        return self.sent.get(name, "").strip()

    def chosen(self, name: str) -> UUID | None:
        """The id of what was chosen from a list; nothing when nothing was."""
        try:
            return UUID(self.text(name)) if self.text(name) else None
        except ValueError:
            self.problems[name] = gettext("Choose from the list")
            return None

    def number(self, name: str) -> int | None:
        """A whole number; nothing when none was given."""
        said = self.text(name)
        if said and not (said.isascii() and said.isdigit() and len(said) < 6):
            self.problems[name] = gettext("Choose from the list")
            return None
        return int(said) if said else None

    def parts(self, name: str) -> dict[str, str]:
        """The three parts of a day as they were typed."""
        return {part: self.text(f"{name}-{part}") for part in PARTS}

    def day(self, name: str) -> date | None:
        """The day that three parts name; nothing when all are blank."""
        found = read_date(**self.parts(name))
        self.anchors[name] = f"{name}-day"
        if isinstance(found, DateProblem):
            self.problems[name] = gettext(found.message)
            self.anchors[name] = f"{name}-{found.part}"
            return None
        return found


def page_version() -> int:
    """What the page showed; a form without it is as stale as can be."""
    sent = request.form.get("page_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
