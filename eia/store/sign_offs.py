"""Signatures as given: kept for good, marked when the content they were given to has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, true, update

from eia.domain.facts import SignatureOutcome
from eia.domain.people import Role
from eia.store.tables import sign_off


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One signature or refusal, with the name and job title of that day and the words that were attested."""

    id: UUID
    person_id: UUID
    role: Role
    name: str
    job_title: str
    outcome: SignatureOutcome
    attestation: str
    comment: str
    content_hash: str
    lapsed: bool
    at: datetime


def add(connection: Connection, assessment_id: UUID, signature: Signature) -> None:
    """Keeps the signature."""
    values = {
        "id": signature.id,
        "assessment_id": assessment_id,
        "person_id": signature.person_id,
        "role": signature.role.value,
        "name": signature.name,
        "job_title": signature.job_title,
        "outcome": signature.outcome.value,
        "attestation": signature.attestation,
        "comment": signature.comment,
        "content_hash": signature.content_hash,
        "lapsed": signature.lapsed,
        "at": signature.at,
    }
    connection.execute(_ADD, values)


def lapse(connection: Connection, assessment_id: UUID) -> int:
    """Signatures of the assessment no longer count; how many that was."""
    return connection.execute(_LAPSE, {"this_id": assessment_id}).rowcount


def of_assessment(connection: Connection, assessment_id: UUID) -> tuple[Signature, ...]:
    """Every signature and refusal of this version, oldest first."""
    rows = connection.execute(_OF_ASSESSMENT, {"this_id": assessment_id})
    return tuple(
        Signature(
            id=row.id,
            person_id=row.person_id,
            role=Role(row.role),
            name=row.name,
            job_title=row.job_title,
            outcome=SignatureOutcome(row.outcome),
            attestation=row.attestation,
            comment=row.comment,
            content_hash=row.content_hash,
            lapsed=row.lapsed,
            at=row.at,
        )
        for row in rows
    )


_THIS = sign_off.c.assessment_id == bindparam("this_id")
_ADD = insert(sign_off)
_LAPSE = (
    update(sign_off)
    .where(_THIS, ~sign_off.c.lapsed, sign_off.c.outcome == SignatureOutcome.SIGNED.value)
    .values(lapsed=true())
)
_OF_ASSESSMENT = select(sign_off).where(_THIS).order_by(sign_off.c.at, sign_off.c.id)
