"""A backup holds everything, is put back only where nothing is, and then mails nobody by itself."""

from __future__ import annotations

import json
import shutil
import stat
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import URL

from eia.adapters.file_storage import FolderFiles
from eia.domain.errors import Invalid
from eia.domain.mail_hold import HoldKind
from eia.store import tables
from eia.store.database import Database
from eia.store.migrate import head
from eia.usecases.attachments import add_attachment, read_attachment
from eia.usecases.audit import seal, verify
from eia.usecases.backup import NotCopied, back_up, restore
from eia.usecases.mail_holds import release_mail
from eia.usecases.operations import operations_state
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.usecases.services import Services
from eia.usecases.uploads import Upload
from tests import postgres_server
from tests.usecases.council import on
from tests.usecases.letterbox import Letterbox, begin
from tests.usecases.scene import TODAY, Scene
from tests.usecases.test_mail_holds import Somewhere

LETTER = Upload(name="Letter.txt", content=b"We shall miss the Saturday bus.")


@pytest.fixture
def scene(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Scene:
    """A live installation: an assessment with a file, a seal on its history, and a mail that waits."""
    if database.dialect == "postgresql":
        request.getfixturevalue("client_programs")
    scene = Scene(database)
    files = FolderFiles(tmp_path / "attachments")
    scene.services = scene.council.services = replace(scene.services, files=files, place=Somewhere())
    begin(scene.council)
    scene.assessment_id = scene.begun()
    scene.letter = add_attachment(scene.services, scene.lead, scene.assessment_id, "screening", LETTER)
    scene.council.action(on(TODAY), parties=[scene.council.party(scene.council.lead)])
    sweep(scene.services)
    seal(scene.services)
    return scene


@pytest.fixture
def client_programs(monkeypatch: pytest.MonkeyPatch, postgres_server_url: URL) -> None:
    """PostgreSQL's own programs, of the server's release where that comes from a wheel."""
    try:
        monkeypatch.setenv("PATH", str(postgres_server.program_folder()), prepend=":")
    except postgres_server.NoPostgres:
        if shutil.which("pg_dump") is None:
            pytest.skip("NO PG_DUMP: install PostgreSQL's client programs")


@pytest.fixture
def empty(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Services]:
    """Somewhere else, where nothing is yet."""
    found = _empty_postgres(request) if database.dialect == "postgresql" else _empty_sqlite(tmp_path)
    scene: Scene = request.getfixturevalue("scene")
    files = FolderFiles(tmp_path / "restored" / "attachments")
    yield replace(scene.services, database=found, files=files, place=Somewhere())
    found.close()


def _empty_sqlite(tmp_path: Path) -> Database:
    (tmp_path / "restored").mkdir()
    return Database(f"sqlite:///{tmp_path}/restored/eia.sqlite")


def _empty_postgres(request: pytest.FixtureRequest) -> Database:
    server: URL = request.getfixturevalue("postgres_server_url")
    name = f"eia_restored_{uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return Database(server.set(database=name).render_as_string(hide_password=False))


@pytest.fixture
def backup(scene: Scene, tmp_path: Path) -> Path:
    file = tmp_path / "eia.backup"
    back_up(scene.services, file)
    return file


def test_what_comes_back_is_what_was_there_and_its_history_verifies(scene: Scene, backup: Path, empty):
    before = verify(scene.services)
    told = restore(empty, backup)
    assert (told.files, told.revision) == (1, head())
    assert verify(empty) == before
    assert (before.problems, before.files) == ((), 1)
    assert before.events > 3
    assert before.checkpoints == 1
    _, letter = read_attachment(empty, scene.lead, scene.assessment_id, scene.letter)
    assert letter == LETTER.content


def test_mail_is_on_hold_until_a_person_has_looked(scene: Scene, backup: Path, empty):
    """The mail that waited in the backup may have gone after that was made."""
    waiting = operations_state(scene.services).pending
    restore(empty, backup)
    letterbox = Letterbox()
    assert deliver(empty, letterbox).held
    state = operations_state(empty)
    assert (letterbox.mails, state.hold_kind, state.held) == ([], HoldKind.RESTORED, waiting)
    release_mail(empty, scene.officer, because="I asked Rowan: nothing came.")
    assert deliver(empty, letterbox).sent == waiting > 0


def test_a_mail_that_was_on_its_way_is_in_doubt_and_does_not_go_by_itself(scene: Scene, tmp_path, empty):
    with scene.services.database.write() as work:
        work.connection.execute(
            tables.outbox.update().values(state="intended", lease_until=scene.services.now())
        )
    waiting = operations_state(scene.services).pending
    file = tmp_path / "mid-flight.backup"
    back_up(scene.services, file)
    restore(empty, file)
    scene.council.clock.at = scene.council.clock.at.replace(hour=11)
    deliver(empty, Letterbox())
    assert operations_state(empty).in_doubt == waiting > 0


def test_the_database_that_came_back_still_refuses_to_rewrite_its_history(backup: Path, empty):
    restore(empty, backup)
    with pytest.raises(Exception, match=r"(?i)audit|append|never"), empty.database.write() as work:
        work.connection.execute(tables.audit_event.delete())


def test_a_backup_is_for_its_owner_only_and_never_writes_over_a_file(scene: Scene, backup: Path):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with pytest.raises(Invalid):
        back_up(scene.services, backup)
    assert [path.name for path in backup.parent.glob(".eia.backup*")] == []


def test_it_is_never_put_over_a_database_that_is_there(scene: Scene, backup: Path):
    with pytest.raises(Invalid) as refusal:
        restore(scene.services, backup)
    assert "already" in refusal.value.problems["database"]


def test_one_that_was_cut_short_or_changed_is_refused_before_anything_is_written(backup: Path, empty):
    whole = backup.read_bytes()
    for broken in (whole[: len(whole) // 2], whole.replace(b"Saturday", b"Thursday"), b"", b"no archive"):
        backup.write_bytes(broken)
        with pytest.raises(Invalid):
            restore(empty, backup)
    backup.write_bytes(whole)
    assert restore(empty, backup).files == 1


def test_one_of_a_newer_release_or_of_another_kind_of_database_is_refused(
    backup: Path, empty, tmp_path: Path
):
    for changed in ({"revision": "9999"}, {"dialect": "oracle"}):
        with pytest.raises(Invalid):
            restore(empty, _saying(backup, tmp_path, changed))


def _saying(backup: Path, tmp_path: Path, changed: dict[str, str]) -> Path:
    folder, file = tmp_path / uuid4().hex, tmp_path / f"{uuid4().hex}.backup"
    with tarfile.open(backup) as archive:
        archive.extractall(folder, filter="data")
    said = json.loads((folder / "contents.json").read_text())
    (folder / "contents.json").write_text(json.dumps(said | changed))
    with tarfile.open(file, "w") as archive:
        for member in folder.iterdir():
            archive.add(member, member.name)
    return file


def test_an_empty_database_has_nothing_to_back_up(empty, tmp_path: Path):
    with pytest.raises(Invalid):
        back_up(empty, tmp_path / "nothing.backup")
    assert not (tmp_path / "nothing.backup").exists()


def test_people_go_on_working_while_it_is_made(scene: Scene, tmp_path: Path, empty):
    """A writer in the middle of a change neither waits for it nor is in it."""
    with scene.services.database.write() as work:
        work.connection.execute(tables.action.update().values(text="half-written"))
        back_up(scene.services, tmp_path / "busy.backup")
    restore(empty, tmp_path / "busy.backup")
    with empty.database.read() as connection:
        assert "half-written" not in connection.scalars(select(tables.action.c.text)).all()


def test_without_the_programs_it_says_what_to_install(
    postgres_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    here = Scene(postgres_database).services
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotCopied, match="Install PostgreSQL's client programs"):
        back_up(here, tmp_path / "eia.backup")
    assert list(tmp_path.glob("*.backup")) == []
