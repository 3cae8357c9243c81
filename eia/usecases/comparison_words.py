"""A comparison in words: section by section, question by question, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from eia import content
from eia.domain.comparison import NAMED_BY, Change, ChangeKind, Comparison, ItemChange
from eia.domain.errors import NotFound
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import Asked, Question, QuestionSet
from eia.domain.forms.pages import all_asked
from eia.domain.word_diff import Piece, shortened, word_diff
from eia.usecases.record_answers import Answers
from eia.usecases.sections import AREAS, names

ASKED_BY = {"evidence": "evidence_source", "consultation": "consultation", "actions": "action"}
"""The form that asks for the fields of a source, an activity or an action."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question or field as it was and as it is; `label` is "" where the entry's title says it."""

    label: str
    before: str
    after: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """How the one became the other, word by word."""
        return word_diff(self.before, self.after)

    @property
    def short(self) -> tuple[Piece, ...]:
        """The same without the middle of long text that nobody changed."""
        return shortened(self.pieces)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A question, a group, a source, an activity or an action of which something changed."""

    title: str
    kind: ChangeKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class SectionChanges:
    """Everything that changed in one section."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """Says a comparison; `codes` has the reader's words for what no question names: "title", "gap" ..."""

    answers: Answers
    codes: Mapping[str, str]

    def sections(self, found: Comparison) -> tuple[SectionChanges, ...]:
        """The sections in which something changed, in the order in which they are worked on."""
        workflow = content.workflow(self.answers.facts.workflow)
        listed = ((name, tuple(self._entries(name, found))) for name in names(workflow))
        return tuple(SectionChanges(name=name, entries=entries) for name, entries in listed if entries)

    def _entries(self, section: str, found: Comparison) -> Iterator[Entry]:
        if section == "schedule" and found.title:
            yield self._single(self.codes["title"], None, found.title)
        for change in found.items.get(section, ()):
            yield self._item(section, change)
        for change in found.items.get("files", ()):
            if change.item.fields["section"] == section:
                yield self._file(change)
        if section not in AREAS:
            yield from self._answered(section, found.answers)

    def _answered(self, section: str, changes: Mapping[AnswerKey, Change]) -> Iterator[Entry]:
        question_set = content.question_set(self.answers.facts.workflow, section)
        places = all_asked(question_set, self.answers.groups, self.answers.facts.answers)
        changed = [asked for asked in places if asked.key in changes]
        for (grid, group), run in groupby(changed, key=lambda asked: (asked.grid, asked.characteristic)):
            if grid and group:
                title = self.answers.wording.say(group.name, group.name_cy)
                yield self._row(title, tuple(run), changes)
            else:
                yield from (self._single(self._label(a.question), a.question, changes[a.key]) for a in run)
        yield from self._no_longer_asked(question_set, {asked.key for asked in places}, changes)

    def _no_longer_asked(
        self, question_set: QuestionSet, asked: set[AnswerKey], changes: Mapping[AnswerKey, Change]
    ) -> Iterator[Entry]:
        """Answers about groups, or to questions, that this version does not have."""
        known = dict(question_set.named())
        for key, change in changes.items():
            if key.form == question_set.form and key not in asked:
                question = known.get(key.question)
                label = self._label(question) if question else key.question
                yield self._single(": ".join(filter(None, (key.characteristic, label))), question, change)

    def _row(self, title: str, run: tuple[Asked, ...], changes: Mapping[AnswerKey, Change]) -> Entry:
        lines = tuple(self._line(self._label(a.question), a.question, changes[a.key]) for a in run)
        kinds = {changes[asked.key].kind for asked in run}
        return Entry(title=title, kind=kinds.pop() if len(kinds) == 1 else ChangeKind.CHANGED, lines=lines)

    def _single(self, title: str, question: Question | None, change: Change) -> Entry:
        return Entry(title=title, kind=change.kind, lines=(self._line("", question, change),))

    def _item(self, section: str, change: ItemChange) -> Entry:
        lines = (
            self._line(self._field_label(section, name), self._question(section, name), field)
            for name, field in change.fields.items()
        )
        title = str(change.item.fields.get(NAMED_BY[section], ""))
        return Entry(title=title, kind=change.kind, lines=tuple(lines))

    def _file(self, change: ItemChange) -> Entry:
        """Another file of much the same name is the file as somebody changed it."""
        told = ("name", "sha256") if change.kind is ChangeKind.CHANGED else ("sha256",)
        lines = (
            self._line(self.codes[name], None, change.fields[name]) for name in told if name in change.fields
        )
        title = f"{self.codes['file']}: {change.item.fields['name']}"
        return Entry(title=title, kind=change.kind, lines=tuple(lines))

    def _line(self, label: str, question: Question | None, change: Change) -> Line:
        before, after = (self._said(question, value) for value in (change.before, change.after))
        return Line(label=label, before=before, after=after)

    def _said(self, question: Question | None, value: AnswerValue | None) -> str:
        if value is None:
            return ""
        if isinstance(value, str) and value in self.codes and (question is None or question.options):
            return self.codes[value]
        if question is not None:
            return self.answers.in_words(question, value)
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def _field_label(self, section: str, name: str) -> str:
        question = self._question(section, name)
        return self._label(question) if question else self.codes.get(name, name)

    def _question(self, section: str, name: str) -> Question | None:
        """The question that asks for the field; None where this workflow asks no such thing."""
        try:
            asked = content.question_set(self.answers.facts.workflow, ASKED_BY[section])
        except NotFound:
            return None
        return dict(asked.named()).get(name)

    def _label(self, question: Question) -> str:
        return self.answers.wording.say(question.label, question.label_cy)
