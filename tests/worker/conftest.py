"""The installation that the worker works for."""

from __future__ import annotations

from pathlib import Path

import pytest

from eia.settings import Settings
from eia.store.database import Database


@pytest.fixture
def settings(sqlite_database: Database, tmp_path: Path) -> Settings:
    """On SQLite and the embedded queue, with mail at any hour."""
    return Settings(
        data_dir=tmp_path / "data",
        database_url=str(sqlite_database.url),
        base_url="https://eia.example.org",
        mail_hours=None,
    )
