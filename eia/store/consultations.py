"""Consultation rows of one assessment."""

from __future__ import annotations

from sqlalchemy import RowMapping, bindparam, select

from eia.domain.consultation import Consultation
from eia.store.section_items import ItemRows
from eia.store.tables import consultation

SAME = ("method", "invited", "opens_on", "closes_on", "summary", "changed", "not_heard_because")


def _columns(item: Consultation) -> dict[str, object]:
    groups = {"characteristics": list(item.characteristics), "heard": list(item.heard)}
    return groups | {name: getattr(item, name) for name in SAME}


def _value(row: RowMapping) -> Consultation:
    return Consultation(
        id=row["id"],
        characteristics=tuple(row["characteristics"]),
        heard=tuple(row["heard"]),
        **{name: row[name] for name in SAME},
    )


ACTIVITIES = ItemRows(
    table=consultation,
    listed=select(consultation)
    .where(consultation.c.assessment_id == bindparam("assessment_id"))
    .order_by(consultation.c.opens_on, consultation.c.id),
    value=_value,
    columns=_columns,
)
"""Soonest first."""

of_assessment = ACTIVITIES.of_assessment
