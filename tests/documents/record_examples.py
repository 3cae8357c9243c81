"""An invented assessment with its record, long enough to look like one: Northgate Library's hours."""

from __future__ import annotations

from datetime import date

from eia.documents.record.words import ENGLISH, Words
from eia.domain.evidence import EvidenceKind
from eia.domain.facts import ActionState, SignatureOutcome
from eia.domain.file_kind import FileKind
from eia.domain.people import Role
from eia.domain.record import (
    AttachedFile,
    Grid,
    GroupFinding,
    GroupRow,
    Heard,
    Part,
    Promise,
    Record,
    RecordKind,
    Said,
    SignatureLine,
    Source,
    Standing,
)

HASH = "4f1c9a3be07d52c8a1b4" + "0" * 44
OLD_HASH = "99aa77bb55cc33dd" + "0" * 48
PURPOSE = (
    "The library in Northgate opens 48 hours a week. From April it would open 34: no evenings but Tuesday, "
    "and "
    "Saturday mornings only. This saves £41,000 of the £60,000 that the service has to find. Books could "
    "still "
    "be returned at any time through the new drop box, and the online catalogue is not touched."
)
STUDENTS = (
    "Without evening hours people who work or study full time have no quiet room: 34 of the 51 who book "
    "one are "
    "aged 16 to 24 (booking data, May). Older people come on weekday mornings and lose little."
)
WORDS = Words(
    said=ENGLISH,
    day=lambda day: f"{day.day} {day:%B %Y}",
    role=lambda role: role.replace("_", " ").capitalize(),
)
FINDINGS = (
    GroupFinding(
        group="Age",
        standing=Standing.AFFECTED,
        rating="Positive, Negative",
        what=STUDENTS,
        who="34 students and young workers weekly; about 700 borrowers over 65.",
        mitigation="The study room stays open until 8 on Tuesdays, with the caretaker's cover. Serves "
        "about 25 of 34.",
        justification="Nine people are left without an evening. Each has been offered a home delivery.",
    ),
    GroupFinding(
        group="Disability",
        standing=Standing.AFFECTED,
        rating="Negative",
        what="Parents of autistic children told us that Saturday morning is the one quiet hour. Losing the "
        "whole of "
        "Saturday would have ended their visits (11 of 12 who answered).",
        who="Twelve families, and perhaps thirty more people who avoid crowds.",
        mitigation="Saturday mornings stay, with a quiet hour from 9 to 10 that is printed in the leaflet.",
    ),
    GroupFinding(
        group="Pregnancy and maternity",
        standing=Standing.AFFECTED,
        rating="Unknown",
        what="Baby rhyme time moves from Thursday to Wednesday. We do not know how many could not come then.",
        who="Some 40 families come on an ordinary Thursday.",
    ),
    GroupFinding(
        group="Race",
        standing=Standing.AFFECTED,
        rating="Negative",
        what="The Somali homework club meets on Monday evenings and has no other room within a mile.",
        who="22 children and five volunteers.",
        needs_answer=True,
    ),
    GroupFinding(
        group="Sex",
        standing=Standing.AFFECTED,
        rating="Negative",
        what="Seven of nine staff are women who work part time; two would lose their only evening shift.",
        who="Two members of staff.",
        mitigation="Both keep their hours: the shifts move to the contact centre, and both have agreed in "
        "writing.",
    ),
    GroupFinding(
        group="Religion or belief", standing=Standing.NO_DIFFERENCE, rating="Neutral", what="No group meets."
    ),
    GroupFinding(
        group="Sexual orientation", standing=Standing.NO_DIFFERENCE, rating="Neutral", what="No difference."
    ),
    GroupFinding(
        group="Gender reassignment",
        standing=Standing.NOT_RELEVANT,
        what="Opening hours are the same for all, and nobody told us of a need for evenings.",
    ),
    GroupFinding(
        group="Marriage and civil partnership",
        standing=Standing.NOT_RELEVANT,
        what="It counts only in work, and no member of staff is treated differently because of it.",
    ),
)
IMPACT = Grid(
    label="What would happen to this group?",
    columns=(
        "What is the impact on this group?",
        "What happens to them, and how do you know?",
        "Who exactly, and how many?",
        "What will you do to avoid or reduce the harm?",
        "If harm remains, why is it justified?",
    ),
    rows=tuple(
        GroupRow(
            group=each.group, cells=(each.rating, each.what, each.who, each.mitigation, each.justification)
        )
        for each in FINDINGS
        if each.rating
    ),
)
SCREENING = Grid(
    label="Who could this affect?",
    columns=(
        "Is the proposal relevant to this group?",
        "What effect would you expect?",
        "Why do you say so?",
    ),
    rows=(
        GroupRow(
            group="Age", cells=("Relevant", "Negative", "Evening users are young; many borrowers are old.")
        ),
        GroupRow(
            group="Disability", cells=("Relevant", "Negative", "Quiet hours matter to autistic visitors.")
        ),
        GroupRow(
            group="Race", cells=("There is no evidence to tell", "Unknown", "We do not ask for ethnic group.")
        ),
        GroupRow(
            group="Gender reassignment", cells=("Not relevant", "", "Opening hours are the same for all.")
        ),
    ),
)
PARTS = (
    Part(
        name="schedule",
        title="What is being assessed",
        items=(
            Said(name="purpose", label="What is proposed, and what is it meant to achieve?", text=PURPOSE),
            Said(name="kind", label="What kind of thing is it?", text="A service or a change to one"),
            Said(
                name="who_is_affected",
                label="Who will notice a difference?",
                text="About 2,300 people borrow each month; a third are over 65.\n\nTwo community groups "
                "meet in the "
                "evening, with 60 members.\nNine staff, seven of them women working part time.",
            ),
        ),
    ),
    Part(
        name="screening",
        title="Screening",
        items=(
            SCREENING,
            Said(
                name="outcome_reason",
                label="Why should this go further, or why not?",
                text="Two groups could be harmed and for one we cannot tell.",
            ),
        ),
    ),
    Part(
        name="impact",
        title="Impact",
        items=(
            Said(
                name="alternatives",
                label="What other ways of reaching the aim did you look at?",
                text="Closing one building would save more but leave two wards with none within a mile.",
            ),
            IMPACT,
            Said(
                name="changed_proposal",
                label="What have you changed in the proposal because of what you found?",
                text="Saturday mornings were to go. After the answers from parents of disabled children "
                "they stay, and "
                "Thursday closes at 5 instead.",
            ),
            Said(
                name="combinations",
                label="Are some people affected because they belong to several groups at once?",
                text="Most carers who come on weekday evenings are women over 50, many of South Asian "
                "origin. They "
                "lose both the hours and the only place that they told us feels safe.",
            ),
        ),
    ),
    Part(
        name="outcome",
        title="Recommended outcome",
        items=(
            Said(
                name="recommended_outcome",
                label="What should happen to the proposal?",
                text="Go ahead with changes",
            ),
            Said(
                name="outcome_reason",
                label="Why?",
                text="Evening users lose most, and 25 of 34 students keep Tuesdays. Older and disabled "
                "people keep "
                "Saturday, which they asked for above all. Nine people are left worse off; each has been "
                "offered a "
                "home delivery.",
            ),
        ),
    ),
)
HEARD = (
    Heard(
        method="Survey online and on paper",
        invited="All 2,300 borrowers, in large print on request; the Deaf club with an interpreter.",
        opens_on=date(2026, 9, 1),
        closes_on=date(2026, 10, 26),
        groups=("Age", "Disability", "Race", "Sex"),
        heard=("Age", "Disability", "Sex"),
        summary="186 answers. 140 were against losing Saturdays, above all parents of disabled children "
        "(11 of 12), "
        "for whom it is the one quiet place. 30 would give up Thursday instead.",
        changed="Saturday mornings stay. Thursday closes at 5 instead of 8.",
        not_heard_because="The homework club had no answer in time; its leader was rung twice and is "
        "visited in May.",
    ),
    Heard(
        method="Meeting with the carers' forum",
        invited="Its 40 members.",
        opens_on=date(2026, 10, 7),
        closes_on=date(2026, 10, 7),
        groups=("Disability", "Sex"),
        heard=("Disability", "Sex"),
        summary="Fourteen came. They asked for one evening that does not change from month to month.",
        changed="Tuesday is fixed as the late evening for two years.",
        not_heard_because="",
    ),
)
SOURCES = (
    Source(
        title="Visits by hour, May 2026",
        kind=EvidenceKind.SERVICE_DATA,
        published_on=date(2026, 6, 1),
        groups=("Age",),
        finding="41 % of visits are by people over 65 (the town: 19 %). After 5 it is 9 %.",
        link="https://www.example.org/visits",
    ),
    Source(
        title="Census, Northgate ward",
        kind=EvidenceKind.CENSUS,
        published_on=date(2022, 11, 29),
        groups=("Age", "Disability", "Race"),
        finding="18 % say that they are disabled; 9 % were born in Somalia or have parents who were.",
        link="",
    ),
    Source(
        title="How many families could not come on a Wednesday",
        kind=EvidenceKind.GAP,
        published_on=None,
        groups=("Pregnancy and maternity",),
        finding="Nobody has asked the families of rhyme time.",
        link="",
        closed_by="Ask every family at rhyme time for four weeks",
    ),
)
PROMISES = (
    Promise(
        what="Print the quiet hour in the leaflet and on the door",
        leads=("Rowan Field",),
        target="31 January 2027",
        latest=date(2027, 1, 31),
        state=ActionState.DONE,
        is_overdue=False,
        group="Disability",
        note="Leaflet of January, page 2",
    ),
    Promise(
        what="Ask every family at rhyme time for four weeks, and bring Thursday back if ten or more could "
        "not come",
        leads=("Children's librarian", "Sal Winter"),
        target="spring 2027",
        latest=date(2027, 5, 31),
        state=ActionState.OPEN,
        is_overdue=False,
        group="Pregnancy and maternity",
        outcome="Fewer than ten families lost",
    ),
    Promise(
        what="Find the homework club a room within a mile",
        leads=(),
        target="when the lease ends",
        latest=None,
        state=ActionState.OPEN,
        is_overdue=False,
    ),
)
SIGNATURES = (
    SignatureLine(
        name="Imogen Hale",
        job_title="Head of libraries",
        role=Role.HEAD_OF_SERVICE,
        outcome=SignatureOutcome.SIGNED,
        on=date(2027, 2, 20),
        content_hash=OLD_HASH,
        counts=False,
    ),
    SignatureLine(
        name="Imogen Hale",
        job_title="Head of libraries",
        role=Role.HEAD_OF_SERVICE,
        outcome=SignatureOutcome.SIGNED,
        on=date(2027, 3, 1),
        content_hash=HASH,
        counts=True,
    ),
    SignatureLine(
        name="Femi Lark",
        job_title="Director of communities",
        role=Role.DIRECTOR,
        outcome=SignatureOutcome.SIGNED,
        on=date(2027, 3, 3),
        content_hash=HASH,
        counts=True,
        comment="The homework club's room must be settled before the change.",
    ),
)
FILES = (
    AttachedFile(
        section="consultation",
        part="",
        name="Survey results with a long name that somebody once gave it, final (2).xlsx",
        kind=FileKind.XLSX,
        size=1_240_300,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    AttachedFile(
        section="impact",
        part="Impact on each group",
        name="bus times.csv",
        kind=FileKind.TEXT,
        size=12,
        sha256="60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    ),
)
LIBRARY = Record(
    kind=RecordKind.WHOLE,
    language="en",
    body="Ashmere Borough Council",
    reference="COM-2026-014",
    title="Northgate Library: opening hours",
    version=2,
    department="Communities",
    stage="Follow-up",
    ended_on=None,
    leads=("Jules Marsh, Library manager",),
    champions=("Nell Cooper, Equality champion",),
    decision_body="Cabinet",
    decision_on=date(2027, 2, 24),
    decision_outcome="",
    approved_on=date(2027, 3, 3),
    review_on=date(2028, 3, 3),
    after_decision=True,
    content_hash=HASH,
    printed_on=date(2027, 3, 10),
    parts=PARTS,
    findings=FINDINGS,
    heard=HEARD,
    sources=SOURCES,
    promises=PROMISES,
    signatures=SIGNATURES,
    attested="I have read this assessment, with its evidence and what people said.",
    files=FILES,
)
