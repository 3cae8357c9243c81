"""The very commands of compose.yaml, on this machine: the wheel, PostgreSQL, Valkey, and mail to a sink."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen
from uuid import UUID, uuid4

import pytest
import yaml
from sqlalchemy import select, update

from eia.settings import Settings
from eia.store import tables
from eia.store.database import Database
from eia.usecases.audit import verify
from eia.wiring import build_services
from tests.smtp_sink import Sink
from tests.usecases.council import SetClock, on
from tests.usecases.letterbox import begin
from tests.usecases.scene import Scene
from tests.worker.test_rounds import until
from worker.app import make_app

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.redis]

PASSWORD = "a horse, a battery and a staple"
STARTED = ("web", "worker-1", "worker-2", "clock-1", "clock-2")
REMINDER = "Publish the fees policy"


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel would put into site-packages."""
    built, site = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    zipfile.ZipFile(next(built.glob("*.whl"))).extractall(site)
    return site


@dataclass(kw_only=True)
class Deployed:
    """The installation that runs, and what is in it."""

    services: dict[str, Any]
    environment: dict[str, str]
    folder: Path
    address: str
    broker: str
    sink: Sink
    scene: Scene
    officer_email: str
    assessment_id: UUID

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False
        )

    def start(self, name: str) -> subprocess.Popen[bytes]:
        command = [part.replace("0.0.0.0:8000", self.address) for part in self.services[name]["command"]]
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(command, env=self.environment, cwd=self.folder, stdout=log, stderr=log)

    def log(self, name: str) -> list[dict[str, Any]]:
        lines = (self.folder / f"{name}.log").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    @property
    def logs(self) -> str:
        return "\n".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in list(self.sink.kept)]  # type: ignore[misc]

    def reminders(self) -> list[EmailMessage]:
        return [mail for mail in self.mails if REMINDER in mail.get_body(("plain",)).get_content()]


@pytest.fixture
def deployed(
    root: Path, site: Path, valkey: str, postgres_database: Database, tmp_path: Path
) -> Iterator[Deployed]:
    """Everything that compose.yaml starts, started by the command that stands there."""
    compose = yaml.safe_load((root / "deploy" / "compose.yaml").read_text("utf-8"))
    with ExitStack() as stack:
        sink = stack.enter_context(Sink())
        here = _deployed(compose, site, valkey, postgres_database, sink, tmp_path)
        migrated = here.run(compose["services"]["migrate"]["command"])
        assert migrated.returncode == 0, migrated.stderr
        for name in STARTED:
            stack.callback(_ended, here.start(name))
        probe = [part.replace("127.0.0.1:8000", here.address) for part in _probe(compose)]
        assert until(lambda: here.run(probe).returncode == 0, seconds=60), here.logs
        yield here


def _probe(compose: dict[str, Any]) -> list[str]:
    command: list[str] = compose["services"]["web"]["healthcheck"]["test"][1:]
    return command


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(30)


def _deployed(
    compose: dict[str, Any], site: Path, valkey: str, database: Database, sink: Sink, tmp_path: Path
) -> Deployed:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    secrets = {
        "EIA_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "EIA_SECRET_KEY": "2b1c4f0e9a8d7356" * 4,
        "EIA_SMTP_URL": sink.url,
    }
    for name, value in secrets.items():
        (folder / name).write_text(value)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("EIA_", "COV_"))}
    environment = plain | compose["x-eia"]["environment"]
    environment |= {f"{name}_FILE": str(folder / name) for name in secrets}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(site),
        "PYTHONSAFEPATH": "1",
        "TMPDIR": str(folder),
        "WEB_CONCURRENCY": "2",
        "EIA_DATA_DIR": str(folder),
        "EIA_BROKER_URL": valkey,
        "EIA_LIMITS_URL": valkey,
        "EIA_BASE_URL": f"http://{address}",
        "EIA_MAIL_FROM": "equality@sandmere.gov.uk",
        "EIA_MAIL_HOURS": "always",
        "EIA_PLACE": "test",
    }
    scene, assessment_id, email = _council(database, Settings.from_environment(environment))
    return Deployed(
        services=compose["services"],
        environment=environment,
        folder=folder,
        address=address,
        broker=valkey,
        sink=sink,
        scene=scene,
        officer_email=email,
        assessment_id=assessment_id,
    )


def _council(database: Database, settings: Settings) -> tuple[Scene, UUID, str]:
    """An officer who can sign in, an assessment that she may move on, and something due today."""
    scene, live = Scene(database), build_services(settings)
    begin(scene.council)
    scene.council.clock = SetClock(live.now())
    scene.services = scene.council.services = replace(scene.services, clock=scene.council.clock)
    assessment_id = scene.schedule()
    scene.council.action(on(live.today()), parties=[scene.council.party(scene.council.lead)], text=REMINDER)
    email = f"{uuid4().hex}@example.org"
    with database.write() as work:
        values = {"email": email, "password_hash": live.passwords.hash(PASSWORD)}
        work.connection.execute(
            update(tables.person).where(tables.person.c.id == scene.council.officer).values(values)
        )
    live.database.close()
    return scene, assessment_id, email


class Browser:
    """Somebody's, at the address where gunicorn listens."""

    def __init__(self, address: str) -> None:
        self._address = f"http://{address}"
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self._opener.open(f"{self._address}{path}", timeout=30) as answer:
            shown: str = answer.read().decode()
            return shown

    def give(self, path: str, *, request_id: str = "", **fields: str) -> str:
        """Posts the form that stands on the page, with these fields filled in."""
        form = re.findall(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)"', self.get(path))
        body = urlencode({**dict(form), **fields}).encode()
        asked = Request(f"{self._address}{path}", body, {"X-Request-ID": request_id or uuid4().hex})
        with self._opener.open(asked, timeout=30) as answer:
            shown: str = answer.read().decode()
            return shown


def test_a_move_and_a_reminder_go_all_the_way_once_though_two_clocks_ring(deployed: Deployed):
    browser, request_id = Browser(deployed.address), uuid4().hex
    browser.give("/sign-in", email=deployed.officer_email, password=PASSWORD)
    move = f"/assessments/{deployed.assessment_id}/moves/schedule"
    assert "The assessment is now at" in browser.give(move, request_id=request_id)
    assert deployed.scene.facts(deployed.assessment_id).stage == "scheduled"

    _ring_as_two_clocks(deployed, "eia.reminders.sweep")
    assert until(lambda: _promises_reminded_of(deployed), seconds=30), deployed.logs
    _ring_as_two_clocks(deployed, "eia.outbox.deliver")
    assert until(deployed.reminders, seconds=30), deployed.logs
    _ring_as_two_clocks(deployed, "eia.reminders.sweep", "eia.outbox.deliver")
    assert until(lambda: _nothing_waits(deployed), seconds=30), deployed.logs
    assert len(deployed.reminders()) == 1
    assert len({mail["Message-ID"] for mail in deployed.mails}) == len(deployed.mails)

    _the_request_is_found_in_its_mail_and_in_both_logs(deployed, request_id)
    _the_figures_are_those_of_all_processes(deployed)
    assert PASSWORD not in deployed.logs
    assert REMINDER not in deployed.logs
    assert deployed.officer_email not in deployed.logs
    assert verify(deployed.scene.services).problems == ()
    checked = deployed.run(["eia", "check", "--deploy"])
    refused = [line.split(":")[0] for line in checked.stderr.splitlines() if line[:1].islower()]
    assert refused == ["base-url"], checked.stderr


def _ring_as_two_clocks(deployed: Deployed, *tasks: str) -> None:
    """Both at once, as the two that run do each minute."""
    settings = Settings.from_environment(deployed.environment)
    app = make_app(settings)
    for task in tasks:
        app.send_task(task)
        app.send_task(task)


def _promises_reminded_of(deployed: Deployed) -> list[UUID]:
    with deployed.scene.services.database.read() as connection:
        found = select(tables.reminder.c.id).where(tables.reminder.c.subject_kind == "action")
        return list(connection.scalars(found))


def _nothing_waits(deployed: Deployed) -> bool:
    with deployed.scene.services.database.read() as connection:
        states = set(connection.scalars(select(tables.outbox.c.state)))
    rounds = [line for name in ("worker-1", "worker-2") for line in deployed.log(name)]
    return states <= {"sent", "cancelled"} and sum(line["event"] == "Task done" for line in rounds) >= 8


def _the_request_is_found_in_its_mail_and_in_both_logs(deployed: Deployed, request_id: str) -> None:
    pages = [line for line in deployed.log("web") if line.get("correlation") == request_id]
    assert [(page["endpoint"], page["method"]) for page in pages] == [
        ("assessments.move", "POST"),
        ("assessments.show", "GET"),  # where it led, asked for by the same browser under the same id
    ]
    (mail,) = (mail for mail in deployed.mails if mail["X-Request-ID"] == request_id)
    sent = [line for name in ("worker-1", "worker-2") for line in deployed.log(name)]
    (line,) = (line for line in sent if line.get("because_of") == request_id)
    assert line["mail"] in mail["Message-ID"]
    assert line["correlation"] != request_id, "the round that sent it has an id of its own"
    (reminder,) = deployed.reminders()
    assert reminder["X-Request-ID"] in {
        each["correlation"] for each in sent if each.get("task") == "eia.reminders.sweep"
    }


def _the_figures_are_those_of_all_processes(deployed: Deployed) -> None:
    with urlopen(f"http://{deployed.address}/metrics", timeout=30) as answer:
        shown = answer.read().decode()
    moved = 'eia_page_seconds_count{endpoint="assessments.move",method="POST",status="3xx"} 1.0'
    assert moved in shown
    assert f"eia_mail_sent_today {len(deployed.mails)}.0" in shown


@pytest.mark.parametrize("command", [["gunicorn", "-c", "python:eia.web.server", "eia.web.wsgi:app"]])
def test_a_server_does_not_start_with_what_is_fatal_and_says_what_it_is(
    site: Path, tmp_path: Path, command: list[str]
):
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(site),
        "EIA_DATA_DIR": str(tmp_path),
        "EIA_BASE_URL": "http://eia.sandmere.gov.uk",
    }
    done = subprocess.run(
        [*command, "--bind", "127.0.0.1:0"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "https: EIA_BASE_URL begins with http" in done.stderr
    assert "migrations: The database is at nothing yet" in done.stderr
