"""Days as an iCalendar file that any calendar reads (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from eia.domain.calendar import DayWords

LONDON = ZoneInfo("Europe/London")
NINE = time(9)


def calendar_file(days: Iterable[DayWords], *, name: str, now: datetime) -> bytes:
    """The whole calendar; a day that is no longer in it is gone from whoever reads it again."""
    found = Calendar()
    found.add("prodid", "-//eia//Equality impact assessments//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for each in days:
        found.add_component(_event(each, now))
    return bytes(found.to_ical())


def _event(each: DayWords, now: datetime) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", now)
    event.add("sequence", each.sequence)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", each.summary)
    event.add("url", each.url)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # nobody is busy because something is due
    event.add("status", "TENTATIVE" if each.is_tentative else "CONFIRMED")
    for day in each.alarms:
        event.add_component(_alarm(day, each.summary))
    return event


def _alarm(day: date, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add(
        "trigger", datetime.combine(day, NINE, LONDON).astimezone(UTC), parameters={"value": "DATE-TIME"}
    )
    return alarm
