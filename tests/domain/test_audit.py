"""The chain's bytes: one way to write them, and nothing in them that two programs could read in two ways."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from eia.domain.audit import START, Link, canonical, chain_problems, event_bytes, link_hash

CHAIN = UUID(int=7)
AT = datetime(2009, 3, 2, 10, 42, tzinfo=UTC)


def links(count: int) -> list[Link]:
    made, previous = [], START
    for seq in range(1, count + 1):
        body = event_bytes(chain_id=CHAIN, seq=seq, name="moved", actor_id=None, at=AT, data={"n": seq})
        previous = link_hash(previous, body)
        made.append(Link(chain_id=CHAIN, seq=seq, body=body, hash=previous))
    return made


def test_an_event_is_always_written_in_the_same_bytes() -> None:
    assert links(1)[0].body == (
        b'{"actor":"clock","at":"2009-03-02T10:42:00.000000+00:00",'
        b'"chain":"00000000-0000-0000-0000-000000000007","data":{"n":1},"name":"moved","seq":1}'
    )


def test_the_order_in_which_things_were_said_does_not_matter() -> None:
    assert canonical({"b": "ŵ", "a": 1}) == canonical({"a": 1, "b": "ŵ"}) == '{"a":1,"b":"ŵ"}'.encode()


@pytest.mark.parametrize("value", [0.1, True, None, b"bytes", {1: "one"}])
def test_what_could_be_written_in_two_ways_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_a_chain_as_it_was_written_has_no_problems() -> None:
    assert chain_problems(CHAIN, links(3)) == []


def test_two_events_changed_places() -> None:
    first, second, third = links(3)
    assert chain_problems(CHAIN, [first, third, second]) == [f"{CHAIN}: event 2 is missing"]


def test_an_event_of_another_chain_does_not_pass_for_one_of_this() -> None:
    assert chain_problems(UUID(int=8), links(1)) == [f"{UUID(int=8)}: event 1 belongs elsewhere"]
