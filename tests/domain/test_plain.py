"""A value that was put into plain data comes back as it was, also through JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from eia.documents.plan_reading import Document, document_of, read_document
from eia.domain.plain import as_plain, from_plain
from eia.domain.plan import PlanRead
from eia.domain.plan_decision import Checks, Decision, Verdict

FIXTURES = Path(__file__).parent.parent / "fixtures" / "plans"
SOMEBODY = UUID("00000000-0000-4000-8000-000000000001")
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def through_json(kind, value):
    return from_plain(kind, json.loads(json.dumps(as_plain(value))))


@pytest.mark.parametrize("path", sorted(FIXTURES.iterdir()), ids=lambda path: path.name)
def test_a_document_and_its_reading_come_back_as_they_were(path: Path) -> None:
    document = document_of(path.read_bytes())
    assert through_json(Document, document) == document
    found = read_document(document)
    assert through_json(PlanRead, found) == found


def test_what_people_said_comes_back_with_who_and_when() -> None:
    decision = Decision(verdict=Verdict.LEFT_OUT, by=SOMEBODY, at=AT, because="Done")
    said = Checks(decisions={"a1": decision}, aliases={"MNP": "Mary Perry"})
    assert through_json(Checks, said) == said


def test_a_field_that_older_data_lacks_has_its_default() -> None:
    assert from_plain(Checks, {"aliases": {}}) == Checks(decisions={}, aliases={})


def test_days_are_iso_text() -> None:
    assert as_plain({"on": date(2026, 3, 2)}) == {"on": "2026-03-02"}
