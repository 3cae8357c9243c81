"""Copies of england-1 to plant faults in."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from eia.domain.workflow.definition import WorkflowDefinition
from eia.domain.workflow.load import load_workflow

ROOT = Path(__file__).resolve().parents[3]
_PARSED = tomllib.loads((ROOT / "workflows" / "england-1.toml").read_text(encoding="utf-8"))

Data = dict[str, Any]


def data() -> Data:
    """A copy of the file as parsed."""
    return deepcopy(_PARSED)


def loaded(changed: Data | None = None) -> WorkflowDefinition:
    """The definition, of the file or of a changed copy."""
    return load_workflow(data() if changed is None else changed, "england-1.toml")


def move(copy: Data, name: str) -> Data:
    """The move's table in the copy."""
    found: Data = next(each for each in copy["move"] if each["name"] == name)
    return found


def stage(copy: Data, name: str) -> Data:
    """The stage's table in the copy."""
    found: Data = next(each for each in copy["stage"] if each["name"] == name)
    return found


def without_move(copy: Data, *names: str) -> Data:
    """The copy with these moves gone."""
    copy["move"] = [each for each in copy["move"] if each["name"] not in names]
    return copy


def without_guard(copy: Data, name: str, guard: str) -> Data:
    """The copy with this guard of this move gone."""
    move(copy, name)["guards"] = [each for each in move(copy, name)["guards"] if each["name"] != guard]
    return copy


ENGLAND = loaded()
