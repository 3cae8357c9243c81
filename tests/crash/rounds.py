"""The ways in which a round goes wrong; chance takes one, and the seed says which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from threading import Event

from tests.crash import law
from tests.crash.nursery import KILLED, Child
from tests.crash.world import Round, World
from tests.smtp_sink import DROP, Answer

USUAL = {
    "CONNECT": "220 sink",
    "EHLO": "250-sink\r\n250 HELP",
    "MAIL": "250 fine",
    "RCPT": "250 fine",
    "DATA": "354 go ahead",
    "CONTENT": "250 kept",
    "QUIT": "221 bye",
}
REFUSALS = {
    "CONNECT": (DROP, "421 too busy"),
    "MAIL": (DROP, "421 enough", "451 busy"),
    "RCPT": (DROP, "450 greylisted"),
    "DATA": (DROP, "451 not now"),
    "CONTENT": (DROP, "drop after keeping", "452 full"),
}
BOUNDARIES = {"sweep": 110, "deliver": 120, "move": 30, "seal": 25}  # about as many as one comes to


def play(world: World, chance: Random, *, plant: str = "", only: str = "") -> str:
    """One round, with the law at its end; what it was, for whoever reads a failure."""
    name, told = only or chance.choice(list(WAYS)), ""
    try:
        with take_turns(world, chance.randint(1, 5)) as this:
            told = WAYS[name](world, this, chance, plant)
    except law.Broken as broken:
        raise law.Broken(f"{name}, {told}: {broken}") from None
    return f"{name}, {told}; in doubt: {len(this.in_gap)}"


@contextmanager
def take_turns(world: World, promises: int) -> Iterator[Round]:
    """A new day with so many promises; what goes wrong in it is mended after, and then the law holds."""
    world.next_day()
    this = world.promise(promises)
    yield this
    world.cut_short(this)
    world.sink.answers.clear()
    world.mend()
    law.hold(world, this)
    world.settle_doubts()


def _sweep_killed(world: World, this: Round, chance: Random, plant: str) -> str:
    place = chance.randint(1, BOUNDARIES["sweep"])
    ended = world.child("sweep", die_at=place, plant=plant).wait()
    _at_once(world, "sweep", plant)
    _done(world.child("deliver", plant=plant))
    return f"at {place} ({ended})"


def _worker_killed_at_a_statement(world: World, this: Round, chance: Random, plant: str) -> str:
    _at_once(world, "sweep", plant)
    place, limit = chance.randint(1, BOUNDARIES["deliver"]), chance.choice((2, 100))
    ended = world.child("deliver", die_at=place, plant=plant, limit=limit).wait()
    this.faults += ended == KILLED
    return f"at {place} ({ended})"


def _worker_killed_at_a_verb(world: World, this: Round, chance: Random, plant: str) -> str:
    _at_once(world, "sweep", plant)
    verb, answers = chance.choice((*USUAL, "DATA", "CONTENT", "CONTENT")), True
    if verb == "CONTENT":
        answers = chance.random() < 0.7  # whether the server keeps what the dead have sent
    at = 1 if verb in ("CONNECT", "EHLO", "QUIT") else chance.randint(1, len(this.promises))
    victim = Victim(USUAL[verb] if answers else DROP)
    world.sink.tell(verb, *[USUAL[verb]] * (at - 1), victim.dies)
    victim.is_(world.child("deliver", plant=plant))
    this.faults += victim.child.wait() == KILLED
    return f"at {verb} {at}, {'answered' if answers else 'dropped'}"


def _worker_killed_some_time(world: World, this: Round, chance: Random, plant: str) -> str:
    _at_once(world, "sweep", plant)
    after = chance.uniform(0, 0.15)
    worker = world.child("deliver", plant=plant)
    Event().wait(after)
    worker.kill()
    this.faults += worker.wait() == KILLED
    return f"after {after:.3f} s"


def _two_workers_one_killed(world: World, this: Round, chance: Random, plant: str) -> str:
    _at_once(world, "sweep", plant)
    verb = chance.choice(("MAIL", "DATA", "CONTENT"))
    victim = Victim(USUAL[verb])
    world.sink.tell(verb, victim.dies)
    first, second = (world.child("deliver", plant=plant, limit=2) for _ in range(2))
    victim.is_(chance.choice((first, second)))
    this.faults += victim.child.wait() == KILLED
    _done(first if victim.child is second else second)
    return f"at {verb}"


def _server_unwell(world: World, this: Round, chance: Random, plant: str) -> str:
    _at_once(world, "sweep", plant)
    verb = chance.choice(list(REFUSALS))
    answer = chance.choice(REFUSALS[verb])
    world.sink.tell(verb, *[USUAL[verb]] * chance.randint(0, 2), answer)
    _at_once(world, "deliver", plant)
    this.faults += 1
    return f"{verb}: {answer}"


def _everything_twice(world: World, this: Round, chance: Random, plant: str) -> str:
    """Two schedulers, and every message of the broker twice."""
    _at_once(world, "sweep", plant)
    _at_once(world, "deliver", plant)
    return "nobody killed"


def _move_killed(world: World, this: Round, chance: Random, plant: str) -> str:
    order = world.order_of_next_move(chance)
    version, owed = world.row_version, world.notices()
    place = chance.randint(1, BOUNDARIES["move"])
    world.child("move", die_at=place, plant=plant, **order).wait()
    if world.row_version == version:
        law.say(world.notices() == owed, "no move, and yet somebody is told of it")
        world.move(order)
    told = world.notices() - owed
    law.say(order["move"] == "sign" or told, "a move, and nobody is told whose turn it is")
    return f"{order['move']} at {place}"


def _clock_steps(world: World, this: Round, chance: Random, plant: str) -> str:
    """While the server thinks, the clock goes on by more than a lease, or back; another worker looks.

    What is on its way at that moment may look as though nobody had it any more.
    """
    _at_once(world, "sweep", plant)
    verb, step = chance.choice(("MAIL", "RCPT", "DATA", "CONTENT")), chance.choice((-8, 4, 10, 120))
    thinks, goes_on = Event(), Event()

    def wait() -> str:
        thinks.set()
        goes_on.wait(20)
        return USUAL[verb]

    world.sink.tell(verb, wait)
    first = world.child("deliver", plant=plant)
    thinks.wait(20)
    this.in_gap = frozenset(row.message_id for row in world.mails() if row.state == "intended")
    world.clock.at += timedelta(minutes=step)
    _done(world.child("deliver", plant=plant))
    goes_on.set()
    _done(first)
    this.faults += 1
    return f"by {step} minutes at {verb}"


def _seal_killed(world: World, this: Round, chance: Random, plant: str) -> str:
    place = chance.randint(1, BOUNDARIES["seal"])
    world.child("seal", die_at=place, plant=plant).wait()
    _done(world.child("seal", plant=plant))
    return f"at {place}"


class Victim:
    """The process that dies as the server is asked something."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._known = Event()

    def is_(self, child: Child) -> None:
        self.child = child
        self._known.set()

    def dies(self) -> str:
        self._known.wait(10)
        self.child.kill()
        return self._answer if isinstance(self._answer, str) else self._answer()


def _at_once(world: World, role: str, plant: str) -> None:
    """Two of them, at the same moment."""
    for child in [world.child(role, plant=plant) for _ in range(2)]:
        _done(child)


def _done(child: Child) -> None:
    assert child.wait() == 0, child.said


Way = Callable[[World, Round, Random, str], str]
WAYS: dict[str, Way] = {
    "the sweep is killed": _sweep_killed,
    "a worker is killed at a statement": _worker_killed_at_a_statement,
    "a worker is killed at a verb": _worker_killed_at_a_verb,
    "a worker is killed some time": _worker_killed_some_time,
    "one of two workers is killed": _two_workers_one_killed,
    "the mail server is unwell": _server_unwell,
    "everything happens twice": _everything_twice,
    "a move is killed": _move_killed,
    "the seal is killed": _seal_killed,
    "the clock steps": _clock_steps,
}
