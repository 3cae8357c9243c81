"""Evidence rows of one assessment."""

from __future__ import annotations

from sqlalchemy import RowMapping, bindparam, select

from eia.domain.evidence import Evidence, EvidenceKind
from eia.domain.target_date import parse_target
from eia.store.section_items import ItemRows
from eia.store.tables import evidence, party
from eia.store.targets import target_columns, target_value

NOT_DATED = parse_target("")
SAME = ("title", "published_on", "finding", "link", "is_gap", "action_id", "source_id", "lead_id")


def _columns(item: Evidence) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "characteristics": list(item.characteristics),
        **{name: getattr(item, name) for name in SAME},
        **target_columns(item.target or NOT_DATED),
    }


def _value(row: RowMapping) -> Evidence:
    return Evidence(
        id=row["id"],
        kind=EvidenceKind(row["kind"]),
        characteristics=tuple(row["characteristics"]),
        lead=row["lead"] or "",
        lead_person=row["holder_id"] if row["confirmed"] else None,
        target=target_value(row) if row["target_raw"] else None,
        **{name: row[name] for name in SAME},
    )


EVIDENCE = ItemRows(
    table=evidence,
    listed=select(evidence, party.c.name.label("lead"), party.c.holder_id, party.c.confirmed)
    .outerjoin(party, party.c.id == evidence.c.lead_id)
    .where(evidence.c.assessment_id == bindparam("assessment_id"))
    .order_by(evidence.c.written_at, evidence.c.id),
    value=_value,
    columns=_columns,
)
"""In the order in which they were written."""

of_assessment, replace = EVIDENCE.of_assessment, EVIDENCE.replace
