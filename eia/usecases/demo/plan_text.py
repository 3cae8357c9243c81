"""The demonstration's action plans, written as the tables that councils publish."""

from __future__ import annotations

from typing import Any

from eia.usecases.demo.cast import read

GENERIC_A_YEAR = 14
SPECIFIC_A_YEAR = 3


def plan_document(department: dict[str, Any], name: str, place: int, year: int, turn: int) -> str:
    """One department's plan for the financial year that starts in `year`; `turn` counts its plans from 0."""
    fy = f"{year}/{(year + 1) % 100:02d}"
    rows = "\n".join(_rows(department, place, year, turn))
    return (
        f"{name}\n\nEquality action plan {fy}\n\n"
        "Progress is reported to the department's management team every quarter.\n\n"
        f"Objective (and lead officer)\tDetailed action\tTarget date\tPlanned outcome\n{rows}\n"
    )


def newer_document(text: str, year: int) -> str:
    """The same plan as the department sends it again in the summer: a date later, and one promise more."""
    later = text.replace(f"Autumn {year}", f"January {year + 1}")
    promise = "Tell residents what this plan has changed so far"
    return f"{later}\tObjective 9.1 {promise}\tMarch {year + 1}\tOne page online\n"


def _rows(department: dict[str, Any], place: int, year: int, turn: int) -> list[str]:
    headings = [each["heading"] for each in read("plans")["priority"]]
    chosen = _chosen(department, place, turn)
    share = -(-len(chosen) // len(headings))
    rows = []
    for number, objective in enumerate(chosen):
        priority, within = divmod(number, share)
        lead = department["leads"][(number + turn) % len(department["leads"])]
        first = f"Priority {priority + 1} {headings[priority]} {lead}" if within == 0 else lead
        text = objective["text"].format(service=department["service"])
        rows.append(
            f"{first}\tObjective {priority + 1}.{within + 1} {text}\t{_dated(objective['target'], year)}"
            f"\t{objective['outcome'].format(service=department['service'])}"
        )
    return rows


def _chosen(department: dict[str, Any], place: int, turn: int) -> list[dict[str, str]]:
    generic = read("plans")["generic"]
    start = (place * 5 + turn * 11) % len(generic)
    shared = [generic[(start + step) % len(generic)] for step in range(GENERIC_A_YEAR)]
    own = department["specific"][turn * SPECIFIC_A_YEAR : (turn + 1) * SPECIFIC_A_YEAR]
    return [*shared, *own]


def _dated(target: str, year: int) -> str:
    return target.format(y=year, y1=year + 1, y2=year + 2, fy=f"{year}/{(year + 1) % 100:02d}")
