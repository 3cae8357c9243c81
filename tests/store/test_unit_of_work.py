"""One change: whole or not at all, in turn, and never on top of one that was not seen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from eia.domain.errors import NotFound, Stale
from eia.domain.events import Event, Notice
from eia.store import tables
from eia.store.database import Database
from eia.usecases import audit
from tests.council import BODY, Council


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def event(council: Council, assessment_id) -> Event:
    return Event(
        name="people_assigned", chain_id=assessment_id, actor_id=council["officer"].id, at=council.clock.now()
    )


def test_facts_seen_before_somebody_elses_change_are_stale(council: Council) -> None:
    assessment_id = council.assessment("evidence")
    with council.services.database.write() as work:
        seen = work.assessment(BODY, assessment_id)
        assert work.change(seen, event(council, assessment_id)) == 2
    with pytest.raises(Stale) as refusal, council.services.database.write() as work:
        work.change(seen, event(council, assessment_id))
    assert refusal.value.current_version == 2
    assert audit.verify(council.services).problems == ()


def test_there_is_nothing_to_lock_where_there_is_no_assessment(council: Council) -> None:
    with pytest.raises(NotFound), council.services.database.write() as work:
        work.assessment(BODY, BODY)


def test_a_body_has_a_chain_of_its_own(council: Council) -> None:
    for _ in range(2):
        with council.services.database.write() as work:
            work.record(Event(name="plan_imported", chain_id=BODY, actor_id=None, at=council.clock.now()))
    found = audit.verify(council.services)
    assert (found.chains, found.events, found.problems) == (1, 2, ())


def test_a_notice_waits_in_the_outbox_from_the_moment_of_the_change(council: Council) -> None:
    assessment_id = council.assessment("evidence")
    told = Notice(kind="your_turn", recipient_id=council["lead"].id, assessment_id=assessment_id)
    with council.services.database.write() as work:
        work.change(work.assessment(BODY, assessment_id), event(council, assessment_id), notices=[told])
    with council.services.database.read() as connection:
        (row,) = connection.execute(select(tables.outbox)).all()
    assert (row.kind, row.state, row.due_at) == ("notice", "pending", council.clock.now())
    assert row.payload == {"kind": "your_turn", "assessment_id": str(assessment_id)}


def test_eight_writers_at_once_each_get_their_turn(council: Council) -> None:
    assessment_id = council.assessment("evidence")

    def change(_: int) -> None:
        with council.services.database.write() as work:
            work.change(work.assessment(BODY, assessment_id), event(council, assessment_id))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(40)))
    with council.services.database.read() as connection:
        assert connection.execute(select(tables.assessment.c.row_version)).scalar_one() == 41
    assert audit.verify(council.services).problems == ()


def test_eight_events_at_once_of_a_chain_that_no_row_owns_keep_their_order(council: Council) -> None:
    def record(_: int) -> None:
        with council.services.database.write() as work:
            work.record(
                Event(
                    name="action_done",
                    chain_id=council["lead"].id,
                    actor_id=None,
                    at=council.clock.now(),
                )
            )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(record, range(24)))
    found = audit.verify(council.services)
    assert (found.events, found.problems) == (24, ())
