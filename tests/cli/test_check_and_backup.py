"""`eia check`, `eia backup` and `eia restore`, as whoever looks after an installation types them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eia.cli import main
from tests.cli.test_serve import BEGIN, PASSWORD

Eia = Callable[..., Result]


@pytest.fixture
def eia(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Eia:
    """The command line of an installation that has just begun."""
    monkeypatch.setenv("EIA_DATA_DIR", str(tmp_path / "here"))
    runner = CliRunner()
    assert runner.invoke(main, [*BEGIN, "--password", PASSWORD]).exit_code == 0
    return lambda *arguments: runner.invoke(main, list(map(str, arguments)))


def test_what_may_start_for_oneself_is_not_yet_for_people(eia: Eia):
    assert eia("check").exit_code == 0
    done = eia("check", "--deploy")
    assert done.exit_code == 1
    refused = [line.split(":")[0] for line in done.output.splitlines() if line[:1].islower()]
    assert refused == [
        "base-url",
        "mail",
        "mail-from",
        "database",
        "broker",
        "limits",
        "secret-key",
        "worker",
    ]
    assert "Set EIA_BASE_URL to the address people use" in done.output
    assert "8 to put right" in done.output


def test_one_process_is_asked_less_than_two(eia: Eia, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "1")
    assert "broker:" not in eia("check", "--deploy").output
    assert "broker:" in eia("check", "--deploy", "--processes", 2).output


@pytest.mark.parametrize("command", [["check"], ["up", "--port", "0", "--no-browser"]])
def test_what_is_fatal_keeps_the_pages_from_starting(eia: Eia, monkeypatch, command: list[str]):
    monkeypatch.setenv("EIA_BASE_URL", "http://eia.sandmere.gov.uk")
    monkeypatch.setenv("FLASK_DEBUG", "1")
    done = eia(*command)
    assert done.exit_code == 1
    assert "https: EIA_BASE_URL begins with http" in done.output
    assert "debug: FLASK_DEBUG is set" in done.output


def test_a_backup_is_put_back_elsewhere_and_its_record_verifies(eia: Eia, tmp_path: Path, monkeypatch):
    done = eia("backup", tmp_path / "eia.backup")
    assert (done.exit_code, done.output[:10]) == (0, "Backed up:")
    assert eia("backup", tmp_path / "eia.backup").exit_code == 1
    monkeypatch.setenv("EIA_DATA_DIR", str(tmp_path / "there"))
    done = eia("restore", tmp_path / "eia.backup")
    assert done.exit_code == 0, done.output
    assert "Mail is on hold" in done.output
    assert eia("audit", "verify").exit_code == 0
    assert "mail-hold:" in eia("check", "--deploy").output
    again = eia("restore", tmp_path / "eia.backup")
    assert (again.exit_code, "There is a database already" in again.output) == (1, True)
