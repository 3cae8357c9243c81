"""Connections to SQLite or PostgreSQL: snapshots to read from, and one transaction at a time to write in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL

from eia.store.unit_of_work import UnitOfWork, unit_of_work

WAIT_SECONDS = 30  # how long a writer waits for another before it gives up


class Database:
    """One database, asked through two pools: what reads cannot write, by the database's own refusal."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(make_url(url))
        sqlite = self.url.get_backend_name() == "sqlite"
        self._writing = _sqlite_engine(self.url, "write") if sqlite else _postgres_engine(self.url, "write")
        self._reading = _sqlite_engine(self.url, "read") if sqlite else _postgres_engine(self.url, "read")

        self._writer = _OneWriter(self._writing) if sqlite else self._writing.connect
        self._light = None if sqlite else _postgres_engine(self.url, "write lightly")

    @property
    def dialect(self) -> str:
        """The database's kind: "sqlite" or "postgresql"."""
        return self._writing.dialect.name

    @property
    def engine(self) -> Engine:
        """What migrations run on; everything else reads or writes through the two methods below."""
        return self._writing

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """One transaction, committed on a clean exit and rolled back on any exception."""
        return unit_of_work(self._writer)

    def write_lightly(self) -> AbstractContextManager[UnitOfWork]:
        """One transaction that a killed process keeps, and a host that loses its power may not.

        It does not wait for the disk, and is on it with the next one that does.
        """
        return unit_of_work(self._light_writer)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot: every query inside sees the same moment, and nothing can be written."""
        with self._reading.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def in_a_hurry(self) -> Iterator[None]:
        """Meanwhile SQLite's commits do not wait for the disk; at the end everything is on it.

        Only for making what can be made again, such as a demonstration: a power cut meanwhile may cost all.
        """
        if not isinstance(self._writer, _OneWriter):
            yield
            return
        self._writer.pragma("synchronous = OFF")
        try:
            yield
        finally:
            self._writer.pragma("synchronous = FULL")
            self._writer.pragma("wal_checkpoint(TRUNCATE)")

    def _light_writer(self) -> AbstractContextManager[Connection]:
        if isinstance(self._writer, _OneWriter):
            return self._writer.lightly()
        assert self._light is not None
        return self._light.connect()

    def close(self) -> None:
        """Every connection of every pool is closed."""
        if isinstance(self._writer, _OneWriter):
            self._writer.close()
        if self._light is not None:
            self._light.dispose()
        self._writing.dispose()
        self._reading.dispose()


class _OneWriter:
    """SQLite has one writer at a time: ours wait for each other here, in a queue that costs nothing.

    Waiting inside SQLite means asking again and again, and the unlucky ask longest. A writer within a writer
    on one thread is a mistake, and fails at once.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = RLock()
        self._connection: Connection | None = None

    @contextmanager
    def __call__(self) -> Iterator[Connection]:
        with self._turn:
            if self._connection is None:
                self._connection = self._engine.connect()
            yield self._connection

    @contextmanager
    def lightly(self) -> Iterator[Connection]:
        """The connection, whose commits do not wait for the disk meanwhile."""
        with self() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA synchronous = NORMAL")
            try:
                yield connection
            finally:
                raw.execute("PRAGMA synchronous = FULL")

    def pragma(self, words: str) -> None:
        """Said outside any transaction, where SQLite listens."""
        with self() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute(f"PRAGMA {words}").fetchall()

    def close(self) -> None:
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _with_driver(url: URL) -> URL:
    """postgres:// and postgresql:// mean psycopg 3."""
    plain = url.drivername in ("postgres", "postgresql")
    return url.set(drivername="postgresql+psycopg") if plain else url


def _sqlite_engine(url: URL, purpose: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": WAIT_SECONDS},
        pool_size=10,
        max_overflow=20,
        hide_parameters=True,  # else an error's text, and so the log, has people's words in it
    )
    # A deferred BEGIN that turns into a write fails at once where IMMEDIATE waits its turn.
    begin = "BEGIN IMMEDIATE" if purpose == "write" else "BEGIN"

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN is deferred: we say ours below
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if purpose == "read":
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]

    return engine


def _postgres_engine(url: URL, purpose: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=False,
        hide_parameters=True,
        connect_args={"options": "-c synchronous_commit=off"} if purpose == "write lightly" else {},
    )
    if purpose == "read":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine
