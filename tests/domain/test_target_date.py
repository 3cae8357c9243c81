"""Target dates are read as written, and never silently wrong."""

import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.domain.errors import Invalid
from eia.domain.target_date import (
    Milestone,
    Period,
    TargetDate,
    TargetKind,
    financial_year,
    find_period,
    parse_period,
    parse_target,
    times_said,
)
from tests.domain.target_date_examples import IN_2008_09, WITHOUT_PERIOD

YEAR_2008 = financial_year(2008)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2069, 12, 31))


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip("\n").split("\n")]


def as_row(target: TargetDate) -> tuple[str, ...]:
    flags = ("p" if target.provisional else "") + ("i" if target.inferred else "")
    days = (str(day) if day else "" for day in (target.earliest, target.latest))
    return (str(target.kind), *days, flags + ("?" if target.problems else ""))


@pytest.mark.parametrize("row", rows(WITHOUT_PERIOD), ids=lambda row: row[0] or "blank")
def test_words_mean_these_days_and_say_what_is_unsure(row: tuple[str, ...]) -> None:
    assert as_row(parse_target(row[0])) == row[1:]


@pytest.mark.parametrize("row", rows(IN_2008_09), ids=lambda row: row[0])
def test_the_plans_period_gives_the_year_that_the_words_leave_out(row: tuple[str, ...]) -> None:
    assert as_row(parse_target(row[0], period=YEAR_2008)) == row[1:]


def test_the_tables_hold_at_least_150_strings() -> None:
    assert len(rows(WITHOUT_PERIOD)) + len(rows(IN_2008_09)) >= 150


def test_a_date_that_continues_keeps_its_first_day_as_a_milestone() -> None:
    target = parse_target("March 2009 (and continuing to March 2010)")

    assert [(m.raw, m.latest) for m in target.milestones] == [("March 2009", date(2009, 3, 31))]


def test_milestones_are_called_by_their_own_words() -> None:
    target = parse_target("Draft March 2009; final report June 2009")

    assert [(m.name, m.latest) for m in target.milestones] == [
        ("Draft", date(2009, 3, 31)),
        ("final report", date(2009, 6, 30)),
    ]


def test_names_may_stand_after_their_dates() -> None:
    target = parse_target("March 2009 (draft), June 2009 (final)")

    assert [m.name for m in target.milestones] == ["draft", "final"]


def test_a_month_that_comes_twice_in_the_period_is_left_to_a_person() -> None:
    target = parse_target("March", period=Period(first=date(2009, 1, 1), last=date(2011, 12, 31)))

    assert (target.kind, target.latest) == (TargetKind.UNKNOWN, None)
    assert "2009, 2010, 2011" in target.problems[0]


def test_a_body_may_say_when_its_municipal_year_starts() -> None:
    starts = {2009: date(2009, 5, 14), 2010: date(2010, 5, 20)}

    target = parse_target("municipal year 2009/10", municipal_year_starts=starts)

    assert (target.earliest, target.latest, target.problems) == (date(2009, 5, 14), date(2010, 5, 19), ())


def test_a_date_inside_an_event_is_reported_and_not_used() -> None:
    target = parse_target("following the March 2009 elections")

    assert target.latest is None
    assert any("March 2009" in problem for problem in target.problems)


def test_words_that_played_no_part_are_named() -> None:
    assert any("unless vetoed" in problem for problem in parse_target("March 2009 unless vetoed").problems)


def test_a_target_survives_its_stored_columns() -> None:
    target = parse_target("Draft March 2009; final June 2009 (tbc)")
    stored = target.as_json()

    again = TargetDate.from_columns(
        raw=stored["raw"],
        kind=stored["kind"],
        earliest=target.earliest,
        latest=target.latest,
        provisional=stored["provisional"],
        milestones=stored["milestones"],  # type: ignore[arg-type]
    )

    assert again.as_json() == stored
    assert again.milestones == target.milestones


def test_kinds_are_printed_as_plain_strings() -> None:
    assert parse_target("from April 2009").as_json()["kind"] == "from"


def test_a_target_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="after"):
        TargetDate(raw="", kind=TargetKind.SPAN, earliest=date(2009, 2, 1), latest=date(2009, 1, 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2008/09", date(2008, 4, 1), date(2009, 3, 31)),
        ("2008-09", date(2008, 4, 1), date(2009, 3, 31)),
        ("2009-2012", date(2009, 4, 1), date(2012, 3, 31)),
        ("2009-11", date(2009, 4, 1), date(2011, 3, 31)),
        ("2009-01-01 to 2009-12-31", date(2009, 1, 1), date(2009, 12, 31)),
    ],
)
def test_a_period_is_written_as_years_or_as_two_days(text: str, first: date, last: date) -> None:
    assert parse_period(text) == Period(first=first, last=last)


@pytest.mark.parametrize(
    "text", ["", "soon", "2009", "2009/08", "2009/9", "2009-13-01 to 2010-01-01", "2010-01-01 to 2009-01-01"]
)
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_period(text)
    assert "2008/09" in refused.value.problems["period"]


def test_a_title_gives_its_years() -> None:
    assert find_period("Equality action plan 2008/09 (draft 3)") == YEAR_2008


@given(DAYS)
def test_a_real_day_is_read_however_it_is_written(day: date) -> None:
    short = f"{day.year % 100:02}"
    month = f"{day:%B}"
    written = (
        f"{day.day}.{day.month}.{short}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}-{day:%b}-{short}",
        f"{day.day}th {month} {day.year}",
        f"{day:%A} {day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        day.isoformat(),
    )
    for words in written:
        target = parse_target(words)
        assert (target.kind, target.earliest, target.latest) == (TargetKind.DAY, day, day), words
        assert target.is_certain, words


@given(DAYS)
def test_a_month_holds_its_days_and_no_others(day: date) -> None:
    target = parse_target(f"{day:%B %Y}")

    assert target.earliest is not None
    assert target.latest is not None
    assert target.earliest <= day <= target.latest
    assert (
        (target.earliest - timedelta(days=1)).month != day.month != (target.latest + timedelta(days=1)).month
    )


@given(st.integers(2000, 2068))
def test_a_financial_year_starts_in_april_whatever_its_numbers_look_like(year: int) -> None:
    target = parse_target(f"{year}/{(year + 1) % 100:02}")

    assert target.kind is TargetKind.FINANCIAL_YEAR
    assert (target.earliest, target.latest) == (date(year, 4, 1), date(year + 1, 3, 31))


PIECES = st.sampled_from(
    (
        *(
            "March",
            "2009",
            "09",
            "2009/10",
            "31.3.10",
            "13.13.10",
            "31",
            "29 Feb",
            "May",
            "Q2",
            "autumn",
            "1",
        ),
        *("by", "end of", "from", "to", "-", "/", ",", ";", "and", "(", ")", "'", "until", "before", "after"),
        *("ongoing", "tbc", "early", "every", "year end", "w/c", "within 3 months of", "the", "@", "\ue000"),
        *("0001-01-01", "9999-12-31", "1.1.0001", "2099", "1900"),
    )
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=9).map(" ".join)), st.booleans())
def test_no_text_breaks_the_reading_or_loses_its_words(text: str, has_period: bool) -> None:
    target = parse_target(text, period=YEAR_2008 if has_period else None)

    assert target.raw == text
    assert not (target.earliest and target.latest) or target.earliest <= target.latest
    if target.kind is TargetKind.UNKNOWN:
        assert target.problems
        assert target.latest is None
    for milestone in target.milestones:
        assert Milestone.from_json(milestone.as_json()) == milestone


@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_every_date_in_the_words_is_used_or_spoken_of(text: str) -> None:
    target = parse_target(text)

    if re.search(r"(?<!\S)13\.13\.10(?!\S)", text):
        assert target.problems


def test_long_and_hostile_text_is_refused_quickly() -> None:
    started = time.perf_counter()

    for text in (
        "1/" * 5_000,
        "March " * 90,
        "a" * 100_000,
        "31.3." * 110,
        "-" * 600,
        "(" * 600,
        " to @" * 100,
    ):
        parse_target(text)

    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("Publish the results by the end of March 2010, and act on them.", ("by the end of March 2010",)),
        ("Draft it in 2009/10 (see 4.2) under the Equality Act 2010.", ("in 2009/10",)),
        ("Report by 31.3.10 and again by June 2010.", ("by 31.3.10", "by June 2010")),
        ("The group is convened at an early stage.", ("at an early stage",)),
        ("Ask for views soon, by May 2010 at the latest.", ("by May 2010",)),
        ("Staff may be asked to march in step with policy.", ()),
        ("Levels 2 and 3 of the framework apply to 7 services.", ()),
    ],
)
def test_the_words_of_a_sentence_that_say_when_are_found(sentence: str, times: tuple[str, ...]) -> None:
    assert times_said(sentence) == times


def test_words_that_do_not_say_when_are_named() -> None:
    assert parse_target("in the short term").problems == ("'in the short term' does not say when.",)
