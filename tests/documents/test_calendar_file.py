"""The calendar that a person's own calendar program reads, read back."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar

from eia.documents.calendar import calendar_file
from eia.domain.calendar import DayWords

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_day_comes_back_as_it_went_in():
    day = DayWords(
        uid="action-1@eia.example.org",
        day=date(2026, 3, 31),
        summary="Action due: FIN-2026-004; see, the plan",
        url="https://eia.example.org/actions/1",
        sequence=3,
        is_tentative=True,
        alarms=(date(2026, 3, 27), date(2026, 3, 30)),
    )
    (event,) = Calendar.from_ical(calendar_file([day], name="Dates", now=NOW)).walk("VEVENT")
    assert event["UID"] == day.uid
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 3, 31), date(2026, 4, 1))
    assert event["SUMMARY"] == day.summary
    assert (event["SEQUENCE"], event["STATUS"], event["URL"]) == (3, "TENTATIVE", day.url)
    # 30 March is summer time: nine in London is eight in UTC.
    assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [
        datetime(2026, 3, 27, 9, tzinfo=UTC),
        datetime(2026, 3, 30, 8, tzinfo=UTC),
    ]


def test_an_empty_calendar_is_one():
    assert Calendar.from_ical(calendar_file([], name="Dates", now=NOW)).walk("VEVENT") == []
