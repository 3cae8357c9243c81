"""Who is reminded of what on a day, and why; from the same code that sends."""

from __future__ import annotations

from datetime import date, datetime

import click

from eia.cli.services import services_in_use
from eia.domain.errors import Refusal
from eia.usecases.reminder_preview import PersonReminders, Preview, explained, next_preview, preview
from eia.usecases.reminders import sweep


@click.command()
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The day; today unless given."
)
@click.option("--dry-run", is_flag=True, help="Only say who would get what; write nothing.")
def remind(as_of: datetime | None, *, dry_run: bool) -> None:
    """Record the reminders that should exist by a day and queue one digest a person; or only show them.

    Running it again for the same day adds nothing. What was missed on earlier days is caught up.
    """
    day = as_of.date() if as_of else None
    try:
        _show(day) if dry_run else _sweep(day)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None


def _show(day: date | None) -> None:
    services = services_in_use()
    found = preview(services, as_of=day)
    click.echo(_heading(found))
    if not found.people:
        coming = next_preview(services, after=found.as_of)
        if coming is None:
            return
        click.echo("The next that would be:\n\n" + _heading(coming))
        found = coming
    for person in found.people:
        click.echo()
        click.echo("\n".join(_person(person, found.as_of)))
    if found.nobody:
        click.echo(f"\n{found.nobody} more concern somebody, but no equality officer is there to be told.")


def _heading(found: Preview) -> str:
    day = f"{found.as_of:%A} {found.as_of.day} {found.as_of:%B %Y}"
    if not found.people:
        return f"On {day} nobody would be reminded of anything new."
    things = sum(len(person.lines) for person in found.people)
    people = len(found.people)
    who = "1 person would get one mail" if people == 1 else f"{people} people would get one mail each"
    return f"On {day} {who}, about {things} {'thing' if things == 1 else 'things'}. Nothing was written."


def _person(person: PersonReminders, today: date) -> list[str]:
    lines = [f"{person.name}, {person.job_title} <{person.email}>"]
    for each in explained(person, today):
        item = each.words
        label = f" [{item.source}]" if item.source else ""
        promised = f' (promised for "{item.promised}")' if item.promised else ""
        lines += [
            f"  {item.when}{promised}",
            f"    {item.what}{label}",
            f"    {item.why}",
            f"    {each.rule}.",
        ]
    return lines


def _sweep(day: date | None) -> None:
    done = sweep(services_in_use(), as_of=day)
    click.echo(
        f"As of {done.as_of.isoformat()}: {done.created} new for {done.recipients} people, "
        f"{done.superseded} superseded, {done.cancelled} cancelled."
    )
    if done.nobody:
        click.echo(f"{done.nobody} could be told to nobody: there is no equality officer.")
    if done.held:
        click.echo(f"Mail is on hold until a person releases it: {done.held}.")
