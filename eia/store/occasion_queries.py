"""Where the days in assessments' lives stand, while what holds, and who is told: one table for two questions.

The sweep asks which of those days have come; whoever sends a mail asks of the few in it whether they still
hold, and for whom. Both read the same words, so neither can think otherwise than the other.
"""

# ruff: noqa: S608 - every word of these statements is ours; what comes from outside is bound
from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Date, String, TextClause, Uuid, bindparam, text

from eia.domain.occasions import Occasion
from eia.store.reminder_queries import NOBODY, RANGES, told

_OPEN = "s.is_open AND s.held_from IS NULL"


@dataclass(frozen=True, kw_only=True)
class _Place:
    """An occasion in the tables: `s` is its assessment, `day` its deadline, `person` whoever is told."""

    table: str = f"assessment s ON {_OPEN}"
    day: str
    joins: str = ""
    people: str = "LEFT JOIN assignment l ON l.assessment_id = s.id AND l.role = 'lead'"
    person: str = "l.person_id"
    subject: str = "s.id"
    party: str = "NULL"
    may_be_nobody: bool = False  # else, where nobody can be reached, the equality officer is told


_STAGE = "JOIN rulebook t ON t.kind = '{}' AND t.workflow = s.workflow AND t.name = s.stage"
_STANDING = """LEFT JOIN role_grant g ON t.standing AND g.body_id = s.body_id AND g.role = t.role
    AND (g.department_id IS NULL OR g.department_id = s.department_id)
    AND (g.until IS NULL OR g.until >= {today})"""
_ACTIVITY = f"{{join}} assessment s ON s.id = c.assessment_id AND {_OPEN}"
_UNANSWERED = f"""{_ACTIVITY} {{join}} invitation i ON i.consultation_id = c.id AND i.answered_on IS NULL
    JOIN party y ON y.id = i.party_id"""
_SIGNED = """EXISTS (SELECT 1 FROM sign_off o WHERE o.assessment_id = s.id AND o.outcome = 'signed'
    AND NOT o.lapsed AND o.content_hash = s.content_hash AND {})"""
_NEXT_TO_SIGN = f"""AND NOT {_SIGNED.format("o.role = t.role")}
    AND (NOT t.in_order OR NOT EXISTS (SELECT 1 FROM rulebook e WHERE e.kind = t.kind AND e.name = t.name
        AND e.workflow = t.workflow AND e.place < t.place AND NOT {_SIGNED.format("o.role = e.role")}))"""
# Whoever wrote it, leads it, handed it in, judged it or has signed it: the guards of people.py, as a set.
_BARRED = f"""(EXISTS (SELECT 1 FROM authorship w WHERE w.assessment_id = s.id AND w.person_id = g.person_id)
    OR EXISTS (SELECT 1 FROM assignment w WHERE w.assessment_id = s.id AND w.role = 'lead'
        AND w.person_id = g.person_id)
    OR EXISTS (SELECT 1 FROM stage_history w JOIN rulebook j ON j.kind = 'barring'
        AND j.workflow = s.workflow AND j.name = w.move
        WHERE w.assessment_id = s.id AND w.person_id = g.person_id)
    OR EXISTS (SELECT 1 FROM answer w WHERE w.assessment_id = s.id AND w.form = 'quality_check'
        AND w.written_by = g.person_id)
    OR EXISTS (SELECT 1 FROM answer_history w WHERE w.assessment_id = s.id AND w.form = 'quality_check'
        AND w.written_by = g.person_id)
    OR {_SIGNED.format("o.person_id = g.person_id")})"""

_PLACES = {
    Occasion.TURN: _Place(
        day="s.stage_due_on",
        joins=_STAGE.format("turn"),
        people=f"LEFT JOIN assignment l ON l.assessment_id = s.id AND l.role = t.role {_STANDING}",
        person="COALESCE(l.person_id, g.person_id)",
    ),
    Occasion.SIGNATURE: _Place(
        day="s.stage_due_on",
        joins=f"{_STAGE.format('signature')} {_NEXT_TO_SIGN}",
        people=f"{_STANDING} AND NOT {_BARRED}",
        person="g.person_id",
    ),
    Occasion.CLOSING: _Place(
        table="consultation c ON c.closes_on >= {today}", day="c.closes_on", joins=_ACTIVITY, subject="c.id"
    ),
    Occasion.SILENT: _Place(
        table="consultation c ON c.closes_on >= {today}",
        day="c.closes_on",
        joins=_UNANSWERED,
        subject="i.id",
        party="y.name",
    ),
    Occasion.INVITATION: _Place(
        table="consultation c ON c.closes_on >= {today}",
        day="c.closes_on",
        joins=_UNANSWERED,
        people="",
        person="CASE WHEN y.confirmed THEN y.holder_id END",
        subject="i.id",
        party="y.name",
        may_be_nobody=True,
    ),
    Occasion.PAPERS: _Place(
        table=f"assessment s ON {_OPEN} AND s.approved_on IS NULL AND s.decision_on >= {{today}}",
        day="s.decision_on",
    ),
    Occasion.DECISION: _Place(
        table=f"assessment s ON {_OPEN} AND s.decision_on >= {{today}}", day="s.decision_on"
    ),
    Occasion.REVIEW: _Place(day="s.review_on", joins=_STAGE.format("review")),
}
RULEBOOK = {
    "sqlite": """rulebook AS MATERIALIZED (SELECT value ->> 'kind' AS kind, value ->> 'workflow' AS workflow,
        value ->> 'name' AS name, value ->> 'role' AS role, value ->> 'place' AS place,
        value ->> 'in_order' AS in_order, value ->> 'standing' AS standing FROM json_each(:rulebook))""",
    "postgresql": """rulebook AS MATERIALIZED (SELECT * FROM json_to_recordset(CAST(:rulebook AS json))
        AS r(kind text, workflow text, name text, role text, place int, in_order boolean,
            standing boolean))""",
}
_IDS = {
    "sqlite": "SELECT value FROM json_each(:ids)",
    "postgresql": "SELECT CAST(value AS uuid) FROM json_array_elements_text(CAST(:ids AS json))",
}
_DATED_FOR_LEADS = "s.target_latest IS NOT NULL AND t.role = 'lead'"  # who hear of the target date itself
_HERE = "h.active AND h.mail_refused_at IS NULL"


def for_whoever_has_it(dialect: str, occasion: Occasion) -> str:
    """Days that have come, for each person who has not been told; to nobody (null) where none is reached."""
    place = _PLACES[occasion]
    has_come = f"d.about = '{occasion}/deadline' AND {place.day} BETWEEN d.since AND d.upto"
    return _due(dialect, occasion, has_come, place.day)


def for_whoever_waits(dialect: str) -> str:
    """Turns without a day of their own, once in each period that began after the stage did."""
    undated = "d.about = 'turn/give-date' AND s.stage_due_on IS NULL AND s.stage_since < d.known_before"
    return _due(dialect, Occasion.TURN, undated, "d.occurrence", but=_DATED_FOR_LEADS)


def for_next_post(dialect: str, occasion: Occasion) -> str:
    """What is late enough for the next post up, once for each day, whoever was told."""
    place = _PLACES[occasion]
    known = told(occasion.value, "d.rule", place.day, subject=place.subject)
    return f"""SELECT s.body_id, '{occasion.value}' AS subject_kind, {place.subject} AS subject_id, d.rule,
        {place.day} AS occurrence, {NOBODY} AS recipient_id, s.department_id, false AS catching_up
        FROM {RANGES[dialect]} {place.table} AND d.about = '{occasion}/escalated'
            AND {place.day} BETWEEN d.since AND d.upto {place.joins}
        WHERE s.body_id = d.body AND NOT EXISTS (SELECT 1 FROM reminder r WHERE {known})"""


def still(dialect: str, occasion: Occasion) -> TextClause:
    """Of these subjects those that still are one, with each person who has it and can be reached."""
    place = _PLACES[occasion]
    statement = f"""WITH {RULEBOOK[dialect]}
        SELECT {place.subject} AS subject_id, {place.day} AS day, s.id AS assessment_id, s.title, s.reference,
        s.workflow, s.stage, s.department_id, h.id AS person_id, {place.party} AS party,
        (SELECT m.move FROM stage_history m WHERE m.assessment_id = s.id ORDER BY m.seq DESC LIMIT 1) AS move,
        (SELECT a.name || ', ' || a.email FROM assignment b JOIN person a ON a.id = b.person_id AND a.active
            WHERE b.assessment_id = s.id AND b.role = 'lead' ORDER BY a.name LIMIT 1) AS contact
        FROM (SELECT 1 AS one) d JOIN {place.table} {place.joins} {place.people}
        LEFT JOIN person h ON h.id = {place.person} AND {_HERE}
        WHERE {place.subject} IN ({_IDS[dialect]})"""
    return on_the_day(dialect, statement).columns(  # type: ignore[return-value]

            subject_id=Uuid, day=Date, assessment_id=Uuid, title=String, reference=String, workflow=String,
            stage=String, department_id=Uuid, person_id=Uuid, party=String, move=String, contact=String,
    )  # fmt: skip


def _due(dialect: str, occasion: Occasion, has_come: str, day: str, *, but: str = "false") -> str:
    place = _PLACES[occasion]
    known = told(occasion.value, "d.rule", day, subject=place.subject)
    before = told(occasion.value, "d.previous", day, subject=place.subject)
    # Whoever else has it: within its own FROM the names of the people are new ones.
    somebody = f"""EXISTS (SELECT 1 FROM (SELECT 1 AS one) x {place.people}
        JOIN person h ON h.id = {place.person} AND {_HERE})"""
    nobody = f"(NOT {somebody} AND NOT EXISTS (SELECT 1 FROM reminder r WHERE {known}))"
    return f"""SELECT s.body_id, '{occasion.value}' AS subject_kind, {place.subject} AS subject_id, d.rule,
        {day} AS occurrence, h.id AS recipient_id, {NOBODY} AS department_id,
        NOT EXISTS (SELECT 1 FROM reminder r WHERE {before}) AS catching_up
        FROM {RANGES[dialect]} {place.table} AND {has_come} {place.joins} {place.people}
        LEFT JOIN reminder r ON {known} AND r.recipient_id = {place.person}
        LEFT JOIN person h ON r.rule IS NULL AND h.id = {place.person} AND {_HERE}
        WHERE s.body_id = d.body AND r.rule IS NULL AND NOT ({but})
            AND (h.id IS NOT NULL OR {"false" if place.may_be_nobody else nobody})"""


def on_the_day(dialect: str, statement: str) -> TextClause:
    """The statement with the day on which somebody has a role."""
    postgres = dialect == "postgresql"
    today = "CAST(:today AS date)" if postgres else ":today"
    found = text(statement.replace("{today}", today).replace("{join}", "JOIN" if postgres else "CROSS JOIN"))
    return found.bindparams(bindparam("today", type_=Date)) if "{today}" in statement else found
