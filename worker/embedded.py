"""The worker and the clock inside the web process, for one machine without anything else."""

from __future__ import annotations

import logging
from threading import Event, Thread

from celery.beat import EmbeddedService, Scheduler
from celery.worker import WorkController, state

from eia.wiring import Settings

from .app import make_app, queue_folder

PATIENCE = 1.0  # seconds: whatever is cut short is a row, and the next start finds it
TIDY_EVERY = 3600.0
BEFORE_ANEW = 1.0

log = logging.getLogger(__name__)


class Embedded:
    """A running worker with its clock; `stop` returns within two seconds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = Event()
        logging.getLogger("celery").setLevel(logging.WARNING)  # a line for every ring would hide the others
        _fresh_folders(settings)
        self.app = make_app(settings)
        # In memory: what ran when is in our own tables, and a schedule kept in a file can be a broken file.
        self._clock = EmbeddedService(self.app, thread=True, scheduler_cls=Scheduler)
        self._threads = (
            Thread(target=self._work, name="eia-worker", daemon=True),
            Thread(target=self._tidy, name="eia-tidy", daemon=True),
        )

    def start(self) -> None:
        """Begin to work."""
        state.should_stop = state.should_terminate = None
        for thread in self._threads:
            thread.start()
        self._clock.start()
        self.app.send_task("eia.reminders.sweep")  # what was missed while nothing ran is caught up now

    def stop(self) -> None:
        """Stop soon; a task in the middle is cut off and done again after the next start."""
        self._stopping.set()
        state.should_stop = 0
        self._clock.service.stop(wait=False)
        for thread in self._threads:
            thread.join(PATIENCE)

    def _work(self) -> None:
        """Work until told to stop: a worker that fell over is followed by another.

        Kombu's folder of messages can hand out one that is still being written, and Celery gives up at what
        it cannot read; what that message asked for, the next ring asks again.
        """
        self.app.set_current()  # each thread has a current app of its own
        while not self._stopping.is_set():
            try:
                self._worker().start()
            except SystemExit:
                pass  # how Celery's loop ends when it is told to stop
            if not self._stopping.wait(BEFORE_ANEW):
                log.error("The worker ended by itself and is started anew")

    def _worker(self) -> WorkController:
        return WorkController(
            app=self.app,
            pool_cls="threads",
            concurrency=2,
            loglevel=logging.WARNING,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )

    def _tidy(self) -> None:
        while not self._stopping.wait(TIDY_EVERY):
            _empty(self._settings, "done")


def start(settings: Settings) -> Embedded:
    """A worker that has begun."""
    embedded = Embedded(settings)
    embedded.start()
    return embedded


def _fresh_folders(settings: Settings) -> None:
    """Nothing rings from the last run: what is unfinished is in the tables."""
    if settings.broker_url.startswith("filesystem"):
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        queue_folder(settings).mkdir(exist_ok=True, mode=0o700)
        for name in ("in", "done", "control"):
            _empty(settings, name)


def _empty(settings: Settings, name: str) -> None:
    folder = queue_folder(settings) / name
    folder.mkdir(exist_ok=True, mode=0o700)
    for message in folder.iterdir():
        message.unlink(missing_ok=True)
