"""The command line: one verb a module, each a thin door to a use case."""

from __future__ import annotations

from importlib import import_module

import click

from eia import __version__

# Name, where it is, and its line in --help: a command's module is imported when it is asked for, not before.
_COMMANDS = {
    "demo": ("eia.cli.serve", "demo", "Open a council with years of invented work in the browser."),
    "up": ("eia.cli.serve", "up", "Run the pages, the clock and the mail in one process."),
    "begin": ("eia.cli.begin", "begin", "Name the body and its first administrator, on an empty database."),
    "plan": ("eia.cli.plan", "plan", "Read an action plan out of a document, or import it."),
    "remind": ("eia.cli.remind", "remind", "Say who would be reminded of what, and why; or do it."),
    "rulebook": ("eia.cli.rulebook", "rulebook", "Check workflows and forms, or draw them."),
    "audit": ("eia.cli.audit", "audit_group", "Check that the history is what was written."),
    "check": ("eia.cli.check", "check", "Say what is unsafe about this installation, and the way out."),
    "backup": ("eia.cli.backup", "backup", "Copy everything that cannot be made again into one file."),
    "restore": ("eia.cli.backup", "restore", "Put a backup back where there is nothing, with mail on hold."),
    "db": ("eia.cli.db", "db_group", "Look at the database, or bring it up to this release."),
}


class LazyGroup(click.Group):
    """Knows its commands by name, and imports the one that is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="eia %(version)s")
def main() -> None:
    """Equality impact assessments for public bodies: from schedule to sign-off, every action followed up.

    To look round, run: eia demo
    """
