"""Turns a parsed file of `forms/` into a question set or a list of groups, or says where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from eia.domain.forms.definition import (
    Characteristic,
    CharacteristicList,
    Condition,
    Kind,
    Option,
    OptionsFrom,
    PageHeading,
    Question,
    QuestionSet,
)
from eia.domain.forms.grids import check_grid
from eia.domain.forms.table import TableReader
from eia.domain.rulebook_error import RulebookError

_FILE = re.compile(r"(?P<form>[a-z][a-z_]*)-[1-9][0-9]*\.toml")
_LIST_FILE = re.compile(r"characteristics-[a-z][a-z_]*-[1-9][0-9]*\.toml")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_ROWS = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_CHOICES = (Kind.ONE_OF, Kind.MANY_OF, Kind.DERIVED)


def load_question_set(data: Mapping[str, object], file: str) -> QuestionSet:
    """The question set of a parsed file named like "screening-1.toml". Raises RulebookError."""
    named = _FILE.fullmatch(file)
    if named is None:
        raise RulebookError(file, "", "", "must be named like screening-1.toml")
    top = TableReader(file, "", data)
    headings = tuple(_heading(row) for row in top.tables("page"))
    found = QuestionSet(
        id=file.removesuffix(".toml"),
        form=named["form"],
        title=top.text("title"),
        title_cy=top.text_or("title_cy", None),
        intro=top.text_or("intro", ""),
        intro_cy=top.text_or("intro_cy", None),
        headings=headings,
        questions=tuple(_question(row) for row in top.tables("question")),
    )
    top.done()
    if not found.questions:
        raise top.refuse("question", "asks nothing")
    _check_ids(found, file)
    _check_pages(found, file)
    _check_conditions(found, file)
    return found


def load_characteristics(data: Mapping[str, object], file: str) -> CharacteristicList:
    """The list of a parsed file named like "characteristics-gb-1.toml". Raises RulebookError."""
    if _LIST_FILE.fullmatch(file) is None:
        raise RulebookError(file, "", "", "must be named like characteristics-gb-1.toml")
    top = TableReader(file, "", data)
    items = tuple(_characteristic(row) for row in top.tables("characteristic"))
    top.done()
    if not items:
        raise top.refuse("characteristic", "names no group")
    for place, item in enumerate(items):
        if any(_overlap(item, other) for other in items[:place]):
            raise RulebookError(
                file, f"characteristic.{item.id}", "in_force_from", "is in force twice on one day"
            )
    return CharacteristicList(id=file.removesuffix(".toml"), items=items)


def _overlap(one: Characteristic, other: Characteristic) -> bool:
    if one.id != other.id:
        return False
    starts = [day for day in (one.in_force_from, other.in_force_from) if day is not None]
    ends = [day for day in (one.in_force_until, other.in_force_until) if day is not None]
    return not starts or not ends or max(starts) <= min(ends)


def _characteristic(row: TableReader) -> Characteristic:
    found = Characteristic(
        id=_identifier(row, "id"),
        name=row.text("name"),
        name_cy=row.text_or("name_cy", None),
        hint=row.text_or("hint", ""),
        hint_cy=row.text_or("hint_cy", None),
        in_force_from=row.day("in_force_from"),
        in_force_until=row.day("in_force_until"),
    )
    row.done()
    if found.in_force_from and found.in_force_until and found.in_force_until < found.in_force_from:
        raise row.refuse("in_force_until", "is before in_force_from")
    return found


def _heading(row: TableReader) -> PageHeading:
    found = PageHeading(
        slug=row.text("slug"), title=row.text("title"), title_cy=row.text_or("title_cy", None)
    )
    row.done()
    if _SLUG.fullmatch(found.slug) is None:
        raise row.refuse("slug", "may have small letters, figures and hyphens")
    return found


def _question(row: TableReader, *, column: bool = False) -> Question:
    kind = row.choice("kind", Kind)
    found = Question(
        id=_identifier(row, "id"),
        kind=kind,
        label=row.text("label"),
        label_cy=row.text_or("label_cy", None),
        hint=row.text_or("hint", ""),
        hint_cy=row.text_or("hint_cy", None),
        guidance=row.text_or("guidance", ""),
        guidance_cy=row.text_or("guidance_cy", None),
        missing=row.text_or("missing", ""),
        missing_cy=row.text_or("missing_cy", None),
        required=row.flag("required", default=True),
        options=tuple(_option(item) for item in row.tables("option")),
        options_from=row.choice("options_from", OptionsFrom, OptionsFrom.FILE),
        when=_condition(row.table_or_none("when")),
        page=row.text_or("page", ""),
        min_words=row.number("min_words"),
        max_words=row.number("max_words"),
        columns=tuple(_question(item, column=True) for item in row.tables("column")),
        rows=_condition(row.table_or_none("rows")),
        rows_unless=_condition(row.table_or_none("rows_unless")),
        added=row.number("added"),
        row_name=row.text_or("row_name", ""),
        beside=row.texts("beside"),
        of=row.texts("of"),
        yields=row.texts("yields"),
        not_about=row.texts("not_about"),
    )
    row.done()
    _check_shape(found, row, column=column)
    check_grid(found, row, column=column)
    return found


def _option(row: TableReader) -> Option:
    found = Option(
        value=_identifier(row, "value"),
        label=row.text("label"),
        label_cy=row.text_or("label_cy", None),
        hint=row.text_or("hint", ""),
        hint_cy=row.text_or("hint_cy", None),
        exclusive=row.flag("exclusive", default=False),
    )
    row.done()
    return found


def _condition(row: TableReader | None) -> Condition | None:
    if row is None:
        return None
    question, one, several = row.text("question"), row.anything("is"), row.anything("in")
    row.done()
    if (one is None) is (several is None):
        raise row.refuse("is", "a condition has either `is` or `in`")
    values = tuple(several) if isinstance(several, list) else (one,)
    words = tuple(value for value in values if isinstance(value, str | bool))
    if not words or len(words) < len(values):
        raise row.refuse("is" if several is None else "in", "must be an option's value, or true or false")
    return Condition(question=question, values=words)


def _identifier(row: TableReader, key: str) -> str:
    value = row.text(key)
    if _ID.fullmatch(value) is None:
        raise row.refuse(key, "may have small letters, figures and underscores")
    return value


def _check_shape(found: Question, row: TableReader, *, column: bool) -> None:
    listed = bool(found.options) or found.options_from is not OptionsFrom.FILE
    if found.kind in _CHOICES and not listed:
        raise row.refuse("option", "a choice needs options")
    if found.kind not in _CHOICES and listed:
        raise row.refuse("option", f"a {found.kind} question has no options")
    if found.kind is Kind.GRID and (column or not found.columns):
        raise row.refuse("column", "a grid needs columns and cannot stand inside another")
    if found.kind is not Kind.GRID and found.columns:
        raise row.refuse("column", "only a grid has columns")
    if found.kind is Kind.GRID and found.when is not None:
        raise row.refuse("when", "a grid is always asked; put the condition on its columns")
    for key, rows in (("rows", found.rows), ("rows_unless", found.rows_unless)):
        if rows and (found.kind is not Kind.GRID or _ROWS.fullmatch(rows.question) is None):
            raise row.refuse(
                key, "only a grid has rows, and a column like screening.relevance.reason decides them"
            )
    if (column or found.kind is Kind.GRID) and found.page:
        raise row.refuse("page", "a grid makes its own pages")
    if repeated := _repeated(option.value for option in found.options):
        raise row.refuse("option", f"has {repeated} twice")
    if repeated := _repeated(item.id for item in found.columns):
        raise row.refuse("column", f"has {repeated} twice")


def _check_ids(found: QuestionSet, file: str) -> None:
    if repeated := _repeated(question.id for question in found.questions):
        raise RulebookError(file, f"question.{repeated}", "id", "is there twice")


def _check_pages(found: QuestionSet, file: str) -> None:
    """Questions of one page stand together, and each page has a heading that is used."""
    known = {heading.slug for heading in found.headings}
    if repeated := _repeated(heading.slug for heading in found.headings):
        raise RulebookError(file, f"page.{repeated}", "slug", "is there twice")
    left: set[str] = set()
    previous = ""
    for question in found.questions:
        if question.page and question.page not in known:
            raise RulebookError(file, f"question.{question.id}", "page", f"there is no page {question.page}")
        if question.page and question.page in left:
            raise RulebookError(
                file, f"question.{question.id}", "page", "stands apart from the rest of its page"
            )
        left |= {previous} if previous != question.page else set()
        previous = question.page
    if unused := sorted(known - left - {previous}):
        raise RulebookError(file, f"page.{unused[0]}", "slug", "no question is on this page")


def _check_conditions(found: QuestionSet, file: str) -> None:
    """A condition reads an earlier question, of a row only from within the row, and a value it can have."""
    earlier: dict[str, Question] = {}
    for name, question in found.named():
        if question.when is not None:
            table = f"question.{name}.when"
            read = earlier.get(question.when.question)
            if read is None or not _in_reach(name, question.when.question):
                raise RulebookError(
                    file, table, "question", f"{question.when.question} is not asked before it"
                )
            for value in question.when.values:
                if not _can_be(read, value):
                    raise RulebookError(file, table, "is", f"{question.when.question} is never {value}")
        earlier[name] = question


def _in_reach(name: str, read: str) -> bool:
    return "." not in read or read.partition(".")[0] == name.partition(".")[0]


def _can_be(question: Question, value: str | bool) -> bool:
    if question.kind is Kind.YES_NO:
        return isinstance(value, bool)
    return question.options_from is OptionsFrom.CHARACTERISTICS or value in {
        o.value for o in question.options
    }


def _repeated(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
