"""What `eia check --deploy` refuses, by name."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text, update

from eia.adapters.clock import SystemClock
from eia.domain.mail import Letterhead
from eia.domain.mail_hold import HoldKind
from eia.settings import Settings
from eia.store import tables
from eia.store.database import Database
from eia.usecases import deployment
from eia.usecases.mail_holds import hold
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.usecases.services import Services
from eia.usecases.unsafe import Unsafe
from eia.usecases.unsafe_settings import unsafe_settings
from eia.usecases.unsafe_standing import unsafe_standing
from tests.usecases.council import Council, council
from tests.usecases.letterbox import Letterbox, begin
from tests.usecases.test_mail_holds import Somewhere


@pytest.fixture
def safe(tmp_path: Path) -> Settings:
    tmp_path.chmod(0o700)
    return Settings(
        data_dir=tmp_path,
        database_url="postgresql+psycopg://eia@db/eia",
        base_url="https://eia.sandmere.gov.uk",
        broker_url="redis://queue/0",
        limits_url="redis://queue/1",
        smtp_url="smtp+starttls://mail.sandmere.gov.uk",
        mail_from="equality@sandmere.gov.uk",
        secret_key="2b1c4f0e9a8d7356" * 4,
        proxies=1,
    )


def names(settings: Settings, environment: Mapping[str, str] | None = None, processes: int = 2) -> list[str]:
    return [each.name for each in unsafe_settings(settings, environment or {}, processes=processes)]


def test_safe_settings_have_nothing_to_put_right(safe: Settings):
    assert names(safe, {"FLASK_DEBUG": "0"}) == []


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"base_url": Settings.base_url}, "base-url"),
        ({"base_url": "http://eia.sandmere.gov.uk"}, "https"),
        ({"trusted_hosts": (".gov.uk",)}, "trusted-hosts"),
        ({"trusted_hosts": ("*",)}, "trusted-hosts"),
        ({"proxies": 0}, "proxies"),
        ({"secret_key": "x" * 64}, "secret-key"),
        ({"secret_key": ""}, "secret-key"),
        ({"smtp_url": "smtp://mail.sandmere.gov.uk"}, "mail-tls"),
        ({"smtp_url": ""}, "mail"),
        ({"mail_from": Settings.mail_from}, "mail-from"),
        ({"notify_url": "http://notify.example.org"}, "mail-tls"),
        ({"database_url": "sqlite:////var/lib/eia/eia.sqlite"}, "database"),
        ({"broker_url": "filesystem://"}, "broker"),
        ({"limits_url": "memory://"}, "limits"),
    ],
)
def test_each_unsafe_setting_is_refused_by_name(safe: Settings, changed: dict[str, object], name: str):
    assert names(replace(safe, **changed)) == [name]


def test_a_mail_server_on_this_machine_or_one_with_a_password_needs_no_more_said(safe: Settings):
    for url in ("smtp://127.0.0.1:25", "smtp://user:pass@mail.sandmere.gov.uk", "smtps://mail"):
        assert names(replace(safe, smtp_url=url)) == []


def test_one_process_may_keep_its_database_queue_and_counts_to_itself(safe: Settings):
    alone = replace(safe, database_url="sqlite:///x", broker_url="filesystem://", limits_url="memory://")
    assert names(alone, processes=1) == []


@pytest.mark.parametrize("mode", [0o701, 0o704, 0o755])
def test_a_data_directory_that_everybody_may_look_into_is_refused(safe: Settings, mode: int):
    safe.data_dir.chmod(mode)
    assert names(safe) == ["data-dir"]
    assert stat.S_IMODE(safe.data_dir.stat().st_mode) == mode, "it says so and changes nothing"


def test_a_data_directory_that_is_not_there_is_refused(safe: Settings, tmp_path: Path):
    assert names(replace(safe, data_dir=tmp_path / "nowhere")) == ["data-dir"]


@pytest.mark.parametrize("name", ["FLASK_DEBUG", "PYTHONDEVMODE"])
def test_debugging_is_refused(safe: Settings, name: str):
    assert names(safe, {name: "1"}) == ["debug"]


def test_every_refusal_says_how_to_put_it_right(tmp_path: Path):
    tmp_path.chmod(0o755)
    wrong = Settings(data_dir=tmp_path, database_url="sqlite:///x", trusted_hosts=("*",))
    found = list(unsafe_settings(wrong, {"FLASK_DEBUG": "1"}, processes=2))
    assert len(found) == 10
    assert all(each.how and each.why.endswith(".") for each in found)


MONDAY = date(2009, 3, 2)
ADDRESS = Letterhead(base_url="https://eia.sandmere.gov.uk")


@dataclass
class Standing:
    """A live installation that stands as it should, until a test says otherwise."""

    here: Council
    place: Somewhere

    @property
    def found(self) -> list[Unsafe]:
        """Without the clock: it stands still in these tests, and PostgreSQL's own does not."""
        return [each for each in unsafe_standing(self.here.services) if each.name != "clock"]

    @property
    def refused(self) -> list[str]:
        return [each.name for each in self.found]


@pytest.fixture
def standing(database: Database) -> Standing:
    place = Somewhere()
    here = council(database, today=MONDAY)
    here.services = replace(here.services, place=place, letterhead=ADDRESS)
    begin(here)
    at_work(here)
    return Standing(here=here, place=place)


def at_work(here: Council) -> None:
    sweep(here.services)
    deliver(here.services, Letterbox())


def test_an_installation_that_stands_well_is_not_refused(standing: Standing):
    assert standing.refused == []


def test_a_database_that_is_behind_is_refused_and_keeps_the_pages_from_starting(standing: Standing):
    with standing.here.services.database.write() as work:
        work.connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    (found,) = standing.found
    assert (found.name, found.fatal, found.how) == ("migrations", True, "Run: eia db upgrade")


def test_one_that_a_newer_release_brought_further_is_refused_and_may_start(standing: Standing):
    """After a step back, the release before reads what only was added to."""
    with standing.here.services.database.write() as work:
        work.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    (found,) = standing.found
    assert (found.name, found.fatal) == ("migrations", False)


def test_a_demonstration_is_refused_before_people_and_may_start_for_oneself(standing: Standing):
    here = standing.here
    with here.services.database.write() as work:
        work.connection.execute(update(tables.instance).values(kind="demo"))
    (found,) = standing.found
    assert (found.name, found.fatal) == ("demonstration", True)
    here.services = replace(here.services, letterhead=Letterhead())
    (found,) = standing.found
    assert not found.fatal


def test_an_empty_installation_is_refused(database: Database):
    here = council(database, today=MONDAY)
    at_work(here)
    assert "begin" in [each.name for each in unsafe_standing(here.services)]


def test_clocks_that_differ_are_refused(postgres_database: Database):
    here = council(postgres_database, today=MONDAY)
    here.services = replace(here.services, letterhead=ADDRESS)
    begin(here)
    assert "clock" in [each.name for each in unsafe_standing(here.services)]
    right = replace(here.services, clock=SystemClock())
    assert "clock" not in [each.name for each in unsafe_standing(right)]


def test_a_copy_of_another_installation_is_refused(standing: Standing):
    standing.place.name = "elsewhere"
    assert standing.refused == ["place"]


def test_an_older_copy_that_was_put_back_is_refused(standing: Standing):
    standing.place.kept = 1_000
    assert standing.refused == ["restored"]


def test_a_worker_that_was_not_seen_for_ten_minutes_is_refused(standing: Standing):
    standing.here.clock.at += timedelta(minutes=11)
    assert standing.refused == ["worker"]


def test_a_sweep_that_was_not_made_is_refused_though_the_worker_works(standing: Standing):
    standing.here.clock.at += timedelta(days=1, hours=3)
    deliver(standing.here.services, Letterbox())
    assert standing.refused == ["sweep"]


def test_mail_on_hold_is_refused(standing: Standing):
    hold(standing.here.services, HoldKind.REFUSED, "535 no")
    assert standing.refused == ["mail-hold"]


def test_a_database_that_does_not_answer_is_refused_and_looked_at_no_further(tmp_path: Path):
    here = Services(
        database=Database(f"sqlite:///{tmp_path}/none/eia.sqlite"), clock=SystemClock(), new_id=uuid4
    )
    (found,) = unsafe_standing(here)
    assert (found.name, found.fatal) == ("database", False)


def test_fatal_ones_come_first_and_alone_keep_the_pages_from_starting(standing: Standing, safe: Settings):
    wrong = replace(safe, base_url="http://eia.sandmere.gov.uk", mail_from=Settings.mail_from)
    found = deployment.unsafe(wrong, standing.here.services, {}, processes=2)
    assert [each.name for each in found if each.name != "clock"] == ["https", "mail-from"]
    assert [each.name for each in deployment.fatal(wrong, standing.here.services, {})] == ["https"]
