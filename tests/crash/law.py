"""What holds after every round, wherever somebody was killed."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from eia.store import tables
from eia.usecases.audit import verify
from eia.usecases.unsettled import unsettled_mails
from tests.crash.world import Round, World, message_id, words
from tests.usecases.letterbox import officer_of


class Broken(AssertionError):
    """A law that does not hold, in words."""


def hold(world: World, this: Round) -> None:
    """Nothing lost, no copy but of what was in the gap, and the record as it was written."""
    kept = world.sink.kept[this.kept_before :]
    _in_the_ledger(world, kept)
    _copies(world, this, kept)
    _nothing_lost(world, this, kept)
    _nothing_waits(world)
    _one_reminder_each(world, this)
    problems = verify(world.services).problems
    say(not problems, f"the record is not as it was written: {problems}")


def _in_the_ledger(world: World, kept: list[bytes]) -> None:
    known = {row.message_id for row in world.mails()}
    unknown = {message_id(each) for each in kept} - known
    say(not unknown, f"went, and nobody knows of it: {unknown}")


def _copies(world: World, this: Round, kept: list[bytes]) -> None:
    """At each fault one mail may have been on its way; it goes again to the byte, or a person is asked."""
    say(len(this.in_gap) <= this.faults, f"{this.faults} faults, and unrecorded: {this.in_gap}")
    for found, count in Counter(map(message_id, kept)).items():
        allowed = 2 if world.resends and found in this.in_gap else 1
        say(count <= allowed, f"{found} went {count} times")
    same = len(set(kept)) == len({message_id(each) for each in kept})
    say(same or this.power_cut, "a copy differs from what it is a copy of")


def _nothing_lost(world: World, this: Round, kept: list[bytes]) -> None:
    said = [words(each) for each in kept]
    listed = [each.text for each in unsettled_mails(world.services, officer_of(world.council))]
    for promise in this.promises:
        told = sum(promise in text for text in said)
        say(told or any(promise in text for text in listed), f"lost: {promise}")
        say(not (told and world.resends and any(promise in text for text in listed)), "told, and listed")
    if not world.resends:
        known = {row.message_id for row in world.mails() if row.state in ("in_doubt", "sent")}
        say(this.in_gap <= known, f"may have gone, and is not listed: {this.in_gap - known}")


def _nothing_waits(world: World) -> None:
    settled = {"sent", "cancelled"} | (set() if world.resends else {"in_doubt"})
    left = {row.state for row in world.mails()} - settled
    say(not left, f"still {left} after hours")


def _one_reminder_each(world: World, this: Round) -> None:
    """The ledger tells of each promise once, with the digest that carries it."""
    with world.services.database.read() as connection:
        table = tables.reminder.c
        rows = connection.execute(
            select(table.subject_id, table.outbox_id).where(
                table.subject_id.in_(this.promises.values()), table.state == "queued"
            )
        ).all()
    say(sorted(str(row.subject_id) for row in rows) == sorted(map(str, this.promises.values())), f"{rows}")
    say(all(row.outbox_id for row in rows), "a reminder that no mail carries")


def say(holds: object, otherwise: str) -> None:
    if not holds:
        raise Broken(otherwise)
