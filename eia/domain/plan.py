"""A plan as read from a document, before anybody confirmed what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eia.domain.action import LeadRole, PartyKind
from eia.domain.target_date import Period, TargetDate


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Where in the document something stands: lines from 1, both included."""

    first_line: int
    last_line: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the document as a person sees it there: a paragraph, or a row with its cells parted."""

    number: int
    text: str
    place: str = ""  # where to look for it: `page 3`, `sheet Actions, row 7`; text files have line numbers


@dataclass(frozen=True, kw_only=True)
class LeftOver:
    """What stands among the actions and was understood as none: kept, for a person to judge."""

    passage: Passage
    text: str


@dataclass(frozen=True, kw_only=True)
class TableHead:
    """The headings of one table, and what each column was taken for (`action`, `target`, `other` ...)."""

    line: int
    headings: tuple[str, ...]
    meanings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Initials:
    """One entry of a legend: `DB` is Dana Brook."""

    initials: str
    name: str
    passage: Passage


@dataclass(frozen=True, kw_only=True)
class PlanLead:
    """A party as written; nobody gets mail before a person has matched the words to somebody."""

    name: str
    role: LeadRole = LeadRole.LEAD
    post: str = ""  # what stands in brackets after the name
    party: PartyKind = PartyKind.PERSON
    inherited: bool = False  # named for the heading, not beside the action


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What somebody outside asked for; actions answer it, and it may be answered by several."""

    label: str
    heading: str
    text: str
    passage: Passage


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One of the dates that contradict each other, as written, and the action it stands beside."""

    value: str
    heading: str
    label: str
    passage: Passage


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One thing to which the document gives several dates; a person says which is meant."""

    subject: str
    claims: tuple[Claim, ...]
    values: tuple[str, ...]  # the different dates, each once, in the order of the document
    places: tuple[str, ...] = ()  # where to look, in a file that has no lines

    def __str__(self) -> str:
        """A sentence for the list of what to confirm."""
        lines = ", ".join(str(claim.passage.first_line) for claim in self.claims)
        dates = " and ".join(self.values)
        where = f"lines {lines}: {'; '.join(self.places)}" if self.places else f"lines {lines}"
        return f"{self.subject} has contradictory dates, {dates} ({where}): say which is meant."


@dataclass(frozen=True, kw_only=True)
class PlanAction:
    """Something a plan promises, under the label and heading printed there."""

    label: str
    heading: str
    text: str
    target: TargetDate
    leads: tuple[PlanLead, ...] = ()
    outcome: str = ""
    progress: str = ""
    recommendations: tuple[Recommendation, ...] = ()  # those it answers
    is_draft: bool = False  # taken from prose: a person says whether it is an action at all
    problems: tuple[str, ...] = ()
    passage: Passage


@dataclass(frozen=True, kw_only=True)
class PlannedAssessment:
    """An assessment that a plan promises; `lead_name` is None while the document names nobody."""

    subject: str
    target: TargetDate
    lead_name: str | None = None
    support: tuple[str, ...] = ()
    action_label: str = ""
    problems: tuple[str, ...] = ()
    passage: Passage

    @property
    def due(self) -> date | None:
        """The last day that keeps the promise."""
        return self.target.latest


@dataclass(frozen=True, kw_only=True)
class PlanRead:
    """Everything found in a document; `problems` lists what could not be read or should be confirmed."""

    title: str
    period: Period | None
    actions: tuple[PlanAction, ...] = ()
    assessments: tuple[PlannedAssessment, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()  # everything in the document, so that a passage can be shown
    left_over: tuple[LeftOver, ...] = ()
    tables: tuple[TableHead, ...] = ()
    legend: tuple[Initials, ...] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        """The conflicts, `problems`, and those of the promised assessments with their subjects."""
        of_assessments = (
            f"Assessment of {promised.subject}: {problem}"
            for promised in self.assessments
            for problem in promised.problems
        )
        return (*map(str, self.conflicts), *self.problems, *of_assessments)

    @property
    def period_from(self) -> date | None:
        """The first day the plan speaks for."""
        return self.period.first if self.period else None

    @property
    def period_to(self) -> date | None:
        """The last day the plan speaks for."""
        return self.period.last if self.period else None
