"""The migrations are one line of history, and its end is written down."""

from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory


@pytest.fixture(scope="module")
def history(root: Path) -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(root / "migrations"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_head_names_the_newest_migration(root: Path, history: ScriptDirectory) -> None:
    """Two branches that each add a migration collide in git, not in production."""
    assert history.get_heads() == [(root / "migrations" / "HEAD").read_text("utf-8").strip()]


def test_every_migration_says_what_it_is_for(history: ScriptDirectory) -> None:
    assert [script.revision for script in history.walk_revisions() if not script.doc] == []
