"""Finds and reads the workflows and forms, in a checkout or in a wheel, and a body's own beside ours."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from eia.domain.errors import NotFound
from eia.domain.forms.definition import CharacteristicList, QuestionSet
from eia.domain.forms.load import load_characteristics, load_question_set
from eia.domain.framework import FILE_BEGINS, Framework, load_framework
from eia.domain.rulebook_error import RulebookError
from eia.domain.workflow.definition import About, WorkflowDefinition
from eia.domain.workflow.load import load_workflow

Kind = Literal["workflows", "forms"]
KINDS: tuple[Kind, ...] = ("workflows", "forms")
RELEASED = "released.sha256"
"""Beside the files: the hash of each that was released, as sha256sum writes and checks it."""

_HERE = Path(__file__).resolve().parent
_beside: list[Path] = []


def lay_beside(directory: Path | None) -> None:
    """Reads the `workflows/` and `forms/` under `directory` too, or only ours; called once, at start."""
    _beside[:] = [] if directory is None else [directory]
    forget()


def record_template() -> bytes | None:
    """The body's own Word template of a record, "record.docx" beside its workflows, if it has one."""
    found = (directory / "record.docx" for directory in _beside)
    return next((path.read_bytes() for path in found if path.is_file()), None)


def forget() -> None:
    """Reads every file anew when it is next asked for."""
    for cached in _CACHES:
        cached.cache_clear()


def folders(kind: Kind) -> tuple[Path, ...]:
    """Where files of this kind are: ours first, then the body's own."""
    return (ours(_HERE, kind), *(directory / kind for directory in _beside))


def ours(package: Path, kind: Kind) -> Path:
    """Beside the package in a checkout, inside it in a wheel, where top-level names would collide."""
    inside = package / kind
    return inside if inside.is_dir() else package.parent / kind


def find(kind: Kind) -> Mapping[str, Path]:
    """Every file of this kind by its name without ".toml". Raises RulebookError when two have one name."""
    found: dict[str, Path] = {}
    for path in (path for folder in folders(kind) for path in sorted(folder.glob("*.toml"))):
        if path.stem in found:
            raise RulebookError(
                path.name, "", "", "has the name of a file of ours: give it another number or name"
            )
        found[path.stem] = path
    return found


def read_toml(kind: Kind, name: str) -> tuple[dict[str, Any], str]:
    """The parsed file and its file name. Raises NotFound, and RulebookError where it is not TOML."""
    path = find(kind).get(name)
    if path is None:
        raise NotFound(f"{kind}/{name}.toml")
    return parse(path), path.name


def parse(path: Path) -> dict[str, Any]:
    """A file as TOML. Raises RulebookError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulebookError(path.name, "", "", f"is not TOML: {error}") from error


@cache
def workflow(name: str) -> WorkflowDefinition:
    """The workflow called "england-1", read once. Raises NotFound, RulebookError."""
    return load_workflow(*read_toml("workflows", name))


@cache
def question_set(workflow_name: str, form: str) -> QuestionSet:
    """The questions of this form ("screening") as the workflow pins them. Raises NotFound, RulebookError."""
    pinned = workflow(workflow_name).question_sets.get(form)
    if pinned is None:
        raise NotFound(f"{workflow_name} has no form {form}")
    return load_question_set(*read_toml("forms", pinned))


@cache
def characteristics(name: str) -> CharacteristicList:
    """The list called "characteristics-gb-1", read once. Raises NotFound, RulebookError."""
    return load_characteristics(*read_toml("forms", name))


@cache
def framework(name: str) -> Framework:
    """The framework called "framework-eflg-2021-1", read once. Raises NotFound, RulebookError."""
    if not name.startswith(FILE_BEGINS):
        raise NotFound(name)
    return load_framework(*read_toml("forms", name))


def framework_names() -> tuple[str, ...]:
    """Every framework there is, in order."""
    return tuple(sorted(name for name in find("forms") if name.startswith(FILE_BEGINS)))


def workflow_names() -> tuple[str, ...]:
    """Every workflow of assessments there is, in order."""
    return _names_about(About.ASSESSMENT)


def plan_workflow_names() -> tuple[str, ...]:
    """Every route by which plans are approved, in order."""
    return _names_about(About.PLAN)


def _names_about(about: About) -> tuple[str, ...]:
    return tuple(name for name in sorted(find("workflows")) if workflow(name).about is about)


def changed_since_release(folder: Path) -> Iterator[str]:
    """Sentences about files of this folder that were released and are gone or no longer what they were."""
    for name, released in _released(folder).items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: was released and is gone"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != released:
            yield f"{name}: was released and has changed; a change is the next number"


def _released(folder: Path) -> dict[str, str]:
    listed = folder / RELEASED
    lines = listed.read_text("utf-8").splitlines() if listed.is_file() else []
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines if line.strip())}


_CACHES = [workflow, question_set, characteristics, framework]
