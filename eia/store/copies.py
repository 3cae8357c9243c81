"""The whole database as one file, made while people work, and put back where there is nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect

from eia.store.database import Database

_AS_IT_IS = ("--no-owner", "--no-privileges")  # whoever puts it back owns it


class NotCopied(Exception):
    """The copy was not made or put back; the message says why."""


def copy_out(database: Database, file: Path) -> None:
    """A copy as the database is at one moment. Raises `NotCopied`."""
    if database.dialect == "sqlite":
        _copy_sqlite(_sqlite_file(database), file)
    else:
        _run("pg_dump", ["--format=custom", *_AS_IT_IS, f"--file={file}"], database)


def copy_in(database: Database, file: Path) -> None:
    """The copy is the database now, all of it or nothing. Raises `NotCopied`."""
    if database.dialect == "sqlite":
        database.close()  # an open connection would still look at the empty file
        _copy_sqlite(file, _sqlite_file(database))
    else:
        _run("pg_restore", ["--single-transaction", "--exit-on-error", *_AS_IT_IS, str(file)], database)


def is_empty(database: Database) -> bool:
    """Whether no table is there yet."""
    with database.read() as connection:
        return not inspect(connection).get_table_names()


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own way, which waits for nobody and takes a whole moment."""
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)


def _sqlite_file(database: Database) -> Path:
    return Path(str(database.url.database))


def _run(program: str, options: Sequence[str], database: Database) -> None:
    found = shutil.which(program)
    if found is None:
        raise NotCopied(
            f"{program} is not here. Install PostgreSQL's client programs, no older than the server."
        )
    # The password goes by the environment: whoever lists the processes would see it in the command.
    address = database.url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": database.url.password} if database.url.password else {})
    done = subprocess.run(
        [found, *options, f"--dbname={address}"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotCopied(f"{program} said: {done.stderr.strip()[-500:]}")
