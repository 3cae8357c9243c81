"""Commands on a database that is not there yet say what to do."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from eia.cli import main


@pytest.mark.parametrize(
    "command",
    [["remind", "--dry-run"], ["audit", "verify"], ["plan", "import", __file__, "--department", "FIN"]],
)
def test_without_an_installation_a_command_says_how_to_begin(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EIA_DATA_DIR", str(tmp_path / "not there yet"))
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "Run: eia begin" in done.output
