"""How a question set falls into pages: one question, a small group, or a grid's row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.conditions import earlier, is_asked, is_wanted, row_is_asked
from eia.domain.forms.definition import Asked, Characteristic, Kind, Question, QuestionSet
from eia.domain.forms.grids import invites, rows_of

NOTHING: Mapping[AnswerKey, AnswerValue] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class PageDefinition:
    """One page: its address within the form, its heading and what it asks, in order."""

    slug: str
    title: str
    title_cy: str | None
    asked: tuple[Asked, ...]
    characteristic: Characteristic | None = None
    grid: Question | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the page."""
        return tuple(asked.question for asked in self.asked)

    @property
    def is_single(self) -> bool:
        """Whether the page's only question is itself the heading."""
        return len(self.asked) == 1 and self.grid is None and self.asked[0].question.label == self.title


def all_asked(
    question_set: QuestionSet,
    characteristics: Sequence[Characteristic],
    answers: Mapping[AnswerKey, AnswerValue] = NOTHING,
) -> tuple[Asked, ...]:
    """Every question at every place, in order, whatever the conditions say; `answers` name added rows."""
    return tuple(_places(question_set, characteristics, answers))


def asked_now(
    question_set: QuestionSet,
    answers: Mapping[AnswerKey, AnswerValue],
    characteristics: Sequence[Characteristic],
) -> tuple[Asked, ...]:
    """What these answers leave to be asked, in order."""
    places = _places(question_set, characteristics, answers)
    return tuple(asked for asked in places if is_asked(asked, answers))


def pages(
    question_set: QuestionSet,
    answers: Mapping[AnswerKey, AnswerValue],
    characteristics: Sequence[Characteristic],
) -> tuple[PageDefinition, ...]:
    """The form's pages in order.

    A question whose condition fails is left out, unless the condition reads an answer on the same page: there
    it is shown from the start, as without script nothing can appear later, and is required only if it holds.
    After the rows that people added stands a blank one.
    """
    places = _places(question_set, characteristics, answers)
    rows = (asked for asked in places if row_is_asked(asked, answers) or invites(asked, answers))
    found = (_page(question_set, slug, tuple(group), answers) for slug, group in groupby(rows, _slug))
    return tuple(page for page in found if page.asked)


def addresses(question_set: QuestionSet, characteristics: Sequence[Characteristic]) -> frozenset[str]:
    """The address of every page that the form can ever have, whatever was answered."""
    return frozenset(map(_slug, all_asked(question_set, characteristics)))


def next_page(all_pages: Sequence[PageDefinition], slug: str) -> PageDefinition | None:
    """The page after this one; the first when this one is not among them; None at the end."""
    place = _place(all_pages, slug)
    return all_pages[place + 1] if place + 1 < len(all_pages) else None


def previous_page(all_pages: Sequence[PageDefinition], slug: str) -> PageDefinition | None:
    """The page before this one; None at the start or when this one is not among them."""
    place = _place(all_pages, slug)
    return all_pages[place - 1] if place > 0 else None


def _place(all_pages: Sequence[PageDefinition], slug: str) -> int:
    return next((place for place, page in enumerate(all_pages) if page.slug == slug), -1)


def _places(
    question_set: QuestionSet,
    characteristics: Iterable[Characteristic],
    answers: Mapping[AnswerKey, AnswerValue],
) -> Iterator[Asked]:
    groups = tuple(characteristics)
    for question in question_set.questions:
        if question.kind is not Kind.GRID:
            yield Asked(key=AnswerKey(question_set.form, question.id), question=question)
            continue
        for row in rows_of(question, groups, answers):
            for column in question.columns:
                if column.kind is Kind.DERIVED or row.id in column.not_about:
                    continue
                key = AnswerKey(question_set.form, f"{question.id}.{column.id}", row.id)
                yield Asked(key=key, question=column, characteristic=row, grid=question)


def _slug(asked: Asked) -> str:
    if asked.characteristic is not None:
        grid = asked.key.question.partition(".")[0]
        return f"{grid}-{asked.characteristic.id}".replace("_", "-")
    return asked.question.page or asked.question.slug


def _page(
    question_set: QuestionSet, slug: str, group: tuple[Asked, ...], answers: Mapping[AnswerKey, AnswerValue]
) -> PageDefinition:
    here = {asked.key for asked in group}
    shown = tuple(asked for asked in group if is_wanted(asked, answers) or not here.isdisjoint(_reads(asked)))
    row = group[0].characteristic
    if row is not None:
        return PageDefinition(
            slug=slug,
            title=row.name,
            title_cy=row.name_cy,
            asked=shown,
            characteristic=row,
            grid=group[0].grid,
        )
    heading = next((item for item in question_set.headings if item.slug == slug), None)
    title, title_cy = (
        (heading.title, heading.title_cy)
        if heading
        else (group[0].question.label, group[0].question.label_cy)
    )
    return PageDefinition(slug=slug, title=title, title_cy=title_cy, asked=shown)


def _reads(asked: Asked) -> Iterator[AnswerKey]:
    """The answers that decide whether it is asked; of a derived one, those that it puts together."""
    if asked.question.when is None:
        return
    read = earlier(asked, asked.question.when)
    yield read
    grid, _, name = read.question.partition(".")
    column = next((item for item in asked.grid.columns if item.id == name), None) if asked.grid else None
    yield from (read._replace(question=f"{grid}.{factor}") for factor in (column.of if column else ()))
