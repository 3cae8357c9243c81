"""The file of a source: put there once, read by whoever reads the library, kept to the byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from eia.adapters.file_storage import FolderFiles
from eia.domain.errors import Invalid, NotAllowed, NotFound, Unavailable
from eia.domain.evidence import EvidenceKind
from eia.domain.facts import SignatureOutcome
from eia.domain.people import Role
from eia.store import sign_offs
from eia.store.audit import every_link
from eia.store.database import Database
from eia.store.sign_offs import Signature
from eia.usecases.audit import verify
from eia.usecases.evidence import EvidenceEntry, add_evidence, remove_evidence
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.kept_files import discard_unreferenced
from eia.usecases.source_files import add_file, read_file, remove_file
from eia.usecases.source_pages import source_page
from eia.usecases.sources import remove_source
from eia.usecases.uploads import Upload
from tests.council import Council

REPORT = Upload(name="Report by Mrs Example.txt", content=b"22 per cent have no car.")
SURVEY = EvidenceEntry(
    title="Survey",
    kind=EvidenceKind.SURVEY,
    characteristics=("age",),
    finding="They mind.",
    published_on=date(2025, 5, 1),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


@pytest.fixture
def council(database: Database, folder: Path) -> Council:
    council = Council(database)
    council.services = replace(council.services, files=FolderFiles(folder))
    return council


@pytest.fixture
def assessment_id(council: Council) -> UUID:
    return council.assessment("evidence", authors=())


@pytest.fixture
def source_id(council: Council, assessment_id: UUID) -> UUID:
    evidence_id = add_evidence(council.services, council["lead"], assessment_id, SURVEY)
    found = evidence_page(council.services, council["lead"], assessment_id).item(evidence_id).source_id
    assert found
    return found


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_to_the_byte_to_whoever_reads_the_library(council, source_id):
    add_file(council.services, council["lead"], source_id, REPORT)
    item, content = read_file(council.services, council["author"], source_id)
    assert (item.name, content) == (REPORT.name, REPORT.content)
    with pytest.raises(NotAllowed):
        read_file(council.services, council["stranger"], source_id)


def test_a_source_without_a_file_has_none_to_read_or_to_take_out(council, source_id):
    with pytest.raises(NotFound):
        read_file(council.services, council["lead"], source_id)
    with pytest.raises(NotFound):
        remove_file(council.services, council["lead"], source_id)


def test_only_whoever_entered_the_source_or_the_officer_adds_its_file(council, source_id, folder):
    with pytest.raises(NotAllowed):
        add_file(council.services, council["author"], source_id, REPORT)
    assert stored(folder) == []


def test_the_same_file_twice_is_one_and_another_is_another_source(council, source_id):
    first = add_file(council.services, council["lead"], source_id, REPORT)
    assert add_file(council.services, council["officer"], source_id, REPORT) == first
    with pytest.raises(Invalid):
        add_file(council.services, council["lead"], source_id, Upload(name="b.txt", content=b"Other"))


def test_what_is_no_document_is_refused(council, source_id, folder):
    with pytest.raises(Invalid):
        add_file(
            council.services, council["lead"], source_id, Upload(name="a.html", content=b"<!DOCTYPE html><p>")
        )
    assert stored(folder) == []


def test_a_file_that_was_taken_out_is_gone_and_the_chain_names_its_bytes_and_nobody(
    council, source_id, folder
):
    add_file(council.services, council["lead"], source_id, REPORT)
    item, _ = read_file(council.services, council["lead"], source_id)
    remove_file(council.services, council["officer"], source_id)
    assert stored(folder) == []
    with council.services.database.read() as connection:
        chain = b"".join(link.body for link in every_link(connection)).decode()
    assert "source_file_removed" in chain
    assert item.sha256 in chain
    assert "Mrs Example" not in chain


@pytest.fixture
def signed(council, assessment_id, source_id) -> None:
    """The assessment that cites the source, with its file, bears a signature."""
    add_file(council.services, council["lead"], source_id, REPORT)
    with council.services.database.write() as work:
        signature = Signature(
            id=council.services.new_id(),
            person_id=council["head"].id,
            role=Role.HEAD_OF_SERVICE,
            name="",
            job_title="",
            outcome=SignatureOutcome.SIGNED,
            attestation="",
            comment="",
            content_hash="",
            lapsed=False,
            at=council.services.now(),
        )
        sign_offs.add(work.connection, assessment_id, signature)


def test_what_was_signed_is_not_swapped_for_another_file(council, source_id, signed):
    with pytest.raises(NotAllowed, match="signed"):
        remove_file(council.services, council["lead"], source_id)
    assert source_page(council.services, council["lead"], source_id).not_take_out_file is not None
    assert read_file(council.services, council["lead"], source_id)[1] == REPORT.content


def test_the_officer_takes_out_what_names_people_and_nobody_puts_another_in_its_place(
    council, source_id, signed
):
    remove_file(council.services, council["officer"], source_id)
    for name in ("lead", "officer"):
        with pytest.raises(NotAllowed, match="signed"):
            add_file(council.services, council[name], source_id, Upload(name="b.txt", content=b"Other"))
    assert source_page(council.services, council["officer"], source_id).not_put_file is not None


def test_a_file_that_changed_or_went_is_not_handed_out_and_the_verifier_says_so(council, source_id, folder):
    add_file(council.services, council["lead"], source_id, REPORT)
    assert verify(council.services).problems == ()
    [path] = stored(folder)
    path.chmod(0o600)
    path.write_bytes(b"0 per cent have no car.")
    with pytest.raises(Unavailable):
        read_file(council.services, council["lead"], source_id)
    assert len(verify(council.services).problems) == 1


def test_the_sweep_leaves_the_files_of_sources_and_takes_those_of_removed_ones(
    council, assessment_id, source_id, folder
):
    add_file(council.services, council["lead"], source_id, REPORT)
    council.clock.time = datetime(2030, 1, 1, tzinfo=UTC)
    assert discard_unreferenced(council.services) == 0
    [item] = evidence_page(council.services, council["lead"], assessment_id).items
    remove_evidence(council.services, council["lead"], assessment_id, item.id)
    remove_source(council.services, council["lead"], source_id)
    assert discard_unreferenced(council.services) == 1
    assert stored(folder) == []
