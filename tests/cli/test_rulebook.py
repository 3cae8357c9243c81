from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eia.cli.rulebook import rulebook


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rulebook, list(arguments))


@pytest.fixture
def copy(tmp_path: Path, root: Path) -> Path:
    """A copy of england-1 to plant a fault in."""
    path = tmp_path / "england-1.toml"
    path.write_bytes((root / "workflows" / "england-1.toml").read_bytes())
    return path


def plant(copy: Path, old: str, new: str) -> None:
    text = copy.read_text(encoding="utf-8")
    assert old in text
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_our_rulebook_has_no_faults() -> None:
    found = run("check")
    assert found.exit_code == 0, found.output
    assert "england-1: 16 stages, 24 moves, no faults" in found.output
    assert "screening-1: " in found.output


def test_a_fault_is_printed_with_its_place_and_fails(copy: Path) -> None:
    plant(copy, 'who = ["lead", "champion"]', "who = []")
    found = run("check", str(copy))
    assert (found.exit_code, found.output) == (
        1,
        "england-1.toml: [move.close]: who: nobody may make this move\n",
    )


def test_a_file_that_cannot_be_read_is_printed_with_its_place_and_fails(copy: Path) -> None:
    plant(copy, 'name = "has_lead"', 'name = "has_leed"')
    found = run("check", str(copy))
    assert found.exit_code == 1
    assert found.output.startswith("england-1.toml: [move.schedule]: guards: 'has_leed' is not a guard")


def test_a_form_is_checked_too(root: Path) -> None:
    assert "no faults" in run("check", str(root / "forms" / "screening-1.toml")).output


def test_a_workflow_is_drawn() -> None:
    assert run("diagram", "england-1").output.startswith("stateDiagram-v2\n")


def test_a_workflow_that_there_is_not_is_named() -> None:
    found = run("diagram", "atlantis-1")
    assert (found.exit_code, found.output) == (1, "Error: There is no workflow called atlantis-1.\n")


def test_guards_are_listed_with_their_parameters() -> None:
    line = "consultation_closed(minimum_days): Every window is over, and one was open for `minimum_days` days"
    assert line in run("guards").output
