"""Files on an assessment: put there by its writers, kept to the byte, and gone when they are taken away."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from eia.adapters.file_storage import FolderFiles
from eia.domain.attachment import MOST
from eia.domain.errors import Invalid, NotAllowed, NotFound, Unavailable
from eia.domain.facts import AnswerKey
from eia.domain.file_kind import FileKind
from eia.domain.people import Role
from eia.store import attachments as rows
from eia.store.audit import every_link
from eia.store.database import Database
from eia.usecases.attachments import (
    TOO_MANY,
    add_attachment,
    attachments_page,
    read_attachment,
    remove_attachment,
)
from eia.usecases.audit import verify
from eia.usecases.kept_files import discard_unreferenced
from eia.usecases.services import Services
from eia.usecases.uploads import NOT_A_PAGE, Upload
from tests.council import BODY, Council
from tests.documents import hostile_files

LETTER = Upload(name="Letter of Mrs Example.txt", content=b"We shall miss the Saturday bus.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


@pytest.fixture
def council(database: Database, folder: Path) -> Council:
    council = Council(database)
    council.services = replace(council.services, files=FolderFiles(folder))
    return council


@pytest.fixture
def services(council: Council) -> Services:
    return council.services


@pytest.fixture
def assessment_id(council: Council) -> UUID:
    return council.assessment("evidence", authors=())


def add(council: Council, assessment_id: UUID, upload: Upload = LETTER, *, who: str = "lead", on="evidence"):
    return add_attachment(council.services, council[who], assessment_id, on, upload)


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def content_hash(council: Council, assessment_id: UUID) -> str:
    return attachments_page(council.services, council["lead"], assessment_id).facts.content_hash


def test_a_file_comes_back_to_the_byte_with_what_its_bytes_say_it_is(council, services, assessment_id):
    added = add(council, assessment_id)
    item, content = read_attachment(services, council["champion"], assessment_id, added)
    assert content == LETTER.content
    assert (item.name, item.kind, item.size) == (LETTER.name, FileKind.TEXT, len(LETTER.content))
    assert item.sha256 == hashlib.sha256(LETTER.content).hexdigest()
    assert (item.by, item.added_at) == (council["lead"].name, services.now())


def test_a_lying_name_gets_the_ending_of_what_the_file_is(council, services, assessment_id):
    added = add(council, assessment_id, Upload(name="C:\\mail\\invoice.pdf.exe", content=LETTER.content))
    assert read_attachment(services, council["lead"], assessment_id, added)[0].name == "invoice.pdf.exe.txt"


def test_the_same_file_on_the_same_section_is_there_once(council, services, folder, assessment_id):
    first = add(council, assessment_id)
    assert add(council, assessment_id, replace(LETTER, name="again.txt")) == first
    assert len(stored(folder)) == 1


def test_the_same_file_on_two_sections_is_two_and_one_outlives_the_other(council, services):
    assessment_id = council.assessment("consultation")
    first = add(council, assessment_id)
    other = add(council, assessment_id, on="consultation")
    remove_attachment(services, council["lead"], assessment_id, first)
    assert read_attachment(services, council["lead"], assessment_id, other)[1] == LETTER.content


def test_whoever_adds_a_file_is_an_author_of_the_version(council, services, assessment_id):
    add(council, assessment_id)
    with services.database.write() as work:
        assert council["lead"].id in work.assessment(BODY, assessment_id).authors


def test_the_content_that_signatures_are_bound_to_changes_with_every_file(council, services, assessment_id):
    before = content_hash(council, assessment_id)
    added = add(council, assessment_id)
    with_file = content_hash(council, assessment_id)
    assert with_file != before
    remove_attachment(services, council["lead"], assessment_id, added)
    assert content_hash(council, assessment_id) not in ("", with_file)


def test_without_files_the_content_is_what_it_was_before_there_could_be_any(council, assessment_id):
    council.answer(assessment_id, {AnswerKey("schedule", "purpose"): "Open on Saturdays"})
    without = content_hash(council, assessment_id)
    added = add(council, assessment_id)
    remove_attachment(council.services, council["lead"], assessment_id, added)
    assert content_hash(council, assessment_id) == without


def test_a_file_on_what_the_champion_judges_is_no_part_of_what_is_signed(council, services):
    judged = council.assessment("quality_review", authors=("contributor",), assigned=JUDGED)
    council.answer(judged, {AnswerKey("schedule", "purpose"): "Open on Saturdays"}, by="contributor")
    before = content_hash(council, judged)
    add(council, judged, who="champion", on="quality_check")
    assert content_hash(council, judged) == before


JUDGED = {"lead": Role.LEAD, "champion": Role.CHAMPION}


def test_the_champion_reads_files_and_adds_none(council, services, assessment_id):
    added = add(council, assessment_id)
    page = attachments_page(services, council["champion"], assessment_id)
    assert page.open == ()
    assert page.item(added).section == "evidence"
    with pytest.raises(NotAllowed):
        add(council, assessment_id, who="champion")
    with pytest.raises(NotAllowed):
        remove_attachment(services, council["champion"], assessment_id, added)


def test_to_a_stranger_there_is_no_file(council, services, assessment_id):
    added = add(council, assessment_id)
    for attempt in (
        lambda: attachments_page(services, council["stranger"], assessment_id),
        lambda: read_attachment(services, council["stranger"], assessment_id, added),
        lambda: add(council, assessment_id, who="stranger"),
        lambda: remove_attachment(services, council["stranger"], assessment_id, added),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_file_of_another_assessment_is_not_to_be_had_here(council, services, assessment_id):
    added, other = add(council, assessment_id), council.assessment("evidence")
    with pytest.raises(NotFound):
        read_attachment(services, council["lead"], other, added)
    with pytest.raises(NotFound):
        remove_attachment(services, council["lead"], other, added)


@pytest.mark.parametrize("section", ["actions", "sign_off", "no_such_section", ""])
def test_there_are_sections_without_files(council, assessment_id, section):
    with pytest.raises(NotFound):
        add(council, assessment_id, on=section)


def test_a_section_that_is_closed_keeps_its_files_and_takes_none(council, services):
    handed_in = council.assessment("quality_review")
    with pytest.raises(NotAllowed):
        add(council, handed_in)


def test_nothing_is_opened_for_whoever_may_not_add_it(council, assessment_id, folder):
    bomb = Upload(name="plan.docx", content=hostile_files.billion_laughs())
    with pytest.raises(NotAllowed):
        add(council, assessment_id, bomb, who="champion")


def test_a_hostile_file_leaves_nothing_behind(council, services, assessment_id, folder):
    with pytest.raises(Invalid):
        add(council, assessment_id, Upload(name="plan.docx", content=hostile_files.billion_laughs()))
    assert stored(folder) == []
    assert attachments_page(services, council["lead"], assessment_id).items == ()


def test_a_web_page_is_not_taken_for_it_can_hold_a_program(council, assessment_id):
    with pytest.raises(Invalid) as refused:
        add(council, assessment_id, Upload(name="a.txt", content=b"<html><script>alert(1)</script>"))
    assert refused.value.problems == {"file": NOT_A_PAGE}


def test_files_on_one_assessment_end_somewhere(council, services, assessment_id):
    first = add(council, assessment_id)
    item, _ = read_attachment(services, council["lead"], assessment_id, first)
    with services.database.write() as work:
        for number in range(1, MOST):
            more = replace(item, id=uuid4(), sha256=f"{number:064}")
            rows.add(work.connection, more)
    assert add(council, assessment_id) == first
    with pytest.raises(Invalid) as refused:
        add(council, assessment_id, replace(LETTER, content=b"one too many"))
    assert refused.value.problems == {"file": TOO_MANY}
    assert str(MOST) in TOO_MANY


def test_a_removed_file_is_gone_from_the_disk_and_cannot_be_removed_twice(
    council, services, folder, assessment_id
):
    added = add(council, assessment_id)
    remove_attachment(services, council["lead"], assessment_id, added)
    assert stored(folder) == []
    with pytest.raises(NotFound):
        remove_attachment(services, council["lead"], assessment_id, added)


def test_the_record_has_the_hash_of_a_file_and_not_its_name(council, services, assessment_id):
    added = add(council, assessment_id)
    remove_attachment(services, council["lead"], assessment_id, added)
    with services.database.read() as connection:
        said = b"".join(link.body for link in every_link(connection))
    assert said.count(hashlib.sha256(LETTER.content).hexdigest().encode()) == 2
    assert b"Example" not in said


def test_whether_bytes_are_still_those_that_were_added(council, services, folder, assessment_id):
    first, second = add(council, assessment_id), add(council, assessment_id, Upload(name="b", content=b"b"))
    assert verify(services).problems == ()
    changed = next(path for path in stored(folder) if str(first) in path.name)
    changed.write_bytes(b"something else")
    next(path for path in stored(folder) if str(second) in path.name).unlink()
    found = verify(services)
    assert found.files == 2
    assert set(found.problems) == {
        f"{assessment_id}: the file of attachment {first} is not as it was added",
        f"{assessment_id}: the file of attachment {second} is missing",
    }
    for attachment_id in (first, second):
        with pytest.raises(Unavailable):
            read_attachment(services, council["lead"], assessment_id, attachment_id)


def test_what_no_row_names_is_swept_away_a_month_later_and_the_rest_stays(
    council, services, folder, assessment_id
):
    add(council, assessment_id)
    services.files.keep(f"{'0' * 64}-{uuid4()}", b"left by a process that ended between file and row")
    council.clock.time = datetime.now(UTC) + timedelta(days=29)
    assert discard_unreferenced(services) == 0
    council.clock.time += timedelta(days=2)
    assert discard_unreferenced(services) == 1
    assert [path.read_bytes() for path in stored(folder)] == [LETTER.content]
