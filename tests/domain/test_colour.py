"""Text on a council's colour can be read, whatever colour it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.domain.colour import BLACK, WHITE, contrast, is_colour, text_on


def test_black_on_white_is_as_much_as_there_is():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_grey_on_white_is_known():
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("colour", "text"), [("#1d5f5a", WHITE), ("#f3b61f", BLACK), ("#ffffff", BLACK)])
def test_text_is_light_on_dark_and_dark_on_light(colour, text):
    assert text_on(colour) == text


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_text_can_be_read_on_any_colour(number):
    colour = f"#{number:06x}"
    assert contrast(text_on(colour), colour) >= 4.4


@pytest.mark.parametrize("text", ["red", "#fff", "#1d5f5a;", "url(x)", "#1d5f5a\n", ""])
def test_what_is_no_colour_is_not_taken_for_one(text):
    assert not is_colour(text)
