"""Fields of question forms: what the browser sent becomes a typed value or a sentence on what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from eia.domain.facts import AnswerValue
from eia.domain.forms.answers import (
    WRITTEN_NAME,
    Problem,
    is_answer,
    options,
    problem_with,
    shortfall,
    written_name,
)
from eia.domain.forms.dates import DateProblem, read_date
from eia.domain.forms.definition import Characteristic, Kind, Option, Question
from eia.web.widgets import GovukWidget, items
from eia.web.wording import words

PARTS = ("day", "month", "year")


@dataclass(frozen=True, kw_only=True)
class PartyChoice:
    """Somebody whom a party question offers."""

    value: str
    name: str


class AnswerField(Field):
    """One question. `data` is the typed value, or None for no answer; on error the typed text is kept."""

    widget = GovukWidget()

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(label=question.label, **kwargs)
        self.question = question
        self.characteristics: Sequence[Characteristic] = ()
        self.parties: Sequence[PartyChoice] = ()
        self.is_heading = False

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices of the question."""
        return options(self.question, self.characteristics)

    def items(self) -> list[dict[str, Any]]:
        """The choices as the page draws them; an optional one can be taken back without script."""
        choices = items(self.options)
        if self.question.kind is Kind.ONE_OF and not self.question.required:
            choices.append({"value": "", "text": gettext("None of these")})
        return choices

    @property
    def anchor(self) -> str:
        """The id of the control to put right."""
        return str(self.id)

    @property
    def typed(self) -> str:
        """The text that the control shows."""
        return self.data if isinstance(self.data, str) else ""

    @property
    def error(self) -> str:
        """The first thing to put right, or nothing."""
        return str(self.errors[0]) if self.errors else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what the browser sent."""
        value = self.read([str(value) for value in valuelist])
        self.data = value if is_answer(value) else None

    def read(self, sent: list[str]) -> AnswerValue | None:
        """The typed value of what was sent, with the line ends that we store."""
        return sent[0].replace("\r\n", "\n").strip() if sent else None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what could never stand as an answer, finished or not."""
        if self.data is not None and (
            problem := problem_with(self.question, self.data, self.characteristics)
        ):
            raise ValidationError(in_words(problem))

    def refuse_if_open(self) -> bool:
        """Whether the question is still open; it then says how to finish it."""
        if self.data is None:
            self.errors = (*self.errors, self.missing()) if self.question.required else self.errors
        elif problem := shortfall(self.question, self.data):
            self.errors = (*self.errors, in_words(problem))
        return bool(self.errors)

    def missing(self) -> str:
        """What to do about a required answer that is not there."""
        if self.question.missing:
            return words(self.question.missing, self.question.missing_cy)
        label = words(self.question.label, self.question.label_cy)
        return gettext("Answer the question: %(question)s", question=label)


class YesNoField(AnswerField):
    """Yes or no, and neither until somebody chooses."""

    def read(self, sent: list[str]) -> AnswerValue | None:
        """A bool; anything else is kept as it came, and then refused."""
        return {"yes": True, "no": False}.get(sent[0], sent[0]) if sent else None


class ManyField(AnswerField):
    """Any number of choices, each once."""

    def read(self, sent: list[str]) -> AnswerValue | None:
        """The chosen values in the order of the page."""
        return tuple(dict.fromkeys(sent))


class DateField(AnswerField):
    """A day typed in three parts; an error points to the part."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(question, **kwargs)
        self.parts: dict[str, str] = dict.fromkeys(PARTS, "")
        self.problem: DateProblem | None = None

    @property
    def anchor(self) -> str:
        """The id of the part in error, or of the first part."""
        return f"{self.id}-{self.problem.part if self.problem else PARTS[0]}"

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The parts to mark: the one in error, or all of a date that is missing."""
        if not self.errors:
            return ()
        return (self.problem.part,) if self.problem else PARTS

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the parts that were sent, or those of the stored date."""
        self.data = data if isinstance(data, str) else None
        self.object_data = self.data
        if formdata is None:
            year, _, rest = (self.data or "--").partition("-")
            month, _, day = rest.partition("-")
            self.parts = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
            return
        self.parts = {part: str(formdata.get(f"{self.name}-{part}", "")) for part in PARTS}
        found = read_date(**self.parts)
        self.problem = found if isinstance(found, DateProblem) else None
        self.data = None if found is None or isinstance(found, DateProblem) else found.isoformat()

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse parts that make no date."""
        if self.problem:
            raise ValidationError(gettext(self.problem.message))


class PartyField(AnswerField):
    """Somebody from a list, or a name that is not on it, kept as "other:" and the name."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(question, **kwargs)
        self.chosen = ""
        self.written = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the choice and the written name that were sent, or the stored one."""
        sent = formdata if formdata is not None else self._stored(data)
        self.object_data = data
        self.chosen = str(sent.get(self.name, "")).strip()
        self.written = " ".join(str(sent.get(f"{self.name}-other", "")).split())
        self.data = (f"{WRITTEN_NAME}{self.written}" if self.written else self.chosen) or None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse two answers, and a choice that the list did not offer."""
        if self.chosen and self.written:
            raise ValidationError(gettext("Choose somebody from the list or write a name, not both."))
        if self.chosen and self.chosen not in {party.value for party in self.parties}:
            raise ValidationError(gettext("Choose somebody from the list, or write a name."))
        super().pre_validate(form)

    def choices(self) -> list[dict[str, str]]:
        """The list as the page draws it, beginning with nobody."""
        nobody = {"value": "", "text": gettext("Choose somebody")}
        return [nobody, *({"value": party.value, "text": party.name} for party in self.parties)]

    def _stored(self, data: object) -> Mapping[str, str]:
        value = data if isinstance(data, str) else ""
        name = written_name(value)
        return {self.name: value} if name is None else {f"{self.name}-other": name}


FIELDS: dict[Kind, type[AnswerField]] = {
    Kind.YES_NO: YesNoField,
    Kind.MANY_OF: ManyField,
    Kind.DATE: DateField,
    Kind.PARTY: PartyField,
}


def in_words(problem: Problem) -> str:
    """The problem as a sentence in the reader's language."""
    option = problem.option
    named = {"option": words(option.label, option.label_cy)} if option else {}
    return str(gettext(problem.message, **dict(problem.values), **named))
