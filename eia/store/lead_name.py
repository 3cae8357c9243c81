"""The name of whoever leads an assessment, for the lines of a list."""

from __future__ import annotations

from sqlalchemy import func, select

from eia.domain.people import Role
from eia.store.tables import assessment, assignment, person

LEAD_NAME = (
    select(func.min(person.c.name))
    .join(assignment, assignment.c.person_id == person.c.id)
    .where(assignment.c.assessment_id == assessment.c.id, assignment.c.role == Role.LEAD)
    .correlate(assessment)
    .scalar_subquery()
)
"""The first by name of several leads; null where nobody is assigned."""
