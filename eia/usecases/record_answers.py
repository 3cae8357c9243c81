"""The answers of an assessment in words: part by part, and what they come to for each group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from eia import content
from eia.domain.facts import AnswerValue, AssessmentFacts
from eia.domain.forms.answers import is_answer, options, written_name
from eia.domain.forms.conditions import is_asked
from eia.domain.forms.definition import Asked, Characteristic, Kind, Question, QuestionSet
from eia.domain.forms.grids import rows_of
from eia.domain.forms.pages import all_asked
from eia.domain.record import Grid, GroupFinding, GroupRow, Part, Said, Standing
from eia.usecases.sections import AREAS, characteristics_of, names

NOT_RELEVANT = "not_relevant"
WANTS_ANSWER = frozenset({"negative", "unknown"})
SIZE_OF = {"positive": "gain", "negative": "harm"}
"""The column that says how much there is of it."""
NO_DIFFERENCE = frozenset({"neutral", "none"})  # as workflows call it


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How definitions, days and yes or no are said in the reader's language.

    `say` chooses between a definition's English and its Welsh, which may be None or "".
    """

    say: Callable[[str, str | None], str]
    day: Callable[[date], str]
    yes: str
    no: str
    not_answered: str


def names_parties(facts: AssessmentFacts) -> bool:
    """Whether any part asks for a party: most workflows' parts do not, and a body may know thousands."""
    workflow = content.workflow(facts.workflow)
    sets = (content.question_set(workflow.name, name) for name in names(workflow) if name not in AREAS)
    return any(question.kind is Kind.PARTY for each in sets for _, question in each.named())


@dataclass(frozen=True, kw_only=True)
class Answers:
    """One assessment's answers, ready to be said; `parties` names the parties that answers point to."""

    facts: AssessmentFacts
    wording: Wording
    parties: Mapping[str, str] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[Characteristic, ...]:
        """The groups in force for this assessment."""
        return characteristics_of(self.facts)

    def names_of(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The groups by name, in the order of their list."""
        return tuple(self._name(group) for group in self.groups if group.id in ids)

    def parts(self) -> tuple[Part, ...]:
        """Every question set with at least one answer, in the order in which they are worked on."""
        workflow = content.workflow(self.facts.workflow)
        sets = (content.question_set(workflow.name, name) for name in names(workflow) if name not in AREAS)
        parts = (self._part(question_set) for question_set in sets)
        return tuple(part for part in parts if part is not None)

    def title_of(self, section: str) -> str:
        """What the questions of a section are headed by."""
        question_set = content.question_set(self.facts.workflow, section)
        return self.wording.say(question_set.title, question_set.title_cy)

    def findings(self) -> tuple[GroupFinding, ...]:
        """What the assessment says about each group, from the impact where rated, else from screening.

        After the groups stand the combinations of groups that people named.
        """
        return (*(self._finding(group) for group in self.groups), *self._combinations())

    def _combinations(self) -> Iterator[GroupFinding]:
        if "impact" not in content.workflow(self.facts.workflow).question_sets:
            return
        for grid in content.question_set(self.facts.workflow, "impact").questions:
            if grid.added:
                begun = self.facts.added_rows("impact", grid.id)
                for row in rows_of(grid, self.groups, self.facts.answers):
                    if row.id in begun:
                        yield replace(self._rated(row, grid.id), is_combination=True)

    def _part(self, question_set: QuestionSet) -> Part | None:
        asked = all_asked(question_set, self.groups, self.facts.answers)
        if not any(is_answer(self.facts.answers.get(each.key)) for each in asked):
            return None
        found: list[Said | Grid] = []
        for grid, run in groupby(asked, key=lambda each: each.grid):
            places = tuple(run)
            found.extend([self._grid(grid, places)] if grid else self._said(places))
        title = self.wording.say(question_set.title, question_set.title_cy)
        return Part(name=question_set.form, title=title, items=tuple(found))

    def _said(self, places: tuple[Asked, ...]) -> Iterator[Said]:
        for asked in places:
            text = self._text(asked)
            if text:
                yield Said(name=asked.question.id, label=self._label(asked.question), text=text)

    def _grid(self, grid: Question, places: tuple[Asked, ...]) -> Grid:
        said: dict[Characteristic, dict[str, str]] = {}
        for each in places:
            if each.characteristic and (text := self._text(each)):
                said.setdefault(each.characteristic, {})[each.question.id] = text
        kept = [column for column in grid.columns if any(column.id in row for row in said.values())]
        return Grid(
            label=self._label(grid),
            columns=tuple(self._label(column) for column in kept),
            rows=tuple(
                GroupRow(group=self._name(row), cells=tuple(texts.get(column.id, "") for column in kept))
                for row, texts in said.items()
            ),
        )

    def _text(self, asked: Asked) -> str:
        """What was answered; where nothing was, a sentence if there should be an answer, else nothing."""
        value = self.facts.answers.get(asked.key)
        if value is not None and is_answer(value):
            return self.in_words(asked.question, value)
        required = asked.question.required and is_asked(asked, self.facts.answers)
        return self.wording.not_answered if required else ""

    def in_words(self, question: Question, value: AnswerValue) -> str:
        """What was answered, as the reader says it."""
        if isinstance(value, bool):
            return self.wording.yes if value else self.wording.no
        if isinstance(value, tuple):
            return ", ".join(self._choice(question, item) for item in value)
        match question.kind:
            case Kind.ONE_OF:
                return self._choice(question, value)
            case Kind.DATE:
                return self.wording.day(date.fromisoformat(value))
            case Kind.PARTY:
                return written_name(value) or self.parties.get(value, value)
        return value.strip()

    def _choice(self, question: Question, value: str) -> str:
        chosen = next((each for each in options(question, self.groups) if each.value == value), None)
        return self.wording.say(chosen.label, chosen.label_cy) if chosen else value

    def _label(self, question: Question) -> str:
        return self.wording.say(question.label, question.label_cy)

    def _name(self, group: Characteristic) -> str:
        return self.wording.say(group.name, group.name_cy)

    def _finding(self, group: Characteristic) -> GroupFinding:
        if self.facts.answer("screening", "relevance.relevance", group.id) == NOT_RELEVANT:
            reason = self._cell("screening", "relevance.reason", group)
            return GroupFinding(group=self._name(group), standing=Standing.NOT_RELEVANT, what=reason)
        if self.facts.answer("impact", "impact.rating", group.id) is not None:
            return self._rated(group)
        return self._screened(group)

    def _rated(self, group: Characteristic, grid: str = "impact") -> GroupFinding:
        rating = self.facts.answer("impact", f"{grid}.rating", group.id)
        answered = (f"{grid}.mitigation", f"{grid}.justification")
        return GroupFinding(
            group=self._name(group),
            standing=_standing(rating),
            rating=self._sized(rating, grid, group),
            what=self._cell("impact", f"{grid}.explanation", group),
            who=self._cell("impact", f"{grid}.who_and_how_many", group),
            mitigation=self._cell("impact", f"{grid}.mitigation", group),
            justification=self._cell("impact", f"{grid}.justification", group),
            needs_answer=_wants_answer(rating)
            and all(self.facts.answer("impact", name, group.id) is None for name in answered),
        )

    def _sized(self, rating: AnswerValue | None, grid: str, group: Characteristic) -> str:
        """The rating with how great the gain and how serious the harm is: "Positive (low)"."""
        if rating is None or isinstance(rating, bool):
            return ""
        question = content.question_set(self.facts.workflow, "impact").question(f"{grid}.rating")
        given = rating if isinstance(rating, tuple) else (rating,)
        said = []
        for value in given:
            size = self._cell("impact", f"{grid}.{SIZE_OF[value]}", group) if value in SIZE_OF else ""
            choice = self._choice(question, value)
            said.append(f"{choice} ({size.lower()})" if size else choice)
        return ", ".join(said)

    def _screened(self, group: Characteristic) -> GroupFinding:
        effect = self.facts.answer("screening", "relevance.effect", group.id)
        return GroupFinding(
            group=self._name(group),
            standing=_standing(effect),
            rating=self._cell("screening", "relevance.effect", group),
            what=self._cell("screening", "relevance.reason", group),
        )

    def _cell(self, form: str, question: str, group: Characteristic) -> str:
        value = self.facts.answer(form, question, group.id)
        if value is None:
            return ""
        return self.in_words(content.question_set(self.facts.workflow, form).question(question), value)


def _standing(rating: AnswerValue | None) -> Standing:
    if rating is None or isinstance(rating, bool):
        return Standing.NOT_ASSESSED
    given = {rating} if isinstance(rating, str) else set(rating)
    return Standing.NO_DIFFERENCE if given <= NO_DIFFERENCE else Standing.AFFECTED


def _wants_answer(rating: AnswerValue | None) -> bool:
    return isinstance(rating, tuple) and not WANTS_ANSWER.isdisjoint(rating)
