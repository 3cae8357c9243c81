"""`eia plan`: read an action plan and see how it was understood."""

from __future__ import annotations

import json
from pathlib import Path

import click

from eia.cli.plan_report import plan_report
from eia.cli.services import services_in_use
from eia.documents.plan_reading import plan_as_json, read_file
from eia.domain.errors import Invalid, NotAllowed
from eia.domain.plan import PlanRead
from eia.domain.target_date import parse_period
from eia.usecases.plan_import import Imported, import_plan
from eia.usecases.plan_importer import department_called, importer
from eia.usecases.plan_readings import PlanFile


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


@plan.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--department", required=True, metavar="CODE", help="Whose plan it is, as FIN.")
@click.option("--period", help="The years it covers, as 2008/09; else taken from its title.")
@click.option("--as", "email", metavar="EMAIL", help="Who imports it; else the only equality officer.")
def import_command(file: Path, department: str, period: str | None, email: str | None) -> None:
    """Keep the actions and assessments that a plan promises. The same file again changes nothing."""
    services = services_in_use()
    try:
        actor = importer(services, email)
        made = import_plan(
            services,
            actor,
            PlanFile(
                name=file.name,
                content=file.read_bytes(),
                department_id=department_called(services, actor, department),
                period=period or "",
            ),
        )
    except OSError as unreadable:
        raise Unreadable(f"{file} cannot be read: {unreadable.strerror}.") from unreadable
    except Invalid as invalid:
        raise Unreadable(" ".join(invalid.problems.values())) from None
    except NotAllowed as refusal:
        raise click.ClickException(refusal.reason) from None
    click.echo(_said(made))


def _said(made: Imported) -> str:
    counts = f"{made.actions} actions, {made.assessments} assessments"
    if made.already:
        return f"This file was imported before ({counts}). Nothing changed."
    doubts = [f"  - {problem}" for problem in made.problems]
    return "\n".join([f"Imported: {counts}.", *(["To confirm:", *doubts] if doubts else [])])


def plan_from(file: Path, period: str | None) -> PlanRead:
    """The plan in `file`. Raises `Unreadable` for a file or period that cannot be read."""
    try:
        years = parse_period(period) if period is not None else None
        return read_file(file.read_bytes(), period=years)
    except OSError as unreadable:
        raise Unreadable(f"{file} cannot be read: {unreadable.strerror}.") from unreadable
    except Invalid as invalid:
        said = invalid.problems.get("period") or f"{file} cannot be read. {invalid.problems['file']}."
        raise Unreadable(said) from invalid
