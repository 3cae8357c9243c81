"""The record of one assessment as people read it on paper: what was found, promised and signed, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eia.domain.evidence import EvidenceKind
from eia.domain.facts import ActionState, SignatureOutcome
from eia.domain.file_kind import FileKind
from eia.domain.people import Role

SHORT_HASH = 12
"""So many digits of a content hash are printed beside a signature: enough to tell versions apart."""


class RecordKind(StrEnum):
    """How much of it: everything that was written, or two pages for whoever decides."""

    WHOLE = "whole"
    COMMITTEE = "committee"


class Standing(StrEnum):
    """How a group comes out of the assessment."""

    AFFECTED = "affected"  # rated positive, negative or unknown
    NO_DIFFERENCE = "no_difference"  # rated neutral
    NOT_RELEVANT = "not_relevant"  # left out at screening, with a reason
    NOT_ASSESSED = "not_assessed"  # nobody has said yet


@dataclass(frozen=True, kw_only=True)
class Said:
    """One question with its answer in words; `name` is how the form calls it ("purpose")."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """What a grid's columns say about one group, "" where nobody said anything."""

    group: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The answers to a question that is asked about each group; columns without any answer are left out."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """The answers to one question set; what nobody answered is not in it."""

    name: str
    title: str
    items: tuple[Said | Grid, ...]

    def said(self, name: str) -> str:
        """The answer to the question of this name, or ""."""
        return next((item.text for item in self.items if isinstance(item, Said) and item.name == name), "")


@dataclass(frozen=True, kw_only=True)
class GroupFinding:
    """How one group is affected; `rating` is in words and may be several ("Positive, negative")."""

    group: str
    standing: Standing
    rating: str = ""
    what: str = ""
    who: str = ""
    mitigation: str = ""
    justification: str = ""
    is_combination: bool = False  # people to whom several groups' names apply at once
    needs_answer: bool = False  # harm or doubt about which nothing is said yet


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One consultation activity; groups by name."""

    method: str
    invited: str
    opens_on: date | None
    closes_on: date | None
    groups: tuple[str, ...]
    heard: tuple[str, ...]
    summary: str
    changed: str
    not_heard_because: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source of evidence, or a gap with what will be done about it; groups by name."""

    title: str
    kind: EvidenceKind
    published_on: date | None
    groups: tuple[str, ...]
    finding: str
    link: str
    closed_by: str = ""  # the action that will close a gap
    lead: str = ""  # whose gap it is, and by when, as somebody wrote it
    target: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether it says what nobody knows."""
        return self.kind is EvidenceKind.GAP


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One action: what, by whom, and by when in the words somebody wrote, with the latest day they mean."""

    what: str
    leads: tuple[str, ...]
    target: str
    latest: date | None
    state: ActionState
    is_overdue: bool
    group: str = ""
    outcome: str = ""
    note: str = ""  # what shows that it is done, or why it was closed otherwise
    slips: int = 0  # how often its date moved later
    slip_days: int = 0  # by how many days in all


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    """One file: what it is called, and the SHA-256 by which anybody can tell that they hold the same."""

    section: str
    part: str  # the title of the section's questions, "" where it has none
    name: str
    kind: FileKind
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """Who signed or refused, as what, and which content; `counts` while that is still the content."""

    name: str
    job_title: str
    role: Role
    outcome: SignatureOutcome
    on: date
    content_hash: str
    counts: bool
    comment: str = ""
    subject_to: tuple[str, ...] = ()  # the actions on which the approval depends


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything that a paper, a Word file, a PDF or a JSON file says about one version of an assessment.

    Words of forms and workflows are in the reader's `language`; words of people are as they wrote them.
    """

    kind: RecordKind
    language: str
    body: str
    reference: str
    title: str
    version: int
    department: str
    stage: str
    ended_on: date | None  # the day on which it came to an end, approved or not
    leads: tuple[str, ...]
    champions: tuple[str, ...]
    decision_body: str
    decision_on: date | None
    decision_outcome: str
    approved_on: date | None
    review_on: date | None
    after_decision: bool
    content_hash: str
    printed_on: date
    parts: tuple[Part, ...]
    findings: tuple[GroupFinding, ...]
    heard: tuple[Heard, ...]
    sources: tuple[Source, ...]
    promises: tuple[Promise, ...]
    signatures: tuple[SignatureLine, ...]
    attested: str = ""  # what the signatories attested
    files: tuple[AttachedFile, ...] = ()

    def said(self, part: str, question: str) -> str:
        """The answer to one question of one part, or ""."""
        return next((each.said(question) for each in self.parts if each.name == part), "")

    def standing(self, standing: Standing) -> tuple[GroupFinding, ...]:
        """The groups that come out like this, in the order of the list."""
        return tuple(each for each in self.findings if each.standing is standing)


def short_hash(content_hash: str) -> str:
    """The beginning of a content hash, in groups of four so that it can be compared by eye."""
    return by_eye(content_hash[:SHORT_HASH])


def by_eye(digits: str) -> str:
    """Hexadecimal digits in groups of four."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def after_decision(*, decision_on: date | None, begun_on: date, settled_on: date | None, today: date) -> bool:
    """Whether the decision was, or will have been, taken before the assessment was begun or settled.

    It is settled on the day it was approved or, without that, came to an end: screened out, for one.

    Source: R (Brown) v Secretary of State for Work and Pensions [2008] EWHC 3158 (Admin): before and at the
    time of the decision, not after.
    """
    if decision_on is None:
        return False
    return begun_on > decision_on or (settled_on or today) > decision_on
