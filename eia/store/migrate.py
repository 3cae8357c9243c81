"""Brings a database to the shape this release expects; the steps are in `migrations/`, found by path."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

import eia
from eia.store.database import Database


def head() -> str:
    """The revision that this release expects."""
    return (_folder() / "HEAD").read_text().strip()


def current(database: Database) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(database: Database) -> None:
    """Runs every migration that is missing; a database that is up to date costs one look."""
    if current(database) == head():
        return
    from alembic import command  # a fifth of a second that a start on a current database need not spend
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_folder()))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _folder() -> Path:
    """Inside the package in a wheel, beside it in a checkout."""
    package = Path(eia.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"
