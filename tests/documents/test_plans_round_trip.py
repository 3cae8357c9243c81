"""Whatever a plan says, written to a file of any kind it is read back as it was said."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eia.documents.plan_reading.cells import Block
from eia.documents.plan_reading.layout import Role, Words
from tests.documents.plan_writers import WRITERS, Part, Table, read_here

TITLE = Words(line=1, text="Wexmoor equality action plan 2010/11", role=Role.HEADING)
HEAD = tuple((Block(text=text),) for text in ("Objective", "Action", "By when", "Lead", "Outcome"))

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéüâ", min_size=2, max_size=9)
MARKED = st.sampled_from(
    ["R&D", "<insert name>", "50%", "a|b", '"quoted"', "o'clock", "one, two;", "(if any)"]
)
SENTENCE = st.lists(st.one_of(WORD, WORD, WORD, MARKED), min_size=1, max_size=25).map(
    lambda words: f"Say {' '.join(words)} again."
)
DATE = st.sampled_from(
    ["May 2010", "31.3.11", "Q3 2010/11", "ongoing", "Autumn 2010 (tbc)", "by Easter 2011"]
)
LEADS = st.sampled_from([("A Smith",), ("B Jones", "C Hall"), ("Equality Officer",)])


@dataclass(frozen=True, kw_only=True)
class Said:
    """One row as its writer meant it."""

    text: str
    date: str
    leads: tuple[str, ...]
    outcome: str
    items: tuple[str, ...]


ROWS = st.lists(
    st.builds(
        Said,
        text=SENTENCE,
        date=DATE,
        leads=LEADS,
        outcome=SENTENCE,
        items=st.lists(WORD, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=6,
)


def table(rows: list[Said]) -> Table:
    return Table(rows=(HEAD, *(_row(number, row) for number, row in enumerate(rows, start=1))), has_head=True)


def _row(number: int, row: Said) -> tuple[tuple[Block, ...], ...]:
    heading = (Block(text="Priority 1 Plan ahead"),) if number == 1 else ()
    action = (Block(text=f"Action 1.{number} {row.text}"), *(Block(text=i, is_item=True) for i in row.items))
    return (
        heading,
        action,
        (Block(text=row.date),),
        (Block(text=" / ".join(row.leads)),),
        (Block(text=row.outcome),),
    )


@pytest.mark.parametrize("kind", WRITERS)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS)
def test_what_is_written_to_a_file_is_read_back(kind: str, rows: list[Said]) -> None:
    parts: list[Part] = [TITLE, table(rows)]

    found = read_here(WRITERS[kind](parts))

    assert found.title == TITLE.text
    assert [
        (each.label, each.target.raw, tuple(lead.name for lead in each.leads)) for each in found.actions
    ] == [(f"Action 1.{number}", row.date, row.leads) for number, row in enumerate(rows, start=1)]
    assert [(each.text, each.outcome) for each in found.actions] == [
        ("\n".join([row.text, *(f"- {item}" for item in row.items)]), row.outcome) for row in rows
    ]
    assert found.left_over == ()
