"""`eia plan read` shows what was understood, or says in a sentence why nothing was."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eia.cli.plan import plan
from tests.documents.office_files import Sheet, xlsx

FIXTURE = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"


def read(*arguments: object) -> Result:
    return CliRunner().invoke(plan, ["read", *map(str, arguments)])


def test_json_is_one_object_and_nothing_else() -> None:
    result = read(FIXTURE, "--json")

    printed = json.loads(result.stdout)
    assert (len(printed["actions"]), len(printed["assessments"])) == (9, 3)


def test_a_period_may_be_told() -> None:
    printed = json.loads(read(FIXTURE, "--period", "2011/12", "--json").stdout)

    assert printed["period"] == {"from": "2011-04-01", "to": "2012-03-31"}


def test_people_see_targets_as_written_and_as_understood() -> None:
    shown = read(FIXTURE).stdout

    assert "9 actions, 3 assessments" in shown
    assert "Autumn 2010 (tbc)" in shown
    assert "= 1 September 2010 to 30 November 2010 (season), provisional" in shown
    assert "This line fell out of the table." in shown


def test_what_people_see_fits_a_terminal() -> None:
    assert max(map(len, read(FIXTURE).stdout.splitlines())) < 100


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (None, (), "cannot be read: No such file"),
        (b"PK\x03\x04\x00\x00", (), "is damaged"),
        (b"A\x00\x01", (), "not text"),
        (b"Plan", ("--period", "next year"), "'next year' is not a period"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_code_2(
    tmp_path: Path, content: bytes | None, arguments: tuple[str, ...], words: str
) -> None:
    file = tmp_path / "plan.txt"
    if content is not None:
        file.write_bytes(content)

    result = read(file, *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_document_without_a_table_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all")

    result = read(file)

    assert result.exit_code == 0
    assert "No action table was found" in " ".join(result.stdout.split())


def test_a_spreadsheet_is_read_as_its_text_and_what_was_left_over_is_shown(tmp_path: Path) -> None:
    rows = [
        ["Equality action plan 2010/11"],
        ["Action", "By when", "Lead"],
        ["1.1 Do it.", "x", "A Smith"],
        ["Not a promise"],
    ]
    file = tmp_path / "plan.txt"  # its name is not asked
    file.write_bytes(xlsx([Sheet(rows=rows, raw={"B3": '<c t="d"><v>2010-05-31</v></c>'})]))

    shown = " ".join(read(file).stdout.split())

    assert "= 31 May 2010 (day)" in shown
    assert "Line 4 (sheet Plan, row 4) was not read as part of the table" in shown
    assert "Left over - Line 4: Not a promise" in shown
