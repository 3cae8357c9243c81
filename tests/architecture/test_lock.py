"""The lock is whole, names no index and agrees with what the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

RUN, SERVER, TEST, NPM = (f"requirements-{kind}.txt" for kind in ("run", "server", "test", "npm"))
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)(?: {4}.*\n?)*)", re.MULTILINE)


def pins(root: Path, name: str) -> dict[str, set[str]]:
    """Each package's versions: two where newer Pythons get a newer one."""
    found: dict[str, set[str]] = {}
    for pin in PIN.finditer((root / "lock" / name).read_text("utf-8")):
        found.setdefault(pin["name"], set()).add(pin["version"])
    return found


def asked_for(root: Path, *, groups: list[str], extras: list[str]) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    lines = list(project["project"]["dependencies"])
    lines += [line for group in groups for line in project["dependency-groups"][group]]
    lines += [line for extra in extras for line in project["project"]["optional-dependencies"][extra]]
    return [Requirement(line) for line in lines]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", [RUN, SERVER, TEST, NPM])
def test_no_file_says_where_packages_come_from(root: Path, name: str) -> None:
    text = (root / "lock" / name).read_text("utf-8")
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|file:", text)


@pytest.mark.parametrize("name", [RUN, SERVER, TEST, NPM])
def test_every_pin_has_a_hash(root: Path, name: str) -> None:
    text = (root / "lock" / name).read_text("utf-8")
    hashed = [pin["name"] for pin in PIN.finditer(text) if "--hash=sha256:" in pin["rest"]]
    assert hashed == re.findall(r"^([a-z0-9].*?)==", text, re.MULTILINE) != []


@pytest.mark.parametrize("name", [RUN, SERVER])
def test_the_test_lock_runs_what_the_others_run(root: Path, name: str) -> None:
    run, test = pins(root, name), pins(root, TEST)
    assert {name: test.get(name) for name in run} == run


@pytest.mark.parametrize(
    ("name", "groups", "extras"),
    [
        (RUN, ["build"], ["pdf"]),
        (SERVER, [], ["server", "postgres", "pdf"]),
        (TEST, ["build", "test"], ["server", "postgres", "pdf", "template"]),
    ],
)
def test_the_lock_satisfies_the_project(root: Path, name: str, groups: list[str], extras: list[str]) -> None:
    locked = pins(root, name)
    unmet = [
        str(wanted)
        for wanted in asked_for(root, groups=groups, extras=extras)
        if not locked.get(canonical(wanted.name))
        or not all(wanted.specifier.contains(version) for version in locked[canonical(wanted.name)])
    ]
    assert not unmet
