"""Figures say what they are shares of, and small numbers are not told."""

from __future__ import annotations

import pytest

from eia.domain.report.figures import Figure, FigureName, PartName, Tally, figure
from eia.domain.report.small_numbers import shown


def test_departments_add_up():
    found = figure(
        FigureName.ACTIONS_ON_TIME,
        [
            Tally(department_id=None, counted=1, out_of=3, unknown=2, parts={PartName.DROPPED: 1}),
            Tally(department_id=None, counted=2, out_of=4, parts={PartName.DROPPED: 2}),
        ],
    )
    assert (found.counted, found.out_of, found.unknown, found.parts) == (3, 7, 2, {PartName.DROPPED: 3})


@pytest.mark.parametrize(("counted", "out_of", "percent"), [(0, 3, 0), (1, 3, 33), (1, 8, 13), (3, 3, 100)])
def test_a_share_is_rounded_half_up(counted, out_of, percent):
    assert Figure(name=FigureName.CONSULTED, counted=counted, out_of=out_of).percent == percent


def test_of_nothing_there_is_no_share():
    assert Figure(name=FigureName.CONSULTED).percent is None


@pytest.mark.parametrize(
    ("count", "out_of", "told"),
    [
        (10, 20, 10),
        (9, 30, None),
        (1, 30, None),
        (21, 30, None),  # what is left over, 9, would give it away
        (20, 30, 20),
        (0, 3, 0),
        (3, 3, 3),
        (1, 3, None),
    ],
)
def test_a_number_that_could_tell_who_is_meant_is_not_told(count, out_of, told):
    assert shown(count, out_of) == told


def test_no_threshold_is_below_five():
    assert shown(4, 100, threshold=1) is None
    assert shown(5, 100, threshold=1) == 5
