"""`eia plan`: read an action plan and see how it was understood."""

from __future__ import annotations

import json
from pathlib import Path

import click

from eia.cli.plan_report import plan_report
from eia.documents.plan_reading import plan_as_json, plan_text, read_plan
from eia.domain.errors import Invalid
from eia.domain.plan import PlanRead
from eia.domain.target_date import parse_period


class Unreadable(click.ClickException):
    """One sentence on the error stream, and code 2 as for any wrong argument."""

    exit_code = 2


@click.group()
def plan() -> None:
    """Read action plans, and import what they promise."""


@plan.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--period", help="The years it covers, as 2008/09; else taken from its title.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def read_command(file: Path, period: str | None, as_json: bool) -> None:
    """Show the actions, dates and leads of a plan, and what could not be read. Nothing is stored."""
    found = plan_from(file, period)
    if as_json:
        click.echo(json.dumps(plan_as_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo(plan_report(found))


def plan_from(file: Path, period: str | None) -> PlanRead:
    """The plan in `file`. Raises `Unreadable` for a file or period that cannot be read."""
    try:
        years = parse_period(period) if period is not None else None
        return read_plan(plan_text(file.read_bytes()), period=years)
    except OSError as unreadable:
        raise Unreadable(f"{file} cannot be read: {unreadable.strerror}.") from unreadable
    except Invalid as invalid:
        said = invalid.problems.get("period") or f"{file} cannot be read: {invalid.problems['file']}"
        raise Unreadable(said) from invalid
