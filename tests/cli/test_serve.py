"""`eia begin` and `eia up`: one process, begun and stopped as a person would."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest
from click.testing import CliRunner

from eia.cli import main

PASSWORD = "a horse, a battery and a staple"
BEGIN = ["begin", "--body", "Sandmere Borough Council", "--name", "Ada Example", "--email", "ada@example.org"]


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EIA_DATA_DIR", str(tmp_path))
    done = CliRunner().invoke(main, [*BEGIN, "--password", PASSWORD])
    assert done.exit_code == 0, done.output
    return tmp_path


@contextmanager
def running(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`eia up` at a free port, once it says that it is ready."""
    command = [sys.executable, "-m", "eia", "up", "--port", "0", "--data", str(data), "--no-browser", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = process.stdout.readline()
        found = re.search(r"http://[\d.:]+", said)
        assert found, said + process.stdout.read()
        yield process, found[0]
    finally:
        process.kill()
        process.wait()


def test_a_person_signs_in_to_what_was_just_begun(begun: Path):
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with running(begun) as (_, address):
        page = browser.open(f"{address}/sign-in", timeout=10).read().decode()
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        fields = {"csrf_token": token, "email": "ada@example.org", "password": PASSWORD}
        home = browser.open(f"{address}/sign-in", urlencode(fields).encode(), timeout=10).read().decode()
    assert "Ada Example" in home
    assert "Sandmere Borough Council" in home


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_all_within_three_seconds_and_leaves_nobody_behind(begun: Path, how: signal.Signals):
    with running(begun) as (process, address):
        ready = json.load(urlopen(f"{address}/readyz", timeout=10))
        asked = time.monotonic()
        process.send_signal(how)
        assert process.wait(10) == 0
        took = time.monotonic() - asked
    assert ready["status"] == "ready"
    assert took < 4, "three seconds, and one for a busy machine"
    port = int(address.rsplit(":", 1)[1])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_it_does_not_start_before_anybody_can_sign_in(tmp_path: Path):
    done = CliRunner().invoke(main, ["up", "--port", "0", "--data", str(tmp_path), "--no-browser"])
    assert done.exit_code == 1
    assert "eia begin" in done.output


def test_it_does_not_begin_twice(begun: Path):
    done = CliRunner().invoke(main, [*BEGIN, "--password", PASSWORD])
    assert done.exit_code == 1
    assert "begun already" in done.output


def test_a_short_password_is_refused_and_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EIA_DATA_DIR", str(tmp_path))
    assert CliRunner().invoke(main, [*BEGIN, "--password", "short"]).exit_code == 1
    assert CliRunner().invoke(main, [*BEGIN, "--password", PASSWORD]).exit_code == 0


def test_a_port_that_is_taken_is_named(begun: Path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        done = CliRunner().invoke(main, ["up", "--port", port, "--data", str(begun), "--no-browser"])
    assert done.exit_code == 1
    assert f"Port {port} is taken" in done.output


def test_it_wants_to_know_its_address_before_others_may_reach_it(begun: Path):
    options = ["--host", "0.0.0.0", "--port", "0", "--data", str(begun), "--no-browser"]
    done = CliRunner().invoke(main, ["up", *options])
    assert done.exit_code == 1
    assert "EIA_BASE_URL" in done.output


def test_a_demonstration_is_never_laid_over_a_real_installation(begun: Path):
    done = CliRunner().invoke(main, ["demo", "--port", "0", "--data", str(begun), "--no-browser"])
    assert done.exit_code == 1
    assert "holds a real installation" in done.output


def test_a_variable_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EIA_DATABASE_URL", "mysql://x")
    done = CliRunner().invoke(main, ["up", "--port", "0", "--no-browser"])
    assert done.exit_code == 1
    assert "EIA_DATABASE_URL" in done.output


def test_help_and_version_import_neither_pages_nor_database():
    code = (
        "import sys; from eia.cli import main; main(['--help'], standalone_mode=False); "
        "sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'celery')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
    assert "eia 0." in CliRunner().invoke(main, ["--version"]).output


def test_every_command_that_help_lists_is_there():
    for name in main.list_commands(None):
        done = CliRunner().invoke(main, [name, "--help"])
        assert done.exit_code == 0, name
