"""Where a process can be cut: before and after each statement, each COMMIT, each connection given back."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool


def die_at(place: int) -> None:
    """This process is killed at the so-manieth boundary it comes to, counted from 1."""
    passed = 0

    def passing(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == place:
            os.kill(os.getpid(), signal.SIGKILL)

    _at_every_boundary(passing)


def _at_every_boundary(passing: Callable[..., None]) -> None:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, *args: Any, **options: Any) -> Any:
            passing()
            try:
                return super().execute(*args, **options)
            finally:
                passing()

    @event.listens_for(Pool, "connect")
    def connected(raw: Any, record: object) -> None:
        if isinstance(raw, sqlite3.Connection):
            raw.set_trace_callback(passing)  # also what is given to the driver past SQLAlchemy, and COMMIT
        else:
            raw.cursor_factory = Cursor

    event.listen(Engine, "commit", passing)
    event.listen(Pool, "reset", passing)  # after COMMIT
