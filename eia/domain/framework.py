"""An equality framework as data, and where a body stands in one of its areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from eia.domain.forms.table import TableReader
from eia.domain.rulebook_error import RulebookError
from eia.domain.target_date import TargetDate

FILE_BEGINS = "framework-"


class LinkKind(StrEnum):
    """What can show where a body stands, or ask it for more."""

    ASSESSMENT = "assessment"
    CONSULTATION = "consultation"
    ACTION = "action"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level; they follow each other upwards."""

    id: str
    title: str
    title_cy: str | None = None
    about: str = ""
    about_cy: str | None = None


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area, or module; `shows` says what usually shows where a body stands in it."""

    id: str
    title: str
    title_cy: str | None = None
    about: str = ""
    about_cy: str | None = None
    shows: tuple[str, ...] = ()
    shows_cy: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Framework:
    """A framework: its levels upwards, and its areas."""

    name: str  # "framework-eflg-2021-1"
    title: str
    title_cy: str | None = None
    publisher: str
    about: str
    about_cy: str | None = None
    levels: tuple[Level, ...]
    areas: tuple[Area, ...]

    def area(self, name: str) -> Area | None:
        """The area of this id."""
        return next((each for each in self.areas if each.id == name), None)

    def level(self, name: str | None) -> Level | None:
        """The level of this id; None also where no level is reached."""
        return next((each for each in self.levels if each.id == name), None)

    def rank(self, name: str | None) -> int:
        """How high a level is: 0 where none is reached, 1 for the first."""
        return next((place for place, each in enumerate(self.levels, 1) if each.id == name), 0)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a body stands in an area, where it wants to be by when, and what will close the gap.

    `row_version` is 0 while nobody has looked at the area.
    """

    level: str | None = None
    standing: str = ""
    target_level: str | None = None
    target: TargetDate | None = None
    closes_gap: str = ""
    row_version: int = 0
    changed_by: str = ""
    changed_at: datetime | None = None

    def steps_missing(self, framework: Framework) -> int:
        """How many levels lie between where it is and where it wants to be."""
        return max(0, framework.rank(self.target_level) - framework.rank(self.level))

    def is_late(self, framework: Framework, today: date) -> bool:
        """Whether the target's day is over and the level is not reached."""
        latest = self.target.latest if self.target else None
        return bool(self.steps_missing(framework)) and latest is not None and latest < today


@dataclass(frozen=True, kw_only=True)
class LevelMove:
    """One move from a level to another, with the reason that was given."""

    from_level: str | None
    to_level: str | None
    because: str
    person: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Link:
    """Something of the body's work that an area points to; `owner_id` is whose page shows it.

    `state` is an action's; `answers` how many actions answer a recommendation, `open_answers` how many of
    those are still open.
    """

    id: UUID
    kind: LinkKind
    subject_id: UUID
    owner_id: UUID
    title: str
    context: str
    state: str = ""
    answers: int = 0
    open_answers: int = 0


def load_framework(data: Mapping[str, object], file: str) -> Framework:
    """The framework of a parsed file named like "framework-eflg-2021-1.toml". Raises RulebookError."""
    if not file.startswith(FILE_BEGINS):
        raise RulebookError(file, "", "", "must be named like framework-eflg-2021-1.toml")
    top = TableReader(file, "", data)
    found = Framework(
        name=file.removesuffix(".toml"),
        title=top.text("title"),
        title_cy=top.text_or("title_cy", None),
        publisher=top.text("publisher"),
        about=top.text("about"),
        about_cy=top.text_or("about_cy", None),
        levels=tuple(_level(row) for row in top.tables("level")),
        areas=tuple(_area(row) for row in top.tables("area")),
    )
    top.done()
    for key, ids in (
        ("level", [each.id for each in found.levels]),
        ("area", [each.id for each in found.areas]),
    ):
        if not ids:
            raise top.refuse(key, "is missing")
        if repeated := next((each for each in ids if ids.count(each) > 1), None):
            raise RulebookError(file, f"{key}.{repeated}", "id", "is there twice")
    return found


def _level(row: TableReader) -> Level:
    found = Level(
        id=row.text("id"),
        title=row.text("title"),
        title_cy=row.text_or("title_cy", None),
        about=row.text_or("about", ""),
        about_cy=row.text_or("about_cy", None),
    )
    row.done()
    return found


def _area(row: TableReader) -> Area:
    found = Area(
        id=row.text("id"),
        title=row.text("title"),
        title_cy=row.text_or("title_cy", None),
        about=row.text_or("about", ""),
        about_cy=row.text_or("about_cy", None),
        shows=row.texts("shows"),
        shows_cy=row.texts("shows_cy"),
    )
    row.done()
    if found.shows_cy and len(found.shows_cy) != len(found.shows):
        raise row.refuse("shows_cy", "must say as many things as shows")
    return found
