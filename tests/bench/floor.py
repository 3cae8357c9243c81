"""The same move by hand on the bare driver: no rules, no facts, one simple statement after another."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.engine import URL

BODY_OF = "SELECT * FROM assessment WHERE id = ? AND body_id = ?"
LOADS = (
    "SELECT person_id, role FROM assignment WHERE assessment_id = ?",
    "SELECT person_id FROM authorship WHERE assessment_id = ?",
    "SELECT move, person_id FROM stage_history WHERE assessment_id = ? AND move = 'recommend'",
    "SELECT form, question, characteristic, value FROM answer WHERE assessment_id = ?",
    "SELECT id, characteristics, is_gap, action_id FROM evidence WHERE assessment_id = ?",
    "SELECT * FROM consultation WHERE assessment_id = ?",
    "SELECT a.*, l.party_id, p.holder_id FROM action a LEFT JOIN action_lead l ON l.action_id = a.id "
    "LEFT JOIN party p ON p.id = l.party_id WHERE a.assessment_id = ?",
    "SELECT person_id, role, outcome, content_hash, lapsed FROM sign_off WHERE assessment_id = ?",
)
HEAD = "SELECT seq, hash FROM audit_event WHERE chain_id = ? ORDER BY seq DESC LIMIT 1"
SWAP = (
    "UPDATE assessment SET row_version = ?, stage = ?, stage_since = ?, stage_due_on = ?, held_from = ?, "
    "is_open = ? WHERE id = ? AND row_version = ?"
)
REMEMBER = "INSERT INTO stage_history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
APPEND = "INSERT INTO audit_event VALUES (?, ?, ?, ?)"
SAY = (
    "INSERT INTO outbox (id, body_id, recipient_id, kind, day, state, payload, message_id, attempt, due_at, "
    "error, created_at) VALUES (?, ?, ?, 'notice', ?, 'pending', ?, '', 0, ?, '', ?)"
)
TAKEN = "SELECT max(seq) FROM snapshot WHERE assessment_id = ?"
SAID = (
    "SELECT * FROM evidence WHERE assessment_id = ? ORDER BY written_at, id",
    "SELECT * FROM consultation WHERE assessment_id = ? ORDER BY opens_on, id",
    "SELECT a.*, s.reference, s.title, p.title FROM action a JOIN assessment s ON s.id = a.assessment_id "
    "LEFT JOIN plan p ON p.id = a.plan_id WHERE a.assessment_id = ? ORDER BY a.target_latest, a.id",
    "SELECT l.action_id, l.role, p.* FROM action_lead l JOIN party p ON p.id = l.party_id "
    "JOIN action a ON a.id = l.action_id WHERE a.assessment_id = ?",
    "SELECT * FROM assignment WHERE assessment_id = ?",
)
KEEP = (
    "INSERT INTO snapshot (assessment_id, seq, move, stage, taken_at, content_hash, content) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Floor:
    """One open connection that makes moves without asking whether they may be made."""

    def __init__(self, body_id: UUID, person_id: UUID) -> None:
        self.body, self.person = self.key(body_id), self.key(person_id)

    def key(self, value: UUID) -> Any:
        return value

    def time(self, value: datetime) -> Any:
        return value

    def run(self, statement: str, values: Sequence[Any]) -> list[Any]:
        raise NotImplementedError

    def begin(self) -> None:
        raise NotImplementedError

    def commit(self) -> None:
        raise NotImplementedError

    def move(self, assessment_id: UUID, stage: str, to_stage: str, *, keeps: bool = False) -> None:
        """Load, compare and swap, remember, append, say, commit; `keeps` what was handed in."""
        assessment = self.key(assessment_id)
        self.begin()
        self.run(BODY_OF, (assessment, self.body))
        for load in LOADS:
            self.run(load, (assessment,))
        seq, last = self.run(HEAD, (assessment,))[0]
        version = self.run("SELECT row_version FROM assessment WHERE id = ?", (assessment,))[0][0]
        now = datetime.now(UTC)
        at, day = self.time(now), now.date().isoformat()
        swap = (version + 1, stage, at, None, None, True, assessment, version)
        self.run(SWAP, (version + 1, to_stage, *swap[2:]))
        data = {"move": "floor", "from": stage, "to": to_stage}
        body = json.dumps({"actor": str(self.person), "seq": seq + 1, "data": data}, sort_keys=True).encode()
        history = (assessment, seq + 1, "floor", stage, to_stage, self.person, "lead", "[]", "", at, "[]")
        self.run(REMEMBER, history)
        self.run(APPEND, (assessment, seq + 1, body, hashlib.sha256(last + body).digest()))
        payload = json.dumps({"kind": "your_turn", "assessment_id": str(assessment)})
        self.run(SAY, (self.key(uuid4()), self.body, self.person, day, payload, at, at))
        if keeps:
            self.keep(assessment, to_stage, at)
        self.commit()

    def keep(self, assessment: Any, stage: str, at: Any) -> None:
        """A snapshot of everything that was said."""
        said = json.dumps([self.run(each, (assessment,)) for each in (LOADS[3], *SAID)], default=str)
        taken = (self.run(TAKEN, (assessment,))[0][0] or 0) + 1
        self.run(KEEP, (assessment, taken, "floor", stage, at, "0" * 64, said))


class SqliteFloor(Floor):
    """`sqlite3` with the pragmas that the program sets."""

    def __init__(self, path: str, *ids: UUID) -> None:
        super().__init__(*ids)
        self.connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self.connection.execute(f"PRAGMA {pragma}")

    def key(self, value: UUID) -> Any:
        return value.hex

    def time(self, value: datetime) -> Any:
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")

    def run(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self.connection.execute(statement, values).fetchall()

    def begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self.connection.execute("COMMIT")


class PostgresFloor(Floor):
    """psycopg, a round trip for each statement, the row locked before it is read."""

    def __init__(self, url: URL, *ids: UUID) -> None:
        import psycopg

        super().__init__(*ids)
        self.connection = psycopg.connect(
            host=url.query.get("host"), port=url.port, user=url.username, dbname=url.database
        )

    def run(self, statement: str, values: Sequence[Any]) -> list[Any]:
        statement = statement.replace("?", "%s")
        if statement.startswith("SELECT * FROM assessment"):
            statement += " FOR UPDATE"
        cursor = self.connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    def begin(self) -> None:
        """psycopg begins by itself."""

    def commit(self) -> None:
        self.connection.commit()


FloorOf = Callable[..., Floor]
