"""How database, clock and workers stand, where that is unsafe or means that nobody is reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from eia.store import installation, migrate, place
from eia.usecases.operations import OperationsState, operations_state
from eia.usecases.services import Services
from eia.usecases.unsafe import Unsafe
from eia.usecases.unsafe_settings import is_local

SKEW = timedelta(seconds=5)
UNSEEN = timedelta(minutes=10)  # the outbox is looked at each minute, by day and by night


def unsafe_standing(services: Services) -> Iterator[Unsafe]:
    """What is unsafe about the installation as it stands now."""
    try:
        at = migrate.current(services.database)
    except Exception:  # noqa: BLE001  whatever the database raises, it does not answer
        yield Unsafe(
            name="database",
            why="The database does not answer.",
            how="Start it, and see that EIA_DATABASE_URL names it, with a user that may come in.",
        )
        return
    yield from _shape(at, migrate.head())
    if at == migrate.head():
        yield from _kind(services)
        yield from _clock(services)
        yield from _place(services)
        yield from _rounds(services, operations_state(services))


def _shape(at: str | None, expected: str) -> Iterator[Unsafe]:
    if at is not None and at > expected:
        yield Unsafe(
            name="migrations",
            why=f"The database is at {at}, and this release knows no more than {expected}.",
            how="Install the release that brought the database there.",
        )
    elif at != expected:
        yield Unsafe(
            name="migrations",
            why=f"The database is at {at or 'nothing yet'}, and this release expects {expected}.",
            how="Run: eia db upgrade",
            fatal=True,
        )


def _kind(services: Services) -> Iterator[Unsafe]:
    with services.database.read() as connection:
        kind = installation.kind(connection)
    if kind is None:
        yield Unsafe(name="begin", why="Nobody can sign in yet.", how="Run: eia begin")
    if kind == "demo":
        yield Unsafe(
            name="demonstration",
            why="This is a demonstration, in which anybody is anyone with one click.",
            how="Name another database in EIA_DATABASE_URL and run: eia begin",
            fatal=not is_local(services.letterhead.base_url),
        )


def _clock(services: Services) -> Iterator[Unsafe]:
    with services.database.read() as connection:
        theirs = installation.clock(connection)
    if theirs is not None and abs(theirs - services.now()) > SKEW:
        yield Unsafe(
            name="clock",
            why=f"The clocks of this machine and of the database differ by more than {SKEW.seconds} seconds.",
            how="Let both take their time from the network (timedatectl set-ntp true).",
        )


def _place(services: Services) -> Iterator[Unsafe]:
    with services.database.read() as connection:
        found = place.standing(connection)
    if found is None or found.home is None:
        return
    if found.home != services.place.id():
        yield Unsafe(
            name="place",
            why=f"This database mails from {found.home}, which is not here: no mail goes from a copy.",
            how="Set EIA_PLACE as it is there; or, if it has moved here, let mail go on the page Operations.",
        )
    if services.place.mark() > found.mark:
        yield Unsafe(
            name="restored",
            why="An older copy of the database was put back: what waits may have gone already.",
            how="Look through the mails that wait on the page Operations, then let mail go there.",
        )


def _rounds(services: Services, state: OperationsState) -> Iterator[Unsafe]:
    now, delivered = services.now(), state.last_delivery_at
    if delivered is None or now - delivered > UNSEEN:
        yield Unsafe(
            name="worker",
            why=f"No worker has looked for mail in the last {UNSEEN.seconds // 60} minutes.",
            how="Start eia-worker@1, eia-worker@2 and eia-clock@1, or the same in deploy/compose.yaml.",
        )
    elif state.sweep_is_late:
        yield Unsafe(
            name="sweep",
            why="Reminders that should have been looked for were not.",
            how="Look at the log of the clock and of the workers; eia remind shows what is owed.",
        )
    if state.hold_since is not None and state.hold_until is None:
        yield Unsafe(
            name="mail-hold",
            why="Mail is on hold, and goes to nobody.",
            how="The page Operations says why; let mail go there.",
        )
