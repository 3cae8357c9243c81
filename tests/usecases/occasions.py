"""An assessment at each of its occasions, for tests of who is told of them and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update

from eia.domain.occasions import Occasion
from eia.domain.people import Role
from eia.domain.target_date import TargetDate, TargetKind
from eia.store import tables
from tests.usecases.council import LONG_AGO, Council

NO_DATE = TargetDate(raw="", kind=TargetKind.UNKNOWN)
PAPERS_AFTER = timedelta(days=8)  # from the papers' Monday to the decision, six working days on


@dataclass(kw_only=True)
class At:
    """An occasion on a day: what it is about, who is told, how its day moves and how it is over."""

    here: Council
    subject_id: UUID
    told: UUID
    move_to: Callable[[date], None]
    settle: Callable[[], None]


def set_row(here: Council, table: object, row_id: UUID, **values: object) -> None:
    with here.services.database.write() as work:
        work.connection.execute(
            update(table).where(table.c.id == row_id).values(**values)  # type: ignore[arg-type, attr-defined]
        )


def assessment_at(here: Council, stage: str, **columns: object) -> UUID:
    """An assessment led by the council's lead that stands at the stage."""
    assessment_id = here.assessment(NO_DATE, lead_id=here.lead)
    set_row(here, tables.assessment, assessment_id, **{"stage": stage, "stage_due_on": LATER, **columns})
    return assessment_id


LATER = date(2030, 1, 1)


def turn(here: Council, day: date) -> At:
    """A quality review that a champion should have finished by the day."""
    champion = here.person("Cleo Champion")
    one = assessment_at(here, "quality_review", stage_due_on=day)
    here.add(tables.assignment, assessment_id=one, person_id=champion, role="champion")
    return At(
        here=here,
        subject_id=one,
        told=champion,
        move_to=lambda to: set_row(here, tables.assessment, one, stage_due_on=to),
        settle=lambda: set_row(here, tables.assessment, one, stage="analysis", stage_due_on=LATER),
    )


def signature(here: Council, day: date) -> At:
    """A signature that the head of service should give by the day, before the director may."""
    here.person("Dale Director", Role.DIRECTOR, department_id=here.department_id)
    one = assessment_at(here, "sign_off", stage_due_on=day, content_hash="as recommended")
    return At(
        here=here,
        subject_id=one,
        told=here.head,
        move_to=lambda to: set_row(here, tables.assessment, one, stage_due_on=to),
        settle=lambda: sign(here, one, here.head, Role.HEAD_OF_SERVICE),
    )


def sign(here: Council, assessment_id: UUID, person_id: UUID, role: Role) -> None:
    here.add(
        tables.sign_off,
        id=uuid4(),
        assessment_id=assessment_id,
        person_id=person_id,
        role=role.value,
        name="",
        job_title="",
        outcome="signed",
        attestation="",
        comment="",
        content_hash="as recommended",
        lapsed=False,
        at=LONG_AGO,
    )


def activity(here: Council, day: date) -> UUID:
    """A survey on an assessment at consultation, which closes on the day."""
    activity_id = uuid4()
    here.add(
        tables.consultation,
        id=activity_id,
        assessment_id=assessment_at(here, "consultation"),
        method="Survey",
        invited="Everybody on the list",
        characteristics=["disability"],
        heard=[],
        closes_on=day,
        summary="",
        changed="",
        not_heard_because="",
        written_by=here.lead,
        written_at=LONG_AGO,
    )
    return activity_id


def closing(here: Council, day: date) -> At:
    """A consultation that closes on the day, under a lead who may call it off by taking it out."""
    one = activity(here, day)
    return At(
        here=here,
        subject_id=one,
        told=here.lead,
        move_to=lambda to: set_row(here, tables.consultation, one, closes_on=to),
        settle=lambda: hold_everything(here),
    )


def hold_everything(here: Council) -> None:
    with here.services.database.write() as work:
        work.connection.execute(update(tables.assessment).values(stage="on_hold", held_from="consultation"))


def invitation(here: Council, day: date, *, confirmed: bool = True) -> At:
    """An outside body asked to answer by the day, and its secretary, who has no account."""
    secretary = here.person("Sam Secretary")
    one, consultation_id = uuid4(), activity(here, day)
    here.add(
        tables.invitation,
        id=one,
        consultation_id=consultation_id,
        party_id=here.party(secretary, confirmed=confirmed),
        invited_on=day - timedelta(days=28),
        written_by=here.lead,
        written_at=LONG_AGO,
    )
    return At(
        here=here,
        subject_id=one,
        told=secretary,
        move_to=lambda to: set_row(here, tables.consultation, consultation_id, closes_on=to),
        settle=lambda: set_row(here, tables.invitation, one, answered_on=day - timedelta(days=7)),
    )


def silent(here: Council, day: date) -> At:
    """The same for the lead."""
    found = invitation(here, day, confirmed=False)
    found.told = here.lead
    return found


def papers(here: Council, day: date) -> At:
    """A decision whose papers go out on the day, a Monday, and an assessment that nobody has approved."""
    one = assessment_at(here, "analysis", decision_on=day + PAPERS_AFTER)
    return At(
        here=here,
        subject_id=one,
        told=here.lead,
        move_to=lambda to: set_row(here, tables.assessment, one, decision_on=to + PAPERS_AFTER),
        settle=lambda: set_row(here, tables.assessment, one, approved_on=day),
    )


def decision(here: Council, day: date) -> At:
    """A decision on the day, on what is approved."""
    one = assessment_at(here, "follow_up", decision_on=day, approved_on=day - timedelta(days=30))
    return At(
        here=here,
        subject_id=one,
        told=here.lead,
        move_to=lambda to: set_row(here, tables.assessment, one, decision_on=to),
        settle=lambda: close(here, one),
    )


def review(here: Council, day: date) -> At:
    """A review due on the day."""
    one = assessment_at(here, "follow_up", review_on=day)
    return At(
        here=here,
        subject_id=one,
        told=here.lead,
        move_to=lambda to: set_row(here, tables.assessment, one, review_on=to),
        settle=lambda: close(here, one),
    )


def close(here: Council, assessment_id: UUID) -> None:
    set_row(here, tables.assessment, assessment_id, stage="closed", is_open=False)


OCCASIONS: dict[Occasion, Callable[[Council, date], At]] = {
    Occasion.TURN: turn,
    Occasion.SIGNATURE: signature,
    Occasion.CLOSING: closing,
    Occasion.SILENT: silent,
    Occasion.INVITATION: invitation,
    Occasion.PAPERS: papers,
    Occasion.DECISION: decision,
    Occasion.REVIEW: review,
}


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
