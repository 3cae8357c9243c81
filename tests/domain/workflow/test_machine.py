from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from transitions import Machine

from eia.domain.errors import NotFound, NotReady
from eia.domain.facts import AssessmentFacts, MoveRequest
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import GuardUse, WorkflowDefinition
from eia.domain.workflow.machine import Slot, fire, machine_of
from tests.domain.workflow.planted import ENGLAND, loaded
from tests.factories import a_request, facts, whole

ASKED = a_request()


def with_guard(call: Callable[[AssessmentFacts, MoveRequest], Any]) -> WorkflowDefinition:
    """England-1 where beginning the screening depends on this guard alone."""
    use = GuardUse(name="planted", parameters=MappingProxyType({}), call=call)
    moves = (
        replace(move, guards=(use,)) if move.name == "begin_screening" else move for move in ENGLAND.moves
    )
    return replace(ENGLAND, moves=tuple(moves))


def test_there_is_no_back_door_to_a_stage() -> None:
    assert "to_closed" in Machine(states=["open", "closed"], initial="open").events, (
        "the trap is gone upstream"
    )
    with pytest.raises(NotFound):
        fire(ENGLAND, whole("proposed"), "to_closed", ASKED)


def test_only_the_moves_of_the_file_can_be_fired() -> None:
    assert set(machine_of(ENGLAND).events) == {move.name for move in ENGLAND.moves}


def test_an_unmet_guard_speaks_instead_of_returning_false() -> None:
    with pytest.raises(NotReady) as caught:
        fire(ENGLAND, facts(stage="scheduled"), "begin_screening", ASKED)
    assert [item.guard for item in caught.value.unmet] == ["lead_accepted"]


def test_what_two_guards_miss_alike_is_told_once() -> None:
    missed = Unmet(guard="planted", message="Some questions have no answer yet.", where="impact")
    with pytest.raises(NotReady) as caught:
        fire(
            with_guard(lambda facts, request: (missed, replace(missed))),
            whole("scheduled"),
            "begin_screening",
            ASKED,
        )
    assert caught.value.unmet == (missed,)


def test_all_unmet_guards_are_told_and_not_the_first() -> None:
    bare = facts(assigned=(), department_id=None, decision_body="", target=None)
    with pytest.raises(NotReady) as caught:
        fire(ENGLAND, bare, "schedule", ASKED)
    assert [item.guard for item in caught.value.unmet] == [
        "has_lead",
        "has_department",
        "has_decision_body",
        "has_target_date",
    ]


def test_a_guard_need_not_return_the_literal_true_to_be_met() -> None:
    machine = Machine(states=["a", "b"], initial="a")
    machine.add_transition("go", "a", "b", conditions=lambda: "truthy")
    assert machine.trigger("go") is False, "the trap is gone upstream"
    assert fire(with_guard(lambda _facts, _request: None), facts(stage="scheduled"), "begin_screening", ASKED)
    assert fire(with_guard(lambda _facts, _request: ()), facts(stage="scheduled"), "begin_screening", ASKED)


def test_one_unmet_of_several_is_enough_to_hold_a_move_back() -> None:
    definition = with_guard(lambda _facts, _request: (Unmet(guard="planted", message="No."),))
    with pytest.raises(NotReady):
        fire(definition, facts(stage="scheduled"), "begin_screening", ASKED)


def test_a_guard_that_breaks_is_not_a_guard_that_is_met() -> None:
    def broken(_facts: AssessmentFacts, _request: MoveRequest) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fire(with_guard(broken), facts(stage="scheduled"), "begin_screening", ASKED)


def test_nothing_a_record_has_can_be_mistaken_for_a_move() -> None:
    class Record:
        def close(self) -> str:
            return "closed the file"

    record = Record()
    Machine(record, states=["a", "b"], initial="a").add_transition("close", "a", "b")
    assert record.close() == "closed the file", "the trap is gone upstream"
    assert not {move.name for move in ENGLAND.moves} & set(dir(Slot("review")))


def test_the_machine_keeps_no_assessment() -> None:
    fire(ENGLAND, whole("scheduled"), "begin_screening", ASKED)
    gc.collect()
    assert machine_of(ENGLAND).models == []
    assert not [kept for kept in gc.get_objects() if isinstance(kept, Slot)]


def test_a_definition_has_one_machine() -> None:
    assert machine_of(ENGLAND) is machine_of(ENGLAND)
    assert machine_of(loaded()) is not machine_of(ENGLAND)


def test_a_move_leads_where_the_file_says() -> None:
    assert fire(ENGLAND, whole("scheduled"), "begin_screening", ASKED) == "screening"


@pytest.mark.parametrize(("stage", "move"), [("closed", "close"), ("screening", "sign"), ("nowhere", "hold")])
def test_a_move_that_does_not_leave_the_stage_is_not_found(stage: str, move: str) -> None:
    with pytest.raises(NotFound):
        fire(ENGLAND, whole(stage), move, ASKED)


@pytest.mark.parametrize("stage", ENGLAND.live_stages)
def test_what_was_put_on_hold_resumes_where_it_was(stage: str) -> None:
    assert fire(ENGLAND, whole("on_hold", held_from=stage), "resume", ASKED) == stage


@pytest.mark.parametrize("held_from", [None, "closed", "nowhere"])
def test_what_was_held_from_nowhere_resumes_nowhere(held_from: str | None) -> None:
    with pytest.raises(NotFound):
        fire(ENGLAND, whole("on_hold", held_from=held_from), "resume", ASKED)
