"""What every process would do first, done once before any is forked: rulebooks read, templates compiled."""

from __future__ import annotations

import gc
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from eia.adapters.holidays_calendar import bank_holidays
from eia.store import migrate
from eia.store.database import Database
from eia.usecases.moves import make_move
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.bench.bench_moves import analysed
from tests.council import Council as MovingCouncil
from tests.usecases.council import council, on
from tests.usecases.letterbox import Letterbox

DAY = date(2027, 1, 8)


def warm_up() -> None:
    """A day's work in a database that is thrown away, and Celery, which takes as long to import."""
    import celery.beat
    import celery.worker  # noqa: F401

    import worker.embedded  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'warm.sqlite'}")
        migrate.upgrade(database)
        here = council(database, today=DAY)
        here.services = replace(here.services, bank_holidays=bank_holidays)
        here.action(on(DAY), parties=[here.party(here.lead)])
        sweep(here.services)
        deliver(here.services, Letterbox())
        movers = MovingCouncil(database)
        make_move(movers.services, movers["lead"], analysed(movers), "submit_for_review")
        database.close()
    gc.freeze()  # what is shared with the children is not touched again
