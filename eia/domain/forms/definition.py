"""Question sets and lists of characteristics, as the numbered files in `forms/` define them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eia.domain.facts import AnswerKey


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    YES_NO = "yes_no"
    DATE = "date"
    TARGET_DATE = "target_date"
    PARTY = "party"
    GRID = "grid"
    DERIVED = "derived"  # nobody answers it: it says what other columns of its row come to


class OptionsFrom(StrEnum):
    """Where a choice finds its options when the file does not list them."""

    FILE = "file"
    CHARACTERISTICS = "characteristics"


@dataclass(frozen=True, kw_only=True)
class Characteristic:
    """A protected group as it was named in law or practice from one day to another, both included."""

    id: str
    name: str
    name_cy: str | None = None
    hint: str = ""
    hint_cy: str | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether a record made on `on` speaks of this group under this name."""
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_until is None or on <= self.in_force_until)


@dataclass(frozen=True, kw_only=True)
class CharacteristicList:
    """One numbered list of groups; the same id may stand twice under names that follow each other in time."""

    id: str
    items: tuple[Characteristic, ...]

    def in_force(self, on: date) -> tuple[Characteristic, ...]:
        """The groups in force on `on`, in the file's order."""
        return tuple(item for item in self.items if item.in_force(on))


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice; an exclusive one cannot stand beside another ("neutral" beside "negative")."""

    value: str
    label: str
    label_cy: str | None = None
    hint: str = ""
    hint_cy: str | None = None
    exclusive: bool = False


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Holds when the earlier answer is one of `values`, or is a list that contains one of them.

    `question` is "kind" for a question asked once and "impact.rating" for a column of the same grid row. What
    decides a grid's rows may stand in another form, which comes first: "screening.relevance.relevance".
    """

    question: str
    values: tuple[str | bool, ...]


@dataclass(
    frozen=True, kw_only=True, eq=False
)  # compared by identity: loaded once, and a key of the form cache
class Question:
    """One question, or a grid whose columns are asked once for each characteristic in force."""

    id: str
    kind: Kind
    label: str
    label_cy: str | None = None
    hint: str = ""
    hint_cy: str | None = None
    guidance: str = ""  # markdown
    guidance_cy: str | None = None
    missing: str = ""  # what to say when a required answer is not there
    missing_cy: str | None = None
    required: bool = True
    options: tuple[Option, ...] = ()
    options_from: OptionsFrom = OptionsFrom.FILE
    when: Condition | None = None
    page: str = ""
    min_words: int | None = None
    max_words: int | None = None
    columns: tuple[Question, ...] = ()
    rows: Condition | None = (
        None  # a grid asks only where this holds; it reads "screening.relevance.relevance"
    )
    rows_unless: Condition | None = None  # or everywhere but where this holds
    added: int | None = None  # a grid about what people add has so many rows at most, and asks of no group
    row_name: str = ""  # "impact.combination.name": what an added row is called
    beside: tuple[
        str, ...
    ] = ()  # "impact.impact.rating": what is shown of the row while the grid is answered
    of: tuple[str, ...] = ()  # the columns that a derived one puts together
    yields: tuple[str, ...] = ()  # what a derived column says only where there is nothing else to say
    not_about: tuple[str, ...] = ()  # the groups of which a column is not asked

    @property
    def slug(self) -> str:
        """The id as an address has it."""
        return self.id.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class PageHeading:
    """The address and heading of a page that asks a small group of questions."""

    slug: str
    title: str
    title_cy: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class QuestionSet:
    """One numbered form: `id` is "screening-1", `form` is "screening", under which its answers are kept."""

    id: str
    form: str
    title: str
    title_cy: str | None = None
    intro: str = ""  # markdown
    intro_cy: str | None = None
    headings: tuple[PageHeading, ...] = ()
    questions: tuple[Question, ...]

    def question(self, name: str) -> Question:
        """The question, or the grid's column, of that name; KeyError when there is none."""
        return dict(self.named())[name]

    def named(self) -> Iterator[tuple[str, Question]]:
        """Every question under the name that its answers have ("purpose", "impact.rating"), in order."""
        for question in self.questions:
            if question.kind is Kind.GRID:
                yield from ((f"{question.id}.{column.id}", column) for column in question.columns)
            else:
                yield question.id, question


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question at its place: for a column, `characteristic` is the row that it is asked about."""

    key: AnswerKey
    question: Question
    characteristic: Characteristic | None = None
    grid: Question | None = None
