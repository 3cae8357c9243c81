from __future__ import annotations

from eia.domain.workflow.diagram import mermaid
from tests.domain.workflow.planted import ENGLAND, data, loaded, move


def test_every_stage_is_drawn_under_its_title() -> None:
    drawn = mermaid(ENGLAND)
    assert drawn.startswith("stateDiagram-v2\n")
    assert all(f'state "{stage.title}" as {stage.name}' in drawn for stage in ENGLAND.stages)


def test_every_move_is_drawn_with_its_verb() -> None:
    drawn = mermaid(ENGLAND)
    assert [each.name for each in ENGLAND.moves if each.title not in drawn] == []
    assert "screening --> screening_review: Submit the screening" in drawn


def test_holding_and_withdrawing_are_drawn_once() -> None:
    assert mermaid(ENGLAND).count("Put on hold") == 1
    assert "on_hold --> any_live_stage: Resume where it was" in mermaid(ENGLAND)


def test_an_assessment_begins_at_the_first_stage_and_ends_at_the_ends() -> None:
    drawn = mermaid(ENGLAND)
    assert "[*] --> proposed" in drawn
    assert [stage.name for stage in ENGLAND.stages if f"{stage.name} --> [*]" in drawn] == [
        "screened_out",
        "closed",
        "withdrawn",
        "superseded",
    ]


def test_it_speaks_welsh() -> None:
    assert 'state "Tystiolaeth" as evidence' in mermaid(ENGLAND, "cy")


def test_a_colon_in_a_verb_does_not_end_it() -> None:
    changed = data()
    move(changed, "close")["title"] = "Close: for good"
    assert "review --> closed: Close - for good" in mermaid(loaded(changed))
