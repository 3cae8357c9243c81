"""The same plan as Word, Excel, OpenDocument, CSV, web page, Markdown and PDF reads the same as its text."""

import json
import re
from pathlib import Path

import pytest

from eia.documents.plan_reading import plan_as_json, plan_text, read_file, read_plan
from eia.documents.plan_reading.readers import pieces_of
from eia.domain.plan import PlanRead
from tests.documents.plan_writers import WRITERS, parts_of, read_here

PLANS = Path(__file__).parent.parent / "fixtures" / "plans"
SEEDS = (
    "dudley-finance-2008-09.txt",
    "high-peak-staffordshire-moorlands-2009-11.txt",
    "kent-communities-2009.txt",
    "salford-improvement-plan-2009.txt",
)
_LINES = re.compile(r"\b([Ll])ines? \d+(?: to \d+)?(?:, \d+)*(?:: [^()]+| \([^()]+\))?(?: was| were)?")


def told(plan: PlanRead) -> object:
    """What `eia plan read --json` prints, without where it stands, which is another place in each kind.

    Nor that a row was cut: whether a page ends there is for each kind to say.
    """

    def placeless(value: object) -> object:
        if isinstance(value, dict):
            return {key: placeless(each) for key, each in value.items() if key != "lines"}
        if isinstance(value, list):
            return [placeless(each) for each in value if not str(each).startswith("Joined from lines")]
        return _LINES.sub(r"\1ine N", value) if isinstance(value, str) else value

    return placeless(json.loads(json.dumps(plan_as_json(plan))))


def assert_reads_the_same(text: str, kind: str) -> None:
    written = WRITERS[kind](parts_of(pieces_of(text)))

    assert told(read_here(written)) == told(read_plan(text))


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("plan", sorted(path.name for path in PLANS.iterdir()))
def test_our_own_plans_read_the_same_from_every_kind_of_file(plan: str, kind: str) -> None:
    assert_reads_the_same(plan_text((PLANS / plan).read_bytes()), kind)


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_real_plans_read_the_same_from_every_kind_of_file(seeds: Path, seed: str, kind: str) -> None:
    assert_reads_the_same(plan_text((seeds / seed).read_bytes()), kind)


@pytest.mark.parametrize("kind", WRITERS)
def test_every_line_of_a_file_is_kept_to_be_shown(kind: str) -> None:
    text = plan_text((PLANS / "wexmoor-tarnside-2012-14.md").read_bytes())

    read = read_file(WRITERS[kind](parts_of(pieces_of(text))))

    shown = {line.number: line.text for line in read.lines}
    assert len(shown) == len(read.lines)
    for action in read.actions:
        assert action.text.split("\n")[0] in " ".join(
            shown.get(number, "") for number in range(action.passage.first_line, action.passage.last_line + 1)
        )


def test_places_are_named_as_people_find_them() -> None:
    text = plan_text((PLANS / "lindenvale-housing-2010-11.txt").read_bytes())
    parts = parts_of(pieces_of(text))

    def place(kind: str) -> str:
        read = read_file(WRITERS[kind](parts))
        first = read.actions[0].passage.first_line
        return next(line.place for line in read.lines if line.number == first)

    assert [place(kind) for kind in ("docx", "xlsx", "ods", "html", "pdf")] == [
        "table 1, row 2",
        "sheet Plan, row 8",
        "sheet Plan, row 8",
        "table 1, row 2",
        "page 1",
    ]


def test_a_doubt_says_where_to_look_in_a_file_without_lines() -> None:
    text = plan_text((PLANS / "wexmoor-tarnside-2012-14.md").read_bytes())
    read = read_file(WRITERS["docx"](parts_of(pieces_of(text))))

    assert any("(table 1, row 2)" in problem for each in read.actions for problem in each.problems)
    assert any("table 2, row 2; table 4, row 2" in doubt for doubt in read.doubts)
