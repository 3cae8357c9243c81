"""Bank holidays of the four nations, worked out offline."""

from __future__ import annotations

from datetime import date
from functools import cache

SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}


@cache
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The nation's bank holidays in the year."""
    import holidays  # slow to import, and only a sweep needs it

    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year))
