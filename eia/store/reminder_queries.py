"""The sweep's questions to the database: set-based over every body, each a range of an index of open rows.

They are text because both dialects must read a JSON list of due ranges as rows, and SQLite must be told to
scan those few first. What a question returns is new: what the ledger holds is left out in the database.
"""

# ruff: noqa: S608 - every word of these statements is ours; what comes from outside is bound
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text

from eia.store.types import UTCDateTime


class DueRow(NamedTuple):
    """What the pure rules say is due: a rule for the deadlines from `since` to `upto`, or for one period."""

    body_id: UUID
    rule: str
    since: date | None = None
    upto: date | None = None
    earlier: tuple[
        str, ...
    ] = ()  # the rules before it; the last must be in the ledger unless runs were missed
    occurrence: date | None = None
    known_before: datetime | None = None
    known_after: datetime | None = None


class LedgerRow(NamedTuple):
    """One reminder as the ledger keeps it."""

    id: UUID
    body_id: UUID
    subject_kind: str
    subject_id: UUID
    rule: str
    occurrence: date
    recipient_id: UUID
    state: str
    outbox_id: UUID | None


# The rules of the day as rows; each branch of the question reads its own, which `about` names.
DUE = {
    "sqlite": """due AS MATERIALIZED (SELECT value ->> 'about' AS about, value ->> 'body' AS body,
        value ->> 'rule' AS rule, value ->> 'since' AS since, value ->> 'upto' AS upto,
        value ->> 'previous' AS previous, value ->> 'occurrence' AS occurrence,
        value ->> 'known_before' AS known_before, value ->> 'known_after' AS known_after
        FROM json_each(:due))""",
    "postgresql": """due AS MATERIALIZED (SELECT * FROM json_to_recordset(CAST(:due AS json)) AS d(about text,
        body uuid, rule text, since date, upto date, previous text, occurrence date, known_before timestamptz,
        known_after timestamptz))""",
}
RANGES = {
    "sqlite": "due d CROSS JOIN",  # CROSS: SQLite keeps the order that is written
    "postgresql": "due d JOIN",
}
NOBODY = "CAST(NULL AS uuid)"  # a null alone has no kind, and the branches must agree
_MILESTONES = {
    "sqlite": "json_each(s.target_milestones) m",
    "postgresql": "LATERAL json_array_elements(s.target_milestones) AS m(value)",
}
_MILESTONE_DAY = {"sqlite": "(m.value ->> 'latest')", "postgresql": "CAST(m.value ->> 'latest' AS date)"}
_HAS_MILESTONES = {"sqlite": "s.target_milestones <> '[]'", "postgresql": "s.target_milestones::text <> '[]'"}

# The target date of an assessment is kept once it is approved; what is asked for then is its review.
_OPEN = {
    "action": "s.state = 'open'",
    "assessment": "s.is_open AND s.held_from IS NULL AND s.approved_on IS NULL",
}
_LEADS = {
    "action": """LEFT JOIN action_lead l ON l.action_id = s.id AND l.role <> 'support'
        LEFT JOIN party p ON p.id = l.party_id AND p.confirmed""",
    "assessment": "LEFT JOIN assignment l ON l.assessment_id = s.id AND l.role = 'lead'",
}
_LEAD = {"action": "p.holder_id", "assessment": "l.person_id"}
_SOMEBODY = {
    "action": """EXISTS (SELECT 1 FROM action_lead l2 JOIN party p2 ON p2.id = l2.party_id AND p2.confirmed
        JOIN person h2 ON h2.id = p2.holder_id AND h2.active AND h2.mail_refused_at IS NULL
        WHERE l2.action_id = s.id AND l2.role <> 'support')""",
    "assessment": """EXISTS (SELECT 1 FROM assignment l2 JOIN person h2 ON h2.id = l2.person_id AND h2.active
            AND h2.mail_refused_at IS NULL
        WHERE l2.assessment_id = s.id AND l2.role = 'lead')""",
}
_DEPARTMENT = {
    "action": """COALESCE((SELECT department_id FROM assessment WHERE assessment.id = s.assessment_id),
        (SELECT department_id FROM plan WHERE plan.id = s.plan_id))""",
    "assessment": "s.department_id",
}
# A promise that a new assessment took over from one where it is still open is asked after there alone.
_ONCE = {
    "action": """(s.carried_from IS NULL OR NOT EXISTS (SELECT 1 FROM action o
        WHERE o.id = s.carried_from AND o.state = 'open'))""",
    "assessment": "true",
}
_NO_DEADLINE = "s.target_kind IN ('event', 'ongoing')"
_UNDATED = f"s.target_latest IS NULL AND NOT {_NO_DEADLINE}"
_KNOWN = "(s.created_at < d.known_before OR s.created_at >= d.known_after)"
_BEGUN = "(s.target_earliest IS NULL OR s.target_earliest <= d.occurrence)"

WHICH = {
    "deadline": f"s.target_latest BETWEEN d.since AND d.upto AND NOT {_NO_DEADLINE}",
    "confirm": f"s.target_latest BETWEEN d.since AND d.upto AND s.target_provisional AND NOT {_NO_DEADLINE}",
    "check-in": f"s.target_kind = 'ongoing' AND {_BEGUN} AND {_KNOWN}",
    "check-in-from": f"{_UNDATED} AND s.target_earliest <= d.occurrence AND {_KNOWN}",
    "announced": f"s.target_kind = 'event' AND {_BEGUN} AND {_KNOWN}",
    "give-date": f"{_UNDATED} AND s.target_earliest IS NULL AND {_KNOWN}",
}
BY_DEADLINE = frozenset({"deadline", "confirm"})


def for_leads(dialect: str, kind: str, which: str) -> str:
    """What is due to the people who lead it; to nobody (null), once, where mail may reach no lead."""
    occurrence = "s.target_latest" if which in BY_DEADLINE else "d.occurrence"
    source = f"""{RANGES[dialect]} {kind} s ON d.about = '{kind}/{which}'
        AND {_OPEN[kind]} AND s.body_id = d.body AND {WHICH[which]}"""
    return _select(kind, occurrence, source)


def for_milestones(dialect: str, kind: str) -> str:
    """The same for the milestones of a promise, but for the one that is its deadline."""
    day = _MILESTONE_DAY[dialect]
    own = f"CASE WHEN {_NO_DEADLINE} THEN NULL ELSE s.target_latest END"
    source = f"""{RANGES[dialect]} {kind} s
        ON d.about = '{kind}/milestones' AND {_OPEN[kind]} AND s.body_id = d.body
            AND {_HAS_MILESTONES[dialect]} JOIN {_MILESTONES[dialect]}
        ON {day} BETWEEN d.since AND d.upto AND ({own} IS NULL OR {day} <> {own})"""
    return _select(kind, day, source)


def for_next_post(dialect: str, kind: str) -> str:
    """What is late enough for the next post up, once for each deadline, whoever was told."""
    source = f"""{RANGES[dialect]} {kind} s ON d.about = '{kind}/escalated'
        AND {_OPEN[kind]} AND s.body_id = d.body AND {WHICH["deadline"]}"""
    return f"""SELECT s.body_id, '{kind}' AS subject_kind, s.id AS subject_id, d.rule,
        s.target_latest AS occurrence, {NOBODY} AS recipient_id, {_DEPARTMENT[kind]} AS department_id,
        false AS catching_up
        FROM {source}
        WHERE NOT EXISTS (SELECT 1 FROM reminder r WHERE {told(kind, "d.rule", "s.target_latest")})
            AND {_ONCE[kind]}"""


def _select(kind: str, occurrence: str, source: str) -> str:
    """Most were told already: they are passed over before it is asked whether they are still here."""
    known = told(kind, "d.rule", occurrence)
    before = told(kind, "d.previous", occurrence)
    return f"""SELECT s.body_id, '{kind}' AS subject_kind, s.id AS subject_id, d.rule,
        {occurrence} AS occurrence, h.id AS recipient_id, {NOBODY} AS department_id,
        NOT EXISTS (SELECT 1 FROM reminder r WHERE {before}) AS catching_up
        FROM {source} {_LEADS[kind]}
        LEFT JOIN reminder r ON {known} AND r.recipient_id = {_LEAD[kind]}
        LEFT JOIN person h ON r.rule IS NULL AND h.id = {_LEAD[kind]} AND h.active
            AND h.mail_refused_at IS NULL
        WHERE r.rule IS NULL AND (h.id IS NOT NULL
            OR (NOT {_SOMEBODY[kind]} AND NOT EXISTS (SELECT 1 FROM reminder r WHERE {known})))
            AND {_ONCE[kind]}"""


def told(kind: str, rule: str, occurrence: str, *, subject: str = "s.id") -> str:
    """A cancelled reminder is not held against a deadline that moved back, or a lead that returned."""
    return f"""r.subject_id = {subject} AND r.subject_kind = '{kind}' AND r.rule = {rule}
        AND r.occurrence = {occurrence} AND r.state <> 'cancelled'"""


def as_json(dialect: str, rows: Iterable[tuple[str, DueRow]]) -> str:
    """The due rows, each after what it is about, as the dialect compares them: as its columns store them."""
    lite = dialect == "sqlite"
    return json.dumps(
        [
            {
                "about": about,
                "body": row.body_id.hex if lite else str(row.body_id),
                "rule": row.rule,
                "since": _day(row.since),
                "upto": _day(row.upto),
                "previous": row.earlier[-1] if row.earlier else "",
                "occurrence": _day(row.occurrence),
                "known_before": _instant(row.known_before, lite=lite),
                "known_after": _instant(row.known_after, lite=lite),
            }
            for about, row in rows
        ]
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _instant(at: datetime | None, *, lite: bool) -> str | None:
    if at is None:
        return None
    at = at.astimezone(UTC)
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") if lite else at.isoformat()


def ledger_json(dialect: str, rows: Sequence[LedgerRow]) -> str:
    """The rows as the dialect stores them."""
    key = _hex if dialect == "sqlite" else str
    return json.dumps(
        [
            (
                key(row.id), key(row.body_id), row.subject_kind, key(row.subject_id), row.rule,
                row.occurrence.isoformat(), key(row.recipient_id), row.state,
                key(row.outbox_id) if row.outbox_id else None,
            )
            for row in rows
        ]
    )  # fmt: skip


def _hex(key: UUID) -> str:
    return key.hex


_AGAIN = """ON CONFLICT (id) DO UPDATE
    SET state = excluded.state, outbox_id = excluded.outbox_id, created_at = excluded.created_at
    WHERE reminder.state = 'cancelled'"""
_NOW = bindparam("now", type_=UTCDateTime)
_KINDS = ("uuid", "uuid", "text", "uuid", "text", "date", "uuid", "text", "uuid")
_COLUMNS = ", ".join(LedgerRow._fields)
_AS_STORED = ", ".join(f"value ->> {place}" for place in range(len(_KINDS)))
_CAST = ", ".join(f"CAST(value ->> {place} AS {kind})" for place, kind in enumerate(_KINDS))
# One statement with a list: binding ten values a row takes longer than inserting them.
ADD = {
    "sqlite": text(
        f"INSERT INTO reminder ({_COLUMNS}, created_at) SELECT {_AS_STORED}, :now "
        f"FROM json_each(:rows) WHERE true {_AGAIN}"
    ).bindparams(_NOW),
    "postgresql": text(
        f"INSERT INTO reminder ({_COLUMNS}, created_at) SELECT {_CAST}, :now "
        f"FROM json_array_elements(CAST(:rows AS json)) AS r(value) {_AGAIN}"
    ).bindparams(_NOW),
}
