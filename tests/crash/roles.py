"""What a process that may be killed can be ordered to do, through the doors that the real ones use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from eia.settings import Settings
from eia.usecases import audit
from eia.usecases.moves import make_move
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.usecases.services import Services
from eia.wiring import Mailer, build_mailer, build_services
from tests.council import Council
from tests.crash.boundaries import die_at
from tests.crash.plants import plant


class FileClock:
    """A clock that says what stands in a file, so that a test sets the time of every process at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self._path.read_text("ascii"))

    @property
    def at(self) -> datetime:
        return self.now()

    @at.setter
    def at(self, at: datetime) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(at.isoformat(), "ascii")
        fresh.replace(self._path)


def act(order: Mapping[str, Any]) -> None:
    """One order from its beginning to its end, or to its boundary."""
    if order.get("plant"):
        plant(order["plant"])
    if order.get("die_at"):
        die_at(order["die_at"])
    ROLES[order["do"]](order, Settings.from_environment(order["environment"]))


def services_of(order: Mapping[str, Any], settings: Settings) -> Services:
    return build_services(settings, clock=FileClock(Path(order["clock"])))


def deliver_all(services: Services, mailer: Mailer, *, limit: int = 100) -> None:
    """What the worker's task does."""
    while deliver(services, mailer, limit=limit).goes_on:
        pass


def _deliver(order: Mapping[str, Any], settings: Settings) -> None:
    deliver_all(services_of(order, settings), build_mailer(settings), limit=order.get("limit", 100))


def _sweep(order: Mapping[str, Any], settings: Settings) -> None:
    sweep(services_of(order, settings))


def _seal(order: Mapping[str, Any], settings: Settings) -> None:
    audit.seal(services_of(order, settings))


def _move(order: Mapping[str, Any], settings: Settings) -> None:
    services = services_of(order, settings)
    council = Council(services.database, existing=True)
    assessment_id = UUID(order["assessment_id"])
    make_move(services, council[order["who"]], assessment_id, order["move"], **order["given"])


def _work(order: Mapping[str, Any], settings: Settings) -> None:
    """A Celery worker, as `celery worker` makes it."""
    from celery.worker import WorkController

    app = _app(order, settings)
    WorkController(
        app=app,
        pool_cls="threads",
        concurrency=2,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
    ).start()


def _schedule(order: Mapping[str, Any], settings: Settings) -> None:
    """Celery's clock, which rings a few times a second."""
    from datetime import timedelta

    from celery.beat import Scheduler, Service

    app = _app(order, settings)
    app.conf.beat_schedule = {
        task: {"task": task, "schedule": timedelta(seconds=0.3), "options": {"expires": 60}}
        for task in ("eia.reminders.sweep", "eia.outbox.deliver")
    }
    Service(app, scheduler_cls=Scheduler, max_interval=1).start()


def _app(order: Mapping[str, Any], settings: Settings) -> Any:
    from worker.app import make_app

    app = make_app(settings)
    app.eia = _Hands(services_of(order, settings), build_mailer(settings))
    return app


class _Hands:
    def __init__(self, services: Services, mailer: Mailer) -> None:
        self.services, self.mailer = services, mailer


def _everything(order: Mapping[str, Any], settings: Settings) -> None:
    """The worker and its clock in one process, as `eia up` has them beside the pages."""
    from threading import Event

    from worker.embedded import Embedded

    embedded = Embedded(settings)
    embedded.app.eia = _Hands(services_of(order, settings), build_mailer(settings))
    embedded.start()
    Event().wait()


ROLES = {
    "deliver": _deliver,
    "sweep": _sweep,
    "seal": _seal,
    "move": _move,
    "work": _work,
    "schedule": _schedule,
    "everything": _everything,
}
