"""A record as JSON for other programs: the same values, days as ISO, nothing laid out."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from eia.domain.record import Record

FORMAT = "eia-record-1"


def as_json(record: Record) -> bytes:
    """The record in UTF-8; a reader that meets another `format` should stop."""
    values = {"format": FORMAT, **asdict(record)}
    return json.dumps(values, default=_day, ensure_ascii=False, indent=2).encode()


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not part of a record")
