"""The record of what happened: the database refuses to alter it, and altering it anyway is found out."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from eia.domain import audit as chain
from eia.store.database import Database
from eia.usecases import audit
from eia.usecases.moves import make_move
from tests.council import Council

ALTERATIONS = {
    "update": "UPDATE audit_event SET body = '{}'",
    "delete": "DELETE FROM audit_event",
}


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council) -> UUID:
    """An assessment with a chain of six events: begun (1, 2), moved (3, 4), evidence added (5, 6)."""
    made = council.assessment("consultation")
    make_move(council.services, council["lead"], made, "hold", reasons=("lead_absent",))
    make_move(council.services, council["lead"], made, "resume")
    council.evidence(made, "age")
    return made


def tamper(council: Council, *statements: str, **values: object) -> None:
    """What somebody with all rights over the database could do, having taken the triggers away."""
    with council.services.database.write() as work:
        for statement in (*_without_triggers(work.connection.dialect.name), *statements):
            work.connection.execute(text(statement), values if ":" in statement else {})


def _without_triggers(dialect: str) -> Iterator[str]:
    if dialect == "sqlite":
        yield "DROP TRIGGER audit_event_refuses_update"
        yield "DROP TRIGGER audit_event_refuses_delete"
    else:
        yield "ALTER TABLE audit_event DISABLE TRIGGER ALL"


def problems(council: Council) -> tuple[str, ...]:
    return audit.verify(council.services).problems


@pytest.mark.parametrize("verb", ALTERATIONS)
def test_the_database_refuses_to_alter_what_happened(
    council: Council, assessment_id: UUID, verb: str
) -> None:
    with pytest.raises(DBAPIError, match="append only"), council.services.database.write() as work:
        work.connection.execute(text(ALTERATIONS[verb]))


def test_postgresql_refuses_to_empty_the_table(postgres_database: Database) -> None:
    with pytest.raises(DBAPIError, match="append only"), postgres_database.write() as work:
        work.connection.execute(text("TRUNCATE audit_event"))


def test_sqlite_refuses_to_replace_an_event(sqlite_database: Database) -> None:
    council = Council(sqlite_database)
    council.assessment("evidence")
    statement = "INSERT OR REPLACE INTO audit_event SELECT chain_id, seq, x'00', hash FROM audit_event"
    with pytest.raises(DBAPIError, match="append only"), council.services.database.write() as work:
        work.connection.execute(text(statement))


def test_an_untouched_record_verifies_and_is_counted(council: Council, assessment_id: UUID) -> None:
    found = audit.verify(council.services)
    assert found.problems == ()
    assert (found.chains, found.events, found.moves) == (1, 6, 2)


def test_an_event_that_was_changed_is_named(council: Council, assessment_id: UUID) -> None:
    tamper(council, "UPDATE audit_event SET body = hash WHERE seq = 2")
    assert f"{assessment_id}: event 2 was changed" in problems(council)


def test_an_event_that_was_taken_out_is_named(council: Council, assessment_id: UUID) -> None:
    tamper(council, "DELETE FROM audit_event WHERE seq = 3")
    assert f"{assessment_id}: event 3 is missing" in problems(council)


def test_a_chain_cut_short_after_it_was_sealed_is_named(council: Council, assessment_id: UUID) -> None:
    audit.seal(council.services)
    tamper(council, "DELETE FROM audit_event WHERE seq = 6")
    assert f"{assessment_id}: not as checkpoint 1 sealed it at event 6" in problems(council)


def test_a_whole_chain_rewritten_after_it_was_sealed_is_named(council: Council, assessment_id: UUID) -> None:
    audit.seal(council.services)
    body = chain.event_bytes(
        chain_id=assessment_id, seq=6, name="nothing", actor_id=None, at=council.clock.now(), data={}
    )
    with council.services.database.read() as connection:
        query = "SELECT hash FROM audit_event WHERE seq = 5"
        before = connection.execute(text(query)).scalar_one()
    tamper(
        council,
        "UPDATE audit_event SET body = :body, hash = :hash WHERE seq = 6",
        body=body,
        hash=chain.link_hash(bytes(before), body),
    )
    assert f"{assessment_id}: not as checkpoint 1 sealed it at event 6" in problems(council)


def test_a_stage_set_behind_the_records_back_is_named(council: Council, assessment_id: UUID) -> None:
    tamper(council, "UPDATE assessment SET stage = 'follow_up'")
    assert problems(council) == (
        f"{assessment_id}: stands at follow_up, but its last event led to consultation",
    )


def test_a_line_of_history_that_was_changed_is_named(council: Council, assessment_id: UUID) -> None:
    tamper(council, "UPDATE stage_history SET to_stage = 'closed' WHERE seq = 3")
    assert f"{assessment_id}: the history's move 3 to closed has no event" in problems(council)


def test_a_line_of_history_that_was_taken_out_is_named(council: Council, assessment_id: UUID) -> None:
    tamper(council, "DELETE FROM stage_history WHERE seq = 3")
    assert problems(council) == (f"{assessment_id}: event 3, hold to on_hold, is not in the history",)


def test_content_changed_behind_the_records_back_is_named(council: Council, assessment_id: UUID) -> None:
    tamper(council, "UPDATE evidence SET finding = 'Nobody minds'")
    assert problems(council) == (f"{assessment_id}: its content is not what its last event left",)


def test_a_second_seal_names_only_what_moved_since(council: Council, assessment_id: UUID) -> None:
    audit.seal(council.services)
    other = council.assessment("evidence")
    assert audit.seal(council.services) == 1
    assert audit.seal(council.services) == 0
    council.evidence(other, "age")
    assert audit.seal(council.services) == 1
    assert problems(council) == ()


def test_an_export_is_checked_by_one_file_and_the_standard_library(
    council: Council, assessment_id: UUID, tmp_path: Path
) -> None:
    audit.seal(council.services)
    export = tmp_path / "export.jsonl"
    export.write_text("\n".join(audit.export(council.services)), encoding="utf-8")
    checked = _check(export, tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "2 chains, 7 events, 0 problems\n")


def test_an_export_that_was_altered_is_found_out(
    council: Council, assessment_id: UUID, tmp_path: Path
) -> None:
    export = tmp_path / "export.jsonl"
    lines = list(audit.export(council.services))
    export.write_text("\n".join(lines).replace("on_hold", "closed_"), encoding="utf-8")
    checked = _check(export, tmp_path)
    assert checked.returncode == 1
    assert f"{assessment_id}: event 3 was changed" in checked.stdout


def _check(export: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    alone = tmp_path / "audit.py"
    alone.write_text(Path(chain.__file__).read_text("utf-8"), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", "-S", alone, export], capture_output=True, text=True, check=False
    )
