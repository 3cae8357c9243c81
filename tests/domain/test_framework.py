"""The frameworks as files, and where a body stands in them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from eia.domain.framework import Standing, load_framework
from eia.domain.rulebook_error import RulebookError
from eia.domain.target_date import parse_target

FORMS = Path(__file__).parents[2] / "forms"
SMALL = {
    "title": "Small",
    "publisher": "Nobody",
    "about": "Little.",
    "level": [{"id": "one", "title": "One"}, {"id": "two", "title": "Two"}],
    "area": [{"id": "all", "title": "Everything"}],
}


def framework(name: str):
    return load_framework(tomllib.loads((FORMS / name).read_text("utf-8")), name)


def small(**changes):
    return load_framework({**SMALL, **changes}, "framework-small-1.toml")


@pytest.mark.parametrize(
    ("file", "areas", "levels"),
    [
        ("framework-eflg-2009-1.toml", 5, ["emerging", "achieving", "excellent"]),
        ("framework-eflg-2021-1.toml", 4, ["developing", "achieving", "excellent"]),
    ],
)
def test_the_two_frameworks_have_their_areas_and_three_levels(file, areas, levels):
    found = framework(file)
    assert (len(found.areas), [each.id for each in found.levels]) == (areas, levels)
    assert all(each.about and each.shows for each in found.areas)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"level": []}, "level: is missing"),
        ({"area": [{"id": "all", "title": "A"}, {"id": "all", "title": "B"}]}, "area.all"),
        ({"area": [{"id": "all", "title": "A", "shwos": []}]}, "shwos"),
        ({"publisher": ""}, "publisher"),
    ],
)
def test_a_fault_is_refused_by_file_table_and_key(changes, words):
    with pytest.raises(RulebookError, match="framework-small-1") as refused:
        small(**changes)
    assert words.split(":")[0] in str(refused.value)


def test_a_framework_is_named_as_one():
    with pytest.raises(RulebookError, match="must be named"):
        load_framework(SMALL, "small-1.toml")


@pytest.mark.parametrize(
    ("level", "wanted", "steps"), [(None, "two", 2), ("one", "two", 1), ("two", "one", 0), ("two", None, 0)]
)
def test_the_gap_is_the_levels_between_now_and_the_target(level, wanted, steps):
    assert Standing(level=level, target_level=wanted).steps_missing(small()) == steps


def test_it_is_late_when_the_targets_last_day_is_over_and_the_level_is_not_reached():
    target = parse_target("March 2026")
    behind = Standing(level="one", target_level="two", target=target)
    assert not behind.is_late(small(), date(2026, 3, 31))
    assert behind.is_late(small(), date(2026, 4, 1))
    assert not Standing(level="two", target_level="two", target=target).is_late(small(), date(2026, 4, 1))
